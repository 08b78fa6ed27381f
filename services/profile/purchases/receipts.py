"""Rows of a file gathered into receipts: those with one id are the lines of one purchase."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Final

from services.kit.imports.batches import (
    BATCH_ROWS,
    SLICE_SECONDS,
    Batch,
    Draft,
    Refusal,
    refuse_row,
)
from services.kit.imports.cells import CellRefused
from services.kit.imports.format.records import Row
from services.kit.imports.format.remarks import Counted, Remarks
from services.kit.imports.identity import Ordinals
from services.profile.purchases.domain import MOST_LINES, PurchaseItem, PurchaseLine

WINDOW: Final = 2_000
"""Rows between two of one receipt, at most: tills write receipts side by side."""
LINES_LEFT_OUT: Final = Counted(
    f"purchase has more than {MOST_LINES} lines: its amount is that of all, the others are not kept",
    f"purchases have more than {MOST_LINES} lines: their amounts are those of all, the others are not kept",
)


@dataclass(frozen=True, slots=True, repr=False)
class ReceiptRow:
    """The purchase a row is of, without amount and lines, and what the row adds: cents, below 0 for what came back."""

    purchase: PurchaseItem
    cents: int
    quantity: float
    line: PurchaseLine | None


@dataclass(slots=True)
class OpenReceipt:
    """A receipt of which rows may follow. `broken`: the row of it that could not be read."""

    row: int
    last: int
    purchase: PurchaseItem | None = None
    rows: int = 1
    cents: int = 0
    is_back: bool = False
    lines: list[PurchaseLine] = field(default_factory=list)
    lines_left_out: int = 0
    broken: int = 0

    def add(self, read: ReceiptRow) -> None:
        if self.purchase is None:
            self.purchase = read.purchase
        elif self.purchase.customer != read.purchase.customer:
            message = f"the row names another customer than row {self.row} of the same receipt"
            raise CellRefused("", "RECEIPT", message)
        self.cents += read.cents
        self.is_back = self.is_back or read.quantity < 0
        if read.line is not None and len(self.lines) < MOST_LINES:
            self.lines.append(read.line)
        elif read.line is not None:
            self.lines_left_out += 1

    def whole(self) -> PurchaseItem:
        """The purchase; of what came back, everything as it was bought."""
        assert self.purchase is not None
        is_return = self.cents < 0 or (self.cents == 0 and self.is_back)
        sign = -1 if is_return else 1
        lines = [replace(line, cents=sign * line.cents) for line in self.lines]
        return replace(
            self.purchase,
            cents=sign * self.cents,
            is_return=is_return,
            return_of=self.purchase.return_of if is_return else "",
            lines=tuple(lines),
        )


class Receipts:
    """Gathers the rows of a file; those of one receipt stand within 2,000 rows. `id_of`: CellRefused for none."""

    def __init__(
        self,
        id_of: Callable[[Row], str],
        read: Callable[[Row, str], ReceiptRow],
        remarks: Remarks,
        *,
        joins: bool,
    ) -> None:
        """`joins`: several rows may be one receipt."""
        self.id_of = id_of
        self.read = read
        self.remarks = remarks
        self.window = WINDOW if joins else 0
        self.open: OrderedDict[str, OpenReceipt] = OrderedDict()
        self.ended = Ordinals()
        self.count = 0
        self.batch = Batch[PurchaseItem]()

    async def cut(
        self, rows: Iterable[Row], clock: Callable[[], float] = time.perf_counter
    ) -> AsyncIterator[Batch[PurchaseItem]]:
        """Whole receipts in batches of at most 1,000."""
        due = clock() + SLICE_SECONDS
        for row in rows:
            self._take(row)
            if len(self.batch) >= BATCH_ROWS:
                yield self._batch()
            if clock() >= due:
                await asyncio.sleep(0)
                due = clock() + SLICE_SECONDS
        for batch in self._rest():
            yield batch

    def _rest(self) -> Iterator[Batch[PurchaseItem]]:
        while self.open:
            self._end_oldest()
            if len(self.batch) >= BATCH_ROWS:
                yield self._batch()
        if len(self.batch) or self.batch.joined:
            yield self._batch()

    def _batch(self) -> Batch[PurchaseItem]:
        batch, self.batch = self.batch, Batch()
        return batch

    def _take(self, row: Row) -> None:
        self.count += 1
        while self.open and self.count - next(iter(self.open.values())).last > self.window:
            self._end_oldest()
        try:
            id_ = self.id_of(row)
            receipt = self._receipt(id_, row)
        except CellRefused as error:
            self.batch.refusals.append(refuse_row(row.number, error))
            return
        try:
            receipt.add(self.read(row, id_))
        except CellRefused as error:
            self.batch.refusals.append(refuse_row(row.number, error))
            receipt.rows -= 1
            receipt.broken = receipt.broken or row.number

    def _receipt(self, id_: str, row: Row) -> OpenReceipt:
        """The open one of this id, or a new one."""
        receipt = self.open.get(id_)
        if receipt is not None:
            receipt.last = self.count
            receipt.rows += 1
            self.open.move_to_end(id_)
            return receipt
        if self.window and self.ended.of(sha256(id_.encode()).digest()):
            message = (
                f"rows of one receipt stand within {WINDOW:,} rows, and this one began above. Unless this is a dry"
                " run, it is stored without this row: withdraw this purchase, then import the file sorted by receipt"
            )
            raise CellRefused("", "RECEIPT", message)
        self.open[id_] = OpenReceipt(row.number, self.count)
        return self.open[id_]

    def _end_oldest(self) -> None:
        _, receipt = self.open.popitem(last=False)
        if receipt.broken:
            self._refuse(receipt)
            return
        if receipt.lines_left_out:
            self.remarks.add("LINES_LEFT_OUT", LINES_LEFT_OUT)
        self.batch.joined += receipt.rows - 1
        self.batch.drafts.append(Draft(receipt.row, receipt.whole()))

    def _refuse(self, receipt: OpenReceipt) -> None:
        """Nothing of a receipt is stored of which a row cannot be read; one row says so for the others."""
        if receipt.rows and receipt.broken != receipt.row:
            message = f"row {receipt.broken} of the same receipt cannot be read, so nothing of it is stored"
            self.batch.refusals.append(Refusal(receipt.row, "", "RECEIPT", message))
            receipt.rows -= 1
        self.batch.joined += receipt.rows
