"""From scores of departments to what links customers and staff."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from services.kit.directory.staff_segments import STAFF_SEGMENTS
from services.kit.errors import Invalid
from services.kit.rights.tree import Tree
from services.metrics.definitions.domain.definitions import Definition
from services.metrics.domain import scope as scopes
from services.metrics.domain.periods import Period
from services.metrics.formulas.linkage.correlation import Numbers, detectable
from services.metrics.formulas.linkage.links import (
    FEWEST_DEPARTMENTS,
    Link,
    Panel,
    Slope,
    links,
    slopes,
)
from services.metrics.formulas.linkage.verdict import (
    JudgedLink,
    LinkVerdict,
    direction,
    judged,
    verdict,
)
from services.metrics.formulas.scores import Status
from services.metrics.linkage.domain import (
    Linkage,
    LinkageLimit,
    LinkagePoint,
    LinkageQuery,
    check_pair,
    value_that_counts,
)
from services.metrics.scores.reader import ScoreReader
from services.metrics.scores.scoring import join_scopes

CUSTOMERS = ("nps", "csat", "ces")
STAFF = ("enps", "engagement", "burnout", "participationRate", "turnoverRate")
"""All pairs of these are tested together, whichever is asked for."""
HEADCOUNTS = "turnoverRate"
"""The metric whose base is the number of people employed in the period."""
MOST_DEPARTMENTS = 3_000
MOST_POINTS = 1_000
READ_AT_ONCE = 25
"""Departments: other calls are answered in between."""
KEPT = 64
Pair = tuple[str, str]
Model = tuple[Slope, Slope] | None
Found = tuple[dict[Pair, list[Link]], Model]
Tested = tuple[list[JudgedLink], int, Model]
"""The links of a pair, among how many they were tested, and the model."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Values that count by metric, and headcounts, by department and period; nan where there is none."""

    departments: Sequence[str]
    values: Mapping[str, Numbers]
    headcounts: Numbers


class Linking:
    """Looks for links among the departments under one; one calculation at a time, beside the event loop."""

    def __init__(self, reader: ScoreReader) -> None:
        self.reader = reader
        self.turn = asyncio.Semaphore(1)
        self.kept: OrderedDict[bytes, Found] = OrderedDict()

    async def linkage(self, department: str, query: LinkageQuery, tree: Tree) -> Linkage:
        """Invalid for metrics that are no such pair, for periods, and where there are too many departments; NotFound
        for unknown metrics."""
        edges = query.edges()
        await self.reader.definitions.look()
        customers = await self.reader.definitions.find_newest(query.customers)
        staff = await self.reader.definitions.find_newest(query.staff)
        check_pair(customers, staff)
        departments = sorted(tree.subtree(department))
        if len(departments) > MOST_DEPARTMENTS:
            raise Invalid(
                f"there are more than {MOST_DEPARTMENTS} departments: ask of a part",
                reason="TOO_MANY_DEPARTMENTS",
            )
        async with self.turn:
            case, tested = await self._case(tree, departments, (customers.key, staff.key), edges)
        segments = (await self.reader.values_in_use(departments))["segment"]
        is_same = any(each.casefold() in STAFF_SEGMENTS for each in segments)
        is_alike = customers.higher_is_better == staff.higher_is_better
        return _linkage(case, tested, is_same_source=is_same, is_alike=is_alike)

    async def _case(
        self, tree: Tree, departments: Sequence[str], asked: Pair, edges: Sequence[int]
    ) -> "tuple[Case, Tested]":
        """The scores of the pair that is asked for, and what was tested of it beside all pairs."""
        pairs, newest = _pairs(asked), self.reader.definitions.newest
        keys = dict.fromkeys((*(key for pair in pairs for key in pair), HEADCOUNTS))
        scores = await self._read(tree, departments, [newest[key] for key in keys], edges)
        cases = {pair: Case(scores, pair, _units(tree, scores, pair), edges) for pair in pairs}
        found, model = await self._links(asked, {pair: case.panel for pair, case in cases.items()})
        tests = sum(map(len, found.values()))
        return cases[asked], (judged(found)[asked], tests, model)

    async def _read(
        self,
        tree: Tree,
        departments: Sequence[str],
        metrics: Sequence[Definition],
        edges: Sequence[int],
    ) -> Scores:
        """Each department with all under it, as the tree is today."""
        period, shape = Period(edges[0], edges[-1]), (len(departments), len(edges) - 1)
        values = {metric.key: np.full(shape, np.nan) for metric in metrics}
        headcounts = np.full(shape, np.nan)
        for start in range(0, len(departments), READ_AT_ONCE):
            some = departments[start : start + READ_AT_ONCE]
            scope = join_scopes(
                [scopes.whole(tree, d, period, as_it_was=False, subtree=True) for d in some]
            )
            found = await self.reader.scores(metrics, scope, edges)
            for metric, scores in zip(metrics, found, strict=True):
                for row, by_period in enumerate(scores, start):
                    for column, score in enumerate(by_period):
                        value = value_that_counts(metric, score)
                        if value is not None:
                            values[metric.key][row, column] = value
                        is_headcount = (
                            metric.key == HEADCOUNTS and score.status is not Status.COUNTING
                        )
                        if is_headcount and score.base:
                            headcounts[row, column] = score.base
            await asyncio.sleep(0)
        return Scores(departments, values, headcounts)

    async def _links(self, asked: Pair, panels: Mapping[Pair, Panel]) -> Found:
        """The links of all pairs and the model of one; kept by the numbers that they are made of."""
        name = blake2b(repr(asked).encode())
        for pair, panel in sorted(panels.items()):
            name.update(repr((pair, panel.staff.shape)).encode())
            for numbers in (panel.customers, panel.staff, panel.headcounts):
                name.update(numbers.tobytes())
        key = name.digest()
        if key not in self.kept:
            self.kept[key] = await asyncio.to_thread(_calculated, asked, panels)
        self.kept.move_to_end(key)
        while len(self.kept) > KEPT:
            self.kept.popitem(last=False)
        return self.kept[key]


