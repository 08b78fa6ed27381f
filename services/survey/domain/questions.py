"""Questions, the answers they take, and the byte an answer is kept as."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from services.survey.domain.text import refuse_text

LONGEST_VERBATIM = 10_000  # characters

NOT_ANSWERED = 255
DONT_KNOW = 254
WRITTEN = 0  # the words themselves are a verbatim

Value = int | str | bool | None
"""A score, a text, True for "don't know"; None for an answer that says nothing."""


class Kind(IntEnum):
    """What may be answered; the numbers of the contract."""

    NPS = 1
    CSAT = 2
    TEXT = 3


SCORES: Mapping[Kind, range] = {Kind.NPS: range(0, 11), Kind.CSAT: range(1, 6)}


@dataclass(frozen=True, slots=True)
class Question:
    """One question; dont_know: "don't know" is an answer."""

    id: str
    key: str
    kind: Kind
    text: str
    dont_know: bool


class Flaw(NamedTuple):
    """What is wrong with the value of an answer; `part` is the value's name in the contract."""

    part: str
    reason: str
    message: str


def flaw_of(question: Question, value: Value) -> Flaw | None:
    """Why a question does not take a value; None if it does."""
    if value is None or value is False:
        return Flaw("", "NO_VALUE", "this answer has no value: give one, or leave the answer out")
    if question.kind is Kind.TEXT:
        return _flaw_of_text(value)
    if isinstance(value, str):
        return Flaw("text", "SCORE_EXPECTED", f"this question takes {_range(question.kind)}")
    if value is True:
        return None if question.dont_know else _DONT_KNOW_NOT_OFFERED
    if value not in SCORES[question.kind]:
        return Flaw("score", "SCORE_OUT_OF_RANGE", f"this question takes {_range(question.kind)}")
    return None


def code_of(value: Value) -> int:
    """The byte a valid answer is kept as."""
    if value is True:
        return DONT_KNOW
    return value if isinstance(value, int) else WRITTEN


def _flaw_of_text(value: Value) -> Flaw | None:
    if not isinstance(value, str):
        part = "dont_know" if value is True else "score"
        return Flaw(part, "TEXT_EXPECTED", "this question takes text")
    refusal = refuse_text(("text",), value, LONGEST_VERBATIM, too_long="TEXT_TOO_LONG")
    return Flaw("text", refusal.reason, refusal.message) if refusal else None


def _range(kind: Kind) -> str:
    scores = SCORES[kind]
    return f"a whole score from {scores[0]} to {scores[-1]}"


_DONT_KNOW_NOT_OFFERED = Flaw(
    "dont_know", "DONT_KNOW_NOT_OFFERED", 'this question does not offer "don\'t know"'
)
