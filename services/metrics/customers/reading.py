"""Scores of customers and their purchases: the same cuts and trees as answers have, but what answers alone have."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, reduce
from itertools import pairwise

from pyroaring import BitMap

from services.metrics.customers.cube import PurchaseCube, Sets
from services.metrics.customers.packing import FIRST_DAY
from services.metrics.definitions.domain.definitions import Definition, Statistic
from services.metrics.domain.periods import Period, period_before
from services.metrics.domain.scope import Cut, Scope, Span
from services.metrics.formulas.customers.retention import BuyerCounts, churn_rate, retention_rate
from services.metrics.formulas.customers.sales import (
    SaleCounts,
    average_basket,
    buyers,
    orders,
    returns_share,
    sales,
)
from services.metrics.formulas.customers.silence import (
    SILENT_DAYS,
    SilenceCounts,
    new_customers,
    silent_share,
)
from services.metrics.formulas.scores import NOT_APPLICABLE, Score, Status

DIMENSIONS = ("touchpoint", "stage", "channel")
"""What a purchase is cut by; it has no survey, no segment and no language."""
OF_TWO_PERIODS = (Statistic.BOUGHT_AGAIN, Statistic.NOT_BOUGHT_AGAIN)
OF_ALL_DAYS = (Statistic.SILENT, Statistic.FIRST_BOUGHT)
ALL_READ = (Statistic.NOT_BOUGHT_AGAIN, *OF_ALL_DAYS)
NO_PURCHASES = Score(Status.NO_DATA, 0)
MOST_MARKS = 2
"""Of a period: its first day, and the day after its last."""
Spans = list[list[Span]]
"""By group."""


class PurchaseScores:
    """Reads the purchase log."""

    def __init__(self, cube: PurchaseCube, today: Callable[[], int]) -> None:
        self.cube = cube
        self.today = today

    async def scores(
        self, metrics: Sequence[Definition], scope: Scope, edges: Sequence[int], cut: Cut
    ) -> Mapping[str, list[list[Score]]]:
        """By key the scores by group and period, of one look at the log; none where there is no such cut."""
        if not metrics or not _is_cut(cut):
            return {}
        groups = range(max(len(scope.groups), 1))
        periods = [Period(*days) for days in pairwise(edges)]
        found = {metric.key: [[NO_PURCHASES] * len(periods) for _ in groups] for metric in metrics}
        if await self.cube.is_empty():
            return found
        await self._fresh(metrics, scope, edges)
        async with self.cube.lock:  # nothing is taken in between two looks
            past, today = _Past(self.cube, scope, self._sets(cut)), self.today()
            for place, period in enumerate(periods):
                look = past.look(period, today)
                for group in groups:
                    for metric in metrics:
                        found[metric.key][group][place] = look.score(metric, group)
                    await asyncio.sleep(0)
        return found

    async def by_dimension(
        self, dimension: str, metric: Definition, scope: Scope, edges: Sequence[int], cut: Cut
    ) -> list[tuple[str, Score]]:
        """(value or "" for none, score) of one period; of who came back, the groups of both periods."""
        if dimension not in DIMENSIONS or not _is_cut(cut):
            return [("", NOT_APPLICABLE)]
        await self._fresh([metric], scope, edges)
        period, kept = Period(edges[0], edges[-1]), self._sets(cut)
        found = dict.fromkeys(self.cube.values(dimension, scope.spans, period))
        if metric.statistic in OF_TWO_PERIODS:
            before = period_before(period)
            found |= dict.fromkeys(self.cube.values(dimension, scope.spans_over(before), before))
        if metric.statistic is Statistic.SILENT:
            ever = Period(FIRST_DAY, period.to_day)
            found |= dict.fromkeys(self.cube.values(dimension, scope.spans_over(ever), ever))
        sets = {value: _both(self.cube.keep(dimension, value), kept) for value in found}
        today = self.today()
        return [
            (value, _Look(_Past(self.cube, scope, own), period, today).score(metric, 0))
            for value, own in sets.items()
        ]

    async def _fresh(
        self, metrics: Sequence[Definition], scope: Scope, edges: Sequence[int]
    ) -> None:
        """Everything where a metric asks who bought elsewhere, or ever; else what the scope has and had before."""
        if any(metric.statistic in ALL_READ for metric in metrics):
            await self.cube.fresh(None)
            return
        departments = {span.department_id for span in scope.spans}
        if any(metric.statistic in OF_TWO_PERIODS for metric in metrics):
            for days in pairwise(edges):
                spans = scope.spans_over(period_before(Period(*days)))
                departments |= {span.department_id for span in spans}
        await self.cube.fresh(departments)

    def _sets(self, cut: Cut) -> Sets | None:
        """The dimension sets that have all values of a cut; None for all."""
        if not cut.dimensions:
            return None
        # A touchpoint that does not exist is "" there; in a dimension set "" is what has none.
        kept = [
            self.cube.keep(dimension, value or "\0") for dimension, value in cut.dimensions.items()
        ]
        return reduce(_both, kept)


class _Past:
    """Who bought in the groups of a scope up to a day: asked day after day, each adds to the one before."""

    def __init__(self, cube: PurchaseCube, scope: Scope, sets: Sets | None) -> None:
        self.cube = cube
        self.scope = scope
        self.sets = sets
        self.spans: dict[Period, Spans] = {}
        self.marks: defaultdict[int, dict[int, BitMap]] = defaultdict(dict)

    def persons_in(self, period: Period, group: int) -> BitMap:
        """Who bought in the group over a period that may be another one than the scope's."""
        if period not in self.spans:
            self.spans[period] = _by_group(self.scope.spans_over(period), self.scope)
        return self.cube.persons_in(self.spans[period][group], period, self.sets)

    def persons_before(self, day: int, group: int) -> BitMap:
        """Who ever bought in the group before a day."""
        marks = self.marks[group]
        if day not in marks:
            start = max((known for known in marks if known < day), default=FIRST_DAY)
            found = marks.get(start, BitMap()) | self.persons_in(Period(start, day), group)
            marks[day] = found
            if len(marks) > MOST_MARKS:
                del marks[min(marks)]
            return found
        return marks[day]

    def look(self, period: Period, today: int) -> "_Look":
        """At the next period; spans of other periods are not kept, for a trend has many."""
        self.spans.clear()
        return _Look(self, period, today)


