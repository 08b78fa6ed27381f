"""A rule of which all types are known: what is evaluated, and turned into SQL."""

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from services.kit.logic.vocabulary import Type


class Unknown(Enum):
    """An answer that says nothing: it compares as if it were absent."""

    DONT_KNOW = auto()


Value = float | str | bool | date | frozenset[str] | None
"""None: absent."""
Ref = tuple[str | int, ...]
"""A name, and after it the arguments of a function."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that stands in the rule; an option's key as its text."""

    value: float | str | bool | date
    type: Type


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of whom the rule asks about."""

    ref: Ref
    type: Type


@dataclass(frozen=True, slots=True)
class Applied:
    """An operation by its sign, or a function by its name. `places` of round only."""

    sign: str
    parts: tuple["Checked", ...]
    type: Type
    places: int = 0


Checked = Constant | Fact | Applied
