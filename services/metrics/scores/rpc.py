"""gRPC: cxm.metrics.v1.ScoreService and ScoreExportService."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

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
from services.kit.rights.access import Action, Viewer, authorize, named_department
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_alone
from services.kit.rights.tree import Tree
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_count, viewer
from services.kit.service import Shared
from services.metrics.cube.cube import Cube
from services.metrics.customers.cube import PurchaseCube
from services.metrics.customers.reading import PurchaseScores
from services.metrics.definitions.registry import Definitions
from services.metrics.scores import convert
from services.metrics.scores.breakdown import Groups
from services.metrics.scores.exporting import ScoreExport
from services.metrics.scores.readable import MOST_DEPARTMENTS, readable
from services.metrics.scores.reader import ScoreReader
from services.metrics.scores.score_events import Announcer
from services.metrics.scores.scoring import Comparisons, Scoring
from services.metrics.scores.watching import ScoreWatcher
from services.metrics.scores.weighting import Weighting


class ScoreRpc(ScoreServiceServicer):
    """Scores of the departments a viewer may see; the number is the same for every viewer."""

    def __init__(self, directory: DirectoryCopy, reader: ScoreReader) -> None:
        self.directory = directory
        self.surveys = reader.surveys
        self.reader = reader
        self.scoring = Scoring(directory, reader)
        self.weighting = Weighting(reader)

    @needs(Action.READ_SCORES, Scope.VISIBLE)
    async def GetScorecards(
        self, request: pb.GetScorecardsRequest, context: Context
    ) -> pb.GetScorecardsResponse:
        """Scorecards of the departments the viewer may see, all read at once."""
        check_count(len(request.department_ids), largest=MOST_DEPARTMENTS, what="departments")
        who, wanted = viewer(context), request.department_ids
        await self.directory.know_visible(who, ids=wanted)
        tree = self.directory.tree
        departments, denied = readable(who, wanted, tree)
        if not departments:
            return pb.GetScorecardsResponse(denied_ids=denied)
        query = convert.query(request.scope)
        parents = _parents(who, departments, tree) if convert.has_rest(request) else {}
        compared = Comparisons(convert.compare_to(request), parents)
        cards = await self.scoring.scorecards(departments, query, request.metrics, compared)
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
        found = await self.scoring.breakdown(
            request.department_id,
            convert.query(request.scope),
            request.metric,
            dimension,
            convert.compare_to(request),
        )
        groups = Groups(tree, self.surveys, viewer(context), dimension)
        parts = found.parts
        return pb.GetBreakdownResponse(
            groups=[convert.group(found.metric, group) for group in groups.named(found.groups)],
            change_parts=convert.change_parts(parts, groups.named_parts(parts)) if parts else None,
        )

    @needs(Action.READ_SCORES, Scope.NAMED_DEPARTMENT)
    async def GetWeightedScore(
        self, request: pb.GetWeightedScoreRequest, context: Context
    ) -> pb.GetWeightedScoreResponse:
        """The score by headcounts, or why there is none."""
        await self._authorize(request.department_id, context)
        query, tree = convert.query(request.scope), self.directory.tree
        found = await self.weighting.score(request.department_id, query, request.metric, tree)
        return convert.weighted_score(found)

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
        found, denied = readable(who, list(keys), tree)
        return pb.FindReadableResponse(
            ids={keys[id_]: id_ for id_ in found}, denied_keys=[keys[id_] for id_ in denied]
        )

    @needs(Action.READ_SCORES, Scope.VISIBLE)
    async def GetWaveChanges(
        self, request: pb.GetWaveChangesRequest, context: Context
    ) -> pb.GetWaveChangesResponse:
        """Of the departments the viewer may read, statistics with a value in both waves; of unknown waves none."""
        check_count(len(request.department_ids), largest=MOST_DEPARTMENTS, what="departments")
        who, wanted = viewer(context), request.department_ids
        await self.directory.know_visible(who, ids=wanted)
        departments, _ = readable(who, wanted, self.directory.tree)
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


def _parents(who: Viewer, departments: Sequence[str], tree: Tree) -> dict[str, str]:
    """By department its parent of today, where the viewer may read the parent's scores."""
    parents = {
        department: parent
        for department in departments
        if (parent := tree.parent_on(department, tree.today_number)) is not None
    }
    found = set(readable(who, list(parents.values()), tree)[0])
    return {key: parent for key, parent in parents.items() if parent in found}


@dataclass(frozen=True, slots=True)
class WiredScores:
    """What reads scores, and what announces changes of them."""

    reader: ScoreReader
    announcer: Announcer


def wire(process: Process, shared: Shared, cube: Cube, definitions: Definitions) -> WiredScores:
    """Answer both services."""
    directory = shared.directory
    reader = ScoreReader(
        shared.database.read,
        cube,
        cube.surveys,
        definitions,
        lambda: directory.tree.today_number,
        PurchaseScores(
            PurchaseCube(shared.database.pool, cube.dictionary),
            lambda: directory.tree.today_number,
        ),
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
        reader.metrics_of_purchases,
    )
    process.background(ScoreWatcher(announcer, directory, reader).run)
    return WiredScores(reader, announcer)
