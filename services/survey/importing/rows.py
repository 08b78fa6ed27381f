"""Rows of a survey export into submissions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any, Final
from uuid import UUID

from services.kit.exports.csv import as_written
from services.kit.imports.cells import CellRefused, Place, SheetColumns, own_name, quote
from services.kit.imports.dates import Calendar
from services.kit.imports.format.records import Row
from services.kit.imports.identity import FirstSeen, Identities, row_name
from services.kit.imports.mapping import Mapping as ImportMapping
from services.kit.imports.sections import MappingInvalid, Moment, fail
from services.kit.letters import plain
from services.survey.attribution.submission import Submission
from services.survey.importing.answers.answer_columns import AnswerColumn, answers
from services.survey.importing.answers.asked import CellRules, MappedQuestion
from services.survey.importing.answers.cells import AnswerReader, answer_reader, own_words_reader
from services.survey.importing.answers.option_columns import choice_reader
from services.survey.importing.row_names import ImportedRow, RowNames
from services.survey.responses.domain.ids import is_row_id

FIELDS: Final = (
    "department",
    "customer",
    "touchpoint",
    "channel",
    "segment",
    "language",
    "invitation",
)


class ResponseReader:
    """Reads one row into one response; a row without any answer is refused."""

    def __init__(
        self,
        mapping: ImportMapping,
        columns: SheetColumns,
        questions: dict[str, MappedQuestion],
        calendar: Calendar,
        touchpoint: Callable[[str], str],
        *,
        has_former: bool = False,
    ) -> None:
        """`has_former`: rows without ids may be stored that were known by how they are spelt."""
        _check_tokens(columns)
        self.survey = mapping.constants["survey"]
        self.columns = columns
        self.calendar = calendar
        self.identities = Identities(columns)
        self.has_former = has_former
        mapped = answers(mapping)
        self.answers = list(_readers(mapped, columns, questions))
        self.choices = [choice_reader(answer, columns) for answer in mapped if answer.options]
        self.exported = mapping.has("response")
        self.guarded = self.exported and not columns.is_typed
        counted, joined = mapping.has("count"), mapping.format.one_response is not None
        # Else judged with what else the row says, or is stored.
        self.needs_answers = not (counted or joined or self.exported)
        self.labels = {answer.question: self._label(answer) for answer in mapped}
        self.labels |= {a.other_text: self._label(a) for a in mapped if a.other_text is not None}
        self.touchpoint = touchpoint
        self.fields = [name for name in FIELDS if mapping.has(name)]
        self.occurred = columns.fields.get("occurred_at")
        moment = mapping.moments.get("occurred_at")
        self.occurred_always = None if moment is None else _constant(calendar, moment)

    def read(self, row: Row) -> ImportedRow:
        """The department is the cell as it stands; the name is there where the row has an id."""
        self.columns.check_width(row)
        if self.guarded:
            row = Row(row.number, list(map(as_written, row.cells)))
        by_id = self.by_id
        name = shown = ""
        if self.exported:
            shown = self._shown(row)
            name = row_name(self.survey, shown)
        elif by_id or self.has_former:
            name = row_name(self.survey, self.identities.of(row))
        answers = []
        for index, read in self.answers:
            answer = read(row.cells[index])
            if answer is not None:
                answers.append(answer)
        for choose in self.choices:
            answer = choose(row.cells)
            if answer is not None:
                answers.append(answer)
        if not answers and self.needs_answers:
            raise self.no_answers()
        fields: dict[str, Any] = {name: self.columns.cell(row, name) for name in self.fields}
        if (cell := fields.get("touchpoint")) is not None:
            fields["touchpoint"] = self.touchpoint(cell)
        occurred_at = self._occurred_at(row)
        id_, former = (name, "") if by_id else ("", name)
        sent = Submission(
            id_, self.survey, tuple(answers), occurred_at=occurred_at, imported=True, **fields
        )
        return ImportedRow(sent, former, shown=shown)

    @property
    def by_id(self) -> bool:
        """Whether a column says which row this is."""
        return self.exported or self.identities.by_id

    def _shown(self, row: Row) -> str:
        """What an export shows in the place of a response's id."""
        shown = self.columns.needed(row, "response")
        if not is_row_id(shown):
            message = (
                f"{quote(shown)} is none of the ids that exports show, which have 32 digits 0-9 a-f;"
                " ids of your own have the column id"
            )
            raise CellRefused(self.columns.label("response"), "RESPONSE_EXPECTED", message)
        return shown

    def no_answers(self) -> CellRefused:
        named = ", ".join(dict.fromkeys(self.labels.values()))
        return CellRefused("", "NO_ANSWERS", f"none of the answer columns is filled: {named}")

    def column_of(self, field: Sequence[str], item: ImportedRow) -> str:
        """The column behind a field path of a submission, e.g. ["answers", "1", "score"]."""
        answers = item.sent.answers
        match list(field):
            case ["answers", index, *_] if index.isdecimal() and int(index) < len(answers):
                return self.labels[answers[int(index)].question]
            case [name, *_]:
                return self.columns.label(name)
            case _:
                return ""

    def constants(self) -> dict[str, str | None]:
        """What the mapping says for every row."""
        return {**self.columns.constants, "occurred_at": self.occurred_always}

    def names(self) -> RowNames:
        """What names the rows, where they have no ids."""
        return RowNames(self.survey, self.constants())

    def _label(self, answer: AnswerColumn) -> str:
        places = [self.columns.own[own_name(answer.name, key)] for key in answer.columns]
        return places[0].label

    def _occurred_at(self, row: Row) -> str | None:
        place = self.occurred
        if place is None:
            return self.occurred_always
        cell = plain(row.cells[place.index])
        if cell in self.columns.missing:
            return self._without_date(place)
        try:
            return self.calendar.instant(cell)
        except ValueError as error:
            message = f"{quote(cell)} {error}"
            raise CellRefused(place.label, "DATE_UNREADABLE", message) from error

    def _without_date(self, place: Place) -> str:
        """Never the day of the import: a response of last year would count for today."""
        if self.occurred_always is None:
            message = "occurred_at is empty; say in the mapping which day is meant, [defaults] occurred_at"
            raise CellRefused(place.label, "CELL_EMPTY", message)
        return self.occurred_always


