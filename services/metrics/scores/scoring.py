"""Scorecards, trends and breakdowns of departments."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import Invalid
from services.kit.rights.tree import Tree
from services.metrics.definitions.domain.definitions import Definition
from services.metrics.domain import scope as scopes
from services.metrics.domain.periods import WAVE, Period, calendar_edges, check_apart, check_period
from services.metrics.domain.scope import Cut, Scope, Span
from services.metrics.formulas.differences.change_parts import ChangeParts, split_change
from services.metrics.formulas.differences.comparison import Change, changes, difference, is_alike
from services.metrics.formulas.differences.ranking import places
from services.metrics.formulas.differences.rest import Pair, Rest, beside_rest
from services.metrics.formulas.scores import NOT_APPLICABLE, Score, Status
from services.metrics.scores.breakdown import CHILD, Breakdown, GroupScore
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
        return self.filter.by_id(tree)


@dataclass(frozen=True, slots=True)
class CardScore:
    """One score of a scorecard; `change` where the query compares, `rest` where the rest of the parent is read."""

    metric: Definition
    score: Score
    change: Change | None = None
    rest: Rest | None = None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The scores of one department."""

    department_id: str
    moves_in_period: int
    scores: Sequence[CardScore]
    has_parent: bool
    """Whether the rest of a parent was looked for."""


@dataclass(frozen=True, slots=True)
class Comparisons:
    """What scorecards are compared with: another period [from, to), and by department the parent whose rest is read."""

    period: tuple[int, int] | None = None
    parents: Mapping[str, str] = field(default_factory=dict)


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
        compared: Comparisons,
    ) -> list[Scorecard]:
        """A scorecard for each department, all read at once; `names` of metrics, none for all.

        Invalid if a period is, or if the one to compare with overlaps the query's own.
        """
        period = query.period()
        other = _other_period(compared.period, period)
        definitions = self.reader.definitions
        await definitions.look()
        newest = list(definitions.newest.values())
        metrics = await definitions.find_all(names) if names else newest
        # A difference is judged beside those of all metrics, whichever were asked for.
        is_compared = other is not None or bool(compared.parents)
        needed = newest + [m for m in metrics if m not in newest] if is_compared else metrics
        cards = await self._cards(departments, query, period, needed)
        changed: list[dict[MetricName, Change]] = [{} for _ in departments]
        if other is not None:
            others = await self._cards(departments, query, other, newest)
            changed = list(map(_changes, cards, others))
        rests = await self._rests(dict(zip(departments, cards, strict=True)), query, compared)
        return [
            Scorecard(
                department,
                self._moves(department, query, period),
                _card_scores(metrics, card, change, rests.get(department, {})),
                department in rests,
            )
            for department, card, change in zip(departments, cards, changed, strict=True)
        ]

    async def _rests(
        self,
        cards: Mapping[str, Mapping[MetricName, Score]],
        query: ScoreQuery,
        compared: Comparisons,
    ) -> dict[str, dict[MetricName, Rest]]:
        """By department how its scores differ from the rest of its parent; each scorecard is one family of tests."""
        parents = sorted(set(compared.parents.values()))
        if not parents:
            return {}
        newest = list(self.reader.definitions.newest.values())
        wholes = await self._cards(parents, query, query.period(), newest)
        by_parent = dict(zip(parents, wholes, strict=True))
        return {
            department: beside_rest(
                {
                    (m.key, m.version): Pair(
                        card[m.key, m.version], by_parent[parent][m.key, m.version], m.minimum_base
                    )
                    for m in newest
                }
            )
            for department, card in cards.items()
            if (parent := compared.parents.get(department)) is not None
        }

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
        self,
        department_id: str,
        query: ScoreQuery,
        name: str,
        dimension: str,
        compare_to: tuple[int, int] | None = None,
    ) -> Breakdown:
        """The groups of a score, each with the rest: all of the department but the group.

        Invalid if the dimension is "", or if a period is; NotFound for an unknown metric.
        """
        period = query.period()
        other = _other_period(compare_to, period)
        metric = await self._metric(name)
        if not dimension:
            raise Invalid("the dimension is not known", reason="UNKNOWN_DIMENSION")
        whole, groups = await self._groups(metric, department_id, query, period, dimension)
        parts = None
        if other is not None:
            before = await self._groups(metric, department_id, query, other, dimension)
            parts = _change_parts((whole, groups), before)
        return Breakdown(metric, _group_scores(metric, whole, groups), parts)

    async def _groups(
        self,
        metric: Definition,
        department_id: str,
        query: ScoreQuery,
        period: Period,
        dimension: str,
    ) -> tuple[Score, list[tuple[str, Score]]]:
        """The score of the whole, and (value, score) of each group."""
        tree = self.directory.tree
        scope, edges = query.scope(tree, department_id, period), [period.from_day, period.to_day]
        cut = query.cut(tree)
        if dimension == CHILD:
            groups = await self._by_child(metric, department_id, query, period)
        else:
            groups = await self.reader.by_dimension(dimension, metric, scope, edges, cut)
        (((whole,),),) = await self.reader.scores([metric], scope, edges, cut)
        return whole, groups

    async def _by_child(
        self, metric: Definition, department_id: str, query: ScoreQuery, period: Period
    ) -> list[tuple[str, Score]]:
        tree = self.directory.tree
        cut = query.cut(tree)
        has_cuts = metric.reads_answers or metric.reads_purchases
        if not has_cuts and not cut.is_whole:
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
    names = tuple(each for scope in wholes for each in scope.wholes)
    return Scope(tuple(spans), ("",) * len(wholes), names, _join_over(wholes))


