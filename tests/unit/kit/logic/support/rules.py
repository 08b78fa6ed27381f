"""Rules and answers by chance."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from services.kit.logic.checked import Ref, Unknown, Value
from services.kit.logic.tree import Call, Literal, Name, Node, Operation
from services.kit.logic.vocabulary import (
    BOOL,
    DATE,
    NUMBER,
    TEXT,
    WHOLE,
    FactFunction,
    Type,
    Whole,
    option,
    options,
)

NAMES: Final[Mapping[str, Type]] = {
    "r": WHOLE,
    "a": WHOLE,
    "b": WHOLE,
    "x": NUMBER,
    "o": option("p", "q"),
    "many": options("p", "q"),
    "said": TEXT,
    "day": DATE,
    "is_new": BOOL,
    "two words": WHOLE,
    "attribute.plan": option(),
}


class Words:
    """Names of a noun that no service has."""

    functions: Mapping[str, FactFunction] = {"orders": FactFunction((Whole(1, 730),), WHOLE)}

    def type_of(self, name: str) -> Type | None:
        return NAMES.get(name)

    def names(self) -> tuple[str, ...]:
        return tuple(NAMES)


def any_tree(chance: random.Random, depth: int = 4) -> Node:
    """Whatever can be written, with sense or without."""
    if depth == 0 or chance.random() < 0.2:
        name = chance.choice([*NAMES, "not", "é"])
        return Name(name) if chance.random() < 0.5 else _any_literal(chance)
    parts = tuple(any_tree(chance, depth - 1) for _ in range(chance.randint(2, 3)))
    if chance.random() < 0.2:
        return Call(chance.choice(("f", "mean", "orders")), parts[: chance.randint(0, 3)])
    sign = chance.choice(
        [
            "and",
            "or",
            "not",
            "=",
            "!=",
            "<",
            "<=",
            ">",
            ">=",
            "has",
            "in",
            "+",
            "-",
            "*",
            "/",
            "neg",
        ]
    )
    if sign in ("not", "neg"):
        return Operation(sign, parts[:1])
    return Operation(sign, parts if sign in ("and", "or", "in") else parts[:2])


def _any_literal(chance: random.Random) -> Literal:
    number = float(chance.choice(("0", "7", "2.5", "0.000001", "123456789012345")))
    return Literal(chance.choice((number, True, False, "p", 'a "b" \\ c', "😀ž")))


def sound_rule(chance: random.Random, depth: int = 4) -> str:
    """A rule that is true or false, as text."""
    if depth == 0:
        return chance.choice(("is_new", 'o = "p"', 'many has "q"', "answered(x)", "r in (1, 2, 3)"))
    inner = [sound_rule(chance, depth - 1) for _ in range(3)]
    numbers = [_number(chance, depth - 1) for _ in range(2)]
    return chance.choice(
        (
            f"({inner[0]} and {inner[1]} and {inner[2]})",
            f"({inner[0]} or {inner[1]})",
            f"(not ({inner[0]}))",
            f"{numbers[0]} {chance.choice(('<', '<=', '>', '>='))} {numbers[1]}",
            f"round({numbers[0]}) {chance.choice(('=', '!='))} round({numbers[1]})",
            f"default(is_new, {inner[0]})",
            'attribute.plan != "gold"',
            'day <= date("2026-03-01")',
        )
    )


def _number(chance: random.Random, depth: int) -> str:
    if depth <= 0:
        return chance.choice(("r", "a", "b", "x", "0", "2.5", "length(said)", "orders(30)"))
    one, other = _number(chance, depth - 1), _number(chance, depth - 1)
    return chance.choice(
        (
            f"({one} {chance.choice('+-*/')} {other})",
            f"{chance.choice(('mean', 'sum', 'min', 'max', 'count'))}({one}, {other})",
            f"(-{one})",
            f"default({one}, {other})",
            f"if(is_new, {one}, {other})",
            'days(day, date("2026-02-28"))',
            f"round({one}, 2)",
        )
    )


def any_answers(chance: random.Random) -> dict[Ref, Value | Unknown]:
    """Each name with a value, absent, or not known."""
    values: dict[Ref, Sequence[Value]] = {
        ("r",): (0, 3, 7, 10),
        ("a",): (4, -1, 0),
        ("b",): (0, 1, 9e15),
        ("x",): (2.5, 1e300, -0.0),
        ("o",): ("p", "q"),
        ("many",): (frozenset(), frozenset("p"), frozenset("pq")),
        ("said",): ("", "😀ž"),
        ("day",): (date(2026, 1, 1) + timedelta(days=chance.randint(0, 100)),),
        ("is_new",): (True, False),
        ("attribute.plan",): ("gold", "basic"),
        ("orders", 30): (0, 2),
    }
    kept = {ref: chance.choice(of) for ref, of in values.items() if chance.random() < 0.7}
    return {
        ref: Unknown.DONT_KNOW if chance.random() < 0.1 else value for ref, value in kept.items()
    }
