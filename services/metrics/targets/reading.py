"""Targets as they are read: each beside the score it is judged by, and the chance of reaching it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.kit.clock import day_date, day_number
from services.kit.db.database import Sessions
from services.kit.directory.copy import DirectoryCopy
from services.metrics.definitions.domain.definitions import Definition
from services.metrics.domain import scope as scopes
from services.metrics.domain.periods import Period, month_edges
from services.metrics.formulas.projection import project, trend_points
from services.metrics.formulas.scores import Score
from services.metrics.scores.reader import ScoreReader
from services.metrics.scores.scoring import join_scopes
from services.metrics.targets import storage
from services.metrics.targets.domain import Target, TargetStatus, days_judged, status_of

TREND_MONTHS = 12
Cell = tuple[str, str]
"""A department by id and a metric by key."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a department is: the score of some days, how it stands to the target, and where its trend leads."""

    definition: Definition
    period: Period
    score: Score
    status: TargetStatus
    chance: float | None


@dataclass(frozen=True, slots=True)
class JudgedTarget:
    """A target and how far the department is."""

    target: Target
    progress: Progress


class TargetReading:
    """Reads targets of departments, each with all under it; the viewer may read their scores."""

    def __init__(self, sessions: Sessions, directory: DirectoryCopy, reader: ScoreReader) -> None:
        self.sessions = sessions
        self.directory = directory
        self.reader = reader

    async def targets(
        self, departments: Sequence[str], period: Period | None, *, as_it_was: bool
    ) -> list[JudgedTarget]:
        """By department, as asked, and metric; judged by the score of a period, None: the latest days."""
        async with self.sessions() as session:
            found = await storage.targets_of(session, departments)
        if not found:
            return []
        await self.reader.definitions.find_all({target.metric for target in found})
        newest = self.reader.definitions.newest
        today = self.directory.tree.today_number
        judged = {
            (target.department_id, target.metric): days_judged(
                target, newest[target.metric], today, period
            )
            for target in found
        }
        scores = await self._scores(judged, as_it_was)
        chances = await self._chances(found, today)
        order = {department: place for place, department in enumerate(departments)}
        return [
            JudgedTarget(
                target,
                Progress(
                    newest[target.metric],
                    judged[cell],
                    scores[cell],
                    status,
                    None if status is TargetStatus.NO_VALUE else chances.get(cell),
                ),
            )
            for target in sorted(found, key=lambda each: order[each.department_id])
            for cell in [(target.department_id, target.metric)]
            for status in [status_of(target, newest[target.metric], scores[cell], today)]
        ]

    async def _scores(self, judged: Mapping[Cell, Period], as_it_was: bool) -> dict[Cell, Score]:
        """The score of each cell over its period; one look at the log for all of the same period."""
        found: dict[Cell, Score] = {}
        for period in set(judged.values()):
            cells = [cell for cell, asked in judged.items() if asked == period]
            edges = [period.from_day, period.to_day]
            by_cell = await self._read(cells, edges, as_it_was)
            found |= {cell: scores[0] for cell, scores in by_cell.items()}
        return found

    async def _chances(self, targets: Sequence[Target], today: int) -> dict[Cell, float]:
        """Of targets whose due day is not gone, how likely the trend of the last months leads past them on that day."""
        open_targets = [target for target in targets if target.due_day >= today]
        if not open_targets:
            return {}
        edges = month_edges(Period(_first_day(today), today + 1))
        cells = [(target.department_id, target.metric) for target in open_targets]
        by_cell = await self._read(cells, edges, as_it_was=False)
        newest = self.reader.definitions.newest
        chances: dict[Cell, float] = {}
        for target, cell in zip(open_targets, cells, strict=True):
            months = zip(pairwise(edges), by_cell[cell], strict=True)
            points = trend_points((start, end, score) for (start, end), score in months)
            projection = project(points, target.due_day)
            if projection is not None:
                up = newest[target.metric].higher_is_better
                chances[cell] = projection.chance(target.value, higher_is_better=up)
        return chances

    async def _read(
        self, cells: Iterable[Cell], edges: Sequence[int], as_it_was: bool
    ) -> dict[Cell, list[Score]]:
        """The scores of each cell by period."""
        cells = list(cells)
        departments = list(dict.fromkeys(department for department, _ in cells))
        newest = self.reader.definitions.newest
        metrics = [newest[key] for key in dict.fromkeys(key for _, key in cells)]
        tree, period = self.directory.tree, Period(edges[0], edges[-1])
        scope = join_scopes(
            [
                scopes.whole(tree, department, period, as_it_was=as_it_was, subtree=True)
                for department in departments
            ]
        )
        by_metric = await self.reader.scores(metrics, scope, edges)
        read = {metric.key: scores for metric, scores in zip(metrics, by_metric, strict=True)}
        return {
            (department, key): read[key][departments.index(department)] for department, key in cells
        }


def _first_day(today: int) -> int:
    """The first day of the month that began eleven months before this one."""
    this = day_date(today)
    months = this.year * 12 + this.month - TREND_MONTHS
    return day_number(this.replace(year=months // 12, month=months % 12 + 1, day=1))
