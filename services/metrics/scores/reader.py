"""From the answer log and employment to scores: which answers a definition reads, and in which cut."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from services.kit import clock
from services.kit.db.database import Sessions
from services.kit.errors import Invalid
from services.metrics.answer_log.layout import Item
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.cube.cube import Cube, Tally
from services.metrics.cube.series import Counts
from services.metrics.cube.standing import current, standing_days
from services.metrics.customers.reading import PurchaseScores
from services.metrics.definitions.domain.definitions import Definition, Statistic, score_answers
from services.metrics.definitions.items import items_read
from services.metrics.definitions.registry import Definitions
from services.metrics.domain.periods import Period, months_in
from services.metrics.domain.scope import WHOLE, Cut, Scope
from services.metrics.employment import storage
from services.metrics.formulas.scores import NOT_APPLICABLE, Score, Status
from services.metrics.formulas.statistics import Codes
from services.metrics.formulas.turnover import (
    EmploymentCounts,
    Months,
    turnover_rate,
    turnover_rate_headcount,
)
from services.metrics.released.reading import ReleasedScores
from services.metrics.scores.indices import IndexReader

Scores = list[list[Score]]
"""Scores by group and period."""
SURVEY = "survey"
"""The dimension that is no part of dimension sets: a question belongs to one survey."""


class ScoreReader:
    """Reads scores by the definitions there are; `today` gives the organisation's local day."""

    def __init__(
        self,
        sessions: Sessions,
        cube: Cube,
        surveys: SurveyCopy,
        definitions: Definitions,
        today: Callable[[], int],
        purchases: PurchaseScores,
    ) -> None:
        self.sessions = sessions
        self.cube = cube
        self.surveys = surveys
        self.definitions = definitions
        self.released = ReleasedScores(sessions)
        self.indices = IndexReader(cube, surveys)
        self.today = today
        self.purchases = purchases

    def metrics_of(self, survey_id: str) -> frozenset[str]:
        """Keys of the metrics that read answers to a survey."""
        layout = self.surveys.layouts.get(survey_id)
        if layout is None:
            return frozenset()
        cut = Cut(survey=layout.key)
        return frozenset(
            key for key, found in self.definitions.newest.items() if any(self._read_by(found, cut))
        )

    async def is_counting_staff(self) -> bool:
        """Whether a file of staff is counted only in part."""
        async with self.sessions() as session:
            return await storage.is_counting(session, clock.now())

    def metrics_of_staff(self) -> frozenset[str]:
        """Keys of the metrics that read employment."""
        return frozenset(
            key for key, found in self.definitions.newest.items() if found.reads_employment
        )

    def metrics_of_releases(self) -> frozenset[str]:
        """Keys of the metrics of employee surveys."""
        return frozenset(
            key for key, found in self.definitions.newest.items() if found.reads_releases
        )

    def metrics_of_purchases(self) -> frozenset[str]:
        """Keys of the metrics of customers and their purchases."""
        return frozenset(
            key for key, found in self.definitions.newest.items() if found.reads_purchases
        )

    async def scores(
        self,
        metrics: Sequence[Definition],
        scope: Scope,
        edges: Sequence[int],
        cut: Cut = WHOLE,
    ) -> list[Scores]:
        """Each metric's scores by group and period, from one look at the log."""
        shape = max(len(scope.groups), 1), len(edges) - 1
        plain = [metric for metric in metrics if not metric.is_index]
        tally = await self._tally(plain, scope, edges, cut)
        if len(plain) < len(metrics):
            await self.cube.fresh({span.department_id for span in scope.spans})
        staff = None
        if cut.is_whole and any(metric.reads_employment for metric in metrics):
            staff = await self._employment(metrics, scope, edges)
        looked_up = {
            **await self._released(metrics, scope, edges, cut),
            **await self.purchases.scores(
                [metric for metric in metrics if metric.reads_purchases], scope, edges, cut
            ),
        }
        return [
            self.indices.scores(metric, scope, edges, cut)
            if metric.is_index
            else self._answered(metric, tally, shape, cut)
            if metric.reads_answers
            else _turnover(metric, staff, shape)
            if metric.reads_employment
            else looked_up.get(metric.key) or _not_applicable(shape)
            for metric in metrics
        ]

    async def _released(
        self, metrics: Iterable[Definition], scope: Scope, edges: Sequence[int], cut: Cut
    ) -> Mapping[str, Scores]:
        """By key the scores that are looked up; none where they have no such cut."""
        keys = [metric.key for metric in metrics if metric.reads_releases]
        if not keys or not cut.is_whole:
            return {}
        return await self.released.scores(keys, scope.wholes, edges)

    async def by_wave(
        self, metric: Definition, scope: Scope, period: Period, cut: Cut
    ) -> list[tuple[int, int, Score]]:
        """(day opened, day after it closed, score) of each wave that closed in a period; Invalid for other metrics."""
        if not metric.reads_releases:
            raise Invalid(
                f"{metric.key} is not of an employee survey: take DAY, WEEK, MONTH or QUARTER",
                reason="INTERVAL_NOT_APPLICABLE",
                field=["interval"],
            )
        whole = scope.wholes[0] if cut.is_whole else ""
        return await self.released.by_wave(metric.key, whole, period)

    async def by_dimension(
        self,
        dimension: str,
        metric: Definition,
        scope: Scope,
        edges: Sequence[int],
        cut: Cut = WHOLE,
    ) -> list[tuple[str, Score]]:
        """(value or "" for none, score) of one period; touchpoints and surveys by id, the rest by their keys."""
        if metric.reads_purchases:
            return await self.purchases.by_dimension(dimension, metric, scope, edges, cut)
        if not metric.reads_answers:
            return [("", NOT_APPLICABLE)]
        if dimension == SURVEY and not metric.is_index:
            return await self._by_survey(metric, scope, edges, cut)
        await self.cube.fresh({span.department_id for span in scope.spans})
        if metric.is_index:
            if dimension == SURVEY:
                return self.indices.by_survey(metric, scope, edges, cut)
            return self.indices.by_dimension(dimension, metric, scope, edges, cut)
        values, tally = self.cube.tally_by(
            dimension,
            scope.spans,
            edges,
            self._items([metric], cut),
            self.cube.keep(cut.dimensions),
        )
        found = self._answered(metric, tally, (len(values), 1), cut)
        return [(value, score) for value, (score,) in zip(values, found, strict=True)]

    async def values_in_use(self, department_ids: Collection[str]) -> dict[str, list[str]]:
        """By dimension the values that responses of these departments have."""
        await self.cube.fresh(department_ids)
        return self.cube.values_in_use(department_ids)

    async def _by_survey(
        self, metric: Definition, scope: Scope, edges: Sequence[int], cut: Cut
    ) -> list[tuple[str, Score]]:
        tally = await self._tally([metric], scope, edges, cut)
        found: list[tuple[str, Score]] = []
        for survey in sorted({survey for survey, _ in tally}):
            layout = self.surveys.by_number[survey]
            own = Cut(layout.key, cut.dimensions)
            found.append((layout.id, self._answered(metric, tally, (1, 1), own)[0][0]))
        return found

    async def _tally(
        self, metrics: Sequence[Definition], scope: Scope, edges: Sequence[int], cut: Cut
    ) -> Tally:
        if not any(metric.reads_answers for metric in metrics):
            return {}
        groups, today = max(len(scope.groups), 1), self.today()
        standing = standing_days(today)
        whole_spans = all([s.from_day, s.to_day] == standing for s in scope.spans)
        if list(edges) == standing and whole_spans and not cut.dimensions:
            standing_tally = await current(
                self.cube.pool,
                self.cube.dictionary,
                self.surveys,
                scope.spans,
                groups,
                self._items(metrics, cut),
                today,
            )
            if standing_tally is not None:
                return standing_tally
        await self.cube.fresh({span.department_id for span in scope.spans})
        items = self._items(metrics, cut)
        return self.cube.tally(scope.spans, edges, groups, items, self.cube.keep(cut.dimensions))

    async def _employment(
        self, metrics: Iterable[Definition], scope: Scope, edges: Sequence[int]
    ) -> "Staff":
        today = self.today()
        async with self.sessions() as session:
            counts = await storage.employment_counts(
                session,
                scope.spans,
                edges,
                today=today,
                now=clock.now(),
                with_headcounts=any(
                    metric.statistic is Statistic.LEAVERS_PER_HEADCOUNT for metric in metrics
                ),
            )
        days = pairwise(min(edge, today + 1) for edge in edges)
        return Staff(counts, [Months(*months_in(*each)) for each in days])

    def _items(self, metrics: Iterable[Definition], cut: Cut) -> dict[int, list[Item]]:
        """The items that some metric reads, by survey, each once."""
        found: dict[int, dict[int, Item]] = {}
        for metric in metrics:
            for survey, item in self._read_by(metric, cut):
                found.setdefault(survey, {})[item.position] = item
        return {survey: list(items.values()) for survey, items in found.items()}

    def _read_by(self, metric: Definition, cut: Cut) -> Iterable[tuple[int, Item]]:
        """The items of a metric by survey number, in the surveys of a cut."""
        for layout in self.surveys.by_number.values():
            if cut.survey is None or layout.key == cut.survey:
                for item in items_read(metric, layout):
                    yield layout.survey, item

    async def answers(
        self, metrics: Sequence[Definition], scope: Scope, edges: Sequence[int]
    ) -> list["Answered"]:
        """Answers by group, period and code of metrics that read answers, from one look at the log; nothing of it is
        remembered, as it is for scores.
        """
        shape = max(len(scope.groups), 1), len(edges) - 1
        await self.cube.fresh({span.department_id for span in scope.spans})
        tally = self.cube.count(scope.spans, edges, shape[0], self._items(metrics, WHOLE))
        return [self._total(metric, tally, shape, WHOLE) for metric in metrics]

    def _answered(
        self, metric: Definition, tally: Tally, shape: tuple[int, int], cut: Cut
    ) -> Scores:
        """The scores of the answers in each cell."""
        codes, total = self._total(metric, tally, shape, cut)
        return [
            [score_answers(metric, dict(zip(codes, cell, strict=True)), codes) for cell in row]
            for row in total.tolist()
        ]

    def _total(
        self, metric: Definition, tally: Tally, shape: tuple[int, int], cut: Cut
    ) -> "Answered":
        """The answers in each cell, pooled over the items of the metric."""
        read = [
            (item.codes, tally[survey, item.position])
            for survey, item in self._read_by(metric, cut)
            if (survey, item.position) in tally
        ]
        codes = tuple(dict.fromkeys(code for names, _ in read for code in names))
        total = np.zeros((*shape, len(codes)), np.int64)
        for names, counts in read:
            total[..., [codes.index(name) for name in names]] += counts
        return Answered(codes, total)


