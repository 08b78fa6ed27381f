"""Files of subscriptions: rows into the use case, batch by batch."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from cxm.batch.v1.batch_pb2 import ItemResult
from services.kit.imports.batches import cut
from services.kit.imports.departments.cells import DepartmentCells
from services.kit.imports.departments.known import Known
from services.kit.imports.import_job import Job
from services.kit.imports.mapping import ImportKind
from services.kit.imports.row_batches import Plan
from services.kit.rights.access import Viewer
from services.kit.rights.tree import Tree
from services.kit.rpc.item_results import item_results
from services.profile.subscriptions.domain import SubscriptionItem
from services.profile.subscriptions.subscription_rows import (
    BY_DAYS,
    BY_TENURE,
    CUSTOMER_FIELDS,
    SubscriptionRows,
    check_subscriptions,
)
from services.profile.subscriptions.upserting import SubscriptionKeeper

FOR_ALL: Final = ("plan", "monthly", "department")
"""Fields that may be constants."""
SUBSCRIPTIONS: Final = ImportKind(
    name="subscriptions",
    columns=("id", *CUSTOMER_FIELDS, *FOR_ALL, *BY_DAYS, *BY_TENURE, "contract_ends_on", "reason"),
    defaults=(*FOR_ALL, "observed_on", "source"),
    create=(),
    moments=("observed_on",),
    check=check_subscriptions,
)


def plan_subscriptions(
    job: Job, who: Viewer, tree: Tree, keeper: SubscriptionKeeper
) -> Plan[SubscriptionItem]:
    """A row is a span; rows with one id are spans of one subscription."""
    rows = SubscriptionRows(job.mapping, job.columns, job.calendar(tree.zone))
    known = Known.of(who, tree)
    known.keep_totals(job.file.totals)
    cells = DepartmentCells[SubscriptionItem](
        known,
        job.columns.label("department"),
        lambda item, key: replace(item, department=key),
        None,
        remarks=job.remarks,
        can_create=False,
    )

    async def results(items: Sequence[SubscriptionItem]) -> Sequence[ItemResult]:
        return item_results(await keeper.upsert(who, items, dry_run=job.dry_run))

    return Plan(cells.resolve(cut(job.file, rows.read)), results, rows.column_of)
