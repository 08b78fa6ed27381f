"""What is read of responses on a page, and which bytes of their answers decide it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import NamedTuple
from unicodedata import normalize

from services.kit.errors import Invalid
from services.kit.rights.tree import Stretch
from services.survey.surveys.domain.questions import (
    DONT_KNOW,
    SCORES,
    Question,
    QuestionKind,
    value_of,
)
from services.survey.surveys.domain.standard_items import STANDARD_ITEMS
from services.survey.surveys.domain.surveys import Survey

LONGEST_SEARCH = 200  # characters
EARLIEST, LATEST = 0, 65_535  # days; responses lie between 2000 and tomorrow
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LEADING_KINDS = (
    QuestionKind.NPS,
    QuestionKind.CSAT,
    QuestionKind.CES,
    QuestionKind.CES1,
    QuestionKind.RATING,
)
"""Kinds that say how it was, the one that says it first."""


class AnswerByte(NamedTuple):
    """One byte of the answers to a version of a survey, and the question it belongs to."""

    version_id: str
    position: int
    question_id: str


@dataclass(frozen=True, slots=True)
class AnswersBetween:
    """Some byte of these lies between two values, both included."""

    bytes: tuple[AnswerByte, ...]
    low: int
    high: int


class ReadingPlace(NamedTuple):
    """A place in a list, the newest first: what stands behind comes after it."""

    at: datetime
    id: str | None  # of the response; None: behind every response of this instant
    position: int = 0


@dataclass(frozen=True, slots=True)
class CountedBy:
    """How a metric counts: by the first question of a kind in scorecards, by those that ask a standard item in them, or
    by one question (or an option of it)."""

    kind: QuestionKind | None
    survey: str = ""
    question: str = ""
    option: str = ""
    with_dont_know: bool = False
    item: str = ""


@dataclass(frozen=True, slots=True)
class ScoreBounds:
    """The answer to the first question of a kind lies between two scores, both included."""

    kind: QuestionKind
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class ReadingScope:
    """Whose responses, and of which days [from_day, to_day); `values` by column, touchpoints by key."""

    department_id: str
    from_day: int
    to_day: int
    subtree: bool
    as_it_was: bool
    survey: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)

    def check(self) -> None:
        """Invalid if the period is empty, or lies where no response does."""
        if not EARLIEST <= self.from_day < self.to_day <= LATEST:
            raise Invalid(
                "the period is empty or lies before 1970: `from` is included, `to` is excluded and later",
                reason="PERIOD_EMPTY",
                field=["period"],
            )

    @property
    def since(self) -> datetime:
        """An instant before which none of it was given, whatever the time zone."""
        return EPOCH + timedelta(days=self.from_day - 1)

    @property
    def until(self) -> datetime:
        """An instant from which on none of it was given."""
        return EPOCH + timedelta(days=self.to_day + 1)


@dataclass(frozen=True, slots=True)
class ReadingQuery:
    """What is read, in words the database understands."""

    stretches: Sequence[Stretch]
    columns: Mapping[str, str]  # values by column
    versions: tuple[str, ...] | None  # only answers to these; None: to all
    conditions: Sequence[AnswersBetween]
    texts: tuple[AnswerByte, ...] | None = None  # None: responses are read, and not their texts
    search: str = ""

    @property
    def spellings(self) -> tuple[str, str]:
        """What is looked for, its letters with marks as one character each, and as two."""
        return normalize("NFC", self.search), normalize("NFD", self.search)

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be found, whatever is stored."""
        nothing_counted = any(not condition.bytes for condition in self.conditions)
        return not self.stretches or self.versions == () or self.texts == () or nothing_counted


class LeadScore(NamedTuple):
    """How a response says it was, and on which scale."""

    kind: QuestionKind
    score: int
    low: int
    high: int


