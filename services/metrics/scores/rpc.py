"""gRPC: cxm.metrics.v1.ScoreService and ScoreExportService."""

from collections.abc import AsyncIterator, Sequence

from cxm.metrics.v1 import export_pb2
from cxm.metrics.v1 import scores_pb2 as pb
from cxm.metrics.v1.export_pb2_grpc import (
    ScoreExportServiceServicer,
    add_ScoreExportServiceServicer_to_server,
)
from cxm.metrics.v1.scores_pb2_grpc import ScoreServiceServicer, add_ScoreServiceServicer_to_server
from services.kit.db.database import Pool, reaching
from services.kit.directory.copy import DirectoryCopy
from services.kit.exports.formats import find_writer
from services.kit.process import Process
from services.kit.rights.access import Action, Viewer, authorize, may, named_department
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_alone
from services.kit.rights.tree import Tree
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_count, viewer
from services.kit.service import Shared
from services.metrics.cube.cube import Cube
from services.metrics.definitions.registry import Definitions
from services.metrics.scores import convert
from services.metrics.scores.breakdown import Groups
from services.metrics.scores.exporting import ScoreExport
from services.metrics.scores.reader import ScoreReader
from services.metrics.scores.score_events import Announcer
from services.metrics.scores.scoring import Scoring
from services.metrics.scores.watching import ScoreWatcher

MOST_DEPARTMENTS = 1000


class ScoreRpc(ScoreServiceServicer):
    """Scores of the departments a viewer may see; the number is the same for every viewer."""

    def __init__(self, directory: DirectoryCopy, reader: ScoreReader) -> None:
        self.directory = directory
        self.surveys = reader.surveys
        self.reader = reader
        self.scoring = Scoring(directory, reader)

    @needs(Action.READ_SCORES, Scope.VISIBLE)
    async def GetScorecards(
        self, request: pb.GetScorecardsRequest, context: Context
    ) -> pb.GetScorecardsResponse:
        """Scorecards of the departments the viewer may see, all read at once."""
        check_count(len(request.department_ids), largest=MOST_DEPARTMENTS, what="departments")
        who, wanted = viewer(context), request.department_ids
        await self.directory.know_visible(who, ids=wanted)
        tree = self.directory.tree
        departments, denied = _readable(who, wanted, tree)
        if not departments:
            return pb.GetScorecardsResponse(denied_ids=denied)
        query, compare_to = convert.query(request.scope), convert.compare_to(request)
        cards = await self.scoring.scorecards(departments, query, request.metrics, compare_to)
        return pb.GetScorecardsResponse(
            scorecards=[convert.scorecard(card) for card in cards], denied_ids=denied
        )

    @needs(Action.READ_SCORES, Scope.NAMED_DEPARTMENT)
    async def GetTrend(self, request: pb.GetTrendRequest, context: Context) -> pb.GetTrendResponse:
        """A point for every calendar interval of the period, empty ones too."""
        await self._authorize(request.department_id, context)
        metric, points = await self.scoring.trend(
            request.department_id,
            convert.query(request.scope),
            request.metric,
            convert.TREND_INTERVALS.get(request.interval),
        )
        return pb.GetTrendResponse(points=[convert.trend_point(metric, *point) for point in points])

    @needs(Action.READ_SCORES, Scope.NAMED_DEPARTMENT)
    async def GetBreakdown(
        self, request: pb.GetBreakdownRequest, context: Context
    ) -> pb.GetBreakdownResponse:
        """Groups that hold something, by label, the one without a key last."""
        await self._authorize(request.department_id, context)
        tree = self.directory.tree
        dimension = convert.DIMENSIONS.get(request.dimension, "")
        metric, scores = await self.scoring.breakdown(
            request.department_id, convert.query(request.scope), request.metric, dimension
        )
        groups = Groups(tree, self.surveys, viewer(context), dimension).named(scores)
        return pb.GetBreakdownResponse(groups=[convert.group(metric, group) for group in groups])

    @needs(Action.READ_SCORES, Scope.NAMED_DEPARTMENT)
    async def ListFilterValues(
        self, request: pb.ListFilterValuesRequest, context: Context
    ) -> pb.ListFilterValuesResponse:
        """Over all days; what was only ever on responses that were taken back is left out."""
        await self._authorize(request.department_id, context)
        subtree = self.directory.tree.subtree(request.department_id)
        values = await self.reader.values_in_use(subtree)
        return pb.ListFilterValuesResponse(
            stages=values["stage"],
            channels=values["channel"],
            segments=values["segment"],
            languages=values["language"],
        )

    @needs(Action.READ_SCORES, Scope.VISIBLE)
    async def FindReadable(
        self, request: pb.FindReadableRequest, context: Context
    ) -> pb.FindReadableResponse:
        """Ids of the departments whose scores the viewer may read; the invisible ones are left out."""
        check_count(len(request.keys), largest=MOST_DEPARTMENTS, what="departments")
        who = viewer(context)
        await self.directory.know_visible(who, keys=request.keys)
        tree = self.directory.tree
        keys = {id_: key for key in request.keys if (id_ := tree.id_of(key))}
        readable, denied = _readable(who, list(keys), tree)
        return pb.FindReadableResponse(
            ids={keys[id_]: id_ for id_ in readable}, denied_keys=[keys[id_] for id_ in denied]
        )

    @needs(Action.READ_SCORES, Scope.VISIBLE)
    async def GetWaveChanges(
        self, request: pb.GetWaveChangesRequest, context: Context
    ) -> pb.GetWaveChangesResponse:
        """Of the departments the viewer may read, statistics with a value in both waves; of unknown waves none."""
        check_count(len(request.department_ids), largest=MOST_DEPARTMENTS, what="departments")
        who, wanted = viewer(context), request.department_ids
        await self.directory.know_visible(who, ids=wanted)
        departments, _ = _readable(who, wanted, self.directory.tree)
        changes = await self.reader.released.changes(request.wave, request.compare_to, departments)
        return convert.wave_changes(changes)

    async def _authorize(self, department_id: str, context: Context) -> None:
        who = viewer(context)
        await self.directory.know_visible(who, ids=[department_id])
        authorize(who, Action.READ_SCORES, department_id, self.directory.tree)