class _Look:
    """One period of a scope: what several metrics of it need is read once."""

    def __init__(self, past: _Past, period: Period, today: int) -> None:
        self.past = past
        self.cube = past.cube
        self.scope = past.scope
        self.sets = past.sets
        self.today = today
        self.period = period
        self.before = period_before(period)
        self.now: dict[int, BitMap] = {}
        self.sold: dict[int, SaleCounts] = {}
        self.bought: dict[int, BuyerCounts] = {}

    def score(self, metric: Definition, group: int) -> Score:
        """Of one group."""
        match metric.statistic:
            case Statistic.BOUGHT_AGAIN:
                return retention_rate(self._buyers(group), minimum_base=metric.minimum_base)
            case Statistic.NOT_BOUGHT_AGAIN:
                return churn_rate(self._buyers(group), minimum_base=metric.minimum_base)
            case Statistic.SILENT:
                return silent_share(self._silence(group), minimum_base=metric.minimum_base)
            case Statistic.FIRST_BOUGHT:
                return new_customers(*self._new(group))
            case Statistic.SALES:
                return sales(self._sales(group))
            case Statistic.ORDERS:
                return orders(self._sales(group))
            case Statistic.BUYERS:
                return buyers(self._sales(group))
            case Statistic.MEAN_PURCHASE:
                return average_basket(self._sales(group), minimum_base=metric.minimum_base)
            case Statistic.RETURNED_SHARE:
                return returns_share(self._sales(group))
            case _:
                raise TypeError(f"{metric.key} reads no purchases")

    @cached_property
    def _spans(self) -> Spans:
        return _by_group(self.scope.spans, self.scope)

    @cached_property
    def _everywhere(self) -> BitMap:
        return self.cube.persons_outside((), self.period)

    def _silence(self, group: int) -> SilenceCounts:
        """At the end of the period, or today where it is not over; nothing where it has not begun."""
        end = min(self.period.to_day, self.today + 1)
        if end <= self.period.from_day:
            return SilenceCounts()
        customers = self.past.persons_before(end, group)
        heard = self.past.persons_in(Period(end - SILENT_DAYS - 1, end), group)
        return SilenceCounts(len(customers), len(customers - heard))

    def _new(self, group: int) -> tuple[int, int]:
        """How many bought for the first time, and how many bought."""
        now = self._persons(group)
        known = self.past.persons_before(self.period.from_day, group)
        return len(now - known), len(now)

    def _persons(self, group: int) -> BitMap:
        """Who bought in the period."""
        if group not in self.now:
            self.now[group] = self.cube.persons_in(self._spans[group], self.period, self.sets)
        return self.now[group]

    def _sales(self, group: int) -> SaleCounts:
        if group not in self.sold:
            sold = self.cube.sales_in(self._spans[group], self.period, self.sets)
            self.sold[group] = replace(sold, buyers=len(self._persons(group)))
        return self.sold[group]

    def _buyers(self, group: int) -> BuyerCounts:
        if group not in self.bought:
            were = self.past.persons_in(self.before, group)
            again = were & self._persons(group)
            lost = were - again
            # Who is lost to all that is here bought, if anything, elsewhere; to a part of it, perhaps here.
            others = (
                self._everywhere
                if self.sets is None
                else self.cube.persons_outside(self._spans[group], self.period)
            )
            self.bought[group] = BuyerCounts(len(were), len(again), len(lost & others))
        return self.bought[group]


def _is_cut(cut: Cut) -> bool:
    return cut.survey is None and set(cut.dimensions) <= set(DIMENSIONS)


def _both(one: Sets, other: Sets | None) -> Sets:
    return one if other is None else one & other


def _by_group(spans: Sequence[Span], scope: Scope) -> Spans:
    found: Spans = [[] for _ in range(max(len(scope.groups), 1))]
    for span in spans:
        found[span.group].append(span)
    return found
