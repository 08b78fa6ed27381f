"""The language's own functions, as they are checked."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, Protocol

from services.kit.logic.checked import Applied, Checked, Constant, Fact
from services.kit.logic.issues import TYPE_MISMATCH, Span, WrongRule
from services.kit.logic.tree import Literal, Node
from services.kit.logic.vocabulary import BOOL, DATE, NUMBER, WHOLE, Kind, Type

MOST_PLACES: Final = 6
"""Of `round`, behind the point."""


class Checker(Protocol):
    """Knows the types of parts."""

    def check(self, node: Node) -> Checked: ...

    def expect(self, node: Node, *kinds: Kind) -> Checked: ...

    def alike(self, nodes: tuple[Node, ...]) -> tuple[Checked, ...]: ...


Function = Callable[[Checker, tuple[Node, ...], Span], Checked]


def mismatch(message: str, at: Span) -> WrongRule:
    """Parts that do not fit each other."""
    return WrongRule(message, TYPE_MISMATCH, at)


def _take(name: str, nodes: tuple[Node, ...], at: Span, least: int, most: int) -> None:
    if not least <= len(nodes) <= most:
        wanted = f"{least}" if least == most else f"{least} to {most}"
        raise mismatch(f"{name} takes {wanted} arguments", at)


def _answered(checker: Checker, nodes: tuple[Node, ...], at: Span) -> Checked:
    _take("answered", nodes, at, 1, 1)
    fact = checker.check(nodes[0])
    if not isinstance(fact, Fact):
        raise mismatch("answered takes a name", nodes[0].at)
    return Applied("answered", (fact,), BOOL)


def _count(checker: Checker, nodes: tuple[Node, ...], at: Span) -> Checked:
    _take("count", nodes, at, 1, 100)
    return Applied("count", tuple(map(checker.check, nodes)), WHOLE)


def _over(name: str) -> Function:
    """A function of numbers, of which those that are absent do not count."""

    def check(checker: Checker, nodes: tuple[Node, ...], at: Span) -> Checked:
        _take(name, nodes, at, 1, 100)
        parts = tuple(checker.expect(node, Kind.NUMBER) for node in nodes)
        whole = name != "mean" and all(part.type.whole for part in parts)
        return Applied(name, parts, WHOLE if whole else NUMBER)

    return check


def _round(checker: Checker, nodes: tuple[Node, ...], at: Span) -> Checked:
    _take("round", nodes, at, 1, 2)
    places = nodes[1].value if len(nodes) == 2 and isinstance(nodes[1], Literal) else None
    if len(nodes) == 2 and places not in range(MOST_PLACES + 1):
        raise mismatch(f"round to 0 to {MOST_PLACES} places", nodes[1].at)
    kept = int(places or 0)
    part = checker.expect(nodes[0], Kind.NUMBER)
    return Applied("round", (part,), NUMBER if kept else WHOLE, kept)


def _default(checker: Checker, nodes: tuple[Node, ...], at: Span) -> Checked:
    _take("default", nodes, at, 2, 2)
    parts = checker.alike(nodes)
    return Applied("default", parts, _common(parts))


def _if(checker: Checker, nodes: tuple[Node, ...], at: Span) -> Checked:
    _take("if", nodes, at, 3, 3)
    condition = checker.expect(nodes[0], Kind.BOOL)
    parts = checker.alike(nodes[1:])
    return Applied("if", (condition, *parts), _common(parts))


def _common(parts: tuple[Checked, ...]) -> Type:
    first = parts[0].type
    if first.kind is Kind.NUMBER:
        return WHOLE if all(part.type.whole for part in parts) else NUMBER
    return first


def _length(checker: Checker, nodes: tuple[Node, ...], at: Span) -> Checked:
    _take("length", nodes, at, 1, 1)
    return Applied("length", (checker.expect(nodes[0], Kind.TEXT),), WHOLE)


def _days(checker: Checker, nodes: tuple[Node, ...], at: Span) -> Checked:
    _take("days", nodes, at, 2, 2)
    return Applied("days", tuple(checker.expect(node, Kind.DATE) for node in nodes), WHOLE)


def _date(checker: Checker, nodes: tuple[Node, ...], at: Span) -> Checked:
    _take("date", nodes, at, 1, 1)
    written = nodes[0].value if isinstance(nodes[0], Literal) else None
    try:
        if not isinstance(written, str) or len(written) != len("2026-02-28"):
            raise ValueError(written)
        return Constant(date.fromisoformat(written), DATE)
    except ValueError:
        message = 'a date is written as date("2026-02-28")'
        raise mismatch(message, nodes[0].at) from None


FUNCTIONS: Final[Mapping[str, Function]] = {
    "answered": _answered,
    "count": _count,
    "sum": _over("sum"),
    "mean": _over("mean"),
    "min": _over("min"),
    "max": _over("max"),
    "round": _round,
    "default": _default,
    "if": _if,
    "length": _length,
    "days": _days,
    "date": _date,
}
"""By name."""
