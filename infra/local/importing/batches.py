"""Rows on their way: read into items of the API, cut into batches, refusals kept beside them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from infra.local.api import Json
from services.kit.cells import CellRefused
from services.kit.files import Row

BATCH_ROWS: Final = 1_000
BATCH_CHARACTERS: Final = 8 * 1024 * 1024  # of text; at most 6 bytes each in JSON, so below 64 MiB


@dataclass(frozen=True, slots=True)
class Draft:
    """One row as an item of the API."""

    row: int
    item: Json


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row is not stored; `column` is empty where no single one is to blame."""

    row: int
    column: str
    reason: str
    message: str


@dataclass(slots=True)
class Batch:
    """What is sent in one call, and what was refused on the way to it."""

    drafts: list[Draft] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.drafts) + len(self.refusals)


def refusal(row: int, error: CellRefused) -> Refusal:
    return Refusal(row, error.column, error.reason, error.message)


def cut(
    rows: Iterable[Row],
    read: Callable[[Row], Json],
    weigh: Callable[[Json], int] = lambda _: 0,
) -> Iterator[Batch]:
    """Read rows into batches of at most 1,000, fewer where their texts are long."""
    batch, characters = Batch(), 0
    for row in rows:
        try:
            item = read(row)
        except CellRefused as error:
            batch.refusals.append(refusal(row.number, error))
        else:
            batch.drafts.append(Draft(row.number, item))
            characters += weigh(item)
        if len(batch) >= BATCH_ROWS or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = Batch(), 0
    if len(batch):
        yield batch
