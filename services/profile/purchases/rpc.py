"""cxm.profile.v1.PurchaseService."""

from collections.abc import AsyncIterator

from cxm.profile.v1 import purchases_pb2 as pb
from cxm.profile.v1.purchases_pb2_grpc import (
    PurchaseServiceServicer,
    add_PurchaseServiceServicer_to_server,
)
from services.kit.db.database import Database
from services.kit.imports.import_job import Imports, Job
from services.kit.imports.row_batches import Plan
from services.kit.process import Process
from services.kit.rights.access import Action
from services.kit.rpc.item_results import item_results
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_count, check_page, viewer
from services.kit.service import SharedStores
from services.profile.directory.tree_cache import TreeCache
from services.profile.facts.attributing import FactAttributor
from services.profile.facts.identifying import AliasFinder
from services.profile.purchases import convert
from services.profile.purchases.domain import MOST_ITEMS, PurchaseItem
from services.profile.purchases.importing import PURCHASES, plan_purchases
from services.profile.purchases.reading import PurchaseReader
from services.profile.purchases.recording import PurchaseRecorder


class PurchaseRpc(PurchaseServiceServicer):
    """`currency`: that of all amounts (ISO 4217)."""

    def __init__(
        self,
        database: Database,
        directory: TreeCache,
        attributor: FactAttributor,
        aliases: AliasFinder,
        currency: str,
        imports: Imports | None = None,
    ) -> None:
        self.directory = directory
        self.recorder = PurchaseRecorder(database, attributor, aliases)
        self.reader = PurchaseReader(database)
        self.currency = currency
        self.imports = imports or Imports()

    @needs(Action.RECORD_FACTS, Scope.ANY_DEPARTMENT)
    async def RecordPurchases(
        self, request: pb.RecordPurchasesRequest, context: Context
    ) -> pb.RecordPurchasesResponse:
        """Store what is new; the right is asked again in the department of each."""
        check_count(len(request.items), largest=MOST_ITEMS, what="purchases")
        items = [convert.purchase_item(message) for message in request.items]
        outcomes = await self.recorder.record(viewer(context), items)
        return pb.RecordPurchasesResponse(results=item_results(outcomes))

    @needs(Action.WITHDRAW_FACTS, Scope.ORGANISATION)
    async def WithdrawPurchases(
        self, request: pb.WithdrawPurchasesRequest, context: Context
    ) -> pb.WithdrawPurchasesResponse:
        """Remove purchases."""
        check_count(len(request.purchases), largest=MOST_ITEMS, what="purchases")
        names = [convert.purchase_name(message) for message in request.purchases]
        tree = await self.directory.read_tree()
        outcomes = await self.recorder.withdraw(viewer(context), tree, names)
        return pb.WithdrawPurchasesResponse(results=item_results(outcomes))

    @needs(Action.READ_CUSTOMERS, Scope.ORGANISATION)
    async def ListPurchases(
        self, request: pb.ListPurchasesRequest, context: Context
    ) -> pb.ListPurchasesResponse:
        """A page of the purchases of a customer."""
        check_page(request.first)
        after = convert.purchase_key(request.after) if request.HasField("after") else None
        page = await self.reader.page(request.number, request.first, after)
        return convert.page_message(page, self.currency)

    @needs(Action.RECORD_FACTS, Scope.ANY_DEPARTMENT)
    async def ImportPurchases(
        self, request: AsyncIterator[pb.ImportPurchasesRequest], context: Context
    ) -> AsyncIterator[pb.ImportPurchasesResponse]:
        """Each batch in a transaction of its own."""
        who = viewer(context)

        async def prepare(job: Job) -> Plan[PurchaseItem]:
            tree = await self.directory.read_tree()
            return plan_purchases(job, who, tree, self.currency, self.recorder)

        parts = (message.part async for message in request)
        async for progress in self.imports.run(PURCHASES, parts, prepare, who.subject):
            yield pb.ImportPurchasesResponse(progress=progress)


async def wire(
    process: Process,
    shared: SharedStores,
    directory: TreeCache,
    attributor: FactAttributor,
    aliases: AliasFinder,
    currency: str,
    imports: Imports,
) -> None:
    """Answer cxm.profile.v1.PurchaseService; `currency` as for PurchaseRpc."""
    rpc = PurchaseRpc(shared.database, directory, attributor, aliases, currency, imports)
    process.serve("cxm.profile.v1.PurchaseService", add_PurchaseServiceServicer_to_server, rpc)
