"""The sums of the latest weeks of every department alone, kept up to date; those of a subtree are their sum."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from services.kit.directory.copy import DirectoryCopy
from services.kit.rights.tree import Tree
from services.metrics.alerts.domain import READ_WEEKS, is_judged, values_of, weeks_read
from services.metrics.cube.cube import Cube
from services.metrics.definitions.domain.definitions import Definition
from services.metrics.domain.scope import Scope, Span
from services.metrics.formulas.shifts.weeks import NOTHING, Ends, WeekSums
from services.metrics.scores.reader import Answered, ScoreReader

AT_ONCE = 50
Sums = NDArray[np.float64]
"""[week, (base, and the sums of numbers, their squares and cubes)]"""
ReadBy = tuple[Tree, int, tuple[int, ...], tuple[tuple[str, int], ...]]
"""The tree, the day, the state of the surveys, and versions of metrics."""


@dataclass(frozen=True, slots=True)
class Weeks:
    """The sums of the weeks of `weeks_read`, and the least and the most that an answer of the metric counted as."""

    sums: Sequence[WeekSums]
    ends: Ends


EMPTY = Weeks((NOTHING,) * READ_WEEKS, (0.0, 0.0))


@dataclass
class WeekStore:
    """Some kilobytes for each department; what it holds is as of `refresh`."""

    directory: DirectoryCopy
    reader: ScoreReader
    cube: Cube
    metrics: dict[str, Definition] = field(default_factory=dict)
    own: dict[str, dict[str, Sums]] = field(default_factory=dict)
    ends: dict[str, Ends] = field(default_factory=dict)
    seen: dict[tuple[int, int], int] = field(default_factory=dict)
    read_by: ReadBy | None = None

    @property
    def today(self) -> int:
        """The day up to which it was read."""
        assert self.read_by is not None
        return self.read_by[1]

    async def refresh(self) -> set[str]:
        """Bring it to every commit before now; returns the departments whose weeks may be others than before."""
        await self.reader.definitions.look()
        await self.cube.load()
        changed = await self._changed()
        departments = sorted(changed)
        try:
            for start in range(0, len(departments), AT_ONCE):
                await self._read(departments[start : start + AT_ONCE])
                await asyncio.sleep(0)
        except BaseException:
            self.read_by = None  # what was not read is not known any more: the next time all is
            raise
        return changed

    def weeks(self, department: str, metric: str) -> Weeks:
        """Of a department with all under it today."""
        parts = [
            sums
            for member in self.directory.tree.subtree(department)
            if (sums := self.own.get(member, {}).get(metric)) is not None
        ]
        if not parts:
            return EMPTY
        total = parts[0] if len(parts) == 1 else np.sum(parts, axis=0)
        weeks = [WeekSums(int(base), *rest) for base, *rest in total.tolist()]
        return Weeks(weeks, self.ends[metric])

    async def _changed(self) -> set[str]:
        """Departments of which something was counted since; all, where they are read by something else."""
        tree, revisions = self.directory.tree, self.cube.revisions()
        newest = self.reader.definitions.newest
        versions = tuple((key, found.version) for key, found in newest.items())
        read_by = (tree, self.reader.today(), self.reader.surveys.state, versions)
        moved = {key[0] for key, at in revisions.items() if self.seen.get(key) != at}
        names = self.cube.dictionary.values
        if not moved <= names.keys():
            await self.cube.dictionary.load()  # another replica has named them
        is_same = self.read_by is not None and tree is self.read_by[0] and read_by == self.read_by
        self.seen, self.read_by = revisions, read_by
        if is_same:
            return {names[number] for number in moved}
        self.metrics = {key: found for key, found in newest.items() if is_judged(found)}
        self.own, self.ends = {}, {}
        return set(tree.departments)

    async def _read(self, departments: Sequence[str]) -> None:
        edges = weeks_read(self.today)
        spans = [Span(each, edges[0], edges[-1], at) for at, each in enumerate(departments)]
        scope = Scope(tuple(spans), ("",) * len(spans), ("",) * len(spans))
        answered = await self.reader.answers(list(self.metrics.values()), scope, edges)
        for department in departments:
            self.own[department] = {}
        for metric, found in zip(self.metrics.values(), answered, strict=True):
            self._keep(departments, metric, found)

    def _keep(self, departments: Iterable[str], metric: Definition, answered: Answered) -> None:
        values = values_of(metric, answered.codes)
        counted = [place for place, value in enumerate(values) if value is not None]
        if not counted:
            return
        numbers = np.array([values[place] for place in counted], np.float64)
        counts = answered.counts[..., counted]
        powers = np.stack([numbers**power for power in range(4)], axis=-1)
        sums = counts @ powers
        low, high = self.ends.get(metric.key, (np.inf, -np.inf))
        ends = min(low, float(numbers.min())), max(high, float(numbers.max()))
        self.ends[metric.key] = ends
        for at, department in enumerate(departments):
            if sums[at].any():
                self.own[department][metric.key] = sums[at]
