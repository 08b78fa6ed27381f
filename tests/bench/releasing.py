"""`make bench-release PEOPLE=7000`: plan, audit and figures of a wave, with a seventh as many departments as people.

The bar is 5 s for plan and audit of one population of 7,000 people; what 100,000 take is printed beside it.
"""

import sys
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from services.employee_exp.releases.domain.figures.answers import Answers, Kind
from services.employee_exp.releases.domain.release import compute_cells
from services.employee_exp.releases.domain.release_plan import ReleasePlan, decide
from services.employee_exp.releases.domain.respondents import Respondents
from services.employee_exp.releases.domain.tree import NONE, Tree
from services.employee_exp.releases.domain.wave_plan import WavePlan

BAR_PEOPLE, BAR_SECONDS = 7_000, 5.0
PRINTED_PEOPLE = 100_000
PEOPLE_PER_DEPARTMENT = 7
CHILDREN = 7
CATEGORIES = (3, 5, 2)
KINDS = {
    "recommend": Kind.ENPS,
    **{f"a{number}": Kind.AGREEMENT for number in range(12)},
    **{f"b{number}": Kind.BURNOUT for number in range(6)},
}
LEAST = 5
ResultT = TypeVar("ResultT")


def timed(work: Callable[[], ResultT]) -> tuple[ResultT, float]:
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def measure(people: int) -> tuple[float, float, ReleasePlan]:
    """Seconds of plan and audit, and of the figures."""
    dice = np.random.default_rng(1)
    departments = max(1, people // PEOPLE_PER_DEPARTMENT)
    tree = Tree([NONE, *((number - 1) // CHILDREN for number in range(1, departments))])
    categories = tuple(dice.integers(0, count, people) for count in CATEGORIES)
    respondents = Respondents(dice.integers(0, departments, people), categories)
    scores = {question: dice.integers(1, 6, people) for question in KINDS}
    answers = Answers(respondents, KINDS, scores)
    plan, planning = timed(lambda: decide(tree, respondents, {}, least=LEAST))
    whole = WavePlan(plan, {}, {}, LEAST)
    _, counting = timed(lambda: list(compute_cells(tree, answers, respondents, whole)))
    return planning, counting, plan


def main() -> int:
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else BAR_PEOPLE
    held = True
    for people in dict.fromkeys((asked, PRINTED_PEOPLE if asked == BAR_PEOPLE else asked)):
        planning, counting, plan = measure(people)
        sys.stdout.write(
            f"people={people} departments={people // PEOPLE_PER_DEPARTMENT} released={len(plan.departments)}"
            f" cuts={len(plan.cuts)} plan_and_audit_s={planning:.2f} figures_s={counting:.2f}\n"
        )
        held = held and (people > BAR_PEOPLE or planning <= BAR_SECONDS)
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
