"""Rows of receipts are held compactly, and what cannot be joined says what to do."""

from datetime import UTC, datetime, timedelta

from services.kit.imports.batches import Batch
from services.kit.imports.format.records import Row
from services.kit.imports.format.remarks import Remarks
from services.profile.purchases.domain import (
    MOST_LINES,
    PurchaseItem,
    PurchaseKey,
    PurchaseLine,
    Sold,
    StoredPurchase,
)
from services.profile.purchases.receipts import WINDOW, OpenReceipt, ReceiptRow, Receipts
from services.profile.purchases.sold_before import SoldBefore

AT = datetime(2026, 5, 1, 9, 30, 0, 1, tzinfo=UTC)


def row(id_: str) -> ReceiptRow:
    return ReceiptRow(PurchaseItem(id_, AT, 0), 5, 1, PurchaseLine("tea", 1, 5))


def sale(mark: int, cents: int) -> StoredPurchase:
    key = PurchaseKey(1, AT, mark)
    return StoredPurchase(key, 1, 1, 1, cents, False, None, "", "", None, "", ())


def test_lines_that_are_not_kept_are_not_held() -> None:
    receipt = OpenReceipt(1, 1)

    for _ in range(MOST_LINES + 50):
        receipt.add(row("1"))

    assert len(receipt.lines) == MOST_LINES
    assert (receipt.lines_left_out, receipt.cents) == (50, 5 * (MOST_LINES + 50))


async def test_a_row_far_below_its_receipt_says_to_withdraw_what_is_stored() -> None:
    ids = ["1", *(f"other {number}" for number in range(WINDOW)), "1"]
    rows = [Row(number, [id_]) for number, id_ in enumerate(ids, 1)]
    receipts = Receipts(lambda row: row.cells[0], lambda _, id_: row(id_), Remarks(), joins=True)

    batches: list[Batch[PurchaseItem]] = [batch async for batch in receipts.cut(rows)]

    [refusal] = [each for batch in batches for each in batch.refusals]
    assert (refusal.row, refusal.reason) == (len(ids), "RECEIPT")
    assert "withdraw this purchase, then import the file sorted by receipt" in refusal.message


def test_a_dry_run_remembers_the_first_of_a_mark_and_what_came_back_of_it() -> None:
    for most_in_memory in (0, 1, 100):
        before = SoldBefore(most_in_memory)
        before.add([sale(-1, 500), sale(2**62, 300), sale(-1, 900)])

        sold = before.find({-1, 2**62, 7})
        sold[-1].returned += 200
        before.keep(sold)

        assert before.find([-1, 2**62]) == {-1: Sold(AT, 500, 200), 2**62: Sold(AT, 300)}
        assert AT - before.find([-1])[-1].at == timedelta(0)
