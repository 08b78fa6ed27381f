"""Door 1, for files: the scores of a department and of all under it, as the screen shows them."""

from collections.abc import AsyncIterator, Sequence
from datetime import date
from itertools import pairwise

from cxm.metrics.v1 import export_pb2 as pb
from cxm.metrics.v1 import scores_pb2
from cxm.metrics.v1.export_pb2_grpc import ScoreExportServiceServicer
from services.kit.clock import day_date
from services.kit.directory import DirectoryCopy
from services.kit.errors import Invalid, NotFound
from services.kit.exports.csv import ExportColumns, Value
from services.kit.exports.formats import find_writer
from services.kit.rights.access import Action, authorize
from services.kit.rpc.servicing import Context, viewer
from services.metrics.definitions.domain.definitions import Definition
from services.metrics.domain import scope as scopes
from services.metrics.domain.periods import Period, calendar_edges, check_period
from services.metrics.formulas.scores import Score
from services.metrics.scores.reader import ScoreReader
from services.metrics.scores.rpc import AS_IT_WAS, INTERVALS, join_scopes

COLUMNS: ExportColumns = {
    "department": str,
    "department_name": str,
    "from": date,
    "to": date,
    "metric": str,
    "version": int,
    "unit": str,
    "status": str,
    "value": float,
    "base": int,
    "low": float,
    "high": float,
    "method": str,
    "secondary": float,
    "secondary_low": float,
    "secondary_high": float,
}
CELLS_AT_ONCE = 1_000
"""Departments times intervals that are read at once."""


class ScoreExport(ScoreExportServiceServicer):
    """Rows by department key, interval and metric; withheld values are empty, as everywhere."""

    def __init__(self, directory: DirectoryCopy, reader: ScoreReader) -> None:
        self.directory = directory
        self.reader = reader

    async def ExportScores(
        self, request: pb.ExportScoresRequest, context: Context
    ) -> AsyncIterator[pb.ExportScoresResponse]:
        """The departments of today, each with the subtree it is asked with."""
        await self.directory.know_departments([request.department])
        tree = self.directory.tree
        root = tree.id_of(request.department)
        if root is None:
            raise NotFound("no such department", field=["department"])
        authorize(viewer(context), Action.READ_SCORES, root, tree)
        edges, write = _edges(request), find_writer(dict(pb.FileFormat.items()), request.format)
        await self.reader.definitions.look()
        book = self.reader.definitions
        metrics = [await book.find(key) for key in request.metrics or book.newest]
        ids = sorted(tree.subtree(root), key=lambda i: tree.departments[i].key)
        async for piece in write(COLUMNS, self._rows(ids, metrics, request.scope, edges)):
            yield pb.ExportScoresResponse(data=piece)

    async def _rows(
        self,
        ids: Sequence[str],
        metrics: Sequence[Definition],
        asked: scores_pb2.Scope,
        edges: Sequence[int],
    ) -> AsyncIterator[list[Sequence[Value]]]:
        tree, period = self.directory.tree, Period(edges[0], edges[-1])
        size = max(1, CELLS_AT_ONCE // (len(edges) - 1))
        for start in range(0, len(ids), size):
            part = ids[start : start + size]
            wholes = [
                scopes.whole(
                    tree,
                    department_id,
                    period,
                    as_it_was=asked.tree == AS_IT_WAS,
                    subtree=asked.include_subtree,
                )
                for department_id in part
            ]
            found = await self.reader.scores(metrics, join_scopes(wholes), edges)
            yield [
                _row(tree.departments[i].key, tree.departments[i].name, days, metric, scores[g][p])
                for g, i in enumerate(part)
                for p, days in enumerate(pairwise(edges))
                for metric, scores in zip(metrics, found, strict=True)
            ]


def _edges(request: pb.ExportScoresRequest) -> list[int]:
    period = check_period(request.scope.from_day, request.scope.to_day)
    if request.interval == scores_pb2.CALENDAR_INTERVAL_UNSPECIFIED:
        return [period.from_day, period.to_day]
    interval = INTERVALS.get(request.interval)
    if interval is None:
        raise Invalid("the interval is not known", reason="UNKNOWN_INTERVAL", field=["interval"])
    return calendar_edges(period, interval)


def _row(
    key: str, name: str, days: tuple[int, int], metric: Definition, score: Score
) -> Sequence[Value]:
    interval, secondary = score.interval, score.secondary_interval
    return (
        key,
        name,
        day_date(days[0]),
        day_date(days[1]),
        metric.key,
        metric.version,
        metric.unit.value,
        score.status.value,
        score.value,
        score.base,
        interval.low if interval else None,
        interval.high if interval else None,
        interval.method if interval else None,
        score.secondary,
        secondary.low if secondary else None,
        secondary.high if secondary else None,
    )
