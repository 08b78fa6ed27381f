"""Rows on their way: read into items of the service, cut into batches, refusals kept beside them."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from services.kit.imports.cells import CellRefused
from services.kit.imports.format.records import Row

BATCH_ROWS: Final = 1_000
BATCH_CHARACTERS: Final = 2_000_000  # so that a few batches of long verbatims stay small in memory
SLICE_SECONDS: Final = 0.005  # of reading rows; then other callers are served, whatever a row costs

ItemT = TypeVar("ItemT")


@dataclass(frozen=True, slots=True)
class Draft(Generic[ItemT]):
    """One row as an item of the service."""

    row: int
    item: ItemT
    made: str = ""
    """The name of its department, where this import creates that."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row is not stored; `column` is empty where no single one is to blame."""

    row: int
    column: str
    reason: str
    message: str


@dataclass(slots=True)
class Batch(Generic[ItemT]):
    """What is stored together, and what was refused on the way to it."""

    drafts: list[Draft[ItemT]] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    joined: int = 0
    """Rows that became part of items of rows above."""

    def __len__(self) -> int:
        return len(self.drafts) + len(self.refusals)


def refuse_row(row: int, error: CellRefused) -> Refusal:
    return Refusal(row, error.column, error.reason, error.message)


async def cut(
    rows: Iterable[Row],
    read: Callable[[Row], ItemT],
    clock: Callable[[], float] = time.perf_counter,
) -> AsyncIterator[Batch[ItemT]]:
    """Read rows into batches of at most 1,000, fewer where their texts are long."""
    batch, held = Batch[ItemT](), 0
    due = clock() + SLICE_SECONDS
    for row in rows:
        try:
            batch.drafts.append(Draft(row.number, read(row)))
        except CellRefused as error:
            batch.refusals.append(refuse_row(row.number, error))
        held += sum(map(len, row.cells))
        if len(batch) >= BATCH_ROWS or held >= BATCH_CHARACTERS:
            yield batch
            batch, held = Batch(), 0
        if clock() >= due:
            await asyncio.sleep(0)
            due = clock() + SLICE_SECONDS
    if len(batch):
        yield batch


async def cut_drafts(
    drafts: list[Draft[ItemT]], refusals: list[Refusal]
) -> AsyncIterator[Batch[ItemT]]:
    """Rows that were read as a whole, in their order; the refusals come first."""
    if refusals:
        yield Batch([], refusals)
    for start in range(0, len(drafts), BATCH_ROWS):
        yield Batch(drafts[start : start + BATCH_ROWS])
