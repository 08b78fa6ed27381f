"""cxm.profile.v1.PrivacyService."""

from cxm.profile.v1 import privacy_pb2 as pb
from cxm.profile.v1.privacy_pb2_grpc import (
    PrivacyServiceServicer,
    add_PrivacyServiceServicer_to_server,
)
from services.kit.errors import Invalid
from services.kit.process import Process
from services.kit.rights.access import Action, authorize
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_page, viewer
from services.kit.service import SharedStores
from services.profile.customers.domain.identifiers import Identifier
from services.profile.customers.sealed_names import CustomerKeys, SealedNames
from services.profile.directory.tree_cache import TreeCache
from services.profile.privacy import convert, events
from services.profile.privacy.announcing import ErasureEvents
from services.profile.privacy.journal import Journal
from services.profile.privacy.ordering import ErasureOrders
from services.profile.privacy.reapplying import ErasureReapplier
from services.profile.privacy.requesting import ErasureDesk
from services.profile.privacy.running import ErasureRunner


class PrivacyRpc(PrivacyServiceServicer):
    """Requests are few and read from the database at every call."""

    def __init__(self, desk: ErasureDesk, directory: TreeCache) -> None:
        self.desk = desk
        self.directory = directory

    @needs(Action.REQUEST_ERASURE, Scope.ORGANISATION)
    async def RequestErasure(
        self, request: pb.RequestErasureRequest, context: Context
    ) -> pb.RequestErasureResponse:
        """By an identifier; by a number for who reads all customers."""
        tree = await self.directory.read_tree()
        customer: Identifier | int | None = None
        match request.WhichOneof("customer"):
            case "number":
                authorize(viewer(context), Action.READ_CUSTOMERS, None, tree)
                customer = request.number
            case "identifier":
                customer = Identifier(request.identifier.kind, request.identifier.value)
            case _ if not request.answers:
                message = "say whom: by an identifier, a number, or receipts of answers"
                raise Invalid(message, reason="REQUIRED", field=["identifier"])
        answers = convert.answers_of(request.answers)
        shown = await self.desk.request(viewer(context), tree, customer, answers, request.reason)
        return pb.RequestErasureResponse(erasure=convert.erasure_message(shown))

    @needs(Action.REQUEST_ERASURE, Scope.ORGANISATION)
    async def CountErasure(
        self, request: pb.CountErasureRequest, context: Context
    ) -> pb.CountErasureResponse:
        """Count anew."""
        shown = await self.desk.count(convert.request_id(request.id, "id"))
        return pb.CountErasureResponse(erasure=convert.erasure_message(shown))

    @needs(Action.APPROVE_ERASURE, Scope.ORGANISATION)
    async def DecideErasure(
        self, request: pb.DecideErasureRequest, context: Context
    ) -> pb.DecideErasureResponse:
        """Approve or refuse."""
        tree = await self.directory.read_tree()
        id_ = convert.request_id(request.id, "id")
        shown = await self.desk.decide(
            viewer(context), tree, id_, request.reason, approve=request.approve
        )
        return pb.DecideErasureResponse(erasure=convert.erasure_message(shown))

    @needs(Action.REQUEST_ERASURE, Scope.ORGANISATION)
    async def GetErasure(
        self, request: pb.GetErasureRequest, context: Context
    ) -> pb.GetErasureResponse:
        """One request."""
        shown = await self.desk.get(convert.request_id(request.id, "id"))
        return pb.GetErasureResponse(erasure=convert.erasure_message(shown))

    @needs(Action.REQUEST_ERASURE, Scope.ORGANISATION)
    async def ListErasures(
        self, request: pb.ListErasuresRequest, context: Context
    ) -> pb.ListErasuresResponse:
        """A page of the requests."""
        check_page(request.first)
        state = convert.state_of(request.state)
        after = convert.request_id(request.after, "after") if request.after else None
        found = await self.desk.page(state, request.first + 1, after)
        total = await self.desk.count_all(state) if request.count else None
        shown = map(convert.erasure_message, found[: request.first])
        more = len(found) > request.first
        return pb.ListErasuresResponse(erasures=shown, more=more, total=total)

    @needs(Action.APPROVE_ERASURE, Scope.ORGANISATION)
    async def AllowAgain(
        self, request: pb.AllowAgainRequest, context: Context
    ) -> pb.AllowAgainResponse:
        """Let an identifier be stored again."""
        tree = await self.directory.read_tree()
        identifier = Identifier(request.identifier.kind, request.identifier.value)
        changed = await self.desk.allow_again(viewer(context), tree, identifier, request.reason)
        return pb.AllowAgainResponse(changed=changed)


async def wire(
    process: Process,
    shared: SharedStores,
    directory: TreeCache,
    keys: CustomerKeys,
    journal: Journal,
    country: str,
) -> None:
    """Answer cxm.profile.v1.PrivacyService, and see that requests come to an end; `country` as for ErasureDesk.

    Returns when the database has all erasures of the journal: before that nothing of this process is answered.
    """
    told = ErasureEvents(shared.outbox)
    clock = directory.now
    journal.prepare()
    orders = ErasureOrders(told, journal, keys.refs, clock)
    reapplier = ErasureReapplier(shared.database, orders, journal, clock)
    await reapplier.await_agreement(process.wait_for)
    desk = ErasureDesk(shared.database, told, SealedNames(keys), journal, country, clock)
    runner = ErasureRunner(shared.database, orders, reapplier, clock)
    process.serve(
        "cxm.profile.v1.PrivacyService",
        add_PrivacyServiceServicer_to_server,
        PrivacyRpc(desk, directory),
    )
    events.wire(shared, keys.refs)
    shared.restore(runner.announce_open)
    shared.watch(reapplier.look)
    shared.watch(runner.show_due)
    process.background(runner.run)
