"""Rows that stand for many: `[columns] count`, and `share` of an answer, the part of the count that gave it."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from itertools import islice
from typing import Final

from cxm.batch.v1 import batch_pb2
from cxm.batch.v1.batch_pb2 import ItemResult
from services.kit.imports.batches import BATCH_ROWS, Batch
from services.kit.imports.cells import CellRefused, Place, quote
from services.kit.imports.format.numbers import Numbers
from services.kit.imports.format.records import Row
from services.kit.imports.format.remarks import Counted, Remarks
from services.kit.imports.mapping import Mapping as ImportMapping
from services.kit.imports.sections import fail
from services.kit.letters import plain
from services.survey.attribution.submission import Answer
from services.survey.importing.answers.answer_columns import answers
from services.survey.importing.answers.asked import CellRules, MappedQuestion
from services.survey.importing.answers.cells import answer_reader
from services.survey.importing.counts.count_changes import CountedRow, Settle
from services.survey.importing.row_names import ImportedRow
from services.survey.importing.rows import ResponseReader
from services.survey.responses import convert
from services.survey.responses.domain.outcome import SubmissionOutcome
from services.survey.surveys.domain.questions import QuestionKind

MOST_COUNTED: Final = 100_000  # responses of a row
RESPONSES_COUNTED: Final = "RESPONSES_COUNTED"
COUNTED_MESSAGE: Final = Counted(
    "response is stored for the rows: each stands for as many as its count",
    "responses are stored for the rows: each stands for as many as its count",
)

COUNT_OF_NONE: Final = "COUNT_OF_NONE"
NONE_MESSAGE: Final = Counted(
    "row has the count 0: it stands for no response, and was left out",
    "rows have the count 0: they stand for no response, and were left out",
)
# Of a whole number with places, as 1.00; three are a thousand to many.
WHOLE: Final = re.compile(r"(\d{1,12})(?:\.(?!000$)0+)?")

Store = Callable[[Sequence[ImportedRow]], Awaitable[Sequence[ItemResult]]]


def is_counted(mapping: ImportMapping) -> bool:
    """Whether rows stand for many."""
    return mapping.has("count")


def check_counts(mapping: ImportMapping, questions: Mapping[str, MappedQuestion]) -> None:
    """Raises MappingInvalid where a mapping says of many what is one person's."""
    shares = [answer for answer in answers(mapping) if answer.share is not None]
    if len(shares) > 1:
        fail("[answers]", "has two shares of one count: nobody can tell who gave both answers")
    if not is_counted(mapping):
        for answer in shares:
            fail(f"[answers.{answer.name}] share", "needs its base: [columns] count")
        return
    for name in ("customer", "invitation"):
        if mapping.has(name):
            fail(f"[columns] {name}", "is of one person, and with count a row stands for many")
    if mapping.format.one_response is not None:
        fail("[format] one_response", "joins rows into one response, and count makes many of one")
    for answer in answers(mapping):
        if questions[answer.question].kind is QuestionKind.TEXT:
            message = "is TEXT: words are one person's, and with count a row stands for many"
            fail(f"[answers.{answer.name}]", message)
        if answer.other_text is not None:
            message = "keeps words, which are one person's, and with count a row stands for many"
            fail(f"[answers.{answer.name}] other_text", message)


class CountReader:
    """Reads rows with their count; a row with a share becomes two kinds of responses."""

    def __init__(
        self,
        reader: ResponseReader,
        mapping: ImportMapping,
        questions: Mapping[str, MappedQuestion],
    ) -> None:
        self.reader = reader
        self.columns = columns = reader.columns
        self.count = columns.fields["count"]
        self.share: Place | None = None
        for answer in answers(mapping):
            if answer.share is not None:
                self.share = place = columns.own[answer.name]
                question, rules = questions[answer.question], CellRules.of(columns)
                read = answer_reader(question, place, answer, rules)
                where = f"[answers.{answer.name}] share"
                self.given, self.rest = (_answered(read, where, word) for word in answer.share)

    def read(self, row: Row) -> ImportedRow:
        read = self.reader.read(row)
        times = self._times(row)
        said = read.sent.answers
        rest = None
        share = None if self.share is None else self._share(row, self.share)
        if share is not None:
            first = int((share * times).quantize(Decimal(1), ROUND_HALF_UP))
            rest = (first, (*said, self.rest))
            said = (*said, self.given)
        if not said:
            raise self.reader.no_answers()
        return read._replace(
            sent=read.sent._replace(answers=said), former="", times=times, rest=rest
        )

    def _times(self, row: Row) -> int:
        cell = self.columns.needed(row, "count")
        whole = WHOLE.fullmatch(self.columns.numbers.text(cell))
        if whole is None:
            message = f"{quote(cell)} is no number of responses: write a whole one, 0 for none"
            raise CellRefused(self.count.label, "COUNT_EXPECTED", message)
        times = int(whole[1])
        if times > MOST_COUNTED:
            message = f"a row stands for at most {MOST_COUNTED:,} responses: part it in several"
            raise CellRefused(self.count.label, "COUNT_TOO_LARGE", message)
        return times

    def _share(self, row: Row, place: Place) -> Decimal | None:
        cell = plain(row.cells[place.index])
        if cell in self.columns.missing:
            return None
        share = read_share(cell, self.columns.numbers)
        if share is None:
            message = f'{quote(cell)} is no share: write one like "62 %" or 0.62'
            raise CellRefused(place.label, "SHARE_EXPECTED", message)
        return share


