"""cxm.employee_exp.v1.ReleaseService."""

from collections.abc import AsyncIterator, Sequence
from functools import partial

from cxm.employee_exp.v1 import releases_pb2 as pb
from cxm.employee_exp.v1.releases_pb2_grpc import (
    ReleaseServiceServicer,
    add_ReleaseServiceServicer_to_server,
)
from services.employee_exp.releases import convert
from services.employee_exp.releases.measured.importing import WAVE, plan_wave
from services.employee_exp.releases.measured.measured_rows import MeasuredRow
from services.employee_exp.releases.measured.publishing import MeasuredPublisher
from services.employee_exp.releases.reading import ResultsReader, check_reportable
from services.employee_exp.waves.domain.wave import unknown_wave
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import NotFound
from services.kit.imports.import_job import Imports, Job
from services.kit.imports.row_batches import Plan
from services.kit.process import Process
from services.kit.rights.access import Action, Viewer, authorize, may
from services.kit.rights.tree import Tree
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_count, check_page, viewer

MOST_DEPARTMENTS = 1_000


class ReleaseRpc(ReleaseServiceServicer):
    """Looks up what is public of the departments that a viewer may see."""

    def __init__(
        self,
        directory: DirectoryCopy,
        reader: ResultsReader,
        publisher: MeasuredPublisher,
        imports: Imports | None = None,
    ) -> None:
        self.directory = directory
        self.reader = reader
        self.publisher = publisher
        self.imports = imports or Imports()

    @needs(Action.READ_SCORES, Scope.VISIBLE)
    async def GetResults(
        self, request: pb.GetResultsRequest, context: Context
    ) -> pb.GetResultsResponse:
        """Results of departments of the wave's snapshot; none while it is not released."""
        check_count(len(request.department_ids), largest=MOST_DEPARTMENTS, what="departments")
        who, wanted = viewer(context), request.department_ids
        await self.directory.know_visible(who, ids=wanted)
        readable, denied = _readable(who, wanted, self.directory.tree)
        released = await self.reader.find(request.wave)
        if released is None:
            return pb.GetResultsResponse(denied_ids=denied)
        inside = [id_ for id_ in readable if id_ in released.place_of]
        found = await self.reader.results(released, inside)
        results = [
            convert.department_results(
                released,
                id_,
                found.cells.get(id_, ()),
                found.dimensions.get(id_, ()),
                found.seen,
            )
            for id_ in inside
        ]
        return pb.GetResultsResponse(results=results, denied_ids=denied)

    @needs(Action.READ_SCORES, Scope.NAMED_DEPARTMENT)
    async def GetWaveBreakdown(
        self, request: pb.GetWaveBreakdownRequest, context: Context
    ) -> pb.GetWaveBreakdownResponse:
        """By a dimension that was declared; whether this one was is asked before data are touched."""
        await self._authorize(request.department_id, context)
        released = await self.reader.find(request.wave)
        if released is None:
            raise unknown_wave()
        check_reportable(released.wave.draft.dimensions, request.dimension)
        if request.department_id not in released.place_of:
            raise _not_in_wave()
        cells = await self.reader.breakdown(released, request.department_id, request.dimension)
        categories = convert.categories(released, cells)
        return pb.GetWaveBreakdownResponse(released=bool(categories), categories=categories)

    @needs(Action.READ_SCORES, Scope.NAMED_DEPARTMENT)
    async def ListWaveVerbatims(
        self, request: pb.ListWaveVerbatimsRequest, context: Context
    ) -> pb.ListWaveVerbatimsResponse:
        """A page of comments, in an order that says nothing."""
        await self._authorize(request.department_id, context)
        check_page(request.first)
        released = await self.reader.find(request.wave)
        if released is None:
            raise unknown_wave()
        if request.department_id not in released.place_of:
            raise _not_in_wave()
        found = await self.reader.verbatims(
            released,
            request.department_id,
            request.question,
            request.search,
            request.first,
            request.offset,
        )
        return pb.ListWaveVerbatimsResponse(
            released=found.counted_in is None,
            verbatims=found.verbatims,
            total=found.total,
            counted_in=found.counted_in or "",
        )

    @needs(Action.WRITE_WAVES, Scope.ORGANISATION)
    async def ImportWave(
        self, request: AsyncIterator[pb.ImportWaveRequest], context: Context
    ) -> AsyncIterator[pb.ImportWaveResponse]:
        """The whole file is judged before a wave is stored; each wave in a transaction of its own."""
        who = viewer(context)

        async def prepare(job: Job) -> Plan[MeasuredRow]:
            today = await self.publisher.look()
            publish = partial(self.publisher.publish, who, today)
            return plan_wave(job, who, self.directory, today.judged_by, publish)

        parts = (message.part async for message in request)
        async for progress in self.imports.run(WAVE, parts, prepare, who.subject):
            yield pb.ImportWaveResponse(progress=progress)

    async def _authorize(self, department_id: str, context: Context) -> None:
        who = viewer(context)
        await self.directory.know_visible(who, ids=[department_id])
        authorize(who, Action.READ_SCORES, department_id, self.directory.tree)


def _readable(
    asking: Viewer, department_ids: Sequence[str], tree: Tree
) -> tuple[list[str], list[str]]:
    """The departments whose scores the viewer may read, and those it may see without their scores."""
    seen = [
        id_
        for id_ in dict.fromkeys(department_ids)
        if id_ in tree.departments and may(asking, Action.READ_DIRECTORY, id_, tree)
    ]
    readable = [id_ for id_ in seen if may(asking, Action.READ_SCORES, id_, tree)]
    return readable, [id_ for id_ in seen if id_ not in set(readable)]


def _not_in_wave() -> NotFound:
    return NotFound(
        "this department was not there when the wave opened",
        reason="NOT_IN_WAVE",
        field=["department"],
    )


def wire(process: Process, rpc: ReleaseRpc) -> None:
    """Answer cxm.employee_exp.v1.ReleaseService."""
    process.serve("cxm.employee_exp.v1.ReleaseService", add_ReleaseServiceServicer_to_server, rpc)
