"""One thing that is wrong, and what to do about it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

CLOCK_SECONDS: Final = 1.0
"""Clocks that are further apart make tokens hold too long or too short, and answers fall on the wrong day."""
CLOCKS: Final = "let all machines take their time from one source (NTP)"


@dataclass(frozen=True)
class Finding:
    """`about` is a process, a database, a stream or a file."""

    about: str
    wrong: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.about}: {self.wrong}; {self.remedy}"


def clock_finding(about: str, told: datetime, asked_at: datetime, accuracy: float) -> list[Finding]:
    """A clock that is apart from ours by more than 1 s and what asking took (`accuracy`, seconds)."""
    apart = (told - asked_at).total_seconds()
    if abs(apart) <= CLOCK_SECONDS + accuracy:
        return []
    return [Finding(about, f"its clock is {direction(apart)} that of this machine", CLOCKS)]


def direction(seconds: float) -> str:
    """How far a clock is ahead, or behind where this is negative."""
    return f"{abs(seconds):.1f} s {'ahead of' if seconds > 0 else 'behind'}"


def now() -> datetime:
    """By the clock of this machine."""
    return datetime.now(UTC)
