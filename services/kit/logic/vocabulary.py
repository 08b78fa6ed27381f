"""What a noun lets rules speak of: names and functions, with their types."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Final, Protocol


class Kind(StrEnum):
    """What a value is."""

    NUMBER = auto()
    TEXT = auto()
    BOOL = auto()
    DATE = auto()
    OPTION = auto()
    OPTIONS = auto()


@dataclass(frozen=True, slots=True)
class Type:
    """Of a value. `whole`: a number without a fraction. `options`: keys there are; None: any text may be one."""

    kind: Kind
    whole: bool = False
    options: frozenset[str] | None = None

    def __str__(self) -> str:
        return ARTICLES[self.kind]


ARTICLES: Final = {
    Kind.NUMBER: "a number",
    Kind.TEXT: "a text",
    Kind.BOOL: "true or false",
    Kind.DATE: "a date",
    Kind.OPTION: "an option",
    Kind.OPTIONS: "a set of options",
}
NUMBER: Final = Type(Kind.NUMBER)
WHOLE: Final = Type(Kind.NUMBER, whole=True)
TEXT: Final = Type(Kind.TEXT)
BOOL: Final = Type(Kind.BOOL)
DATE: Final = Type(Kind.DATE)


def option(*keys: str) -> Type:
    """One of these keys; without any: whatever text."""
    return Type(Kind.OPTION, options=frozenset(keys) or None)


def options(*keys: str) -> Type:
    """A set of these keys."""
    return Type(Kind.OPTIONS, options=frozenset(keys))


@dataclass(frozen=True, slots=True)
class Whole:
    """An argument that is a whole number, written as one."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class OneOf:
    """An argument that is one of these texts, written as one."""

    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class AnyText:
    """An argument that is whatever text, written as one."""


Argument = Whole | OneOf | AnyText


@dataclass(frozen=True, slots=True)
class FactFunction:
    """A function of the noun: its value is looked up by its literal arguments."""

    arguments: tuple[Argument, ...]
    result: Type


class Vocabulary(Protocol):
    """`functions` by name; all other functions are the language's own."""

    @property
    def functions(self) -> Mapping[str, FactFunction]: ...

    def type_of(self, name: str) -> Type | None:
        """None for a name that nobody knows."""

    def names(self) -> tuple[str, ...]:
        """Names that are near at hand when somebody mistypes one."""
