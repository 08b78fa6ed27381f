"""Scorecards, trends and breakdowns of departments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import Invalid
from services.kit.rights.tree import Tree
from services.metrics.definitions.domain.definitions import Definition
from services.metrics.domain import scope as scopes
from services.metrics.domain.periods import WAVE, Period, calendar_edges, check_apart, check_period
from services.metrics.domain.scope import Cut, Scope, Span
from services.metrics.formulas.comparison import Change, changes, difference
from services.metrics.formulas.scores import NOT_APPLICABLE, Score
from services.metrics.scores.breakdown import CHILD
from services.metrics.scores.reader import ScoreReader

MetricName = tuple[str, int]
"""Key and version of a metric."""


@dataclass(frozen=True, slots=True)
class ScoreQuery:
    """Which answers of a department count. Days are [from_day, to_day); touchpoints are named by their keys."""

    from_day: int
    to_day: int
    subtree: bool
    as_it_was: bool
    filter: Cut

    def period(self) -> Period:
        """The period; Invalid if it is empty or too long."""
        return check_period(self.from_day, self.to_day)

    def scope(self, tree: Tree, department_id: str, period: Period) -> Scope:
        """The department over a period, with all under it or alone."""
        return scopes.whole(
            tree, department_id, period, as_it_was=self.as_it_was, subtree=self.subtree
        )

    def cut(self, tree: Tree) -> Cut:
        """The filter with its touchpoint by id; "" for one that does not exist."""
        key = self.filter.dimensions.get("touchpoint")
        if key is None:
            return self.filter
        touchpoint = tree.touchpoint(key)
        named = {"touchpoint": touchpoint.id if touchpoint else ""}
        return Cut(self.filter.survey, {**self.filter.dimensions, **named})


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The scores of one department, each with its change where the query compares."""

    department_id: str
    moves_in_period: int
    scores: Sequence[tuple[Definition, Score, Change | None]]


