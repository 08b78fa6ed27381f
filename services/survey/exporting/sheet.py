"""Responses as rows: fixed columns, one for each question or option of a multiple choice, then local times."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

from services.kit.exports.csv import ExportColumns, LocalTime, Value
from services.survey.surveys.domain.questions import Question, QuestionKind, value_of
from services.survey.surveys.domain.surveys import Survey

FIXED: ExportColumns = {
    "response": str,
    "survey": str,
    "version": int,
    "department": str,
    "department_name": str,
    "touchpoint": str,
    "stage": str,
    "channel": str,
    "segment": str,
    "language": str,
    "day": date,
    "occurred_at": datetime,
    "received_at": datetime,
}
LOCAL: ExportColumns = {"occurred_at_local": LocalTime, "received_at_local": LocalTime}
"""Last, so that every other column keeps its place."""
DONT_KNOW = "DONT_KNOW"


@dataclass(frozen=True, slots=True)
class ExportedResponse:
    """A response as it is stored, with its verbatims by question id."""

    id: str
    version_id: str
    department_id: str
    touchpoint_id: str | None
    stage: str | None
    channel: str | None
    segment: str | None
    language: str | None
    local_day: int
    occurred_at: datetime
    received_at: datetime
    answers: bytes
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """What stands in one column: a question by id, or one option (key) of it."""

    question_id: str
    option: str = ""


class ExportSheet:
    """The answers' columns of a survey: questions as the newest version asks them, then those of before."""

    def __init__(self, versions: Sequence[Survey]) -> None:
        self.versions = {survey.version_id: survey for survey in versions}
        named: dict[ExportColumn, str] = {}
        kinds: dict[str, type[str | int]] = {}
        for survey in reversed(versions):
            for question in survey.questions:
                for option in _options(question):
                    name = ".".join(filter(None, ("answer", question.key, option)))
                    column = ExportColumn(question.id, option)
                    name = named.setdefault(column, _free(name, survey.version, kinds))
                    kinds[name] = str if kinds.get(name) is str else _kind(question)
        self.columns = named
        self.header: ExportColumns = {**FIXED, **kinds, **LOCAL}

    def answers(self, response: ExportedResponse) -> list[Value]:
        """The cells of the answers: scores, DONT_KNOW, the option's key, 1 or 0 for an option, words."""
        cells: dict[ExportColumn, Value] = {}
        survey = self.versions[response.version_id]
        for question, span in zip(survey.questions, survey.spans, strict=True):
            cells |= _cells(question, response.answers[span], response.words)
        return [cells.get(column) for column in self.columns]


def local_times(response: ExportedResponse, zone: ZoneInfo) -> tuple[LocalTime, LocalTime]:
    """When it was given and received, as clocks in a zone showed it, in whole seconds."""
    instants = (response.occurred_at, response.received_at)
    occurred, received = (
        at.astimezone(zone).replace(microsecond=0, tzinfo=None) for at in instants
    )
    return LocalTime(occurred), LocalTime(received)


def _free(name: str, version: int, taken: Container[str]) -> str:
    """The name, or if another column has it the name with the version that asked, and a number if need be."""
    if name not in taken:
        return name
    numbers = (f"{name} v{version}" + (f" {n}" if n > 1 else "") for n in count(1))
    return next(free for free in numbers if free not in taken)


def _options(question: Question) -> Sequence[str]:
    if question.kind is QuestionKind.MULTIPLE_CHOICE:
        return [option.key for option in question.options]
    return [""]


def _kind(question: Question) -> type[str | int]:
    """What stands in a question's columns: whole numbers, unless words can stand among them."""
    if question.kind in (QuestionKind.TEXT, QuestionKind.SINGLE_CHOICE) or question.dont_know:
        return str
    return int


def _cells(question: Question, kept: bytes, words: Mapping[str, str]) -> dict[ExportColumn, Value]:
    if question.kind is QuestionKind.TEXT:
        return {ExportColumn(question.id): words.get(question.id)}
    value = value_of(question, kept)
    if value is None or isinstance(value, str):
        return {}
    if value is True:
        return {ExportColumn(question.id): DONT_KNOW}
    if isinstance(value, tuple):
        if question.kind is QuestionKind.SINGLE_CHOICE:
            return {ExportColumn(question.id): value[0]}
        return {ExportColumn(question.id, o.key): int(o.key in value) for o in question.options}
    return {ExportColumn(question.id): value}
