"""Compare the contracts with those of the last tag; a message instead while there is no tag."""

import subprocess
import sys
from pathlib import Path

PROTO = Path(__file__).resolve().parent
BUF = Path(sys.executable).parent / "buf"


def main() -> int:
    tag = subprocess.run(
        ["git", "describe", "--tags", "--abbrev=0"],
        cwd=PROTO, capture_output=True, text=True, check=False,
    ).stdout.strip()  # fmt: skip
    if not tag:
        print("contracts: no tag yet, nothing to compare with")
        return 0
    against = f"../.git#tag={tag},subdir=proto"
    return subprocess.run(
        [BUF, "breaking", "--against", against], cwd=PROTO, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
