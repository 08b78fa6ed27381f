"""The scores of a department and of all under it as a file, as the screen shows them."""

from collections.abc import AsyncIterator, Sequence
from datetime import date
from itertools import pairwise

from services.kit.clock import day_date
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import Invalid
from services.kit.exports.csv import ExportColumns, Value, Writer
from services.metrics.definitions.domain.definitions import Definition
from services.metrics.domain.periods import WHOLE_PERIOD, Period, calendar_edges
from services.metrics.formulas.scores import Score
from services.metrics.scores.reader import ScoreReader
from services.metrics.scores.scoring import ScoreQuery, join_scopes

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
    "wave": str,
    "counted_in": str,
}
CELLS_AT_ONCE = 1_000
"""Departments times intervals that are read at once."""


class ScoreExport:
    """Rows by department key, interval and metric; withheld values are empty, as everywhere."""

    def __init__(self, directory: DirectoryCopy, reader: ScoreReader) -> None:
        self.directory = directory
        self.reader = reader

    async def pieces(
        self,
        root: str,
        query: ScoreQuery,
        names: Sequence[str],
        interval: str | None,
        write: Writer,
    ) -> AsyncIterator[bytes]:
        """The file of a department and all under it today; `names` of metrics, none for all.

        `interval` as in `calendar_edges`, or WHOLE_PERIOD. Invalid if it is None, or if the period is.
        """
        edges = _edges(query.period(), interval)
        definitions = self.reader.definitions
        await definitions.look()
        metrics = [await definitions.find(name) for name in names or definitions.newest]
        tree = self.directory.tree
        ids = sorted(tree.subtree(root), key=lambda i: tree.departments[i].key)
        async for piece in write(COLUMNS, self._rows(ids, metrics, query, edges)):
            yield piece

    async def _rows(
        self,
        ids: Sequence[str],
        metrics: Sequence[Definition],
        query: ScoreQuery,
        edges: Sequence[int],
    ) -> AsyncIterator[list[Sequence[Value]]]:
        tree, period = self.directory.tree, Period(edges[0], edges[-1])
        size = max(1, CELLS_AT_ONCE // (len(edges) - 1))
        for start in range(0, len(ids), size):
            part = ids[start : start + size]
            scope = join_scopes([query.scope(tree, i, period) for i in part])
            by_metric = await self.reader.scores(metrics, scope, edges)
            yield [
                _row(tree.departments[i].key, tree.departments[i].name, days, metric, scores[g][p])
                for g, i in enumerate(part)
                for p, days in enumerate(pairwise(edges))
                for metric, scores in zip(metrics, by_metric, strict=True)
            ]


def _edges(period: Period, interval: str | None) -> list[int]:
    if interval == WHOLE_PERIOD:
        return [period.from_day, period.to_day]
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
        score.wave or None,
        score.counted_in or None,
    )
