"""cxm.profile.v1.SubscriptionService."""

from collections.abc import AsyncIterator

from cxm.profile.v1 import subscriptions_pb2 as pb
from cxm.profile.v1.subscriptions_pb2_grpc import (
    SubscriptionServiceServicer,
    add_SubscriptionServiceServicer_to_server,
)
from services.kit.db.database import Database
from services.kit.imports.import_job import Imports, Job
from services.kit.imports.row_batches import Plan
from services.kit.process import Process
from services.kit.rights.access import Action
from services.kit.rpc.item_results import item_results
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_count, viewer
from services.kit.service import SharedStores
from services.profile.directory.tree_cache import TreeCache
from services.profile.facts.attributing import FactAttributor
from services.profile.facts.identifying import AliasFinder
from services.profile.subscriptions import convert
from services.profile.subscriptions.domain import MOST_ITEMS, SubscriptionItem
from services.profile.subscriptions.importing import SUBSCRIPTIONS, plan_subscriptions
from services.profile.subscriptions.upserting import SubscriptionKeeper


class SubscriptionRpc(SubscriptionServiceServicer):
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
        self.keeper = SubscriptionKeeper(database, attributor, aliases)
        self.currency = currency
        self.imports = imports or Imports()

    @needs(Action.RECORD_FACTS, Scope.ANY_DEPARTMENT)
    async def UpsertSubscriptions(
        self, request: pb.UpsertSubscriptionsRequest, context: Context
    ) -> pb.UpsertSubscriptionsResponse:
        """Store what is new; the right is asked again in the department of each."""
        check_count(len(request.items), largest=MOST_ITEMS, what="subscriptions")
        items = [convert.subscription_item(message) for message in request.items]
        outcomes = await self.keeper.upsert(viewer(context), items)
        return pb.UpsertSubscriptionsResponse(results=item_results(outcomes))

    @needs(Action.READ_CUSTOMERS, Scope.ORGANISATION)
    async def ListSubscriptions(
        self, request: pb.ListSubscriptionsRequest, context: Context
    ) -> pb.ListSubscriptionsResponse:
        """Those of a customer."""
        found = await self.keeper.of(request.number)
        return pb.ListSubscriptionsResponse(
            subscriptions=map(convert.subscription_message, found), currency=self.currency
        )

    @needs(Action.RECORD_FACTS, Scope.ANY_DEPARTMENT)
    async def ImportSubscriptions(
        self, request: AsyncIterator[pb.ImportSubscriptionsRequest], context: Context
    ) -> AsyncIterator[pb.ImportSubscriptionsResponse]:
        """Each batch in a transaction of its own."""
        who = viewer(context)

        async def prepare(job: Job) -> Plan[SubscriptionItem]:
            tree = await self.directory.read_tree()
            return plan_subscriptions(job, who, tree, self.keeper)

        parts = (message.part async for message in request)
        async for progress in self.imports.run(SUBSCRIPTIONS, parts, prepare, who.subject):
            yield pb.ImportSubscriptionsResponse(progress=progress)


async def wire(
    process: Process,
    shared: SharedStores,
    directory: TreeCache,
    attributor: FactAttributor,
    aliases: AliasFinder,
    currency: str,
    imports: Imports,
) -> None:
    """Answer cxm.profile.v1.SubscriptionService; `currency` as for SubscriptionRpc."""
    rpc = SubscriptionRpc(shared.database, directory, attributor, aliases, currency, imports)
    process.serve(
        "cxm.profile.v1.SubscriptionService", add_SubscriptionServiceServicer_to_server, rpc
    )
