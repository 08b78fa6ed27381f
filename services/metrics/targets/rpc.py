"""gRPC: cxm.metrics.v1.TargetService."""

from cxm.metrics.v1 import targets_pb2 as pb
from cxm.metrics.v1.targets_pb2_grpc import (
    TargetServiceServicer,
    add_TargetServiceServicer_to_server,
)
from services.kit.directory.copy import DirectoryCopy
from services.kit.process import Process
from services.kit.rights.access import Action, Viewer, named_department
from services.kit.rights.audit.entries import actor_of
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_count, viewer
from services.kit.service import Shared
from services.metrics.scores.readable import MOST_DEPARTMENTS, readable
from services.metrics.scores.rpc import WiredScores
from services.metrics.targets import convert
from services.metrics.targets.editing import TargetEditing
from services.metrics.targets.reading import TargetReading


class TargetRpc(TargetServiceServicer):
    """Targets of departments; who reads the scores of one reads its targets."""

    def __init__(
        self, directory: DirectoryCopy, editing: TargetEditing, reading: TargetReading
    ) -> None:
        self.directory = directory
        self.editing = editing
        self.reading = reading

    @needs(Action.WRITE_TARGETS, Scope.NAMED_DEPARTMENT)
    async def SetTarget(
        self, request: pb.SetTargetRequest, context: Context
    ) -> pb.SetTargetResponse:
        """A target in the place of the one there is; the same again changes nothing."""
        who = viewer(context)
        department = await self._named(request.department, who)
        tree = self.directory.tree
        actor = actor_of(who, Action.WRITE_TARGETS, tree, department)
        draft = convert.draft(request, department)
        kept, definition = await self.editing.set_target(draft, actor, tree)
        return pb.SetTargetResponse(target=convert.target(kept, definition))

    @needs(Action.WRITE_TARGETS, Scope.NAMED_DEPARTMENT)
    async def RemoveTarget(
        self, request: pb.RemoveTargetRequest, context: Context
    ) -> pb.RemoveTargetResponse:
        """What is not there is no error."""
        who = viewer(context)
        department = await self._named(request.department, who)
        tree = self.directory.tree
        actor = actor_of(who, Action.WRITE_TARGETS, tree, department)
        removed = await self.editing.remove_target(department, request.metric, actor, tree)
        return pb.RemoveTargetResponse(removed=removed)

    @needs(Action.READ_SCORES, Scope.VISIBLE)
    async def ListTargets(
        self, request: pb.ListTargetsRequest, context: Context
    ) -> pb.ListTargetsResponse:
        """Of the departments whose scores the viewer may read."""
        check_count(len(request.department_ids), largest=MOST_DEPARTMENTS, what="departments")
        who, wanted = viewer(context), request.department_ids
        await self.directory.know_visible(who, ids=wanted)
        departments, denied = readable(who, wanted, self.directory.tree)
        found = await self.reading.targets(
            departments, convert.period(request), as_it_was=convert.is_as_it_was(request)
        )
        return pb.ListTargetsResponse(
            targets=[convert.judged_target(each) for each in found], denied_ids=denied
        )

    async def _named(self, key: str, who: Viewer) -> str:
        await self.directory.know_visible(who, keys=[key])
        return named_department(key, who, Action.WRITE_TARGETS, self.directory.tree)


def wire(process: Process, shared: Shared, scores: WiredScores) -> None:
    """Answer cxm.metrics.v1.TargetService."""
    reader, database, directory = scores.reader, shared.database, shared.directory
    editing = TargetEditing(
        database, reader.definitions, reader.surveys, scores.announcer.announce_target
    )
    process.serve(
        "cxm.metrics.v1.TargetService",
        add_TargetServiceServicer_to_server,
        TargetRpc(directory, editing, TargetReading(database.read, directory, reader)),
    )
