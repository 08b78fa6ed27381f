"""Questions, the answers they take, and the bytes an answer is kept as."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from services.survey.attribution.submission import Value
from services.survey.domain.text import Texts, refuse_text

LONGEST_VERBATIM = 10_000  # characters
HIGHEST_SCORE = 100  # of a RATING

NOT_ANSWERED = 255
DONT_KNOW = 254
WRITTEN = 0  # the words themselves are a verbatim


class QuestionKind(IntEnum):
    """What may be answered; names and numbers of the contract. Whoever reads kinds reads them here."""

    NPS = 1
    CSAT = 2
    CES = 4
    CES1 = 8
    RATING = 5
    TEXT = 3
    SINGLE_CHOICE = 6
    MULTIPLE_CHOICE = 7


CHOICES = frozenset({QuestionKind.SINGLE_CHOICE, QuestionKind.MULTIPLE_CHOICE})
OFFER_DONT_KNOW = frozenset({QuestionKind.CSAT})
SCORES: Mapping[QuestionKind, range] = {
    QuestionKind.NPS: range(0, 11),
    QuestionKind.CSAT: range(1, 6),
    QuestionKind.CES: range(1, 8),
    QuestionKind.CES1: range(1, 6),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that a choice offers."""

    key: str
    text: str
    texts: Texts = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question; dont_know: "don't know" is an answer; low and high: of a RATING; options: of a choice.

    `texts` has the text in other languages; `item` is the key of the standard item that it asks, empty for none.
    """

    id: str
    key: str
    kind: QuestionKind
    text: str
    dont_know: bool
    low: int = 0
    high: int = 0
    options: tuple[Option, ...] = ()
    texts: Texts = ()
    item: str = ""

    @property
    def scores(self) -> range:
        """The scores it takes; none of a text or a choice."""
        if self.kind is QuestionKind.RATING:
            return range(self.low, self.high + 1)
        return SCORES.get(self.kind, range(0))

    @property
    def width(self) -> int:
        """How many bytes its answer is kept in."""
        return len(self.options) if self.kind is QuestionKind.MULTIPLE_CHOICE else 1

    def place_of(self, option: str) -> int | None:
        """The place of an option among those offered."""
        return next((n for n, offered in enumerate(self.options) if offered.key == option), None)


class Flaw(NamedTuple):
    """What is wrong with the value of an answer; `path` leads to it inside the answer, by the contract's names."""

    path: tuple[str, ...]
    reason: str
    message: str


def flaw_of(question: Question, value: Value) -> Flaw | None:
    """Why a question does not take a value; None if it does."""
    if value is None or value is False:
        return Flaw((), "NO_VALUE", "this answer has no value: give one, or leave the answer out")
    if question.kind is QuestionKind.TEXT:
        return _flaw_of_text(value)
    if question.kind in CHOICES:
        return _flaw_of_choices(question, value)
    if isinstance(value, str | tuple):
        return Flaw(_part(value), "SCORE_EXPECTED", f"this question takes {_range(question)}")
    if value is True:
        return None if question.dont_know else _DONT_KNOW_NOT_OFFERED
    if value not in question.scores:
        return Flaw(("score",), "SCORE_OUT_OF_RANGE", f"this question takes {_range(question)}")
    return None


def bytes_of(question: Question, value: Value) -> bytes:
    """What a valid answer is kept as."""
    if value is True:
        return bytes((DONT_KNOW,))
    if isinstance(value, tuple):
        if question.kind is QuestionKind.SINGLE_CHOICE:
            return bytes((question.place_of(value[0]) or 0,))
        return bytes(option.key in value for option in question.options)
    return bytes((value if isinstance(value, int) else WRITTEN,))


def value_of(question: Question, kept: bytes) -> Value:
    """The answer that is kept in these bytes; None if there is none or it is kept elsewhere, as text is."""
    if kept[0] == NOT_ANSWERED or question.kind is QuestionKind.TEXT:
        return None
    if kept[0] == DONT_KNOW:
        return True
    if question.kind is QuestionKind.SINGLE_CHOICE:
        return (question.options[kept[0]].key,)
    if question.kind is QuestionKind.MULTIPLE_CHOICE:
        return tuple(o.key for o, chosen in zip(question.options, kept, strict=True) if chosen)
    return kept[0]


def _flaw_of_text(value: Value) -> Flaw | None:
    if not isinstance(value, str):
        return Flaw(_part(value), "TEXT_EXPECTED", "this question takes text")
    refusal = refuse_text(("text",), value, LONGEST_VERBATIM, too_long="TEXT_TOO_LONG")
    return Flaw(("text",), refusal.reason, refusal.message) if refusal else None


def _flaw_of_choices(question: Question, value: Value) -> Flaw | None:
    if not isinstance(value, tuple):
        return Flaw(_part(value), "CHOICES_EXPECTED", "this question takes keys of its options")
    most = 1 if question.kind is QuestionKind.SINGLE_CHOICE else len(question.options)
    if not value:
        return Flaw(("choices",), "NO_CHOICE", "nothing is chosen: choose, or leave the answer out")
    if len(value) > most:
        message = f"{len(value):,} choices: this question takes at most {most}"
        return Flaw(("choices",), "TOO_MANY_CHOICES", message)
    return _flaw_of_keys(question, value)


def _flaw_of_keys(question: Question, keys: Sequence[str]) -> Flaw | None:
    for number, key in enumerate(keys):
        if question.place_of(key) is None:
            message = "this question offers no option of this key"
            return Flaw(("choices", str(number)), "UNKNOWN_CHOICE", message)
        if key in keys[:number]:
            message = "this option is chosen above: choose each once"
            return Flaw(("choices", str(number)), "DUPLICATE_CHOICE", message)
    return None


def _part(value: Value) -> tuple[str, ...]:
    """The name of the value in the contract."""
    if isinstance(value, tuple):
        return ("choices",)
    if isinstance(value, str):
        return ("text",)
    return ("dont_know",) if value is True else ("score",)


def _range(question: Question) -> str:
    scores = question.scores
    return f"a whole score from {scores[0]} to {scores[-1]}"


_DONT_KNOW_NOT_OFFERED = Flaw(
    ("dont_know",), "DONT_KNOW_NOT_OFFERED", 'this question does not offer "don\'t know"'
)