class Answered(NamedTuple):
    """How many gave each answer: [group, period, code]."""

    codes: Codes
    counts: Counts


@dataclass(frozen=True, slots=True)
class Staff:
    """Employment, and the months of each period as far as it has happened."""

    counts: storage.StaffCounts
    months: Sequence[Months]


def _not_applicable(shape: tuple[int, int]) -> Scores:
    groups, periods = shape
    return [[NOT_APPLICABLE] * periods for _ in range(groups)]


def _turnover(metric: Definition, staff: Staff | None, shape: tuple[int, int]) -> Scores:
    """Employment is no answer: it has no cut but the tree."""
    groups, periods = shape
    if staff is None:
        return _not_applicable(shape)
    return [
        [_turnover_of(metric, staff, group, period) for period in range(periods)]
        for group in range(groups)
    ]


def _turnover_of(metric: Definition, staff: Staff, group: int, period: int) -> Score:
    counts = staff.counts.by_cell.get((group, period), EmploymentCounts())
    if staff.counts.is_counting:
        return Score(Status.COUNTING, counts.persons)
    if metric.statistic is Statistic.LEAVERS_PER_HEADCOUNT:
        months = staff.months[period]
        return turnover_rate_headcount(counts, months, minimum_base=metric.minimum_base)
    return turnover_rate(counts, minimum_base=metric.minimum_base)
