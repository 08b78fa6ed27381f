"""Rows of one id as one response: `[format] one_response = "id"`."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from services.kit.imports.batches import Batch, Draft, Refusal, cut, refuse_row
from services.kit.imports.cells import CellRefused
from services.kit.imports.identity import FirstSeen
from services.kit.imports.import_job import Job
from services.survey.attribution.submission import Answer, Submission, Value
from services.survey.importing.answers.asked import MappedQuestion
from services.survey.importing.counts.counting import CountReader, is_counted
from services.survey.importing.row_names import FIELDS, ImportedRow
from services.survey.importing.rows import ReadOnce, ReadPart, ResponseReader
from services.survey.surveys.domain.questions import LONGEST_VERBATIM, QuestionKind

HELD: Final = 10  # batches in which rows of one id may be apart
MOST_JOINED: Final = 1_000  # rows of one response


@dataclass(slots=True)
class Group:
    """The rows of one id so far. `refused`: why they are no response, by row."""

    first: int
    sent: Submission
    batch: int
    rows: list[int] = field(default_factory=list)
    refused: dict[int, CellRefused] = field(default_factory=dict)


class Joining:
    """Joins rows: an equal score counts once, texts are all kept, what differs refuses all rows of the id by name."""

    def __init__(self, reader: ResponseReader, questions: Mapping[str, MappedQuestion]) -> None:
        self.reader = reader
        self.kinds = {key: question.kind for key, question in questions.items()}
        self.constants = reader.constants()
        self.groups: dict[bytes, Group] = {}
        self.begun = FirstSeen()

    async def join(
        self, batches: AsyncIterator[Batch[ImportedRow]]
    ) -> AsyncIterator[Batch[ImportedRow]]:
        """Responses in the order of their first rows, once no more rows of them are expected."""
        number = 0
        async for batch in batches:
            number += 1
            refusals = list(batch.refusals)
            for draft in batch.drafts:
                refusals += self._take(draft, number)
            yield self._release(refusals, number - HELD)
        yield self._release([], number)

    def _take(self, draft: Draft[ImportedRow], batch: int) -> list[Refusal]:
        """Into the group of its id; what comes after its group was released is refused."""
        row, sent = draft.row, draft.item.sent
        key = UUID(draft.item.name).bytes
        group = self.groups.get(key)
        if group is None:
            if self.begun.of(key, b"") is not None:
                return [refuse_row(row, self._refuse("id", "ROWS_APART", APART))]
            group = self.groups[key] = Group(row, sent, batch)
        else:
            try:
                group.sent = self._joined(group, sent)
            except CellRefused as error:
                group.refused.setdefault(row, error)
        if draft.item.refused is not None:
            group.refused[row] = draft.item.refused
        group.rows.append(row)
        group.batch = batch
        return []

    def _release(self, refusals: list[Refusal], last: int) -> Batch[ImportedRow]:
        """Groups that no row was added to since a batch."""
        released = Batch[ImportedRow]([], refusals)
        for key in [key for key, group in self.groups.items() if group.batch <= last]:
            group = self.groups.pop(key)
            if not group.refused and not group.sent.answers:
                group.refused[group.first] = self.reader.no_answers()
            if group.refused:
                released.refusals += _refusals(group)
            else:
                released.drafts.append(Draft(group.first, ImportedRow(group.sent)))
                released.joined += len(group.rows) - 1
        return released

    def _joined(self, group: Group, sent: Submission) -> Submission:
        if len(group.rows) >= MOST_JOINED:
            message = f"more than {MOST_JOINED:,} rows have this id: is it the right column?"
            raise self._refuse("id", "TOO_MANY_ROWS", message)
        before = group.sent
        fields: dict[str, Any] = {
            name: self._field(name, getattr(before, name), getattr(sent, name)) for name in FIELDS
        }
        answers = dict(before.answers)
        for question, value in sent.answers:
            answers[question] = (
                self._answer(question, answers[question], value) if question in answers else value
            )
        said = tuple(Answer(question, value) for question, value in answers.items())
        return before._replace(answers=said, **fields)

    def _field(self, name: str, before: str | None, value: str | None) -> str | None:
        """A blank cell, and what the mapping says for all, says nothing against the other."""
        nothing = (None, self.constants.get(name))
        if value == before or value in nothing:
            return before
        if before in nothing:
            return value
        raise self._refuse(name, "ROWS_DIFFER", f"rows of this id differ in {name}: {MEND}")

    def _answer(self, question: str, before: Value, value: Value) -> Value:
        if value == before and type(value) is type(before):
            return before
        column = self.reader.labels[question]
        if isinstance(before, str) and isinstance(value, str):
            if value in before.split("\n"):
                return before
            text = f"{before}\n{value}"
            if len(text) > LONGEST_VERBATIM:
                message = f"the texts of this id have more than {LONGEST_VERBATIM:,} characters"
                raise CellRefused(column, "TEXT_TOO_LONG", message)
            return text
        is_choice = isinstance(before, tuple) and isinstance(value, tuple)
        if is_choice and self.kinds[question] is QuestionKind.MULTIPLE_CHOICE:
            return tuple(dict.fromkeys((*before, *value)))  # type: ignore[misc]
        message = f'rows of this id answer "{question}" differently: {MEND}'
        raise CellRefused(column, "ROWS_DIFFER", message)

    def _refuse(self, name: str, reason: str, message: str) -> CellRefused:
        return CellRefused(self.reader.columns.label(name), reason, message)


MEND: Final = "leave the one that holds, or give the rows ids of their own"
APART: Final = "a row with this id stands thousands of rows above, where others are between: sort the file by its ids"


def _refusals(group: Group) -> list[Refusal]:
    """Of all its rows, since half a response is none."""
    at, (column, why) = min(
        (row, (error.column, error.reason)) for row, error in group.refused.items()
    )
    other = CellRefused(
        column, "ROW_REFUSED", f"row {at} has the same id and is refused ({why}), so this one is"
    )
    return [refuse_row(row, group.refused.get(row, other)) for row in group.rows]


def read_rows(
    job: Job, reader: ResponseReader, asked: dict[str, MappedQuestion]
) -> AsyncIterator[Batch[ImportedRow]]:
    """The rows of a file: each a response, a part of one, or many, as the mapping says."""
    if job.mapping.format.one_response is not None:
        return Joining(reader, asked).join(cut(job.file, ReadPart(reader).read))
    read = reader.read
    if is_counted(job.mapping):
        read = CountReader(reader, job.mapping, asked).read
    by_response = job.mapping.has("response")
    if job.update or by_response:
        by = "response" if by_response else "id"
        read = ReadOnce(read, job.columns.label(by)).read
    return cut(job.file, read)
