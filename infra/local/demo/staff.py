"""The people who work there: joins, transfers and leavings; the same seed and day give the same people."""

import random
from datetime import date, timedelta
from typing import Any

from infra.local.demo import organisation

EMPLOYEES = 800
LONGEST_DAYS = 8 * 365  # before today
# Share of people who leave within a year; those of the worsening department leave more.
LEAVING_A_YEAR = 0.12
LEAVING_WHERE_WORSE = 0.17
WORSE_DAYS = 85  # within so many days they left
WEIGHT_WHERE_WORSE = 8  # of its staff, against other departments
TRANSFERS = 0.06


def stints(seed: int, today: date) -> list[dict[str, Any]]:
    """The inputs of upsertEmployees, one per stretch of work in one department."""
    source = random.Random(f"staff {seed}")
    places = [
        key
        for key, _, parent in organisation.DEPARTMENTS
        if parent is not None and key != organisation.QUIET
    ]
    weights = [WEIGHT_WHERE_WORSE if key == organisation.WORSENING else 1 for key in places]
    made: list[dict[str, Any]] = []
    for number in range(1, EMPLOYEES + 1):
        employee = f"E{number:04}"
        if number > EMPLOYEES - organisation.QUIET_STAFF:
            opened = today - timedelta(days=2 * organisation.QUIET_DAYS)
            made.append(_stint(employee, organisation.QUIET, opened, None))
        else:
            department = source.choices(places, weights)[0]
            made += _career(source, employee, department, places, today)
    return made


def _career(
    source: random.Random, employee: str, department: str, places: list[str], today: date
) -> list[dict[str, Any]]:
    """One person's stints: a transfer ends one and begins the next on the same day."""
    started = today - timedelta(days=source.randrange(20, LONGEST_DAYS))
    left = _leaving(source, department, started, today)
    end = left or today
    served = (end - started).days
    if source.random() < TRANSFERS and served > 60:
        moved = started + timedelta(days=source.randrange(30, served))
        elsewhere = source.choice([place for place in places if place != department])
        return [
            _stint(employee, department, started, moved),
            _stint(employee, elsewhere, moved, left),
        ]
    return [_stint(employee, department, started, left)]


def _leaving(source: random.Random, department: str, started: date, today: date) -> date | None:
    """The day of leaving, within the last year; None for those who stay."""
    worse = department == organisation.WORSENING
    share = LEAVING_WHERE_WORSE if worse else LEAVING_A_YEAR
    first = max(started + timedelta(days=1), today - timedelta(days=WORSE_DAYS if worse else 365))
    if source.random() >= share:
        return None
    return first + timedelta(days=source.randrange(max(1, (today - first).days)))


def _stint(employee: str, department: str, started: date, left: date | None) -> dict[str, Any]:
    stint: dict[str, Any] = {
        "id": employee,
        "department": department,
        "startedOn": started.isoformat(),
    }
    if left is not None:
        stint["leftOn"] = left.isoformat()
    return stint
