"""The small world of the matrix, and everybody who looks at it."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

from tests.security.support.model import MAY, Department, Given, Grant, Viewer, World

ABSENT_KEY = "nowhere"
OWN = "own"
MOVED_DAYS_AGO, BEFORE, AFTER, AHEAD = 30, 60, 5, 3

# Key, its parent since ever, its parent after the move, and the day of the move counted from today.
PLACES: tuple[tuple[str, str | None, str | None, int], ...] = (
    ("root", None, None, 0),
    ("north", "root", None, 0),
    ("own", "north", None, 0),
    ("child", "own", None, 0),
    ("grandchild", "child", None, 0),
    ("sibling", "north", None, 0),
    ("south", "root", None, 0),
    ("cousin", "south", None, 0),
    ("moved", "own", "south", -MOVED_DAYS_AGO),
    ("moved-child", "moved", None, 0),
    ("arrived", "south", "own", -MOVED_DAYS_AGO),
    ("leaving", "own", "south", AHEAD),
)
KEYS = tuple(place[0] for place in PLACES)
ASKED = (*KEYS, ABSENT_KEY)
"""Every relation to who heads `own`: itself, above, below, beside, moved away and here, and absent."""


def small_world(today: date) -> World:
    """Departments that moved, move and stay, with responses from before and after the moves."""
    departments = {
        key: Department(key, tuple(_parents(today, parent, later, days)))
        for key, parent, later, days in PLACES
    }
    responses = tuple(
        Given(key, today - timedelta(days=ago), (number + ago + count) % 11)
        for number, key in enumerate(KEYS)
        for ago, count in product((BEFORE, AFTER), range(number + 6))
    )
    return World(today, departments, responses)


def _parents(
    today: date, first: str | None, later: str | None, days: int
) -> Iterator[tuple[date | None, str | None]]:
    yield None, first
    if later is not None:
        yield today + timedelta(days=days), later


def viewers(today: date) -> list[Viewer]:
    """Every role with every kind of grant, and some with two."""
    day = timedelta(days=1)
    kinds: dict[str, tuple[str | None, date | None, date | None]] = {
        "whole": (None, None, None),
        "own": (OWN, None, None),
        "other": ("cousin", None, None),
        "current": (OWN, today, today + day),
        "ended": (OWN, None, today),
        "past": (OWN, today - 30 * day, today - day),
        "future": (OWN, today + day, None),
        "absent": (ABSENT_KEY, None, None),
    }
    found = [
        Viewer(f"{role}-{kind}", (Grant(role, *kinds[kind]),))
        for role, kind in product(MAY, kinds)
        if (role, kind) != ("department_head", "whole")
    ]
    own, ended, child = (OWN, None, None), (None, None, today), ("child", None, None)
    return [
        *found,
        Viewer("head-own-admin-ended", (Grant("department_head", *own), Grant("admin", *ended))),
        Viewer("integration-own-head-child", (Grant("integration", *own), Grant("department_head", *child))),
        Viewer("operator-whole-head-cousin", (Grant("operator", None), Grant("department_head", "cousin"))),
        Viewer("nobody", ()),
    ]  # fmt: skip


def sample(everybody: list[Viewer], count: int, seed: int) -> list[Viewer]:
    """Some viewers, among them always who heads `own`."""
    head = next(viewer for viewer in everybody if viewer.name == "department_head-own")
    others = [viewer for viewer in everybody if viewer is not head]
    return [head, *random.Random(seed).sample(others, count - 1)]
