"""Reading the answer log: responses unpacked in memory, checked against the log's revisions before every read.

The cube is a cache: it may be thrown away at any time, and replicas need no word from one another.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import structlog
from numpy.typing import NDArray

from services.kit.database import TROUBLE, Connection, Pool
from services.metrics.catalog import Catalog
from services.metrics.domain.scope import Span
from services.metrics.names import DEPARTMENT, NONE, Names
from services.metrics.packing import Tuples, empty, joined, read_block, read_journal_row

FOLLOW_SECONDS = 0.25
DAILY_FROM = 4096
MERGE_FROM = 512
CODE_SPACE = 256  # a byte
LAST_DAY = 65_535

Counts = NDArray[np.int64]
log = structlog.get_logger()


@dataclass(slots=True)
class Shelf:
    """The responses of one department and survey, as of a revision of its standing row."""

    revision: int
    base: Tuples
    tail: Tuples
    daily: "Daily | None" = None

    def append(self, news: Tuples, revision: int) -> None:
        """Add what the journal brought; the tail is merged before it grows long."""
        self.revision = revision
        self.tail = joined([self.tail, news]).by_day()
        if len(self.tail) > max(MERGE_FROM, len(self.base) // 8):
            self.base = joined([self.base, self.tail]).by_day()
            self.tail = empty()
            self.daily = None

    def count(self, edges: NDArray[np.uint16], widths: Sequence[int]) -> Counts:
        """Answers by period and code; codes of all questions side by side."""
        counts: Counts = self._base_count(edges, widths) + _count(self.tail, edges, widths)[0]
        return counts

    def count_by(
        self, edges: NDArray[np.uint16], widths: Sequence[int], groups: NDArray[np.int32]
    ) -> Counts:
        """As `count`, with the groups of dimension sets in front."""
        base = _count(self.base, edges, widths, groups)
        counts: Counts = base + _count(self.tail, edges, widths, groups)
        return counts

    def _base_count(self, edges: NDArray[np.uint16], widths: Sequence[int]) -> Counts:
        if len(self.base) < DAILY_FROM:
            counts: Counts = _count(self.base, edges, widths)[0]
            return counts
        if self.daily is None or self.daily.sums.shape[1] != sum(widths):
            self.daily = Daily.of(self.base, widths)
        return self.daily.count(edges)


@dataclass(frozen=True, slots=True)
class Daily:
    """Running sums of answers by code: sums[i] holds everything before day first + i."""

    first: int
    sums: Counts

    @classmethod
    def of(cls, tuples: Tuples, widths: Sequence[int]) -> "Daily":
        first, last = int(tuples.day[0]), int(tuples.day[-1])
        edges = np.arange(first, last + 2).astype(np.uint16)
        by_day = _count(tuples, edges, widths)[0]
        sums = np.zeros((len(by_day) + 1, by_day.shape[1]), np.int64)
        np.cumsum(by_day, axis=0, out=sums[1:])
        return cls(first, sums)

    def count(self, edges: NDArray[np.uint16]) -> Counts:
        rows = np.clip(edges.astype(np.int64) - self.first, 0, len(self.sums) - 1)
        counts: Counts = np.diff(self.sums[rows], axis=0)
        return counts


class Cube:
    """All shelves of this database, by department and survey number."""

    def __init__(self, pool: Pool, names: Names, catalog: Catalog) -> None:
        self.pool = pool
        self.names = names
        self.catalog = catalog
        self.shelves: dict[int, dict[int, Shelf]] = {}
        self.lock = asyncio.Lock()

    async def load(self) -> None:
        """Load every shelf; until then nothing is ready."""
        await self._follow(None)

    async def follow(self) -> None:
        """Keep up with the log between reads, until cancelled."""
        while True:
            await asyncio.sleep(FOLLOW_SECONDS)
            try:
                await self._follow(None)
            except TROUBLE as error:
                log.warning("cube not followed", error=type(error).__name__)

    async def fresh(self, department_ids: Iterable[str]) -> None:
        """Bring these departments to every commit before now."""
        wanted = list(department_ids)
        await self.names.look_up(DEPARTMENT, wanted)
        known = self.names.known(DEPARTMENT)
        await self._follow(sorted(known[i] for i in wanted if i in known))

    async def _follow(self, departments: list[int] | None) -> None:
        if not await self._behind(departments):
            return
        async with self.lock:
            behind = await self._behind(departments)
            if not behind:
                return
            await self.catalog.refresh()
            for key in await self._extend(behind):
                await self._reload(*key)
            await self._know_sets(behind)

    async def _behind(self, departments: list[int] | None) -> list[tuple[int, int, int]]:
        """(department, survey, revision known) of the shelves whose standing row has moved on."""
        rows = await self.pool.fetch(
            "SELECT department_id, survey_id, revision FROM metrics_standing"
            " WHERE $1::int[] IS NULL OR department_id = ANY ($1)",
            departments,
        )
        return [
            (department, survey, shelf.revision if shelf else 0)
            for department, survey, revision in rows
            if (shelf := self._shelf(department, survey)) is None or shelf.revision != revision
        ]

    def _shelf(self, department: int, survey: int) -> Shelf | None:
        return self.shelves.get(department, {}).get(survey)

    async def _extend(self, behind: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
        """Append journal rows to the shelves; returns those of which some rows are folded already."""
        rows = await self.pool.fetch(
            "SELECT k.d, k.s, st.revision, array_agg(j.answers ORDER BY j.revision)"
            " FILTER (WHERE j.answers IS NOT NULL) AS news"
            " FROM unnest($1::int[], $2::int[], $3::bigint[]) AS k (d, s, r)"
            " JOIN metrics_standing st ON st.department_id = k.d AND st.survey_id = k.s"
            " LEFT JOIN metrics_journal j ON j.department_id = k.d AND j.survey_id = k.s"
            " AND j.revision > k.r AND k.r > 0 GROUP BY 1, 2, 3",
            *([list(column) for column in zip(*behind, strict=True)]),
        )
        folded = []
        for department, survey, revision, news in rows:
            shelf = self._shelf(department, survey)
            if shelf is None or len(news or ()) != revision - shelf.revision:
                folded.append((department, survey))
            else:
                shelf.append(joined([read_journal_row(row) for row in news]), revision)
        return folded

    async def _reload(self, department: int, survey: int) -> None:
        async with self.pool.acquire() as connection:
            shelf = await read_shelf(connection, department, survey)
        self.shelves.setdefault(department, {})[survey] = shelf

    async def _know_sets(self, changed: Sequence[tuple[int, int, int]]) -> None:
        """Learn the dimension sets that another replica has named."""
        shelves = [self.shelves[department][survey] for department, survey, _ in changed]
        parts = [shelf.tail if len(shelf.tail) else shelf.base for shelf in shelves]
        seen = {number for part in parts for number in np.unique(part.dimension_set).tolist()}
        if not seen <= self.names.set_members.keys():
            await self.names.load()

    def tally(self, spans: Sequence[Span], edges: Sequence[int], groups: int) -> dict[int, Counts]:
        """Answers of the spans by survey: [group, period, code]. Call `fresh` first."""
        found: dict[int, Counts] = {}
        for span, survey, shelf in self._spans(spans):
            layout = self.catalog.by_number[survey]
            if survey not in found:
                found[survey] = np.zeros((groups, len(edges) - 1, layout.counters), np.int64)
            found[survey][span.group] += shelf.count(_within(span, edges), layout.widths)
        return found

    def tally_by(
        self, dimension: str, spans: Sequence[Span], edges: Sequence[int]
    ) -> tuple[list[str], dict[int, Counts]]:
        """The values of a dimension ("" for none) and the answers by survey: [value, period, code]."""
        members = self.names.members_by_set(dimension)
        values, groups = np.unique(members, return_inverse=True)
        if not len(values):
            return [], {}
        found: dict[int, Counts] = {}
        for span, survey, shelf in self._spans(spans):
            layout = self.catalog.by_number[survey]
            part = shelf.count_by(_within(span, edges), layout.widths, groups.astype(np.int32))
            found[survey] = found[survey] + part if survey in found else part
        return [self.names.values[int(value)] if value != NONE else "" for value in values], found

    def _spans(self, spans: Sequence[Span]) -> Iterable[tuple[Span, int, Shelf]]:
        known: Mapping[str, int] = self.names.known(DEPARTMENT)
        for span in spans:
            department = known.get(span.department_id)
            if department is not None:
                for survey, shelf in self.shelves.get(department, {}).items():
                    yield span, survey, shelf


async def read_shelf(connection: Connection, department: int, survey: int) -> Shelf:
    """A shelf as it is stored, from one moment of the database."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        revision = await connection.fetchval(
            "SELECT revision FROM metrics_standing WHERE department_id = $1 AND survey_id = $2",
            department,
            survey,
        )
        blocks = await connection.fetch(
            "SELECT answers FROM metrics_block WHERE department_id = $1 AND survey_id = $2",
            department,
            survey,
        )
        rows = await connection.fetch(
            "SELECT answers FROM metrics_journal WHERE department_id = $1 AND survey_id = $2",
            department,
            survey,
        )
    parts = [read_block(row[0]) for row in blocks] + [read_journal_row(row[0]) for row in rows]
    return Shelf(revision or 0, joined([empty(), *parts]).by_day(), empty())


