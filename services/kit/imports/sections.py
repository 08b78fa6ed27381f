"""Strict reading of a TOML table: whatever is not expected is an error that says where and what is allowed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn, TypeAlias

Column: TypeAlias = str | int  # header, or number counted from 1
Moment: TypeAlias = str | date | datetime  # as written; a string is read by the date formats


class MappingInvalid(ValueError):
    """The mapping cannot be used; the message says where it is wrong and what would be right."""


def fail(where: str, message: str) -> NoReturn:
    """Refuse the mapping at a place, e.g. `[format] dates`."""
    raise MappingInvalid(f"{where}: {message}")


def list_names(names: Iterable[str]) -> str:
    """Names for people: `a, b, c`."""
    return ", ".join(names)


@dataclass(frozen=True, slots=True)
class Section:
    """One table and its place, e.g. `[answers.recommend]`."""

    where: str
    values: dict[str, object]

    def only(self, allowed: Iterable[str]) -> None:
        """Refuse a key that is not allowed here."""
        known = tuple(allowed)
        for key in self.values:
            if key not in known:
                fail(self.where, f'unknown key "{key}"; allowed: {list_names(known) or "nothing"}')

    def at(self, key: str) -> str:
        return f"{self.where} {key}"

    def text(self, key: str, fallback: str | None = None) -> str | None:
        """A string that is not blank; None or the fallback where the key is absent."""
        value = self.values.get(key, fallback)
        if value is None:
            return None
        if not isinstance(value, str):
            fail(self.at(key), f"must be text in quotes, not {describe(value)}")
        if not value.strip():
            fail(self.at(key), "must not be blank")
        return value

    def texts(self, key: str, fallback: tuple[str, ...]) -> tuple[str, ...]:
        """A list of strings; they may be empty strings."""
        value = self.values.get(key)
        if value is None:
            return fallback
        if not isinstance(value, list):
            fail(self.at(key), f'must be a list of texts like ["a", "b"], not {describe(value)}')
        for item in value:
            if not isinstance(item, str):
                fail(self.at(key), f"must hold texts in quotes only, not {describe(item)}")
        return tuple(value)

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            fail(self.at(key), f"must be true or false, not {describe(value)}")
        return value

    def column(self, key: str) -> Column:
        """A column of the file by header or by number; the first one is number 1."""
        value = self.values.get(key)
        if isinstance(value, str):
            return value
        if not isinstance(value, int) or isinstance(value, bool):
            fail(self.at(key), f"must be a header or a column number, not {describe(value)}")
        if value < 1:
            fail(self.at(key), f"columns are counted from 1, so {value} names none")
        return value

    def moment(self, key: str) -> Moment | None:
        """A date or time as TOML writes it, or as a string in one of the date formats."""
        value = self.values.get(key)
        if isinstance(value, date):  # a datetime is one too
            return value
        if value is not None and not isinstance(value, str):
            fail(self.at(key), f"must be a date, not {describe(value)}")
        return self.text(key)


def describe(value: object) -> str:
    """What a TOML value is, in words."""
    match value:
        case None:
            return "absent"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"the number {value}"
        case str():
            return f'the text "{value[:40]}"'
        case dict():
            return "a table"
        case list():
            return "a list"
        case _:
            return f"a {type(value).__name__}"
