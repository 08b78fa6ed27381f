"""Types: what compares with what, and which names there are."""

from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from services.kit.logic.checked import Applied, Checked, Constant, Fact
from services.kit.logic.functions import FUNCTIONS, mismatch
from services.kit.logic.issues import (
    INEXACT,
    TYPE_MISMATCH,
    UNKNOWN_NAME,
    UNKNOWN_OPTION,
    Span,
    WrongRule,
)
from services.kit.logic.tree import Call, Literal, Name, Node, Operation
from services.kit.logic.vocabulary import (
    BOOL,
    NUMBER,
    TEXT,
    WHOLE,
    Argument,
    FactFunction,
    Kind,
    OneOf,
    Type,
    Vocabulary,
    Whole,
)

EXACT: Final = frozenset({"=", "!=", "in"})
ARITHMETIC: Final = frozenset({"+", "-", "*", "/", "neg"})


def check_rule(tree: Node, vocabulary: Vocabulary) -> Checked:
    """A rule that is true or false of everybody; WrongRule where it means nothing."""
    checker = _Checker(vocabulary)
    return checker.expect(tree, Kind.BOOL)


class _Checker:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def check(self, node: Node) -> Checked:
        match node:
            case Literal(value):
                return _constant(value)
            case Name(name, at):
                return self.fact(name, at)
            case Call(function, arguments, at):
                return self.call(function, arguments, at)
            case Operation(sign, parts, at):
                return self.operation(sign, parts, at)

    def expect(self, node: Node, *kinds: Kind) -> Checked:
        """The part, which must be of one of these kinds."""
        checked = self.check(node)
        if checked.type.kind not in kinds:
            wanted = " or ".join(str(Type(kind)) for kind in kinds)
            raise mismatch(f"here {wanted} is needed, and this is {checked.type}", node.at)
        return checked

    def fact(self, name: str, at: Span) -> Fact:
        found = self.vocabulary.type_of(name)
        if found is None:
            raise self.unknown(name, at, self.vocabulary.names())
        return Fact((name,), found)

    def call(self, function: str, arguments: tuple[Node, ...], at: Span) -> Checked:
        if own := self.vocabulary.functions.get(function):
            return Fact((function, *_literals(function, own, arguments, at)), own.result)
        if known := FUNCTIONS.get(function):
            return known(self, arguments, at)
        raise self.unknown(function, at, (*FUNCTIONS, *self.vocabulary.functions))

    def unknown(self, name: str, at: Span, known: Iterable[str]) -> WrongRule:
        near = get_close_matches(name, known, n=1)
        hint = f": did you mean {near[0]}?" if near else ""
        return WrongRule(f"there is no {name}{hint}", UNKNOWN_NAME, at)

    def operation(self, sign: str, parts: tuple[Node, ...], at: Span) -> Checked:
        if sign in ("and", "or", "not"):
            return Applied(sign, tuple(self.expect(part, Kind.BOOL) for part in parts), BOOL)
        if sign in ARITHMETIC:
            numbers = tuple(self.expect(part, Kind.NUMBER) for part in parts)
            whole = sign != "/" and all(number.type.whole for number in numbers)
            return Applied(sign, numbers, WHOLE if whole else NUMBER)
        if sign == "has":
            left = self.expect(parts[0], Kind.OPTIONS)
            return Applied(sign, (left, self.key_of(left, parts[1])), BOOL)
        if sign not in EXACT:
            return self.ordered(sign, parts)
        return self.exact(sign, parts, at)

    def ordered(self, sign: str, parts: tuple[Node, ...]) -> Checked:
        left, right = (self.expect(part, Kind.NUMBER, Kind.DATE) for part in parts)
        if left.type.kind is not right.type.kind:
            message = f"{left.type} and {right.type} have no order"
            raise mismatch(message, Span(parts[0].at.start, parts[1].at.end))
        return Applied(sign, (left, right), BOOL)

    def exact(self, sign: str, parts: tuple[Node, ...], at: Span) -> Checked:
        same = self.alike(parts)
        kinds = {part.type.kind for part in same}
        if Kind.OPTIONS in kinds:
            raise mismatch("of a set of options ask whether it has one: has", parts[0].at)
        if Kind.NUMBER in kinds and not all(part.type.whole for part in same):
            message = (
                "numbers with fractions are equal by chance only: compare with < or >, or use round"
            )
            raise WrongRule(message, INEXACT, at)
        return Applied(sign, same, BOOL)

    def alike(self, nodes: tuple[Node, ...]) -> tuple[Checked, ...]:
        """Parts that are all of one type; texts beside an option are its keys."""
        parts = [self.check(node) for node in nodes]
        owner = next((part for part in parts if part.type.kind is Kind.OPTION), None)
        if owner is not None:
            return tuple(
                part if part.type == owner.type else self.key_of(owner, node)
                for part, node in zip(parts, nodes, strict=True)
            )
        for part, node in zip(parts, nodes, strict=True):
            if part.type.kind is not parts[0].type.kind:
                raise mismatch(f"{parts[0].type} and {part.type} do not compare", node.at)
        return tuple(parts)

    def key_of(self, owner: Checked, node: Node) -> Constant:
        """A text that is a key of an option."""
        if not (isinstance(node, Literal) and isinstance(node.value, str)):
            message = 'an option is compared with its key in "double quotes"'
            raise mismatch(message, node.at)
        keys = owner.type.options
        if keys is not None and node.value not in keys:
            listed = ", ".join(sorted(keys)[:10])
            message = f"there is no option {node.value} here: it may be {listed}"
            raise WrongRule(message, UNKNOWN_OPTION, node.at)
        return Constant(node.value, replace(owner.type, kind=Kind.OPTION))


def _constant(value: float | str | bool) -> Constant:
    if isinstance(value, bool):
        return Constant(value, BOOL)
    if isinstance(value, str):
        return Constant(value, TEXT)
    return Constant(value, WHOLE if value.is_integer() else NUMBER)


def _literals(
    name: str, function: FactFunction, nodes: tuple[Node, ...], at: Span
) -> tuple[str | int, ...]:
    wanted = function.arguments
    if len(nodes) != len(wanted):
        raise mismatch(f"{name} takes {len(wanted)} arguments", at)
    return tuple(_literal(name, want, node) for want, node in zip(wanted, nodes, strict=True))


def _literal(name: str, wanted: Argument, node: Node) -> str | int:
    value = node.value if isinstance(node, Literal) else None
    if not isinstance(wanted, Whole):
        if not isinstance(value, str):
            raise mismatch(f'{name} takes a text in "double quotes"', node.at)
        if isinstance(wanted, OneOf) and value not in wanted.keys:
            listed = ", ".join(sorted(wanted.keys)[:10])
            message = f"there is no {value} for {name}: it may be {listed or 'none yet'}"
            raise WrongRule(message, UNKNOWN_OPTION, node.at)
        return value
    is_number = isinstance(value, float) and value.is_integer()
    if not (is_number and wanted.least <= float(value or 0) <= wanted.most):
        message = f"{name} takes a whole number from {wanted.least} to {wanted.most}"
        raise WrongRule(message, TYPE_MISMATCH, node.at)
    return int(value or 0)
