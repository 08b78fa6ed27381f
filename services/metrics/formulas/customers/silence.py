"""Customers who came for the first time, and customers who have not come for long."""

from dataclasses import dataclass

from services.metrics.formulas.intervals import wilson
from services.metrics.formulas.samples import PersonShare
from services.metrics.formulas.scores import Score, Status, status_of, withheld

SILENT_DAYS = 90
"""Who bought so many days ago is not silent yet; part of the definition's version."""


@dataclass(frozen=True, slots=True)
class SilenceCounts:
    """Persons who ever bought here, and those of them who have not for more than 90 days."""

    customers: int = 0
    silent: int = 0


def silent_share(counts: SilenceCounts, *, minimum_base: int) -> Score:
    """Share (0 to 1) of all customers who are silent at the end of the period, with its Wilson interval."""
    if (score := withheld(counts.customers, minimum_base)) is not None:
        return score
    sample = PersonShare(counts.silent, counts.customers)
    return Score(
        status_of(counts.customers, minimum_base=minimum_base),
        counts.customers,
        sample.value,
        wilson(counts.silent, counts.customers),
        sample=sample,
    )


def new_customers(new: int, buyers: int) -> Score:
    """How many of the buyers of the period had never bought here before; base is these buyers."""
    return Score(Status.OK, buyers, float(new)) if buyers else Score(Status.NO_DATA, 0)
