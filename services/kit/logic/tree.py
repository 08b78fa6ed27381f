"""A rule as it was written: literals, names, and what is done with them. Equal trees print the same."""

from dataclasses import dataclass, field

from services.kit.logic.issues import Span

NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, a text or a truth value."""

    value: float | str | bool
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A name that the noun knows, or does not."""

    name: str
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    function: str
    arguments: tuple["Node", ...]
    at: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Operation:
    """`sign` is one of and, or, not, = != < <= > >= has in, + - * /, and neg for the minus before a number.

    `and` and `or` have two parts or more; of `in` the first is looked for among the others.
    """

    sign: str
    parts: tuple["Node", ...]
    at: Span = field(default=NOWHERE, compare=False)


Node = Literal | Name | Call | Operation
