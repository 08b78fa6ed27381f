"""From a tree back to the text of a rule, in one way: what is printed parses to the same tree."""

from decimal import Decimal
from typing import Final

from services.kit.logic.tokens import PLAIN_NAME, WORDS
from services.kit.logic.tree import Call, Literal, Name, Node, Operation

ATOM: Final = 7
BINDING: Final = {"or": 1, "and": 2, "not": 3, "+": 5, "-": 5, "*": 6, "/": 6, "neg": 6}
"""How firmly an operation holds its parts; comparisons 4."""


def print_rule(tree: Node) -> str:
    """The rule with as few parentheses as it needs."""
    match tree:
        case Literal(value):
            return _literal(value)
        case Name(name):
            return _name(name)
        case Call(function, arguments):
            return f"{_name(function)}({', '.join(map(print_rule, arguments))})"
        case Operation(sign, parts):
            return _operation(sign, parts)


def _operation(sign: str, parts: tuple[Node, ...]) -> str:
    binding = BINDING.get(sign, 4)
    if sign == "not":
        return f"not {_within(parts[0], binding + 1)}"
    if sign == "neg":
        return f"-{_within(parts[0], ATOM)}"
    if sign == "in":
        listed = ", ".join(map(print_rule, parts[1:]))
        return f"{_within(parts[0], binding + 1)} in ({listed})"
    # Sums stand to the left: a - (b - c) keeps its parentheses, (a - b) - c needs none.
    first = binding if binding > BINDING["not"] + 1 else binding + 1
    rest = (_within(part, binding + 1) for part in parts[1:])
    return f" {sign} ".join((_within(parts[0], first), *rest))


def _within(part: Node, least: int) -> str:
    holds = BINDING.get(part.sign, 4) if isinstance(part, Operation) else ATOM
    printed = print_rule(part)
    return printed if holds >= least else f"({printed})"


def _literal(value: float | str | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    written = format(Decimal(repr(value)), "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def _name(name: str) -> str:
    return name if PLAIN_NAME.fullmatch(name) and name not in WORDS else f"`{name}`"
