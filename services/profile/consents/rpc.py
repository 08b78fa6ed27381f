"""cxm.profile.v1.ConsentService."""

from collections.abc import AsyncIterator, Sequence

from cxm.profile.v1 import consents_pb2 as pb
from cxm.profile.v1.consents_pb2_grpc import (
    ConsentServiceServicer,
    add_ConsentServiceServicer_to_server,
)
from services.kit.db.database import Database
from services.kit.imports.import_job import Imports, Job
from services.kit.imports.row_batches import Plan
from services.kit.items import ItemOutcome
from services.kit.process import Process
from services.kit.rights.access import Action, may
from services.kit.rpc.item_results import item_results
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_count, check_page, viewer
from services.kit.service import SharedStores
from services.profile.consents import convert
from services.profile.consents.domain.statements import MOST_STATEMENTS, ConsentItem
from services.profile.consents.importing import CONSENTS, plan_consents
from services.profile.consents.reading import ConsentReader
from services.profile.consents.recording import ConsentRecorder
from services.profile.directory.tree_cache import TreeCache
from services.profile.facts.identifying import AliasFinder


class ConsentRpc(ConsentServiceServicer):
    """Consents are read from the database at every call."""

    def __init__(
        self,
        database: Database,
        directory: TreeCache,
        aliases: AliasFinder,
        imports: Imports | None = None,
    ) -> None:
        self.directory = directory
        self.recorder = ConsentRecorder(database, aliases, directory.now)
        self.reader = ConsentReader(database, directory.now)
        self.imports = imports or Imports()

    @needs(Action.RECORD_CONSENTS, Scope.ANY_DEPARTMENT)
    async def RecordConsents(
        self, request: pb.RecordConsentsRequest, context: Context
    ) -> pb.RecordConsentsResponse:
        """At a counter a customer is named by an identifier; by a number for who reads consents."""
        check_count(len(request.items), largest=MOST_STATEMENTS, what="consents")
        items = [convert.consent_item(each, place) for place, each in enumerate(request.items)]
        who, tree = viewer(context), await self.directory.read_tree()
        may_number = may(who, Action.READ_CONSENTS, tree.root_id, tree)
        outcomes = await self.recorder.record(who, items, may_number=may_number)
        return pb.RecordConsentsResponse(results=item_results(outcomes))

    @needs(Action.READ_CONSENTS, Scope.ORGANISATION)
    async def ListConsents(
        self, request: pb.ListConsentsRequest, context: Context
    ) -> pb.ListConsentsResponse:
        """A page of a person's statements."""
        check_page(request.first)
        after = convert.place_after(request.after)
        read = await self.reader.read(request.number, request.first + 1, after)
        return convert.consents_message(read, request.first)

    @needs(Action.WRITE_CUSTOMERS, Scope.ORGANISATION)
    async def ImportConsents(
        self, request: AsyncIterator[pb.ImportConsentsRequest], context: Context
    ) -> AsyncIterator[pb.ImportConsentsResponse]:
        """Each batch in a transaction of its own."""
        who = viewer(context)

        async def store(items: Sequence[ConsentItem], *, dry_run: bool) -> tuple[ItemOutcome, ...]:
            return await self.recorder.record(who, items, dry_run=dry_run)

        async def prepare(job: Job) -> Plan[ConsentItem]:
            tree = await self.directory.read_tree()
            return plan_consents(job, tree.zone, store)

        parts = (message.part async for message in request)
        async for progress in self.imports.run(CONSENTS, parts, prepare, who.subject):
            yield pb.ImportConsentsResponse(progress=progress)


async def wire(
    process: Process,
    shared: SharedStores,
    directory: TreeCache,
    aliases: AliasFinder,
    imports: Imports,
) -> None:
    """Answer cxm.profile.v1.ConsentService."""
    process.serve(
        "cxm.profile.v1.ConsentService",
        add_ConsentServiceServicer_to_server,
        ConsentRpc(shared.database, directory, aliases, imports),
    )