class ReadPart:
    """Reads rows that are parts of responses: one that is refused is kept, for it refuses the others of its id."""

    def __init__(self, reader: ResponseReader) -> None:
        self.reader = reader

    def read(self, row: Row) -> ImportedRow:
        try:
            return self.reader.read(row)
        except CellRefused as error:
            self.reader.columns.check_width(row)
            identity = self.reader.identities.of(row)
            sent = Submission(row_name(self.reader.survey, identity), self.reader.survey, ())
            return ImportedRow(sent, refused=error)


class ReadOnce:
    """Reads the rows of an import that compares or updates: of an id whose rows differ the first one holds.

    The others are refused, or each run of the same file would correct the response back and forth.
    """

    def __init__(self, read: Callable[[Row], ImportedRow], column: str) -> None:
        self.read_row = read
        self.column = column
        self.rows = FirstSeen()

    def read(self, row: Row) -> ImportedRow:
        read = self.read_row(row)
        said = blake2b(repr(read).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        if self.rows.of(UUID(read.name).bytes, said) not in (None, said):
            message = "a row above has this id and says something else: leave the one that holds"
            raise CellRefused(self.column, "ID_TWICE", message)
        return read


def _readers(
    mapped: Sequence[AnswerColumn], columns: SheetColumns, questions: Mapping[str, MappedQuestion]
) -> Iterator[tuple[int, AnswerReader]]:
    """What reads answers of one cell, each with its place: those of questions first, then words beside choices."""
    rules = CellRules.of(columns)
    for answer in mapped:
        if not answer.options and answer.share is None:
            place = columns.own[answer.name]
            yield place.index, answer_reader(questions[answer.question], place, answer, rules)
    for answer in mapped:
        if answer.other_text is not None:
            place = columns.own[answer.name]
            yield place.index, own_words_reader(questions[answer.question], place, answer, rules)


def _check_tokens(columns: SheetColumns) -> None:
    """A token is never quoted, so its column is no field whose cells are; a row's id is not quoted either."""
    token = columns.fields.get("invitation")
    if token is None:
        return
    others = {f"[columns] {name}": place for name, place in columns.fields.items()}
    others |= {f"[answers.{name}] column": place for name, place in columns.own.items()}
    for where, place in others.items():
        if place.index == token.index and where not in ("[columns] invitation", "[columns] id"):
            fail(where, f'column "{place.label}" holds the tokens of invitations')


def _constant(calendar: Calendar, moment: Moment) -> str:
    try:
        return calendar.instant(moment)
    except ValueError as error:
        raise MappingInvalid(f'[defaults] occurred_at: "{moment}" {error}') from error
