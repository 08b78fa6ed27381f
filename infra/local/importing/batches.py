"""Rows on their way: read into items of the API, cut into batches, refusals kept beside them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from infra.local.api import Json
from services.kit.cells import CellRefused
from services.kit.files import Row

BATCH_ROWS: Final = 1_000
BATCH_CHARACTERS: Final = 150_000  # at most 6 bytes each in JSON, so a call stays below 1 MiB
RESPONSE_CHARACTERS: Final = 8 * 1024 * 1024  # responses may be 64 MiB


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
    rows: Iterable[Row], read: Callable[[Row], Json], characters: int = BATCH_CHARACTERS
) -> Iterator[Batch]:
    """Read rows into batches of at most 1,000, fewer where their texts are long."""
    batch, held = Batch(), 0
    for row in rows:
        try:
            item = read(row)
        except CellRefused as error:
            batch.refusals.append(refusal(row.number, error))
        else:
            batch.drafts.append(Draft(row.number, item))
            held += _characters(item)
        if len(batch) >= BATCH_ROWS or held >= characters:
            yield batch
            batch, held = Batch(), 0
    if len(batch):
        yield batch


def cut_drafts(drafts: list[Draft], refusals: list[Refusal]) -> Iterator[Batch]:
    """Rows that were read as a whole, in their order; the refusals go with the first batch."""
    batch, held = Batch([], refusals), 0
    for draft in drafts:
        batch.drafts.append(draft)
        held += _characters(draft.item)
        if len(batch.drafts) >= BATCH_ROWS or held >= BATCH_CHARACTERS:
            yield batch
            batch, held = Batch(), 0
    if len(batch):
        yield batch


def _characters(item: Json) -> int:
    """Roughly: the strings of the item and of its answers."""
    count = 0
    for value in item.values():
        if type(value) is str:
            count += len(value)
        elif type(value) is list:
            for answer in value:
                count += len(answer.get("text", ""))
    return count
