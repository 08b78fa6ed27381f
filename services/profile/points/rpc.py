"""cxm.profile.v1.PointService."""

from collections.abc import AsyncIterator, Sequence

from cxm.profile.v1 import points_pb2 as pb
from cxm.profile.v1.points_pb2_grpc import PointServiceServicer, add_PointServiceServicer_to_server
from services.kit.db.database import Database
from services.kit.imports.import_job import Imports, Job
from services.kit.imports.row_batches import Plan
from services.kit.items import ItemOutcome
from services.kit.process import Process
from services.kit.rights.access import Action
from services.kit.rpc.item_results import item_results
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_count, check_page, viewer
from services.kit.service import SharedStores
from services.profile.directory.tree_cache import TreeCache
from services.profile.facts.identifying import AliasFinder
from services.profile.points import convert
from services.profile.points.domain import MOST_ENTRIES, PointItem
from services.profile.points.importing import POINTS, plan_points
from services.profile.points.reading import PointReader
from services.profile.points.recording import PointRecorder


class PointRpc(PointServiceServicer):
    """Ledgers are read from the database at every call."""

    def __init__(
        self,
        database: Database,
        directory: TreeCache,
        aliases: AliasFinder,
        imports: Imports | None = None,
    ) -> None:
        self.directory = directory
        self.recorder = PointRecorder(database, aliases, directory)
        self.reader = PointReader(database, directory)
        self.imports = imports or Imports()

    @needs(Action.WRITE_CUSTOMERS, Scope.ORGANISATION)
    async def RecordPoints(
        self, request: pb.RecordPointsRequest, context: Context
    ) -> pb.RecordPointsResponse:
        """Entries of any customers."""
        check_count(len(request.items), largest=MOST_ENTRIES, what="entries")
        items = [convert.point_item(each, place) for place, each in enumerate(request.items)]
        outcomes = await self.recorder.record(viewer(context), items)
        return pb.RecordPointsResponse(results=item_results(outcomes))

    @needs(Action.READ_CUSTOMERS, Scope.ORGANISATION)
    async def ListPoints(
        self, request: pb.ListPointsRequest, context: Context
    ) -> pb.ListPointsResponse:
        """A page of a person's ledger."""
        check_page(request.first)
        after = convert.place_after(request.after)
        read = await self.reader.read(request.number, request.first + 1, after)
        return convert.points_message(read, request.first)

    @needs(Action.WRITE_CUSTOMERS, Scope.ORGANISATION)
    async def ImportPoints(
        self, request: AsyncIterator[pb.ImportPointsRequest], context: Context
    ) -> AsyncIterator[pb.ImportPointsResponse]:
        """Each batch in a transaction of its own."""
        who = viewer(context)

        async def store(items: Sequence[PointItem], *, dry_run: bool) -> tuple[ItemOutcome, ...]:
            return await self.recorder.record(who, items, dry_run=dry_run)

        async def prepare(job: Job) -> Plan[PointItem]:
            tree = await self.directory.read_tree()
            return plan_points(job, tree.zone, store)

        parts = (message.part async for message in request)
        async for progress in self.imports.run(POINTS, parts, prepare, who.subject):
            yield pb.ImportPointsResponse(progress=progress)


async def wire(
    process: Process,
    shared: SharedStores,
    directory: TreeCache,
    aliases: AliasFinder,
    imports: Imports,
) -> None:
    """Answer cxm.profile.v1.PointService."""
    process.serve(
        "cxm.profile.v1.PointService",
        add_PointServiceServicer_to_server,
        PointRpc(shared.database, directory, aliases, imports),
    )
