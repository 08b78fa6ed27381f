"""In which part of a department a fall sits."""

from collections.abc import Mapping

from services.kit.directory.copy import DirectoryCopy
from services.metrics.alerts.domain import BACK_WEEKS, week_of
from services.metrics.definitions.domain.definitions import Definition
from services.metrics.domain import scope as scopes
from services.metrics.domain.periods import WEEK_DAYS, Period
from services.metrics.formulas.samples import Sample
from services.metrics.formulas.shifts.seat import seat_of
from services.metrics.formulas.shifts.weeks import USUAL_WEEKS
from services.metrics.scores.reader import ScoreReader


class Seats:
    """Reads by the tree of today, a department with all under it."""

    def __init__(self, directory: DirectoryCopy, reader: ScoreReader) -> None:
        self.directory = directory
        self.reader = reader

    async def find(
        self, department: str, metric: Definition, dimension: str, since_day: int
    ) -> str:
        """The value of a dimension in which the fall since a day sits; "" where it is not of one alone."""
        today = self.reader.today()
        first = week_of(today) - BACK_WEEKS * WEEK_DAYS
        usual_days = Period(first, first + USUAL_WEEKS * WEEK_DAYS)
        usual = await self._parts(department, metric, dimension, usual_days)
        latest = await self._parts(department, metric, dimension, Period(since_day, today + 1))
        if usual is None or latest is None:
            return ""
        return seat_of(latest, usual, higher_is_better=metric.higher_is_better) or ""

    async def _parts(
        self, department: str, metric: Definition, dimension: str, period: Period
    ) -> tuple[Sample, Mapping[str, Sample]] | None:
        """The sample of the whole, and of each part that has a name and enough answers to be shown."""
        tree, edges = self.directory.tree, [period.from_day, period.to_day]
        scope = scopes.whole(tree, department, period, as_it_was=False, subtree=True)
        groups = await self.reader.by_dimension(dimension, metric, scope, edges)
        (((whole,),),) = await self.reader.scores([metric], scope, edges)
        if whole.sample is None:
            return None
        return whole.sample, {
            value: score.sample for value, score in groups if value and score.sample is not None
        }
