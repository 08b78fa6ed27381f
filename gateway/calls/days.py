"""Days on the wire: days since 1970-01-01, local to the organisation."""

from datetime import date

_EPOCH = date(1970, 1, 1).toordinal()


def day_of(value: date) -> int:
    """Days since 1970-01-01; negative before."""
    return value.toordinal() - _EPOCH


def date_of(day: int) -> date:
    """The date of a day number."""
    return date.fromordinal(day + _EPOCH)