class ScoreExportRpc(ScoreExportServiceServicer):
    """Scores as a file."""

    def __init__(self, directory: DirectoryCopy, reader: ScoreReader, pool: Pool) -> None:
        self.directory = directory
        self.pool = pool
        self.export = ScoreExport(directory, reader)

    @needs(Action.READ_SCORES, Scope.NAMED_DEPARTMENT)
    async def ExportScores(
        self, request: export_pb2.ExportScoresRequest, context: Context
    ) -> AsyncIterator[export_pb2.ExportScoresResponse]:
        """The departments of today, each with the subtree it is asked with."""
        who = viewer(context)
        await self.directory.know_visible(who, keys=[request.department])
        root = named_department(request.department, who, Action.READ_SCORES, self.directory.tree)
        pieces = self.export.pieces(
            root,
            convert.query(request.scope),
            request.metrics,
            convert.EXPORT_INTERVALS.get(request.interval),
            find_writer(convert.FORMATS, request.format, request.locale),
        )
        entry: AuditEntry | None = self._entry(who, root)
        async for piece in pieces:
            if entry is not None:  # before the first row leaves
                with reaching("the audit log"):
                    await write_alone(self.pool, entry)
                entry = None
            yield export_pb2.ExportScoresResponse(data=piece)

    def _entry(self, who: Viewer, root: str) -> AuditEntry:
        tree = self.directory.tree
        actor = actor_of(who, Action.READ_SCORES, tree, root)
        keys = (tree.departments[root].key,)
        return AuditEntry(tree.clock(), actor, Deed.SCORES_EXPORTED, (root,), keys)


def _readable(
    asking: Viewer, department_ids: Sequence[str], tree: Tree
) -> tuple[list[str], list[str]]:
    """The departments whose scores the viewer may read, and those it may see without their scores."""
    wanted = dict.fromkeys(department_ids)
    seen = [i for i in wanted if may(asking, Action.READ_DIRECTORY, i, tree)]
    readable = [i for i in seen if may(asking, Action.READ_SCORES, i, tree)]
    return readable, [i for i in seen if i not in set(readable)]


def wire(process: Process, shared: Shared, cube: Cube, definitions: Definitions) -> Announcer:
    """Answer both services; returns what announces changes of scores."""
    directory = shared.directory
    reader = ScoreReader(
        shared.database.read, cube, cube.surveys, definitions, lambda: directory.tree.today_number
    )
    process.serve(
        "cxm.metrics.v1.ScoreService",
        add_ScoreServiceServicer_to_server,
        ScoreRpc(directory, reader),
    )
    process.serve(
        "cxm.metrics.v1.ScoreExportService",
        add_ScoreExportServiceServicer_to_server,
        ScoreExportRpc(directory, reader, shared.database.pool),
    )
    announcer = Announcer(
        shared.client,
        directory,
        reader.metrics_of,
        reader.metrics_of_staff,
        reader.metrics_of_releases,
    )
    process.background(ScoreWatcher(announcer, directory, reader).run)
    return announcer