class Scoring:
    """Scores of departments that the viewer may read."""

    def __init__(self, directory: DirectoryCopy, reader: ScoreReader) -> None:
        self.directory = directory
        self.reader = reader

    async def scorecards(
        self,
        departments: Sequence[str],
        query: ScoreQuery,
        names: Sequence[str],
        compare_to: tuple[int, int] | None,
    ) -> list[Scorecard]:
        """A scorecard for each department, all read at once; `names` of metrics, none for all.

        Invalid if a period is, or if the one to compare with overlaps the query's own.
        """
        # Long because of its arguments: nothing of it stands alone.
        period = query.period()
        other = _other_period(compare_to, period)
        definitions = self.reader.definitions
        await definitions.look()
        newest = list(definitions.newest.values())
        metrics = await definitions.find_all(names) if names else newest
        # A change is judged beside those of all metrics, whichever were asked for.
        needed = metrics if other is None else newest + [m for m in metrics if m not in newest]
        cards = await self._cards(departments, query, period, needed)
        changed: list[dict[MetricName, Change]] = [{} for _ in departments]
        if other is not None:
            others = await self._cards(departments, query, other, newest)
            changed = list(map(_changes, cards, others))
        return [
            Scorecard(
                department,
                self._moves(department, query, period),
                [(m, card[m.key, m.version], change.get((m.key, m.version))) for m in metrics],
            )
            for department, card, change in zip(departments, cards, changed, strict=True)
        ]

    def _moves(self, department: str, query: ScoreQuery, period: Period) -> int:
        """How many departments moved within the scope; a department alone reads no tree, so none."""
        tree = self.directory.tree
        return scopes.moves_in_period(tree, department, period) if query.subtree else 0

    async def _cards(
        self,
        departments: Sequence[str],
        query: ScoreQuery,
        period: Period,
        metrics: Sequence[Definition],
    ) -> list[dict[MetricName, Score]]:
        """Scores of each department over one period, by metric."""
        tree = self.directory.tree
        scope = join_scopes([query.scope(tree, d, period) for d in departments])
        edges = [period.from_day, period.to_day]
        by_metric = await self.reader.scores(metrics, scope, edges, query.cut(tree))
        return [
            {
                (m.key, m.version): scores[group][0]
                for m, scores in zip(metrics, by_metric, strict=True)
            }
            for group in range(len(departments))
        ]

    async def trend(
        self, department_id: str, query: ScoreQuery, name: str, interval: str | None
    ) -> tuple[Definition, list[tuple[int, int, Score]]]:
        """The metric, and (from day, to day, score) of every calendar interval, empty ones too.

        `interval` as in `calendar_edges`, or WAVE. Invalid if it is None, if the period is, or if the metric is of no
        wave; NotFound for an unknown metric.
        """
        tree, period = self.directory.tree, query.period()
        if interval is None:
            raise Invalid("the interval is not known", reason="UNKNOWN_INTERVAL")
        metric = await self._metric(name)
        scope = query.scope(tree, department_id, period)
        if interval == WAVE:
            return metric, await self.reader.by_wave(metric, scope, period, query.cut(tree))
        edges = calendar_edges(period, interval)
        ((scores,),) = await self.reader.scores([metric], scope, edges, query.cut(tree))
        return metric, [
            (start, end, score) for (start, end), score in zip(pairwise(edges), scores, strict=True)
        ]

    async def breakdown(
        self, department_id: str, query: ScoreQuery, name: str, dimension: str
    ) -> tuple[Definition, Iterable[tuple[str, Score]]]:
        """The metric, and (value, score) of each group as `ScoreReader.by_dimension`; child departments by id.

        Invalid if the dimension is "", or if the period is; NotFound for an unknown metric.
        """
        tree, period = self.directory.tree, query.period()
        metric = await self._metric(name)
        if not dimension:
            raise Invalid("the dimension is not known", reason="UNKNOWN_DIMENSION")
        if dimension == CHILD:
            return metric, await self._by_child(metric, department_id, query, period)
        scope, edges = query.scope(tree, department_id, period), [period.from_day, period.to_day]
        groups = await self.reader.by_dimension(dimension, metric, scope, edges, query.cut(tree))
        return metric, groups

    async def _by_child(
        self, metric: Definition, department_id: str, query: ScoreQuery, period: Period
    ) -> list[tuple[str, Score]]:
        tree = self.directory.tree
        cut = query.cut(tree)
        if not metric.reads_answers and not cut.is_whole:
            return [("", NOT_APPLICABLE)]
        scope = scopes.by_child(
            tree, department_id, period, as_it_was=query.as_it_was, subtree=query.subtree
        )
        edges = [period.from_day, period.to_day]
        (scores,) = await self.reader.scores([metric], scope, edges, cut)
        return [
            (group, score[0])
            for group, score in zip(scope.groups, scores, strict=True)
            # Of those directly in a department nothing is released.
            if group or not (metric.reads_releases and query.subtree)
        ]

    async def _metric(self, name: str) -> Definition:
        await self.reader.definitions.look()
        return await self.reader.definitions.find(name)


def join_scopes(wholes: Sequence[Scope]) -> Scope:
    """The scopes of several departments, a group for each."""
    spans = [
        Span(span.department_id, span.from_day, span.to_day, group)
        for group, scope in enumerate(wholes)
        for span in scope.spans
    ]
    return Scope(
        tuple(spans), ("",) * len(wholes), tuple(each for scope in wholes for each in scope.wholes)
    )


def _other_period(compare_to: tuple[int, int] | None, period: Period) -> Period | None:
    """The period to compare with; Invalid unless it stands apart from the period itself."""
    if compare_to is None:
        return None
    other = check_period(*compare_to, field="compare_to")
    check_apart(period, other)
    return other


def _changes(
    this: Mapping[MetricName, Score], other: Mapping[MetricName, Score]
) -> dict[MetricName, Change]:
    """The changes of one scorecard's metrics, where both sides have a value; of metrics in `other` only."""
    return changes(
        {
            name: difference(sample, score.sample)
            for name, score in other.items()
            if score.sample is not None and (sample := this[name].sample) is not None
        }
    )
