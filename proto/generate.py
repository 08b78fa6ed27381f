"""Generate Python and type stubs from every .proto into proto/gen."""

import shutil
import subprocess
import sys
from pathlib import Path

PROTO = Path(__file__).resolve().parent
BIN = Path(sys.executable).parent


def generate(output: Path) -> None:
    """Write the generated packages into a folder, replacing what is there."""
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    sources = sorted(str(path.relative_to(PROTO)) for path in PROTO.glob("cxm/**/*.proto"))
    subprocess.run(
        [
            sys.executable, "-m", "grpc_tools.protoc", "-I.",
            f"--plugin=protoc-gen-mypy={BIN / 'protoc-gen-mypy'}",
            f"--plugin=protoc-gen-mypy_grpc={BIN / 'protoc-gen-mypy_grpc'}",
            f"--python_out={output}", f"--grpc_python_out={output}",
            f"--mypy_out={output}", f"--mypy_grpc_out={output}",
            *sources,
        ],
        cwd=PROTO,
        check=True,
    )  # fmt: skip


if __name__ == "__main__":
    generate(Path(sys.argv[1]) if len(sys.argv) > 1 else PROTO / "gen")
