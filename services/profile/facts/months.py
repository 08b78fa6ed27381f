"""Local months: facts lie in a table for each, so that what is old is dropped whole."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month of the organisation."""

    year: int
    number: int

    @property
    def name(self) -> str:
        """As tables are named, e.g. 2026_05."""
        return f"{self.year:04}_{self.number:02}"

    def plus(self, months: int) -> "Month":
        """So many months later, or earlier."""
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)

    def begins(self, zone: ZoneInfo) -> datetime:
        """Its first instant, in UTC."""
        return datetime.combine(date(self.year, self.number, 1), time.min, zone).astimezone(UTC)


def month_named(name: str) -> Month:
    """By its name."""
    year, number = name.split("_")
    return Month(int(year), int(number))


def month_of(at: datetime, zone: ZoneInfo) -> Month:
    """The local month of an instant."""
    local = at.astimezone(zone)
    return Month(local.year, local.month)
