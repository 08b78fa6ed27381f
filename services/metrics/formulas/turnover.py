"""Staff turnover: leavings for the time people were employed."""

from dataclasses import dataclass

from services.metrics.formulas.intervals import exact_poisson
from services.metrics.formulas.samples import Rate
from services.metrics.formulas.scores import Interval, Score, Status, status_of, withheld


@dataclass(frozen=True, slots=True)
class EmploymentCounts:
    """Leavers, person-days employed and persons employed, in a period."""

    leavers: int = 0
    person_days: int = 0
    persons: int = 0


def turnover_rate(counts: EmploymentCounts, *, minimum_base: int) -> Score:
    """Leavers per person-year, with its exact Poisson interval; base is the persons employed.

    Open populations need a rate over the time at risk, not over a headcount. NO_DATA where nobody was employed.
    """
    if counts.person_days <= 0:
        return Score(Status.NO_DATA, 0)
    if (score := withheld(counts.persons, minimum_base)) is not None:
        return score
    sample = Rate(counts.leavers, counts.person_days, counts.persons)
    low, high = exact_poisson(counts.leavers)
    return Score(
        status_of(counts.persons, minimum_base=minimum_base),
        counts.persons,
        sample.value,
        Interval(low / sample.years, high / sample.years, "exact Poisson"),
        sample=sample,
    )
