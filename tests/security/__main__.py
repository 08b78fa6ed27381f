"""`make security`: the whole matrix, then every mutant; one line of figures, and status 1 if anything was wrong.

`VIEWERS=6` and `MUTANTS=2` make it shorter.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

from tests.security.support.cells import Cells
from tests.security.support.matrix import DOORS, Matrix, environment
from tests.security.support.mutants import MUTANTS, SEEING, Mutant
from tests.security.support.small_world import sample
from tests.security.support.timing import farthest
from tests.support.identity_provider import provider_beside
from tests.support.platform import START_SECONDS, eventually, up

SEED = int(os.environ.get("SEED", "1"))
PAIRS = int(os.environ.get("PAIRS", "300"))
TOLD = 3


def main() -> int:
    count, mutants = (int(os.environ.get(name, "1000")) for name in ("VIEWERS", "MUTANTS"))
    with tempfile.TemporaryDirectory(prefix="cxm-security") as name:
        folder = Path(name)
        with provider_beside() as provider:
            os.environ.update(environment(folder, provider))
            with up(folder / "data", folder / "output", "--no-demo") as platform:
                eventually(platform.is_ready, seconds=START_SECONDS)
                return run(Matrix(platform, folder, provider), count, mutants)


def run(matrix: Matrix, count: int, mutants: int) -> int:
    """Everything, with a line for each mutant and one for all."""
    some = sample(matrix.everybody, min(count, len(matrix.everybody)), SEED)
    started = time.monotonic()
    cells = matrix.run(some)
    seconds = time.monotonic() - started
    tell(cells)
    taken = matrix.time_shares(PAIRS)
    far = [door for door, share in taken.items() if abs(share - 0.5) > farthest(PAIRS)]
    told = " ".join(f"{door.replace(' ', '_')}={share:.2f}" for door, share in taken.items())
    sys.stdout.write(f"times: pairs={PAIRS} told_apart={len(far)} {told}\n")
    chosen = [m for m in MUTANTS if os.environ.get("MUTANT", "") in m.name][:mutants]
    caught = sum(catch(matrix, mutant) for mutant in chosen)
    doors = " ".join(f"{door}={n}" for door, n in sorted(cells.count.items()))
    sys.stdout.write(
        f"matrix: cells={cells.total} mismatches={len(cells.mismatches)} mutants={caught}/{len(chosen)} "
        f"viewers={len(some)} seconds={seconds:.0f} {doors}\n"
    )
    return int(bool(cells.mismatches or far) or caught < len(chosen))


def tell(cells: Cells) -> None:
    for mismatch in cells.mismatches[:TOLD]:
        sys.stdout.write(f"mismatch: {mismatch}\n")


def catch(matrix: Matrix, mutant: Mutant) -> bool:
    """Whether a mutant is found, and where."""
    cells = matrix.run_with(mutant, matrix.named(SEEING), DOORS)
    found = ", ".join(cells.doors_that_differ()) or "NOT FOUND"
    wrong = len(cells.mismatches)
    sys.stdout.write(f"mutant: {mutant.name}: {wrong} of {cells.total} cells differ: {found}\n")
    sys.stdout.flush()
    if os.environ.get("TELL"):
        tell(cells)
    return bool(cells.mismatches)


if __name__ == "__main__":
    sys.exit(main())
