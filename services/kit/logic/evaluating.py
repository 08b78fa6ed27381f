"""What a rule says of somebody. Two truth values: a comparison with something absent is false."""

import operator
from collections.abc import Callable, Mapping
from datetime import date
from math import floor, isfinite
from typing import Any, Final

from services.kit.logic.checked import Applied, Checked, Constant, Fact, Ref, Unknown, Value

Facts = Mapping[Ref, Value | Unknown]
"""What is known; what is not there is absent."""
Reading = Callable[[Facts], Any]

COMPARISONS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "has": operator.contains,
}
ARITHMETIC: Final[Mapping[str, Callable[[float, float], float]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def build(rule: Checked) -> Callable[[Facts], bool]:
    """A rule as a function that never fails."""
    read = _build(rule)
    return lambda facts: read(facts) is True


def _build(node: Checked) -> Reading:
    match node:
        case Constant(value):
            return lambda facts: value
        case Fact(ref):
            return lambda facts: _known(facts.get(ref))
        case Applied(sign, parts):
            return _applied(sign, [_build(part) for part in parts], node)


def _known(value: Value | Unknown) -> Value:
    return None if isinstance(value, Unknown) else value


def _applied(sign: str, parts: list[Reading], node: Applied) -> Reading:
    if sign in COMPARISONS:
        return _comparison(COMPARISONS[sign], *parts)
    if sign in ARITHMETIC:
        return _arithmetic(ARITHMETIC[sign], *parts)
    if sign in OVER:
        over = OVER[sign]
        return lambda facts: over([v for part in parts if (v := part(facts)) is not None])
    if sign == "answered":
        fact = node.parts[0]
        assert isinstance(fact, Fact)
        return lambda facts: facts.get(fact.ref) is not None
    return _special(sign, parts, 10.0**node.places)


def _special(sign: str, parts: list[Reading], scale: float) -> Reading:
    first, *rest = parts
    match sign:
        case "and":
            return lambda facts: all(part(facts) is True for part in parts)
        case "or":
            return lambda facts: any(part(facts) is True for part in parts)
        case "not":
            return lambda facts: first(facts) is not True
        case "in":
            return lambda facts: (
                (v := first(facts)) is not None and any(v == other(facts) for other in rest)
            )
        case "neg":
            return lambda facts: None if (v := first(facts)) is None else -v
        case "default":
            return lambda facts: rest[0](facts) if (v := first(facts)) is None else v
        case "if":
            return lambda facts: rest[0](facts) if first(facts) is True else rest[1](facts)
        case "round":
            return lambda facts: _rounded(first(facts), scale)
        case "length":
            return lambda facts: None if (v := first(facts)) is None else float(len(v))
        case "days":
            return lambda facts: _days(first(facts), rest[0](facts))
    raise AssertionError(sign)


def _comparison(compare: Callable[[Any, Any], bool], left: Reading, right: Reading) -> Reading:
    def read(facts: Facts) -> bool:
        a, b = left(facts), right(facts)
        return a is not None and b is not None and compare(a, b)

    return read


def _arithmetic(work: Callable[[float, float], float], left: Reading, right: Reading) -> Reading:
    def read(facts: Facts) -> float | None:
        a, b = left(facts), right(facts)
        if a is None or b is None:
            return None
        try:
            return _finite(work(a, b))
        except ZeroDivisionError:
            return None

    return read


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None


def _sum(values: list[float]) -> float | None:
    # A plain loop: from Python 3.12 on `sum` compensates, and other languages do not.
    total = 0.0
    for value in values:
        total += value
    return _finite(total) if values else None


def _mean(values: list[float]) -> float | None:
    total = _sum(values)
    return None if total is None else total / len(values)


def _rounded(value: float | None, scale: float) -> float | None:
    if value is None or not isfinite(value * scale):
        return None
    return floor(value * scale + 0.5) / scale


def _days(first: date | None, last: date | None) -> float | None:
    return None if first is None or last is None else float((last - first).days)


OVER: Final[Mapping[str, Callable[[list[Any]], float | None]]] = {
    "count": lambda values: float(len(values)),
    "sum": _sum,
    "mean": _mean,
    "min": lambda values: min(values, default=None),
    "max": lambda values: max(values, default=None),
}
