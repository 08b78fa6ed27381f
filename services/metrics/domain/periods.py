"""Periods of local days and their calendar parts. Days are days since 1970-01-01."""

from dataclasses import dataclass
from datetime import date

from services.kit.clock import day_date, day_number
from services.kit.errors import Invalid

LONGEST_DAYS = 36_600  # a century
MOST_POINTS = 1_500
WHOLE_PERIOD = "WHOLE"  # no calendar interval: the period is not divided
WAVE = "WAVE"  # no calendar interval: each wave of an employee survey that closed in the period
MONTHS = {"MONTH": 1, "QUARTER": 3}
WEEK_DAYS = 7
DAYS_PER_YEAR = 365.25
FIRST_MONDAY = 4  # 1970-01-05
EARLIEST = day_number(date(1900, 1, 1))
LATEST = day_number(date(2149, 1, 1))


@dataclass(frozen=True, slots=True)
class Period:
    """The days [from_day, to_day)."""

    from_day: int
    to_day: int


def check_period(from_day: int, to_day: int, *, field: str = "period") -> Period:
    """Invalid unless from is before to, and both lie between 1900 and 2149, at most a century apart."""
    if from_day >= to_day:
        raise Invalid(
            "the period is empty: `from` is included, `to` is excluded and must be later",
            reason="PERIOD_EMPTY",
            field=[field],
        )
    if from_day < EARLIEST or to_day > LATEST or to_day - from_day > LONGEST_DAYS:
        raise Invalid(
            "the period must lie between 1900-01-01 and 2149-01-01 and span at most 100 years",
            reason="PERIOD_TOO_LONG",
            field=[field],
        )
    return Period(from_day, to_day)


def check_apart(period: Period, other: Period) -> None:
    """Invalid if two periods share a day: a change is tested between separate answers."""
    if period.from_day < other.to_day and other.from_day < period.to_day:
        raise Invalid(
            "the period to compare with overlaps the period itself: the same answers cannot stand on both "
            "sides of a change",
            reason="PERIODS_OVERLAP",
            field=["compare_to"],
        )


def calendar_edges(period: Period, interval: str) -> list[int]:
    """The borders of the calendar intervals of a period, the first and last cut to it.

    DAY, WEEK (ISO: from Monday), MONTH or QUARTER; Invalid if there would be more than 1,500 intervals.
    """
    if interval in MONTHS:
        edges = month_edges(period, MONTHS[interval])
    else:
        step = WEEK_DAYS if interval == "WEEK" else 1
        first = period.from_day + 1
        first += (FIRST_MONDAY - first) % step
        edges = [period.from_day, *range(first, period.to_day, step), period.to_day]
    if len(edges) - 1 > MOST_POINTS:
        raise Invalid(
            f"this trend would have {len(edges) - 1:,} points: ask for at most {MOST_POINTS:,}, by a longer "
            "interval or over a shorter period",
            reason="TOO_MANY_POINTS",
            field=["interval"],
        )
    return edges


def month_edges(period: Period, step: int = 1) -> list[int]:
    """The borders of the months, or of blocks of `step` months since January, the ends cut to the period."""
    edges = [period.from_day]
    start = day_date(period.from_day)
    months = start.year * 12 + (start.month - 1) // step * step
    while True:
        months += step
        border = day_number(date(months // 12, months % 12 + 1, 1))
        if border >= period.to_day:
            return [*edges, period.to_day]
        edges.append(border)


def months_in(from_day: int, to_day: int) -> tuple[int, float]:
    """How many ends of months lie in [from_day, to_day), and how many years that is: whole months are twelfths."""
    if from_day >= to_day:
        return 0, 0.0
    first, after = day_date(from_day), day_date(to_day)
    ends = 12 * (after.year - first.year) + after.month - first.month
    if first.day == after.day == 1:
        return ends, ends / 12
    return ends, (to_day - from_day) / DAYS_PER_YEAR


def period_before(period: Period) -> Period:
    """As many months right before, where the period is of whole months; else as many days."""
    first, after = day_date(period.from_day), day_date(period.to_day)
    if first.day == after.day == 1:
        start = 24 * first.year + 2 * (first.month - 1) - 12 * after.year - (after.month - 1)
        return Period(day_number(date(start // 12, start % 12 + 1, 1)), period.from_day)
    return Period(2 * period.from_day - period.to_day, period.from_day)
