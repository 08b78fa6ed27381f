"""What an organisation has from its first day on, and the days that can be named."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from services.kit.clock import day_date, day_number
from services.kit.errors import Conflict, Invalid

ROOT_KEY: Final = "root"  # until an admin names it otherwise, while nothing hangs under it
ROOT_NAME: Final = "Organisation"
EARLIEST_DAY: Final = day_number(date(1950, 1, 1))
DAYS_AHEAD: Final = 3_653  # ten years


@dataclass(frozen=True, slots=True)
class Stage:
    """A phase of the customer's journey; position from 1."""

    key: str
    name: str
    position: int


STAGES: Final = tuple(
    Stage(key, name, position)
    for position, (key, name) in enumerate(
        (
            ("awareness", "Awareness"),
            ("consideration", "Consideration"),
            ("purchase", "Purchase"),
            ("post-purchase", "Post-purchase"),
            ("loyalty", "Loyalty"),
        ),
        start=1,
    )
)
STAGE_KEYS: Final = frozenset(stage.key for stage in STAGES)


def zone(name: str) -> ZoneInfo:
    """The time zone of an IANA name; Invalid if there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise Invalid(
            f"{name!r} is no time zone: give an IANA name such as Europe/Riga",
            reason="TIME_ZONE_UNKNOWN",
        ) from error


def check_zone(stored: str, wanted: str) -> None:
    """Conflict if days are already counted in another zone: each stored day would change its meaning."""
    if stored != wanted:
        raise Conflict(
            f"the days of this organisation are stored in {stored}, CXM_PROFILE_TIME_ZONE says {wanted}: "
            f"start with {stored}, or with an empty database",
            reason="TIME_ZONE_DIFFERS",
        )


def check_day(day: int, today: int) -> None:
    """Invalid unless a change may hold from this day: 1950-01-01 to ten years from now."""
    latest = today + DAYS_AHEAD
    if not EARLIEST_DAY <= day <= latest:
        raise Invalid(
            f"the day must lie between {day_date(EARLIEST_DAY)} and {day_date(latest)}",
            reason="DAY_OUT_OF_RANGE",
            field=["from_day"],
        )
