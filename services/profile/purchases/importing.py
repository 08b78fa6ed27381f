"""Files of purchases: receipts into the use case, batch by batch."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from cxm.batch.v1.batch_pb2 import ItemResult
from services.kit.imports.departments.cells import DepartmentCells
from services.kit.imports.departments.known import Known
from services.kit.imports.import_job import Job
from services.kit.imports.mapping import ImportKind
from services.kit.imports.row_batches import Plan
from services.kit.rights.access import Viewer
from services.kit.rights.tree import Tree
from services.kit.rpc.item_results import item_results
from services.profile.purchases.domain import PurchaseItem
from services.profile.purchases.purchase_rows import (
    CUSTOMER_FIELDS,
    PurchaseRows,
    check_purchases,
    has_ids,
    read_rates,
)
from services.profile.purchases.receipts import Receipts
from services.profile.purchases.recording import PurchaseRecorder
from services.profile.purchases.sold_before import SoldBefore

FOR_ALL: Final = ("currency", "touchpoint", "department", "channel", "place", "payment")
"""Fields that may be constants."""
PURCHASES: Final = ImportKind(
    name="purchases",
    columns=(
        "id",
        *CUSTOMER_FIELDS,
        "occurred_at",
        "amount",
        *FOR_ALL,
        "receipt",
        "card_used",
        "item",
        "quantity",
        "price",
        "discount",
        "return_of",
    ),
    defaults=(*FOR_ALL, "source"),
    create=(),
    check=check_purchases,
    subtables="rates",
    read_subtables=read_rates,
)
IN_FLIGHT: Final = 1
"""Batches that are stored while rows are read."""


def plan_purchases(
    job: Job, who: Viewer, tree: Tree, currency: str, recorder: PurchaseRecorder
) -> Plan[PurchaseItem]:
    """Rows of one receipt are one purchase. A dry run remembers them if the file has returns."""
    rows = PurchaseRows(job.mapping, job.columns, job.calendar(tree.zone), currency)
    receipts = Receipts(rows.id_of, rows.read, job.remarks, joins=has_ids(job.mapping))
    known = Known.of(who, tree)
    known.keep_totals(job.file.totals)
    cells = DepartmentCells[PurchaseItem](
        known,
        job.columns.label("department"),
        lambda item, key: replace(item, department=key),
        None,
        remarks=job.remarks,
        can_create=False,
    )
    has_returns = "return_of" in job.mapping.columns
    before = SoldBefore() if job.dry_run and has_returns else None

    async def results(items: Sequence[PurchaseItem]) -> Sequence[ItemResult]:
        if job.dry_run:
            return item_results(await recorder.rehearse(who, items, before))
        return item_results(await recorder.record(who, items))

    batches = cells.resolve(receipts.cut(job.file))
    in_flight = 0 if job.dry_run or has_returns else IN_FLIGHT
    return Plan(batches, results, rows.column_of, in_flight=in_flight)
