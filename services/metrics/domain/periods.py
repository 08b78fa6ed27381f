"""Periods of local days and their calendar parts. Days are days since 1970-01-01."""

from dataclasses import dataclass
from datetime import date

from services.kit.clock import day_date, day_number
from services.kit.errors import Invalid

LONGEST_DAYS = 36_600  # a century
EARLIEST = day_number(date(1900, 1, 1))
LATEST = day_number(date(2149, 1, 1))


@dataclass(frozen=True, slots=True)
class Period:
    """The days [from_day, to_day)."""

    from_day: int
    to_day: int


def check_period(from_day: int, to_day: int) -> Period:
    """Invalid unless from is before to, and both lie between 1900 and 2149, at most a century apart."""
    if from_day >= to_day:
        raise Invalid(
            "the period is empty: `from` is included, `to` is excluded and must be later",
            reason="PERIOD_EMPTY",
            field=["period"],
        )
    if from_day < EARLIEST or to_day > LATEST or to_day - from_day > LONGEST_DAYS:
        raise Invalid(
            "the period must lie between 1900-01-01 and 2149-01-01 and span at most 100 years",
            reason="PERIOD_TOO_LONG",
            field=["period"],
        )
    return Period(from_day, to_day)


def month_edges(period: Period) -> list[int]:
    """The borders of the months of a period, the first and last month cut to it."""
    edges = [period.from_day]
    month = day_date(period.from_day).replace(day=1)
    while True:
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        if day_number(month) >= period.to_day:
            return [*edges, period.to_day]
        edges.append(day_number(month))
