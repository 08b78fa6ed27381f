"""A score of a department weighted by the headcounts of its parts, beside the pooled one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from services.kit import clock
from services.kit.rights.tree import Tree
from services.metrics.definitions.domain.definitions import Definition
from services.metrics.domain import scope as scopes
from services.metrics.domain.periods import Period
from services.metrics.domain.scope import Span
from services.metrics.employment import storage
from services.metrics.formulas.samples import Rate
from services.metrics.formulas.scores import Score, Status
from services.metrics.formulas.weighted import Weighted, WeightedPart, weighted
from services.metrics.scores.reader import ScoreReader
from services.metrics.scores.scoring import ScoreQuery

PARTICIPATION = "participationRate"
SILENT = (Status.NO_DATA, Status.WITHHELD)
"""Of a part without employees they say nothing."""


class WeightingGap(Enum):
    """Why there is no weighted value."""

    NOT_APPLICABLE = "NOT_APPLICABLE"
    NO_PARTS = "NO_PARTS"
    NO_HEADCOUNTS = "NO_HEADCOUNTS"
    PART_WITHOUT_SCORE = "PART_WITHOUT_SCORE"
    WITHHELD = "WITHHELD"
    SEVERAL_WAVES = "SEVERAL_WAVES"


@dataclass(frozen=True, slots=True)
class WeightedScore:
    """`headcount`: people of the parts that are weighted; `left_out`: those of parts without an answer."""

    found: Weighted | None = None
    gap: WeightingGap | None = None
    headcount: int = 0
    left_out: int = 0


class Weighting:
    """Weighs what the viewer may read: child departments, each with all under it, and what is directly here."""

    def __init__(self, reader: ScoreReader) -> None:
        self.reader = reader

    async def score(
        self, department: str, query: ScoreQuery, name: str, tree: Tree
    ) -> WeightedScore:
        """Of rates, purchases, and a department without its subtree there is none; NotFound for an unknown metric."""
        await self.reader.definitions.look()
        metric = await self.reader.definitions.find(name)
        is_unfit = metric.reads_employment or metric.reads_purchases or metric.key == PARTICIPATION
        if is_unfit or not query.subtree:
            return _none(WeightingGap.NOT_APPLICABLE)
        if metric.reads_releases:
            return await self._of_staff(department, query, metric, tree)
        return await self._of_customers(department, query, metric, tree)

    async def _of_customers(
        self, department: str, query: ScoreQuery, metric: Definition, tree: Tree
    ) -> WeightedScore:
        """By the headcounts of the last day; as it was, a part that moved away by those of its own last day here. A
        part without an answer serves no customers that are known of."""
        period, cut = query.period(), query.cut(tree)
        scope = scopes.by_child(
            tree, department, period, as_it_was=query.as_it_was, subtree=query.subtree
        )
        edges = [period.from_day, period.to_day]
        (found,) = await self.reader.scores([metric], scope, edges, cut)
        scores = {group: score for group, (score,) in zip(scope.groups, found, strict=True)}
        last = min(period.to_day - 1, tree.today_number)
        first = min(period.from_day, last) if query.as_it_was else last
        days = Period(first, last + 1)
        headcounts = await self._headcounts(tree, department, days, as_it_was=query.as_it_was)
        unheard = [group for group in headcounts if _is_unheard(scores.get(group))]
        return _weigh(scores, headcounts, unheard, is_finite=False)

    async def _of_staff(
        self, department: str, query: ScoreQuery, metric: Definition, tree: Tree
    ) -> WeightedScore:
        """By the headcounts of the day the wave opened. Nothing but released cells is read: what comes of them tells
        nothing that they do not. Of those directly in the department nothing is released."""
        period = query.period()
        if not query.cut(tree).is_whole:
            return _none(WeightingGap.NOT_APPLICABLE)
        waves = await self.reader.released.by_wave(metric.key, department, period)
        if not waves:
            return _none(WeightingGap.PART_WITHOUT_SCORE)
        opened_day, _, own = waves[-1]
        day = Period(opened_day, opened_day + 1)
        headcounts = await self._headcounts(tree, department, day, as_it_was=True)
        children = [group for group in headcounts if group]
        edges = [period.from_day, period.to_day]
        released = await self.reader.released.scores([metric.key], children, edges)
        scores = {
            child: score for child, (score,) in zip(children, released[metric.key], strict=True)
        }
        shown = [scores[child] for child in children if headcounts[child]]
        if any(score.wave != own.wave for score in shown if score.wave):
            return _none(WeightingGap.SEVERAL_WAVES)
        return _weigh(scores, headcounts, [""], is_finite=True)

    async def _headcounts(
        self, tree: Tree, department: str, days: Period, *, as_it_was: bool
    ) -> dict[str, int]:
        """Who was employed on the last of these days on which a part was one, by child department, "" directly here;
        empty while a file of staff is counted."""
        groups, spans = _last_days(tree, department, days, as_it_was=as_it_was)
        async with self.reader.sessions() as session:
            counts = await storage.employment_counts(
                session,
                spans,
                [days.from_day, days.to_day],
                today=self.reader.today(),
                now=clock.now(),
                with_headcounts=False,
            )
        if counts.is_counting:
            return {}
        by_group = {group: found.persons for (group, _), found in counts.by_cell.items()}
        return {group: by_group.get(place, 0) for place, group in enumerate(groups)}


def _last_days(
    tree: Tree, department: str, days: Period, *, as_it_was: bool
) -> tuple[list[str], list[Span]]:
    """The parts of a department, and a span for each department of a part: the last day on which the part was one."""
    groups: list[str] = []
    spans: list[Span] = []
    moves = tree.move_days(days.from_day, days.to_day) if as_it_was else []
    for end in reversed([*moves, days.to_day]):
        day = Period(end - 1, end)
        scope = scopes.by_child(tree, department, day, as_it_was=as_it_was, subtree=True)
        new = [group for group in scope.groups if group not in groups]
        groups += new
        for span in scope.spans:
            if (name := scope.groups[span.group]) in new:
                spans.append(Span(span.department_id, *_edges(day), groups.index(name)))
    return groups, spans


def _edges(period: Period) -> tuple[int, int]:
    return period.from_day, period.to_day


def _weigh(
    scores: Mapping[str, Score],
    headcounts: Mapping[str, int],
    unheard: Sequence[str],
    *,
    is_finite: bool,
) -> WeightedScore:
    """What parts make of a score; `unheard` are left out, and so is what is withheld where nobody was employed."""
    left_out = sum(headcounts.get(group, 0) for group in unheard)
    asked = {
        group: score
        for group, score in scores.items()
        if group not in unheard and (headcounts.get(group) or score.status not in SILENT)
    }
    if not asked or not any(asked):
        return _none(WeightingGap.NO_PARTS if headcounts else WeightingGap.NO_HEADCOUNTS)
    if any(score.status is Status.WITHHELD for score in asked.values()):
        return _none(WeightingGap.WITHHELD)
    parts = []
    for group, score in asked.items():
        if score.sample is None or isinstance(score.sample, Rate):
            return _none(WeightingGap.PART_WITHOUT_SCORE)
        headcount = headcounts.get(group, 0)
        if not headcount or (is_finite and headcount < score.sample.base):
            return _none(WeightingGap.NO_HEADCOUNTS)
        parts.append(WeightedPart(score.sample, headcount, score.interval))
    headcount = sum(part.headcount for part in parts)
    return WeightedScore(weighted(parts, is_finite=is_finite), None, headcount, left_out)


def _is_unheard(score: Score | None) -> bool:
    return score is None or score.status is Status.NO_DATA


def _none(gap: WeightingGap) -> WeightedScore:
    return WeightedScore(gap=gap)