def _calculated(asked: Pair, panels: Mapping[Pair, Panel]) -> Found:
    return {pair: links(panel) for pair, panel in panels.items()}, slopes(panels[asked])


def _pairs(asked: Pair) -> list[Pair]:
    customers, staff = asked
    return [
        (one, other)
        for one in dict.fromkeys((*CUSTOMERS, customers))
        for other in dict.fromkeys((*STAFF, staff))
    ]


def _units(tree: Tree, scores: Scores, pair: Pair) -> list[int]:
    """Places of the departments that have both scores in some period and hold none that does: nobody counts twice."""
    one, other = (scores.values[key] for key in pair)
    complete = np.isfinite(one) & np.isfinite(other)
    found: list[int] = np.flatnonzero(complete.any(axis=1)).tolist()
    above = {
        held
        for place in found
        for held in tree.line(scores.departments[place])
        if held != scores.departments[place]
    }
    return [place for place in found if scores.departments[place] not in above]


@dataclass(frozen=True, slots=True)
class Case:
    """One pair of metrics, and the departments (places) whose scores are linked."""

    scores: Scores
    pair: Pair
    units: Sequence[int]
    edges: Sequence[int]

    @property
    def panel(self) -> Panel:
        customers, staff = (self.scores.values[key][self.units] for key in self.pair)
        return Panel(customers, staff, self.scores.headcounts[self.units])

    def points(self) -> Iterator[LinkagePoint]:
        """The latest period first."""
        customers, staff = (self.scores.values[key] for key in self.pair)
        for period in reversed(range(len(self.edges) - 1)):
            for unit in self.units:
                one, other = float(customers[unit, period]), float(staff[unit, period])
                if np.isfinite(one) and np.isfinite(other):
                    days = self.edges[period], self.edges[period + 1]
                    yield LinkagePoint(self.scores.departments[unit], *days, one, other)


def _linkage(case: Case, tested: Tested, *, is_same_source: bool, is_alike: bool) -> Linkage:
    (family, tests, model), count, points = tested, len(case.units), list(case.points())
    has_enough, sign = count >= FEWEST_DEPARTMENTS, direction(family)
    within, between = model or (None, None)
    limits = {
        LinkageLimit.SAME_SOURCE: is_same_source,
        LinkageLimit.ONE_PERIOD: len({point.from_day for point in points}) == 1,
        LinkageLimit.NO_HEADCOUNTS: bool(points) and not case.panel.has_headcounts,
        LinkageLimit.ONE_VALUE: has_enough and not family,
    }
    return Linkage(
        verdict=verdict(family) if has_enough else LinkVerdict.TOO_FEW_DEPARTMENTS,
        is_better_together=(sign > 0) == is_alike if sign else None,
        departments=count,
        detectable=detectable(count, tests) if has_enough and family else None,
        links=family,
        within=within,
        between=between,
        points=points[:MOST_POINTS],
        points_left_out=max(0, len(points) - MOST_POINTS),
        limits=[limit for limit, holds in limits.items() if holds],
        edges=case.edges,
    )
