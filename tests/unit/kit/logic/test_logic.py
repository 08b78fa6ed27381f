"""The language of rules: what it means, what it refuses, and that it never fails on answers."""

import contextlib
import random
from datetime import date

import pytest

from services.kit.logic.checked import Ref, Unknown, Value
from services.kit.logic.checking import check_rule
from services.kit.logic.evaluating import build
from services.kit.logic.issues import WrongRule
from services.kit.logic.parsing import MOST_LEVELS, MOST_OPERATIONS, parse
from services.kit.logic.printing import print_rule
from services.kit.logic.tokens import LONGEST
from tests.unit.kit.logic.support.rules import Words, any_answers, any_tree, sound_rule

DONT_KNOW = Unknown.DONT_KNOW


def holds(rule: str, **answers: Value | Unknown) -> bool:
    facts: dict[Ref, Value | Unknown] = {(name,): value for name, value in answers.items()}
    return build(check_rule(parse(rule), Words()))(facts)


def issue(rule: str) -> tuple[str, int]:
    """The code and the place of what is wrong."""
    with pytest.raises(WrongRule) as caught:
        check_rule(parse(rule), Words())
    return caught.value.reason, caught.value.span.start


@pytest.mark.parametrize(
    ("rule", "answers", "expected"),
    [
        ("r <= 6", {}, False),
        ("r != 3", {}, False),
        ("not (r > 6)", {}, True),
        ("r <= 6", {"r": DONT_KNOW}, False),
        ("r != 3", {"r": DONT_KNOW}, False),
        ("not (r > 6)", {"r": DONT_KNOW}, True),
        ("answered(r)", {"r": DONT_KNOW}, True),
        ("answered(r)", {}, False),
        ("round(mean(a, b)) = 4", {"a": 4}, True),
        ("count(a, b) = 1", {"a": 4}, True),
        ("default(a + b, -1) = -1", {"a": 4}, True),
        ("round(default(a / b, 7)) = 7", {"a": 4, "b": 0}, True),
        ("round(2.5) = 3", {}, True),
        ("round(-2.5) = -2", {}, True),
        ('length("😀ž") = 2', {}, True),
        ('days(date("2026-02-28"), date("2026-03-01")) = 1', {}, True),
        ('day < date("2026-03-01")', {"day": date(2026, 2, 28)}, True),
        ('o in ("q", "p")', {"o": "p"}, True),
        ('o != "p"', {}, False),
        ('many has "q"', {"many": frozenset("pq")}, True),
        ('attribute.plan = "gold"', {"attribute.plan": "gold"}, True),
        ("`two words` = 2", {"two words": 2}, True),
        ("a > 1 and b > 1 or is_new", {"is_new": True}, True),
        ("if(is_new, a, b) = 1", {"a": 0, "b": 1}, True),
        ("x * x > 0 or not answered(x)", {"x": 1e300}, False),  # not finite is absent
    ],
)
def test_check_values(rule: str, answers: dict[str, Value | Unknown], expected: bool) -> None:
    assert holds(rule, **answers) is expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ('r = "7"', ("TYPE_MISMATCH", 4)),
        ("o > 3", ("TYPE_MISMATCH", 0)),
        ('o = "z"', ("UNKNOWN_OPTION", 4)),
        ("r >", ("SYNTAX", 3)),
        ("r > 1 > 0", ("SYNTAX", 6)),
        ("r = 1 r", ("SYNTAX", 6)),
        ("r = 'p'", ("SYNTAX", 4)),
        ('said = "p', ("SYNTAX", 7)),
        ("r in ()", ("SYNTAX", 7)),
        ("(r = 1", ("SYNTAX", 6)),
        ("r = 1234567890123456", ("SYNTAX", 4)),
        ("", ("SYNTAX", 0)),
        ("reccomend > 6", ("UNKNOWN_NAME", 0)),
        ("order(30) > 1", ("UNKNOWN_NAME", 0)),
        ("orders(0) > 1", ("TYPE_MISMATCH", 7)),
        ("orders(r) > 1", ("TYPE_MISMATCH", 7)),
        ("orders(1, 2) > 1", ("TYPE_MISMATCH", 0)),
        ("r", ("TYPE_MISMATCH", 0)),
        ("x = 2", ("INEXACT_COMPARISON", 0)),
        ("r = 2.5", ("INEXACT_COMPARISON", 0)),
        ("many = many", ("TYPE_MISMATCH", 0)),
        ("o = said", ("TYPE_MISMATCH", 4)),
        ("day > 3", ("TYPE_MISMATCH", 0)),
        ('day > date("2026-02-30")', ("TYPE_MISMATCH", 11)),
        ("answered(1)", ("TYPE_MISMATCH", 9)),
        ("round(x, 9) > 1", ("TYPE_MISMATCH", 9)),
        ("r > 0" + " " * LONGEST, ("RULE_TOO_LARGE", LONGEST)),
        ("(" * (MOST_LEVELS + 1) + "r", ("RULE_TOO_LARGE", MOST_LEVELS)),
        ("1" + "+1" * (MOST_OPERATIONS + 1), ("RULE_TOO_LARGE", 0)),
    ],
)
def test_what_means_nothing_is_refused_where_it_stands(
    rule: str, expected: tuple[str, int]
) -> None:
    assert issue(rule) == expected


def test_a_name_that_is_nearly_right_is_said() -> None:
    with pytest.raises(WrongRule, match=r"did you mean is_new\? \(at character 5\)"):
        check_rule(parse("not is_ne"), Words())


def test_what_is_printed_parses_to_the_same() -> None:
    chance = random.Random(16)
    for _ in range(2_000):
        tree = any_tree(chance)
        printed = print_rule(tree)
        if len(printed) <= LONGEST:
            assert parse(printed) == tree, printed


def test_any_text_is_a_rule_or_refused() -> None:
    chance = random.Random(16)
    signs = [
        "r",
        "o",
        "and",
        "not",
        "(",
        ")",
        '"',
        "p",
        "=",
        "in",
        "1",
        ".",
        "`",
        "é",
        ",",
        "-",
        "\n",
    ]
    for _ in range(3_000):
        text = "".join(chance.choice(signs) + chance.choice(("", " ")) for _ in range(8))
        with contextlib.suppress(WrongRule):
            check_rule(parse(text), Words())


def test_every_sound_rule_is_true_or_false_of_any_answers() -> None:
    chance = random.Random(16)
    seen = set()
    for _ in range(500):
        text = sound_rule(chance)
        rule = build(check_rule(parse(text), Words()))
        for _ in range(20):
            seen.add(rule(any_answers(chance)))
    assert seen == {True, False}
