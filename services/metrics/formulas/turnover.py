"""Staff turnover: leavings for the time people were employed."""

from dataclasses import dataclass

from services.metrics.formulas.intervals import exact_poisson
from services.metrics.formulas.samples import Rate
from services.metrics.formulas.scores import (
    Interval,
    Score,
    Status,
    status_of,
    withheld,
)


@dataclass(frozen=True, slots=True)
class EmploymentCounts:
    """Leavers, person-days employed and persons employed, in a period; headcounts of its ends of months, summed."""

    leavers: int = 0
    person_days: int = 0
    persons: int = 0
    headcounts: int = 0


@dataclass(frozen=True, slots=True)
class Months:
    """Of a period: how many ends of months lie in it, and how many years it is; 12 whole months are 1."""

    ends: int
    years: float


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


def turnover_rate_headcount(
    counts: EmploymentCounts, months: Months, *, minimum_base: int
) -> Score:
    """Leavers a year over the mean headcount at the ends of months; base is the persons employed.

    The form that personnel offices publish: leavers of 12 months / mean of 12 month-end headcounts. The end of a month
    counts who is employed on its last day. NO_DATA for a period without one, and where nobody was employed on any.
    It stands beside the rate, which is compared; it has no sample of its own.
    """
    if not months.ends or counts.headcounts <= 0:
        return Score(Status.NO_DATA, 0)
    if (score := withheld(counts.persons, minimum_base)) is not None:
        return score
    person_years = counts.headcounts / months.ends * months.years
    low, high = exact_poisson(counts.leavers)
    return Score(
        status_of(counts.persons, minimum_base=minimum_base),
        counts.persons,
        counts.leavers / person_years,
        Interval(low / person_years, high / person_years, "exact Poisson"),
    )
