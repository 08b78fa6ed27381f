"""Time, as an argument."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from uuid_utils import compat

Clock = Callable[[], datetime]

EPOCH = date(1970, 1, 1)


_standing: list[Path] = []  # one file at most: a process has one time


def now() -> datetime:
    """The present instant, aware, in UTC; where `stand_at` named a file that is there, the instant in it."""
    stood = stood_at(_standing[0]) if _standing else None
    return stood or datetime.now(UTC)


def machine_now() -> datetime:
    """By the clock of this machine, whatever time stands still."""
    return datetime.now(UTC)


def stand_at(path: Path | None) -> None:
    """Let the time of this process stand at the instant in a file whenever it is there; None: let it pass.

    A history is made so: whoever writes the file moves time on, and removes it in the end.
    """
    _standing[:] = [path] if path else []


def stood_at(path: Path) -> datetime | None:
    """The instant in a file; None where there is no file. ValueError where it holds anything else."""
    try:
        return datetime.fromisoformat(path.read_text(encoding="ascii").strip()).astimezone(UTC)
    except FileNotFoundError:
        return None


def write_standing(path: Path, at: datetime) -> None:
    """Move the time of who stands at this file; readers see the former instant or this one."""
    draft = path.with_name(f"{path.name}.draft")
    draft.write_text(at.astimezone(UTC).isoformat(), encoding="ascii")
    draft.replace(path)


def apart_seconds(told: datetime, since: datetime, until: datetime) -> float:
    """By at least how many seconds a clock is ahead of ours that told this instant between two of ours; negative:
    behind; 0: they agree, as far as asking tells."""
    if told > until:
        return (told - until).total_seconds()
    return min((told - since).total_seconds(), 0.0)


def day_number(day: date) -> int:
    """Days since 1970-01-01, the form in which days travel and are stored."""
    return (day - EPOCH).days


def day_date(number: int) -> date:
    """The calendar day of a day number."""
    return EPOCH + timedelta(days=number)


def instant_text(at: datetime, timespec: str = "auto") -> str:
    """An aware instant as RFC 3339 in UTC, e.g. 2026-05-04T12:00:00Z; `timespec` as of datetime.isoformat."""
    return at.astimezone(UTC).isoformat(timespec=timespec).replace("+00:00", "Z")


def new_id() -> str:
    """A UUIDv7: ids made later sort later."""
    return str(compat.uuid7())
