"""Compare the contracts with those of the last release, which stand in released/: processes of both run at a time."""

import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

PROTO = Path(__file__).resolve().parent
BUF = Path(sys.executable).parent / "buf"


def compare(proto: Path) -> int:
    """The status of buf, which says what breaks; 0 if nothing does."""
    with tempfile.TemporaryDirectory() as folder:
        # Within proto/ buf takes them for a part of today's contracts.
        released = shutil.copytree(proto / "released", Path(folder) / "released")
        command = [BUF, "breaking", "--against", released]
        return subprocess.run(command, cwd=proto, check=False).returncode


def main() -> int:
    status = compare(PROTO)
    release = tomllib.loads((PROTO / "released" / "release.toml").read_text())
    said = "break" if status else "hold"
    print(f"contracts: those of {release['version']} of {release['date']} {said}")
    return status


if __name__ == "__main__":
    sys.exit(main())