def _within(span: Span, edges: Sequence[int]) -> NDArray[np.uint16]:
    """The borders of periods, cut to the days of a span."""
    low, high = max(span.from_day, 0), min(span.to_day, LAST_DAY)
    return np.clip(np.asarray(edges, np.int64), low, max(low, high)).astype(np.uint16)


def _count(
    part: Tuples,
    edges: NDArray[np.uint16],
    widths: Sequence[int],
    groups: NDArray[np.int32] | None = None,
) -> Counts:
    """Answers of responses in the order of days: [group, period, code]."""
    periods = len(edges) - 1
    cells = periods * (int(groups.max()) + 1 if groups is not None else 1)
    low, high = np.searchsorted(part.day, edges[[0, -1]])
    cell = np.searchsorted(edges[1:-1], part.day[low:high], side="right")
    if groups is not None:
        cell = cell + groups[part.dimension_set[low:high]] * periods
    sign = part.sign[low:high]
    weights = sign if (sign < 0).any() else None
    columns: list[NDArray[np.generic]] = [np.zeros((cells, 0))]
    for position, width in enumerate(widths):
        if position < len(part.codes):
            keyed = cell * CODE_SPACE + part.codes[position, low:high]
            counted = np.bincount(keyed, weights, cells * CODE_SPACE)
            columns.append(counted.reshape(cells, CODE_SPACE)[:, :width])
        else:
            columns.append(np.zeros((cells, width)))
    counts: Counts = np.concatenate(columns, axis=1).astype(np.int64)
    return counts.reshape(-1, periods, counts.shape[1])