def _join_over(wholes: Sequence[Scope]) -> Callable[[Period], Scope] | None:
    overs = [scope.over for scope in wholes if scope.over is not None]
    if len(overs) < len(wholes):
        return None
    return lambda period: join_scopes([over(period) for over in overs])


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
    """The changes of one scorecard's metrics, where both sides have a value of the same; of metrics in `other` only."""
    return changes(
        {
            name: difference(sample, score.sample)
            for name, score in other.items()
            if score.sample is not None
            and (sample := this[name].sample) is not None
            and is_alike(sample, score.sample)
        }
    )


def _card_scores(
    metrics: Sequence[Definition],
    card: Mapping[MetricName, Score],
    changed: Mapping[MetricName, Change],
    rests: Mapping[MetricName, Rest],
) -> list[CardScore]:
    """The scores of the metrics that were asked for, each with what it was compared with."""
    return [
        CardScore(metric, card[name], changed.get(name), rests.get(name))
        for metric in metrics
        for name in [(metric.key, metric.version)]
    ]


def _group_scores(
    metric: Definition, whole: Score, groups: Sequence[tuple[str, Score]]
) -> list[GroupScore]:
    """Each group beside the others: with the rest, and its places among those that have a key."""
    rests = beside_rest({value: Pair(score, whole, metric.minimum_base) for value, score in groups})
    ranked = places(
        {value: score for value, score in groups if value},
        higher_is_better=metric.higher_is_better,
    )
    return [
        GroupScore(value, score, rests.get(value), ranked.get(value)) for value, score in groups
    ]


def _change_parts(
    this: tuple[Score, list[tuple[str, Score]]], before: tuple[Score, list[tuple[str, Score]]]
) -> ChangeParts[str] | None:
    """Of what the change of the whole is made; None unless both sides have a value."""
    sides = [
        (whole.sample, {value: score.sample for value, score in groups if score.sample})
        for whole, groups in (this, before)
    ]
    (now, parts), (was, parts_before) = sides
    has_groups = all(
        score.status is not Status.NOT_APPLICABLE
        for _, groups in (this, before)
        for _, score in groups
    )
    if now is None or was is None or not has_groups:
        return None
    return split_change((now, parts), (was, parts_before))
