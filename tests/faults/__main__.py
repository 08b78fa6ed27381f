"""`make faults KILLS=30`: one long run; ends with one line, and status 1 if anything was lost or counted twice."""

import os
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.support.run import run
from tests.support.platform import START_SECONDS, eventually, up


def main() -> int:
    os.environ.setdefault("CXM_GATEWAY_SUBJECT_VALUES_RATE", "1000000")  # the clients share a token
    kills, seed = int(os.environ.get("KILLS", "30")), int(os.environ.get("SEED", time.time()))
    sys.stdout.write(f"seed {seed}: SEED={seed} repeats the choice of victims\n")
    with tempfile.TemporaryDirectory() as directory:
        base = Path(directory)
        with up(base / "data", base / "output", "--no-demo") as platform:
            eventually(platform.is_ready, seconds=START_SECONDS)
            result = run(platform, kills, seed=seed)
    sys.stdout.write(f"{result}\n")
    return 1 if result.lost or result.twice else 0


if __name__ == "__main__":
    sys.exit(main())
