"""Retention and churn of customers who buy without a contract: who came back of those who were here before."""

from dataclasses import dataclass, replace

from services.metrics.formulas.intervals import wilson
from services.metrics.formulas.samples import PersonShare
from services.metrics.formulas.scores import Score, status_of, withheld


@dataclass(frozen=True, slots=True)
class BuyerCounts:
    """Persons who bought here in the period before; of them those who bought here again in this one, and those who
    bought only in other departments of the organisation.
    """

    before: int = 0
    again: int = 0
    elsewhere: int = 0


def retention_rate(counts: BuyerCounts, *, minimum_base: int) -> Score:
    """Share (0 to 1) of the customers of the period before who bought again, with its Wilson interval.

    New customers of the period are in neither. Base is the customers of the period before. Source: the definition of
    period retention, active at both / active at start. Over several departments the counts are of the union of their
    persons, never sums.
    """
    return _share(counts.again, counts, minimum_base)


def churn_rate(counts: BuyerCounts, *, minimum_base: int) -> Score:
    """Share (0 to 1) of the customers of the period before who did not buy again: 1 - retention, same interval."""
    score = _share(counts.before - counts.again, counts, minimum_base)
    return score if score.value is None else replace(score, elsewhere=counts.elsewhere)


def _share(hits: int, counts: BuyerCounts, minimum_base: int) -> Score:
    if (score := withheld(counts.before, minimum_base)) is not None:
        return score
    sample = PersonShare(hits, counts.before)
    return Score(
        status_of(counts.before, minimum_base=minimum_base),
        counts.before,
        sample.value,
        wilson(hits, counts.before),
        sample=sample,
    )
