"""What all facts of customers share: how one is known, and whom it counts for, frozen when it is stored."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final, NamedTuple

from services.kit.errors import Denied, Invalid
from services.kit.rights.tree import Term, Touchpoint, Tree

NOBODY: Final = 0
"""The alias of a fact that names no customer: it counts in sales and traffic, and for no person."""
EARLIEST: Final = datetime(1950, 1, 1, tzinfo=UTC)
AHEAD: Final = timedelta(days=1)
LONGEST_ID: Final = 200
LONGEST_CHANNEL: Final = 64


@dataclass(frozen=True, slots=True)
class Occurrence:
    """When and where something happened, as it was sent: keys of a department and of a touchpoint, "" for none."""

    at: datetime
    department: str = ""
    touchpoint: str = ""
    channel: str = ""


class Dimensions(NamedTuple):
    """Of a fact, frozen; None for what it does not have."""

    touchpoint_id: str | None
    stage: str | None
    channel: str | None


class Attribution(NamedTuple):
    """Whom a fact counts for; the day is the organisation's, in days since 1970-01-01."""

    department_id: str
    local_day: int
    dimensions: Dimensions


@dataclass(frozen=True, slots=True)
class RecordScope:
    """What one sender may see and record for, in the tree of this moment; departments by id."""

    tree: Tree
    today: int
    sees: Callable[[str], bool]
    records: Callable[[str], bool]

    def touchpoint(self, key: str) -> Touchpoint | None:
        """The touchpoint of a key; it is seen by those who see its owner of today."""
        found = self.tree.touchpoint(key)
        if found is None or not self.sees(found.terms.on(self.today).department_id):
            return None
        return found


def mark(source: str, id_: str) -> int:
    """By which a fact is known beside its alias and time: the first 8 bytes of SHA-256, as a signed number."""
    digest = sha256(f"{source}\n{id_}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def check_at(at: datetime, now: datetime) -> None:
    """Invalid (DAYS) unless it lies between 1950 and a day from now."""
    if not EARLIEST <= at <= now + AHEAD:
        raise Invalid("it happened between 1950 and a day from now", reason="DAYS", field=["at"])


def attribute(place: Occurrence, scope: RecordScope) -> Attribution:
    """The department sent, else the touchpoint's owner on the local day; stage and channel of the touchpoint.

    Invalid or Denied with the field; what the sender may not see is refused as if it were absent.
    """
    if len(place.channel) > LONGEST_CHANNEL or not place.channel.isprintable():
        message = f"a channel is one line of at most {LONGEST_CHANNEL} characters"
        raise Invalid(message, reason="CHANNEL", field=["channel"])
    day = scope.tree.local_day(place.at)
    touchpoint = _touchpoint(place, scope)
    term = touchpoint.terms.on(day) if touchpoint else None
    department_id = _department(place, term, scope)
    channel = place.channel or (touchpoint.channel if touchpoint else "")
    stage = term.stage if term else ""
    dimensions = Dimensions(touchpoint.id if touchpoint else None, stage or None, channel or None)
    return Attribution(department_id, day, dimensions)


def _touchpoint(place: Occurrence, scope: RecordScope) -> Touchpoint | None:
    if not place.touchpoint:
        return None
    found = scope.touchpoint(place.touchpoint)
    if found is None:
        message = "there is no such touchpoint: name one of the list, or a department"
        raise Invalid(message, reason="UNKNOWN_TOUCHPOINT", field=["touchpoint"])
    return found


def _department(place: Occurrence, term: Term | None, scope: RecordScope) -> str:
    field = ["department" if place.department or term is None else "touchpoint"]
    if place.department:
        found = scope.tree.id_of(place.department)
    elif term is not None:
        found = term.department_id
    else:
        message = "name a department or a touchpoint, for which it counts"
        raise Invalid(message, reason="DEPARTMENT_REQUIRED", field=field)
    if found is None or not scope.sees(found):
        message = "there is no such department: name one of the list"
        raise Invalid(message, reason="UNKNOWN_DEPARTMENT", field=field)
    if not scope.records(found):
        raise Denied("your role does not allow this (record facts)", field=field)
    return found