def read_share(cell: str, numbers: Numbers) -> Decimal | None:
    """Percent with their sign, else 0 to 1: without the sign nobody can tell 1 from 1 %. None: neither."""
    is_percent = cell.endswith("%")
    try:
        share = Decimal(numbers.text(cell.removesuffix("%")))
    except InvalidOperation:
        return None
    if not share.is_finite():
        return None
    share = share / 100 if is_percent else share
    return share if 0 <= share <= 1 else None


async def narrow(batches: AsyncIterator[Batch[ImportedRow]]) -> AsyncIterator[Batch[ImportedRow]]:
    """Batches of at most 1,000 responses, or one row, so that progress is heard of."""
    async for batch in batches:
        part, held = Batch[ImportedRow]([], batch.refusals), 0
        for draft in batch.drafts:
            if part.drafts and held + draft.item.times > BATCH_ROWS:
                yield part
                part, held = Batch[ImportedRow](), 0
            part.drafts.append(draft)
            held += draft.item.times
        yield part


def counting(store: Store, settle: Settle, remarks: Remarks) -> Store:
    """Stores rows that stand for many, and remarks how many responses they are."""

    async def store_all(rows: Sequence[ImportedRow]) -> Sequence[ItemResult]:
        settled = await settle(rows)
        found = await store_counted(rows, settled, store)
        if counted := count_stored(settled, found):
            remarks.add(RESPONSES_COUNTED, COUNTED_MESSAGE, counted)
        if none := sum(each.status == batch_pb2.ITEM_STATUS_LEFT_OUT for each in found):
            remarks.add(COUNT_OF_NONE, NONE_MESSAGE, none)
        return found

    return store_all


async def store_counted(
    rows: Sequence[ImportedRow], settled: Sequence[CountedRow], store: Store
) -> list[ItemResult]:
    """What became of each row: refused if one of its responses was, stored if one was, left out if it has none."""
    found: dict[int, ItemResult] = {}
    for place, counted in enumerate(settled):
        if counted.refused is not None:
            found[place] = convert.result(SubmissionOutcome("", None, [counted.refused]))
        elif counted.withdrawn:
            found[place] = ItemResult(status=batch_pb2.ITEM_STATUS_CORRECTED)
    waiting = (
        (place, each)
        for place, (row, counted) in enumerate(zip(rows, settled, strict=True))
        if counted.refused is None
        for each in _responses(row, counted.numbers)
    )
    while chunk := list(islice(waiting, BATCH_ROWS)):
        results = await store([each for _, each in chunk])
        for (place, _), result in zip(chunk, results, strict=True):
            before = found.get(place)
            if before is None or RANK[result.status] > RANK[before.status]:
                found[place] = result
    none = ItemResult(status=batch_pb2.ITEM_STATUS_LEFT_OUT)
    return [found.get(place, none) for place in range(len(rows))]


def count_stored(settled: Sequence[CountedRow], results: Sequence[ItemResult]) -> int:
    """Responses of the rows that are stored and count, by this import or before."""
    pairs = zip(settled, results, strict=True)
    refused = batch_pb2.ITEM_STATUS_REFUSED
    return sum(row.counting for row, result in pairs if result.status != refused)


RANK: Final = {
    batch_pb2.ITEM_STATUS_ALREADY_STORED: 1,
    batch_pb2.ITEM_STATUS_CORRECTED: 2,
    batch_pb2.ITEM_STATUS_STORED: 3,
    batch_pb2.ITEM_STATUS_REFUSED: 4,
}


def _responses(row: ImportedRow, numbers: Sequence[int]) -> Iterator[ImportedRow]:
    """As many as its count; the first of them gave the answer of its share."""
    first, rest = row.rest or (row.times, row.sent.answers)
    for place, number in enumerate(numbers):
        one = row.one(number)
        yield one if place < first else one._replace(sent=one.sent._replace(answers=rest))


def _answered(read: Callable[[str], object], where: str, word: str) -> Answer:
    try:
        answer = read(word)
    except CellRefused as error:
        fail(where, error.message)
    if not isinstance(answer, Answer):
        fail(where, f'"{word}" is no answer')
    return answer
