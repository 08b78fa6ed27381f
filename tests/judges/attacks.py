"""What auditors of GraphQL try first (the classes of graphql-cop), on a platform of each mode of its own.

In hardened mode nothing may be found, in default mode what is there by intent; it ends with `passed N of N`.
"""

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
ATTACKS: Final = "tests/security/test_graphql_attacks.py"
COUNTED: Final = re.compile(r"(\d+) (passed|failed|error)")


def main() -> int:
    """0 where both modes are as they must be."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-o",
        "addopts=",
        ATTACKS,
    ]
    ended = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    counts = {what: int(count) for count, what in COUNTED.findall(ended.stdout)}
    passed, of = counts.get("passed", 0), sum(counts.values())
    sys.stdout.write(f"{ended.stdout}passed {passed} of {of}\n")
    return ended.returncode


if __name__ == "__main__":
    sys.exit(main())
