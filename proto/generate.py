"""Generate Python and type stubs from every .proto into proto/gen."""

import shutil
import subprocess
import sys
from pathlib import Path

PROTO = Path(__file__).resolve().parent
BIN = Path(sys.executable).parent


def generate(output: Path) -> None:
    """Write the generated packages into a folder; what is there stays until all of it is made."""
    draft = output.with_name(f"{output.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    sources = sorted(str(path.relative_to(PROTO)) for path in PROTO.glob("cxm/**/*.proto"))
    subprocess.run(
        [
            sys.executable, "-m", "grpc_tools.protoc", "-I.",
            f"--plugin=protoc-gen-mypy={BIN / 'protoc-gen-mypy'}",
            f"--plugin=protoc-gen-mypy_grpc={BIN / 'protoc-gen-mypy_grpc'}",
            f"--python_out={draft}", f"--grpc_python_out={draft}",
            f"--mypy_out={draft}", f"--mypy_grpc_out={draft}",
            *sources,
        ],
        cwd=PROTO,
        check=True,
    )  # fmt: skip
    shutil.rmtree(output, ignore_errors=True)
    draft.rename(output)


if __name__ == "__main__":
    generate(Path(sys.argv[1]) if len(sys.argv) > 1 else PROTO / "gen")
