"""Stints: one employee's time in one department, and which of them go together."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final

from services.employee_exp.employment.domain.details import DetailsChange, check_details
from services.kit.clock import day_date, day_number
from services.kit.errors import Conflict, Failure, Invalid

EARLIEST_DAY: Final = day_number(date(1950, 1, 1))
DAYS_AHEAD: Final = 366
LONGEST_EMPLOYEE_ID: Final = 128
LONGEST_KEY: Final = 64


@dataclass(frozen=True, slots=True)
class StintItem:
    """A stint as a client names it: the employee by the organisation's own id, the department by key."""

    employee: str
    department: str
    started_day: int
    left_day: int | None
    details: DetailsChange | None = None
    """What it says of the employee; None: nothing."""


@dataclass(frozen=True, slots=True)
class Stint:
    """Work in one department on the days [started_day, left_day); None: still there."""

    department_id: str
    started_day: int
    left_day: int | None
    stored_by: str = field(default="", compare=False)
    """The subject who stored it as it is; "": stored before that was kept."""

    def overlaps(self, later: "Stint") -> bool:
        """Whether a stint that starts later starts too early."""
        return self.left_day is None or self.left_day > later.started_day


@dataclass(frozen=True, slots=True)
class Employment:
    """All that is known of one employee, stints in the order of days and without overlaps."""

    employee_id: str
    revision: int
    stints: tuple[Stint, ...]


def check_item(item: StintItem, today: int) -> None:
    """Invalid unless the item can be a stint at all: ids, 1950-01-01 to a year ahead, left after started, details."""
    check_employee(item.employee)
    if item.details is not None:
        check_details(item.details)
    _check_id(item.department, "department", LONGEST_KEY)
    _check_day(item.started_day, "started_day", today)
    if item.left_day is None:
        return
    _check_day(item.left_day, "left_day", today)
    if item.left_day <= item.started_day:
        raise Invalid(
            "left_day is the first day not employed here any more: it comes after started_day",
            reason="LEFT_BEFORE_STARTED",
            field=["left_day"],
        )


def settle(
    known: Sequence[Stint], wanted: Mapping[int, Stint]
) -> tuple[tuple[Stint, ...], dict[int, Failure]]:
    """An employee's stints after a call, and why those of some first days are refused.

    `wanted` holds stints by first day; each replaces the known one of that day. Of two that overlap the later
    is refused, or the earlier where only that one is wanted; the known stints never overlap, so this ends.
    """
    base = {stint.started_day: stint for stint in known}
    open_days = {day: stint for day, stint in wanted.items() if base.get(day) != stint}
    refused: dict[int, Failure] = {}
    while True:
        merged = base | open_days
        stints = tuple(merged[day] for day in sorted(merged))
        clash = next(((a, b) for a, b in pairwise(stints) if a.overlaps(b)), None)
        if clash is None:
            return stints, refused
        day = next(s.started_day for s in reversed(clash) if s.started_day in open_days)
        del open_days[day]
        refused[day] = overlap()


def overlap() -> Conflict:
    return Conflict(
        "this employee works somewhere else at that time: give the former stint its leaving day, "
        "in the same call or before; where its first day is wrong, correct it (a file: --replace)",
        reason="OVERLAP",
        field=["started_day"],
    )


def check_employee(employee: str) -> None:
    """Invalid unless it can be an employee's external id."""
    _check_id(employee, "employee", LONGEST_EMPLOYEE_ID)


def _check_id(value: str, field: str, longest: int) -> None:
    code = field.upper()
    if not value.strip():
        raise Invalid(f"{field} is missing", reason=f"{code}_MISSING", field=[field])
    if len(value) > longest:
        message = f"{field} is too long: use at most {longest} characters"
        raise Invalid(message, reason=f"{code}_TOO_LONG", field=[field])
    if value != value.strip() or any(
        unicodedata.category(sign)[0] in "CZ" and sign != " " for sign in value
    ):
        message = f"{field} must not hold control characters or spaces around it"
        raise Invalid(message, reason=f"{code}_MALFORMED", field=[field])


def _check_day(day: int, field: str, today: int) -> None:
    latest = today + DAYS_AHEAD
    if not EARLIEST_DAY <= day <= latest:
        raise Invalid(
            f"the day must lie between {day_date(EARLIEST_DAY)} and {day_date(latest)}",
            reason="DAY_OUT_OF_RANGE",
            field=[field],
        )
