"""The purchase log in memory, checked against its revisions before every read; a cache, as the cube of answers is."""

import asyncio
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from services.kit.clock import day_date, day_number
from services.kit.db.database import Pool
from services.metrics.answer_log.dictionary import DEPARTMENT, DIMENSIONS, NONE, Dictionary
from services.metrics.customers import storage
from services.metrics.customers.month import Month, counts_of
from services.metrics.customers.packing import Purchases, join, months_of, read_block, read_rows
from services.metrics.customers.persons import Persons
from services.metrics.domain.periods import Period, month_edges
from services.metrics.domain.scope import Span
from services.metrics.formulas.customers.sales import SaleCounts

Sets = NDArray[np.bool_]
"""By number of dimension set whether purchases with it count."""


@dataclass(slots=True)
class Department:
    """The months of one department, as of a revision of its log."""

    revision: int = 0
    months: dict[int, Month] = field(default_factory=dict)

    @property
    def first_day(self) -> int:
        """That of its first month."""
        first = min(self.months, default=12 * 1970)
        return day_number(date(first // 12, first % 12 + 1, 1))

    def add(self, purchases: Purchases) -> None:
        """Take in what was announced."""
        months = months_of(purchases)
        for number in np.unique(months).tolist():
            news = purchases[months == number]
            known = self.months.get(number)
            self.months[number] = known.with_more(news) if known else Month(news)


class PurchaseCube:
    """All purchases of this database, by department and month."""

    def __init__(self, pool: Pool, dictionary: Dictionary) -> None:
        self.pool = pool
        self.dictionary = dictionary
        self.departments: dict[int, Department] = {}
        self.persons = Persons()
        self.lock = asyncio.Lock()

    async def is_empty(self) -> bool:
        """Whether nothing was ever announced here."""
        return not self.departments and not await storage.has_standing(self.pool)

    async def fresh(self, department_ids: Iterable[str] | None) -> None:
        """Bring these departments, None for all, and who is who to every commit before now."""
        numbers: list[int] | None = None
        if department_ids is not None:
            wanted = list(department_ids)
            await self.dictionary.look_up(DEPARTMENT, wanted)
            known = self.dictionary.known(DEPARTMENT)
            numbers = sorted(known[each] for each in wanted if each in known)
        async with self.lock:
            await self._follow_persons()
            await self._follow(numbers)

    async def _follow_persons(self) -> None:
        wanted = await storage.persons_revision(self.pool)
        known = self.persons.revision
        if wanted != known:
            self.persons.learn(await storage.new_persons(self.pool, known, wanted), wanted)

    async def _follow(self, numbers: Collection[int] | None) -> None:
        behind = {
            department: (known, revision)
            for department, revision in (await storage.standing(self.pool, numbers)).items()
            if (known := self._revision(department)) != revision
        }
        if not behind:
            return
        news = await storage.news(self.pool, behind)
        for department, (known, revision) in behind.items():
            rows, purchases = news.get(department, (0, b""))
            if rows == revision - known:
                await self._add(department, revision, read_rows([purchases]))
            else:  # some of them are compacted already
                await self._reload(department)

    def _revision(self, department: int) -> int:
        found = self.departments.get(department)
        return found.revision if found else 0

    async def _add(self, department: int, revision: int, purchases: Purchases) -> None:
        await self._know_sets(purchases)
        found = self.departments.setdefault(department, Department())
        found.add(purchases)
        found.revision = revision

    async def _reload(self, department: int) -> None:
        revision, blocks, rows = await storage.whole(self.pool, department)
        self.departments.pop(department, None)
        purchases = join([*map(read_block, blocks), read_rows(rows)])
        await self._add(department, revision, purchases)

    async def _know_sets(self, purchases: Purchases) -> None:
        """Learn the dimension sets and departments that another replica has named, before anybody reads them here."""
        seen = set(np.unique(purchases["set"]).tolist())
        if not seen <= self.dictionary.set_members.keys():
            await self.dictionary.load()

    def keep(self, dimension: str, value: str) -> Sets:
        """Which dimension sets have this value, "" for none. Call `fresh` first."""
        column = self.dictionary.members()[:, DIMENSIONS.index(dimension)]
        number = self.dictionary.find(dimension, value) if value else NONE
        return np.zeros(len(column), np.bool_) if number is None else column == number

    def values(self, dimension: str, spans: Sequence[Span], period: Period) -> list[str]:
        """The values of a dimension that purchases of a period have; "" for none. Call `fresh` first."""
        members = self.dictionary.members()[:, DIMENSIONS.index(dimension)]
        used = np.zeros(len(members), np.bool_)
        for month, days, _ in self._months(spans, period):
            used[month.purchases["set"][month.rows(days.from_day, days.to_day, None)]] = True
        return [self.dictionary.values[number] for number in np.unique(members[used]).tolist()]

    def persons_in(self, spans: Sequence[Span], period: Period, sets: Sets | None) -> BitMap:
        """Who bought in the spans and kept something, each once. Call `fresh` first."""
        found = [
            month.persons(self.persons)
            if is_whole and sets is None
            else month.persons_of(month.rows(days.from_day, days.to_day, sets), self.persons)
            for month, days, is_whole in self._months(spans, period)
        ]
        return BitMap.union(*found) if found else BitMap()

    def persons_outside(self, spans: Sequence[Span], period: Period) -> BitMap:
        """Who bought in the organisation, but not in these spans. Call `fresh` of all first."""
        names = self.dictionary.values
        outside = [
            Span(names[department], start, end)
            for department in self.departments
            for start, end in _gaps(
                [span for span in spans if span.department_id == names[department]], period
            )
        ]
        return self.persons_in(outside, period, None)

    def sales_in(self, spans: Sequence[Span], period: Period, sets: Sets | None) -> SaleCounts:
        """What was sold in the spans; buyers are left out, they are those of `persons_in`. Call `fresh` first."""
        parts = [
            month.counts
            if is_whole and sets is None
            else counts_of(month.purchases[month.rows(days.from_day, days.to_day, sets)])
            for month, days, is_whole in self._months(spans, period)
        ]
        return SaleCounts(
            sum(part.orders for part in parts),
            sum(part.cents for part in parts),
            sum(part.squares for part in parts),
            sum(part.returned for part in parts),
        )

    def _months(
        self, spans: Sequence[Span], period: Period
    ) -> Iterator[tuple[Month, Period, bool]]:
        """Months of spans, the days of each that count, and whether these are all of it."""
        known = self.dictionary.known(DEPARTMENT)
        for span in spans:
            department = self.departments.get(known.get(span.department_id, NONE))
            if department is None:
                continue
            start = max(span.from_day, period.from_day, department.first_day)
            end = min(span.to_day, period.to_day)
            if start >= end:
                continue
            edges = month_edges(Period(start, end))
            for first, after in pairwise(edges):
                day = day_date(first)
                month = department.months.get(day.year * 12 + day.month - 1)
                if month is not None:
                    is_whole = day.day == 1 and day_date(after).day == 1
                    yield month, Period(first, after), is_whole


def _gaps(spans: Sequence[Span], period: Period) -> Iterator[tuple[int, int]]:
    """The days of a period that are in none of the spans of a department."""
    start = period.from_day
    for span in sorted(spans, key=lambda span: span.from_day):
        if span.from_day > start:
            yield start, span.from_day
        start = max(start, span.to_day)
    if start < period.to_day:
        yield start, period.to_day
