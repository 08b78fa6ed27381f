"""`make attack COMPANIES=200`: what somebody works out of releases who knows where everybody counts; a line of figures.

On DOORS=4 running platforms. doors: readers who tried every door. pages: those that people opened in a
browser, with the files and pictures they saved. mismatches: numbers that were seen and are not released, or the other
way round. time: numbers that a late answer, a reorganisation or an erasure made others.

In COMPANIES made up companies, of three waves with three questions each. pairs: cells that lie in another one with
fewer than k people between them. linear: sets of fewer than k people whose sum the cells of a question give away.
insider: the same for somebody who knows one answer, tried on the question of each wave that the fewest answered.
controls_broken: leaky designs from which the same program learns enough. shown: the share of departments with k people
or more that are released. Ends with 1 when anything was found, or a control held.
"""

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from services.employee_exp.releases.domain.release_plan import decide
from tests.attack.algebra import Cell, given_away, given_to_insiders
from tests.attack.companies import Company, Wave, company
from tests.attack.designs import LEAKY, released
from tests.attack.doors.attack import attack_doors

K = 5
CONTROL_COMPANIES = 8
UNLIMITED = 1_000_000_000
"""Values that a reader may ask the gateway for, at once and a second."""


def main() -> int:
    companies = int(os.environ.get("COMPANIES", "200"))
    departments = int(os.environ.get("DEPARTMENTS", "100"))
    count = walk_doors(min(companies, int(os.environ.get("DOORS", "4"))))
    with ProcessPoolExecutor() as pool:
        attacks = pool.map(attack_company, range(companies), [departments] * companies)
        for done, found in enumerate(attacks, 1):
            count.update(found)
            if sys.stderr.isatty():
                sys.stderr.write(f"\r{done} of {companies} companies")
        learned = pool.map(learn, LEAKY, [departments] * len(LEAKY))
        broken = sum(
            people >= least for people, (_, least) in zip(learned, LEAKY.values(), strict=True)
        )
    shown = count["released"] / max(1, count["eligible"])
    sys.stdout.write(
        f"companies={companies} doors={count['doors']} pages={count['pages']} mismatches={count['mismatches']} "
        f"cells={count['cells']} cuts={count['cuts']} pairs={count['pairs']} linear={count['linear']} "
        f"time={count['time']} insider={count['insider']} controls_broken={broken}/{len(LEAKY)} shown={shown:.3f}\n"
    )
    wrong = sum(count[name] for name in ("mismatches", "pairs", "linear", "time", "insider"))
    return int(wrong > 0 or broken < len(LEAKY))


def walk_doors(platforms: int) -> Counter[str]:
    """What readers of so many platforms saw, one platform after the other.

    Their gateways let a reader ask as fast as it can: what limits hold back is judged by `make security`.
    """
    for limit in ("BURST", "RATE"):
        os.environ.setdefault(f"CXM_GATEWAY_SUBJECT_VALUES_{limit}", str(UNLIMITED))
    found: Counter[str] = Counter()
    for seed in range(platforms):
        with tempfile.TemporaryDirectory(prefix="cxm-attack") as folder:
            found.update(attack_doors(seed, Path(folder)))
    return found


def attack_company(seed: int, departments: int) -> Counter[str]:
    """What was released in all waves of one company, and what it gives away."""
    one = company(seed, departments=departments)
    return sum((attack(one, wave) for wave in one.waves), Counter())


def attack(one: Company, wave: Wave) -> Counter[str]:
    """The same of one wave."""
    plan = decide(one.tree, wave.respondents, wave.answered, least=K)
    whole = one.tree.sum_up(wave.respondents.count(one.tree))
    found = Counter(
        released=len(plan.departments), eligible=int((whole >= K).sum()), cuts=len(plan.cuts)
    )
    everybody = np.ones(len(wave.respondents), dtype=np.bool_)
    for who in (everybody, *wave.answered.values()):
        cells = released(one.tree, wave.respondents.only(who), plan)
        found["cells"] += len(cells)
        found["pairs"] += sum(1 for _ in close_pairs(cells))
        found["linear"] += len(given_away(cells, K))
    fewest = min(wave.answered.values(), key=np.count_nonzero)
    found["insider"] += len(
        given_to_insiders(released(one.tree, wave.respondents.only(fewest), plan), K)
    )
    return found


def close_pairs(cells: list[Cell]) -> Iterator[tuple[Cell, Cell]]:
    """A cell inside another one with 1 to k - 1 people between them, or with as few people itself."""
    ordered = sorted(cells, key=len)
    yield from ((cell, cell) for cell in ordered if len(cell) < K)
    for place, cell in enumerate(ordered):
        for larger in ordered[place + 1 :]:
            if len(larger) - len(cell) >= K:
                break
            if cell < larger:
                yield cell, larger


def learn(name: str, departments: int) -> int:
    """How many people a leaky design gives away in eight companies, in groups of fewer than k."""
    design, _ = LEAKY[name]
    return sum(
        len({person for group in _learned(design(one.tree, people, K)) for person in group})
        for one in (
            company(seed, departments=departments, waves=1) for seed in range(CONTROL_COMPANIES)
        )
        for people in [one.waves[0].respondents]
    )


def _learned(cells: list[Cell]) -> set[frozenset[int]]:
    return given_away(cells, K, confirm=False)


if __name__ == "__main__":
    sys.exit(main())
