"""cxm.profile.v1.CustomerService."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Final

from cxm.profile.v1 import customers_pb2 as pb
from cxm.profile.v1.customers_pb2_grpc import (
    CustomerServiceServicer,
    add_CustomerServiceServicer_to_server,
)
from services.kit.clock import Clock
from services.kit.db.database import Database
from services.kit.errors import Invalid
from services.kit.imports.import_job import Imports, Job
from services.kit.imports.row_batches import Plan
from services.kit.process import Process
from services.kit.rights.access import Action, authorize
from services.kit.rpc.item_results import item_results
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_count, check_page, viewer
from services.kit.service import SharedStores
from services.profile.customers import convert
from services.profile.customers.auditing import check_reason
from services.profile.customers.domain.items import MOST_ITEMS, CustomerItem
from services.profile.customers.importing import (
    CUSTOMERS,
    IDENTITIES,
    plan_customers,
    plan_identities,
)
from services.profile.customers.linking import CustomerLinker
from services.profile.customers.reading import CustomerReader
from services.profile.customers.sealed_names import CustomerKeys, SealedNames
from services.profile.customers.settling import ConflictSettler
from services.profile.customers.upserting import CustomerWriter
from services.profile.directory.tree_cache import TreeCache

LEAST_REVEALING: Final = 10
"""Characters of the reason for which somebody is shown in plain text."""


class CustomerRpc(CustomerServiceServicer):
    """Customers are read from the database at every call: there are millions of them."""

    def __init__(
        self,
        database: Database,
        directory: TreeCache,
        keys: CustomerKeys,
        country: str,
        imports: Imports | None = None,
    ) -> None:
        clock: Clock = directory.now
        sealed = SealedNames(keys)
        self.directory = directory
        self.writer = CustomerWriter(database, sealed, country, clock)
        self.reader = CustomerReader(database, sealed, country)
        self.linker = CustomerLinker(database, sealed, clock)
        self.settler = ConflictSettler(database, sealed, clock)
        self.imports = imports or Imports()

    @needs(Action.WRITE_CUSTOMERS, Scope.ORGANISATION)
    async def UpsertCustomers(
        self, request: pb.UpsertCustomersRequest, context: Context
    ) -> pb.UpsertCustomersResponse:
        """Store what is said of customers."""
        check_count(len(request.items), largest=MOST_ITEMS, what="customers")
        items = [convert.customer_item(message) for message in request.items]
        upserted = await self.writer.upsert(viewer(context), items)
        results = item_results(upserted.outcomes)
        return pb.UpsertCustomersResponse(results=results, conflicts=upserted.conflicts)

    @needs(Action.FIND_CUSTOMERS, Scope.ORGANISATION)
    async def GetCustomer(
        self, request: pb.GetCustomerRequest, context: Context
    ) -> pb.GetCustomerResponse:
        """By an identifier; by a number for who reads all customers."""
        if request.HasField("identifier"):
            customer = await self.reader.find(convert.identifier(request.identifier))
        else:
            tree = await self.directory.read_tree()
            authorize(viewer(context), Action.READ_CUSTOMERS, None, tree)
            customer = await self.reader.get(request.number)
        return pb.GetCustomerResponse(customer=convert.customer_message(customer))

    @needs(Action.LINK_CUSTOMERS, Scope.ORGANISATION)
    async def LinkCustomers(
        self, request: pb.LinkCustomersRequest, context: Context
    ) -> pb.LinkCustomersResponse:
        """Join two aliases."""
        reason, tree = check_reason(request.reason), await self.directory.read_tree()
        linked = await self.linker.link(viewer(context), tree, request.a, request.b, reason)
        if linked.conflict is not None:
            conflict = convert.conflict_message(linked.conflict, linked.kinds)
            return pb.LinkCustomersResponse(conflict=conflict)
        return pb.LinkCustomersResponse(customer=convert.found_message(linked.customer))

    @needs(Action.UNLINK_CUSTOMERS, Scope.ORGANISATION)
    async def UnlinkCustomers(
        self, request: pb.UnlinkCustomersRequest, context: Context
    ) -> pb.UnlinkCustomersResponse:
        """End a link."""
        reason, tree = check_reason(request.reason), await self.directory.read_tree()
        found = await self.linker.unlink(viewer(context), tree, request.a, request.b, reason)
        of_a, of_b = map(convert.customer_message, found)
        return pb.UnlinkCustomersResponse(of_a=of_a, of_b=of_b)

    @needs(Action.LINK_CUSTOMERS, Scope.ORGANISATION)
    async def ListConflicts(
        self, request: pb.ListConflictsRequest, context: Context
    ) -> pb.ListConflictsResponse:
        """A page of the conflicts that wait."""
        check_page(request.first)
        after = convert.uuid(request.after, "after") if request.after else None
        found, kinds = await self.settler.page(request.first + 1, after)
        total = await self.settler.count() if request.count else None
        shown = [convert.conflict_message(each, kinds) for each in found[: request.first]]
        more = len(found) > request.first
        return pb.ListConflictsResponse(conflicts=shown, more=more, total=total)

    @needs(Action.LINK_CUSTOMERS, Scope.ORGANISATION)
    async def SettleConflict(
        self, request: pb.SettleConflictRequest, context: Context
    ) -> pb.SettleConflictResponse:
        """Say what becomes of a conflict."""
        reason, tree = check_reason(request.reason), await self.directory.read_tree()
        id_, settlement = convert.uuid(request.id, "id"), convert.settlement(request.settlement)
        customer = await self.settler.settle(viewer(context), tree, id_, settlement, reason)
        return pb.SettleConflictResponse(customer=convert.found_message(customer))

    @needs(Action.REVEAL_CUSTOMERS, Scope.ORGANISATION)
    async def RevealCustomer(
        self, request: pb.RevealCustomerRequest, context: Context
    ) -> pb.RevealCustomerResponse:
        """A person in plain text."""
        reason = check_reason(request.reason, least=LEAST_REVEALING)
        tree = await self.directory.read_tree()
        revealed = await self.reader.reveal(viewer(context), tree, request.number, reason)
        return convert.revealed_message(revealed)

    @needs(Action.READ_CUSTOMERS, Scope.ORGANISATION)
    async def ListCustomerHistory(
        self, request: pb.ListCustomerHistoryRequest, context: Context
    ) -> pb.ListCustomerHistoryResponse:
        """A page of a person's history."""
        check_page(request.first)
        if request.before < 0:
            message = "before is the sequence number of the last entry you saw"
            raise Invalid(message, field=["before"])
        found = await self.reader.history(request.number, request.first + 1, request.before)
        changes = map(convert.change_message, found[: request.first])
        return pb.ListCustomerHistoryResponse(changes=changes, more=len(found) > request.first)

    @needs(Action.READ_AUDIT, Scope.ORGANISATION)
    async def GetReason(
        self, request: pb.GetReasonRequest, context: Context
    ) -> pb.GetReasonResponse:
        """Why somebody did something."""
        entry = convert.uuid(request.entry, "entry")
        return pb.GetReasonResponse(reason=await self.reader.reason(entry))

    @needs(None, Scope.ANY_TOKEN)
    async def ListIdentifierKinds(
        self, request: pb.ListIdentifierKindsRequest, context: Context
    ) -> pb.ListIdentifierKindsResponse:
        """All kinds; they say nothing of anybody."""
        kinds = map(convert.kind_message, await self.reader.kinds())
        return pb.ListIdentifierKindsResponse(kinds=kinds)

    @needs(Action.LINK_CUSTOMERS, Scope.ORGANISATION)
    async def UpsertIdentifierKinds(
        self, request: pb.UpsertIdentifierKindsRequest, context: Context
    ) -> pb.UpsertIdentifierKindsResponse:
        """Make own kinds, or rename them."""
        check_count(len(request.kinds), largest=MOST_ITEMS, what="kinds")
        items = [convert.kind_item(message) for message in request.kinds]
        tree = await self.directory.read_tree()
        outcomes = await self.linker.upsert_kinds(viewer(context), tree, items)
        return pb.UpsertIdentifierKindsResponse(results=item_results(outcomes))

    @needs(Action.WRITE_CUSTOMERS, Scope.ORGANISATION)
    async def ImportCustomers(
        self, request: AsyncIterator[pb.ImportCustomersRequest], context: Context
    ) -> AsyncIterator[pb.ImportCustomersResponse]:
        """Each batch in a transaction of its own."""
        who = viewer(context)
        store = partial(self.writer.upsert, who)

        async def prepare(job: Job) -> Plan[CustomerItem]:
            tree = await self.directory.read_tree()
            return plan_customers(job, tree.zone, store)

        parts = (message.part async for message in request)
        async for progress in self.imports.run(CUSTOMERS, parts, prepare, who.subject):
            yield pb.ImportCustomersResponse(progress=progress)

    @needs(Action.WRITE_CUSTOMERS, Scope.ORGANISATION)
    async def ImportIdentities(
        self, request: AsyncIterator[pb.ImportIdentitiesRequest], context: Context
    ) -> AsyncIterator[pb.ImportIdentitiesResponse]:
        """Each batch in a transaction of its own."""
        who = viewer(context)
        store = partial(self.writer.upsert, who)

        async def prepare(job: Job) -> Plan[CustomerItem]:
            return plan_identities(job, store)

        parts = (message.part async for message in request)
        async for progress in self.imports.run(IDENTITIES, parts, prepare, who.subject):
            yield pb.ImportIdentitiesResponse(progress=progress)


async def wire(
    process: Process,
    shared: SharedStores,
    directory: TreeCache,
    imports: Imports,
    keys: CustomerKeys,
    country: str,
) -> None:
    """Answer cxm.profile.v1.CustomerService; `country` as for CustomerWriter."""
    process.serve(
        "cxm.profile.v1.CustomerService",
        add_CustomerServiceServicer_to_server,
        CustomerRpc(shared.database, directory, keys, country, imports),
    )