def lead_score(survey: Survey, answers: bytes) -> LeadScore | None:
    """The first score of a response, by LEADING_KINDS; None where it has none."""
    scored: dict[QuestionKind, LeadScore] = {}
    for question, span in zip(survey.questions, survey.spans, strict=True):
        value = value_of(question, answers[span])
        if question.kind in LEADING_KINDS and isinstance(value, int) and value is not True:
            scales = question.scores
            scored.setdefault(question.kind, LeadScore(question.kind, value, scales[0], scales[-1]))
    return next((scored[kind] for kind in LEADING_KINDS if kind in scored), None)


def texts_of(versions: Iterable[Survey], question: str) -> tuple[AnswerByte, ...]:
    """Where texts stand; of the question of a key, or of all for ""."""
    return tuple(
        byte
        for survey in versions
        for asked, byte in _bytes(survey)
        if asked.kind is QuestionKind.TEXT and question in ("", asked.key)
    )


def scored_between(versions: Iterable[Survey], bounds: ScoreBounds) -> AnswersBetween:
    """Responses with such an answer; Invalid unless the bounds lie on the scale of the kind."""
    scale = SCORES.get(bounds.kind)
    if scale is None:
        raise Invalid(
            "scores of this kind have no common scale: ask for NPS, CSAT, CES or CES1",
            reason="KIND_WITHOUT_SCALE",
            field=["filter", "score", "kind"],
        )
    if not scale[0] <= bounds.low <= bounds.high <= scale[-1]:
        raise Invalid(
            f"scores of this kind are {scale[0]} to {scale[-1]}, the lower bound first",
            reason="SCORE_OUT_OF_RANGE",
            field=["filter", "score"],
        )
    return AnswersBetween(
        tuple(
            byte
            for survey in versions
            for asked, byte in _bytes(survey)
            if asked is _first(survey, bounds.kind)
        ),
        bounds.low,
        bounds.high,
    )


def counted_by(versions: Sequence[Survey], metric: CountedBy) -> AnswersBetween:
    """Responses that a metric counts, as the answer log of metrics reads it. `versions` by survey, the oldest first."""
    found: list[AnswerByte] = []
    for _, group in groupby(versions, key=lambda survey: survey.id):
        found += _counted(list(group), metric)
    highest = DONT_KNOW if metric.with_dont_know else _last_valid(metric.item)
    return AnswersBetween(tuple(found), 0, highest)


def _last_valid(item: str) -> int:
    """The highest byte of an answer that is not "don't know"; a standard item that offers it has it last."""
    asked = STANDARD_ITEMS.get(item)
    if asked is None or not asked.choices:
        return DONT_KNOW - 1
    return len(asked.choices) - 2


def _counted(versions: Sequence[Survey], metric: CountedBy) -> Iterator[AnswerByte]:
    newest = versions[-1]
    if metric.kind is not None:
        wanted = _leading(versions, metric.kind) if newest.in_scorecard else set()
    elif metric.item:
        asking = [q.id for survey in versions for q in survey.questions if q.item == metric.item]
        wanted = set(asking) if newest.in_scorecard else set()
    elif newest.key == metric.survey:
        asked = [q for survey in versions for q in survey.questions if q.key == metric.question]
        wanted = {asked[-1].id} if asked else set()
    else:
        wanted = set()
    for survey in versions:
        for question, byte in _bytes(survey):
            if question.id in wanted:
                place = question.place_of(metric.option) if metric.option else 0
                if place is not None:
                    yield byte._replace(position=byte.position + place)


def _leading(versions: Sequence[Survey], kind: QuestionKind) -> set[str]:
    """Questions that are the first of the kind now, or were once and are asked no more."""
    newest, *older = reversed(versions)
    asked_now = {question.id for question in newest.questions}
    first = _first(newest, kind)
    once = {q.id for survey in older if (q := _first(survey, kind)) is not None}
    return ({first.id} if first is not None else set()) | (once - asked_now)


def _first(survey: Survey, kind: QuestionKind) -> Question | None:
    return next((question for question in survey.questions if question.kind is kind), None)


def _bytes(survey: Survey) -> Iterator[tuple[Question, AnswerByte]]:
    for question, span in zip(survey.questions, survey.spans, strict=True):
        yield question, AnswerByte(survey.version_id, span.start, question.id)
