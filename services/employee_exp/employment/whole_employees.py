"""The rows of a file by employee: for an import that replaces, an employee is whole or refused."""

from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Final

from services.employee_exp.employment.domain.corrections import INCOMPLETE
from services.employee_exp.employment.domain.employment import StintItem
from services.employee_exp.employment.stint_rows import EmployeeReader
from services.kit.imports.batches import BATCH_ROWS, Batch, Draft, Refusal
from services.kit.imports.cells import CellRefused
from services.kit.imports.format.records import Row

MOST_ROWS: Final = 500_000
"""Of a file that replaces; they are held in memory, some 250 bytes each."""


class WholeEmployees:
    """Gathers rows as they are read and resolved; `of` says whose row was refused on the way."""

    def __init__(self, reader: EmployeeReader) -> None:
        self.reader = reader
        self.refused: set[str] = set()
        self.of: dict[int, str] = {}  # rows of the batch that is resolved now

    def read(self, row: Row) -> StintItem:
        """As the reader; whose row is refused is kept, as far as the row says it."""
        try:
            return self.reader.read(row)
        except CellRefused:
            if (employee := self.reader.employee_of(row)) is not None:
                self.refused.add(employee)
            raise

    async def note(
        self, batches: AsyncIterator[Batch[StintItem]]
    ) -> AsyncIterator[Batch[StintItem]]:
        """The batches as they were read, one at a time."""
        async for batch in batches:
            self.of = {draft.row: draft.item.employee for draft in batch.drafts}
            yield batch

    async def gather(
        self, resolved: AsyncIterator[Batch[StintItem]]
    ) -> AsyncIterator[Batch[StintItem]]:
        """All rows, once all are resolved: refusals first, then batches of whole employees."""
        drafts: dict[str, list[Draft[StintItem]]] = {}
        refusals: list[Refusal] = []
        async for batch in resolved:
            refusals += batch.refusals
            self.refused |= {self.of[r.row] for r in batch.refusals if r.row in self.of}
            for draft in batch.drafts:
                drafts.setdefault(draft.item.employee, []).append(draft)
        for employee in self.refused & drafts.keys():
            refusals += [self._incomplete(draft) for draft in drafts.pop(employee)]
        if refusals:
            yield Batch([], refusals)
        for batch in _batches(drafts.values()):
            yield batch

    def _incomplete(self, draft: Draft[StintItem]) -> Refusal:
        column = self.reader.column_of(INCOMPLETE.field, draft.item)
        return Refusal(draft.row, column, INCOMPLETE.reason, INCOMPLETE.message)


def _batches(employees: Iterable[list[Draft[StintItem]]]) -> Iterator[Batch[StintItem]]:
    """Of about 1,000 rows; an employee is in one of them."""
    batch = Batch[StintItem]()
    for drafts in employees:
        batch.drafts += drafts
        if len(batch) >= BATCH_ROWS:
            yield batch
            batch = Batch()
    if len(batch):
        yield batch
