"""An index: the answers of a response to several items as one score, and how much the items go together."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import lcm

from services.metrics.formulas.intervals import t_interval
from services.metrics.formulas.samples import Mean
from services.metrics.formulas.scores import IndexMade, Score, status_of, withheld


@dataclass(frozen=True, slots=True)
class IndexSums:
    """What an index is computed from, in whole numbers, so a parent's are the sums of its children's.

    `responses` answer two thirds of the items or more; `total` and `squares` are of their scores, in parts of
    `divisor_of`. `complete` answer every item; the rest is of what their answers count, numbers, or 1 and 0 of a share:
    the sum of each item, the squares of all, and the squares of each response's sum.
    """

    responses: int
    total: int
    squares: int
    complete: int
    item_totals: tuple[int, ...]
    answers_squared: int
    sums_squared: int


def least_answered(items: int) -> int:
    """How many of the items a response has to answer: two thirds, rounded up."""
    return -(-2 * items // 3)


def divisor_of(items: int) -> int:
    """What the mean over any allowed number of answers is a whole number of parts of."""
    return lcm(*range(least_answered(items), items + 1))


def index_score(sums: IndexSums, *, scale: Sequence[int], minimum_base: int) -> Score:
    """Mean over responses of their own mean over the items they answer, with its t interval over responses.

    The answers of one response are not independent, so responses are counted and not answers. `scale`: what an answer
    to each item may count; of a share 0 and 1.
    """
    if (score := withheld(sums.responses, minimum_base)) is not None:
        return score
    low, high = min(scale), max(scale)
    items = len(sums.item_totals)
    divisor = divisor_of(items)
    sample = Mean(sums.responses, sums.total, sums.squares, high - low, divisor, low)
    return Score(
        status_of(sums.responses, minimum_base=minimum_base),
        sums.responses,
        sample.value,
        t_interval(sample),
        sample=sample,
        index=IndexMade(items, _shown_alpha(sums, minimum_base), sums.complete),
    )


def _shown_alpha(sums: IndexSums, minimum_base: int) -> float | None:
    return cronbach_alpha(sums) if sums.complete >= minimum_base else None


def cronbach_alpha(sums: IndexSums) -> float | None:
    """Cronbach's alpha of those that answer every item, of what the index is made of: k / (k-1) x (1 - sum of items'
    variances / variance of sums).

    None where no sum differs from another: there is nothing to divide by. Source: L. J. Cronbach, "Coefficient alpha
    and the internal structure of tests", Psychometrika 16 (1951).
    """
    items, responses = len(sums.item_totals), sums.complete
    whole = responses * sums.sums_squared - sum(sums.item_totals) ** 2
    if whole == 0:
        return None
    parts = responses * sums.answers_squared - sum(total**2 for total in sums.item_totals)
    return items / (items - 1) * (1 - parts / whole)
