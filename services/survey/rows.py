"""Rows of a survey export into submissions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from services.kit.cells import CellRefused, Columns, Place, quoted
from services.kit.dates import Calendar
from services.kit.files import Row
from services.kit.identity import Identities, row_id
from services.kit.mapping import DONT_KNOW, Score
from services.kit.mapping import Answer as AnswerColumn
from services.kit.mapping import Mapping as ImportMapping
from services.kit.sections import MappingInvalid, Moment
from services.survey.domain.questions import LONGEST_VERBATIM
from services.survey.domain.responses import Answer, Submission

FIELDS: Final = ("department", "customer", "touchpoint", "channel", "segment", "language")
AnswerReader: TypeAlias = Callable[[str], Answer | None]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the survey, as it is or as the mapping will create it; no scores: it takes text."""

    key: str
    kind: str
    dont_know: bool
    scores: range


class ResponseReader:
    """Reads one row into one response; a row without any answer is refused."""

    def __init__(
        self,
        mapping: ImportMapping,
        columns: Columns,
        asked: dict[str, Asked],
        calendar: Calendar,
    ) -> None:
        self.survey = mapping.constants["survey"]
        self.columns = columns
        self.calendar = calendar
        self.identities = Identities(columns)
        self.answers = [
            (columns.answers[answer.question].index, self._reader(answer, asked))
            for answer in mapping.answers
        ]
        self.labels = {name: place.label for name, place in columns.answers.items()}
        self.fields = [name for name in FIELDS if mapping.has(name)]
        self.occurred = columns.fields.get("occurred_at")
        moment = mapping.moments.get("occurred_at")
        self.occurred_always = None if moment is None else _constant(calendar, moment)

    def read(self, row: Row) -> Submission:
        """The department is the cell as it stands."""
        self.columns.check_width(row)
        response_id = row_id(self.survey, self.identities.of(row))
        answers = []
        for index, read in self.answers:
            answer = read(row.cells[index])
            if answer is not None:
                answers.append(answer)
        if not answers:
            named = ", ".join(self.labels.values())
            raise CellRefused("", "NO_ANSWERS", f"none of the answer columns is filled: {named}")
        fields = {name: self.columns.cell(row, name) for name in self.fields}
        occurred_at = self._occurred_at(row)
        return Submission(
            response_id, self.survey, tuple(answers), occurred_at=occurred_at, **fields
        )

    def column_of(self, field: Sequence[str], item: Submission) -> str:
        """The column behind a field path of a submission, e.g. ["answers", "1", "score"]."""
        match list(field):
            case ["answers", index, *_] if index.isdecimal() and int(index) < len(item.answers):
                return self.labels[item.answers[int(index)].question]
            case [name, *_]:
                return self.columns.label(name)
            case _:
                return ""

    def _occurred_at(self, row: Row) -> str | None:
        place = self.occurred
        if place is None or row.cells[place.index].strip() in self.columns.missing:
            return self.occurred_always
        cell = row.cells[place.index]
        try:
            return self.calendar.instant(cell)
        except ValueError as error:
            message = f"{quoted(cell)} {error}"
            raise CellRefused(place.label, "DATE_UNREADABLE", message) from error

    def _reader(self, answer: AnswerColumn, asked: dict[str, Asked]) -> AnswerReader:
        question = asked[answer.question]
        place = self.columns.answers[answer.question]
        if question.kind == "TEXT":
            return text_reader(question.key, place, self.columns.missing)
        return score_reader(question, place, answer.values, self.columns.missing)


def text_reader(question: str, place: Place, missing: frozenset[str]) -> AnswerReader:
    """Words are stored as they are and never quoted in a message."""

    def read(cell: str) -> Answer | None:
        if cell.strip() in missing:
            return None
        if len(cell) > LONGEST_VERBATIM:
            message = (
                f"the text has {len(cell):,} characters; at most {LONGEST_VERBATIM:,} are stored"
            )
            raise CellRefused(place.label, "TEXT_TOO_LONG", message)
        return Answer(question, cell)

    return read


def score_reader(
    question: Asked, place: Place, values: Mapping[str, Score] | None, missing: frozenset[str]
) -> AnswerReader:
    """Labels by the mapping's values, whole numbers without them; answers are shared."""
    answers: dict[Score, Answer] = {n: Answer(question.key, n) for n in question.scores}
    if question.dont_know:
        answers[DONT_KNOW] = Answer(question.key, True)
    scores = {str(n): n for n in question.scores} if values is None else values
    known: dict[str, Answer | None] = {
        label: answers[score] for label, score in scores.items() if score in answers
    }
    known |= dict.fromkeys(missing)

    def read(cell: str) -> Answer | None:
        try:
            return known[cell]
        except KeyError:
            pass
        trimmed = cell.strip()
        if trimmed in known:
            return known[trimmed]
        if values is None and (whole := whole_number(trimmed)) is not None and whole in answers:
            return answers[whole]
        raise _unknown(question, place, trimmed, values)

    return read


def whole_number(cell: str) -> int | None:
    """The number in a cell; `5.0` is one, as spreadsheets write it."""
    digits = cell.removeprefix("-").split(".")
    if (
        len(cell) > 20
        or not digits[0].isdecimal()
        or len(digits) > 2
        or "".join(digits[1:]).strip("0")
    ):
        return None
    return int(cell.split(".")[0])


def _unknown(
    question: Asked, place: Place, cell: str, values: Mapping[str, Score] | None
) -> CellRefused:
    """Why a cell is no answer; it names what would be one."""
    scale = question.scores
    span = f"{scale.start} to {scale.stop - 1}"
    if values is None and whole_number(cell) is None:
        message = f"{quoted(cell)} is no whole number from {span}; map labels with values"
        return CellRefused(place.label, "SCORE_EXPECTED", message)
    if values is None:
        message = f"{quoted(cell)} is outside {question.kind} {span}"
        return CellRefused(place.label, "SCORE_OUT_OF_RANGE", message)
    if cell in values:
        message = f'question "{question.key}" does not take don\'t know'
        return CellRefused(place.label, "DONT_KNOW_NOT_OFFERED", message)
    allowed = ", ".join(f'"{label}"' for label in values)
    return CellRefused(
        place.label, "UNKNOWN_LABEL", f"{quoted(cell)} is none of the mapped labels: {allowed}"
    )


def _constant(calendar: Calendar, moment: Moment) -> str:
    try:
        return calendar.instant(moment)
    except ValueError as error:
        raise MappingInvalid(f'[defaults] occurred_at: "{moment}" {error}') from error
