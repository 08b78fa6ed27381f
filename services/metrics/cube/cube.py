"""ScoreReader the answer log: responses unpacked in memory, checked against the log's revisions before every read.

The cube is a cache: it may be thrown away at any time, and replicas need no word from one another.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import structlog
from numpy.typing import NDArray

from services.kit.db.database import TROUBLE, Connection, Pool
from services.metrics.answer_log.dictionary import DEPARTMENT, DIMENSIONS, NONE, Dictionary
from services.metrics.answer_log.layout import Item
from services.metrics.answer_log.packing import Tuples, empty, join, read_block, read_journal_rows
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.cube.joint import JointItems
from services.metrics.cube.partition import Partition
from services.metrics.cube.series import Counts, Days, Keep, SeriesStore
from services.metrics.domain.scope import Span

FOLLOW_SECONDS = 0.25
LAST_DAY = 65_535

Tally = Mapping[tuple[int, int], Counts]
"""Answers to an item, [group, period, code], by its survey's number and its position."""
Items = Mapping[int, Sequence[Item]]
"""What to count, by survey number."""

log = structlog.get_logger()


class Cube:
    """All partitions of this database, by department and survey number."""

    def __init__(self, pool: Pool, dictionary: Dictionary, surveys: SurveyCopy) -> None:
        self.pool = pool
        self.dictionary = dictionary
        self.surveys = surveys
        self.partitions: dict[int, dict[int, Partition]] = {}
        self.series = SeriesStore()
        self.lock = asyncio.Lock()

    async def load(self) -> None:
        """Load every partition, or what is new of them; until then nothing is ready."""
        await self._follow(None)

    async def follow(self) -> None:
        """Keep up with the log between reads, until cancelled."""
        while True:
            await asyncio.sleep(FOLLOW_SECONDS)
            try:
                await self.surveys.refresh()
                await self._follow(None)
            except TROUBLE as error:
                log.warning("cube not followed", error=type(error).__name__)

    async def fresh(self, department_ids: Iterable[str]) -> None:
        """Bring these departments to every commit before now."""
        wanted = list(department_ids)
        await self.dictionary.look_up(DEPARTMENT, wanted)
        known = self.dictionary.known(DEPARTMENT)
        await self._follow(sorted(known[i] for i in wanted if i in known))

    def revisions(self) -> dict[tuple[int, int], int]:
        """By number of department and survey how far a partition is."""
        return {
            (department, survey): partition.revision
            for department, surveys in self.partitions.items()
            for survey, partition in surveys.items()
        }

    async def _follow(self, departments: list[int] | None) -> None:
        if not await self._behind(departments):
            return
        async with self.lock:
            behind = await self._behind(departments)
            if not behind:
                return
            await self.surveys.refresh()
            for key in await self._extend(behind):
                await self._reload(*key)

    async def _behind(self, departments: list[int] | None) -> list[tuple[int, int, int]]:
        """(department, survey, revision known) of the partitions whose standing row has moved on."""
        rows = await self.pool.fetch(
            "SELECT department_id, survey_id, revision FROM metrics_standing"
            " WHERE $1::int[] IS NULL OR department_id = ANY ($1)",
            departments,
        )
        return [
            (department, survey, partition.revision if partition else 0)
            for department, survey, revision in rows
            if (partition := self._partition(department, survey)) is None
            or partition.revision != revision
        ]

    def _partition(self, department: int, survey: int) -> Partition | None:
        return self.partitions.get(department, {}).get(survey)

    async def _extend(self, behind: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
        """Append journal rows to the partitions; returns those of which some rows are compacted already."""
        rows = await self.pool.fetch(
            "SELECT k.d, k.s, st.revision, array_agg(j.answers ORDER BY j.revision)"
            " FILTER (WHERE j.answers IS NOT NULL) AS news"
            " FROM unnest($1::int[], $2::int[], $3::bigint[]) AS k (d, s, r)"
            " JOIN metrics_standing st ON st.department_id = k.d AND st.survey_id = k.s"
            " LEFT JOIN metrics_journal j ON j.department_id = k.d AND j.survey_id = k.s"
            " AND j.revision > k.r AND k.r > 0 GROUP BY 1, 2, 3",
            *([list(column) for column in zip(*behind, strict=True)]),
        )
        compacted = []
        news_of: list[tuple[Partition, Tuples, int]] = []
        for department, survey, revision, news in rows:
            partition = self._partition(department, survey)
            if partition is None or len(news or ()) != revision - partition.revision:
                compacted.append((department, survey))
            else:
                news_of.append((partition, read_journal_rows(news), revision))
        await self._know_sets(tuples for _, tuples, _ in news_of)
        for partition, tuples, revision in news_of:
            partition.append(tuples, revision)
        return compacted

    async def _reload(self, department: int, survey: int) -> None:
        async with self.pool.acquire() as connection:
            partition = await read_partition(connection, department, survey)
        await self._know_sets([partition.base])
        self.partitions.setdefault(department, {})[survey] = partition

    async def _know_sets(self, parts: Iterable[Tuples]) -> None:
        """Learn the dimension sets that another replica has named, before anybody reads them here."""
        seen = {number for part in parts for number in np.unique(part.dimension_set).tolist()}
        if not seen <= self.dictionary.set_members.keys():
            await self.dictionary.load()

    def keep(self, wanted: Mapping[str, str]) -> Keep | None:
        """The responses that have these values of dimensions; None for all. Call `fresh` first."""
        if not wanted:
            return None
        members = self.dictionary.members()
        sets = np.ones(len(members), np.bool_)
        key = [-1] * len(DIMENSIONS)
        for dimension, value in wanted.items():
            column, number = (
                DIMENSIONS.index(dimension),
                self.dictionary.find(dimension, value) or NONE,
            )
            key[column] = number
            # What has no number was never said of a response; NONE means that nothing was said.
            sets &= (members[:, column] == number) if number != NONE else False
        return Keep(tuple(key), sets)

    def tally(
        self,
        spans: Sequence[Span],
        edges: Sequence[int],
        groups: int,
        items: Items,
        keep: Keep | None = None,
    ) -> Tally:
        """Answers of the spans. Call `fresh` first."""
        tables: dict[tuple[int, int], Counts] = {}
        whole = _days(edges, 0, LAST_DAY)
        for span, survey, partition in self._spans(spans, items):
            covered = span.from_day <= edges[0] and edges[-1] <= span.to_day
            days = whole if covered else _days(edges, span.from_day, span.to_day)
            for item in items[survey]:
                table = tables.get((survey, item.position))
                if table is None:
                    table = np.zeros((groups, len(edges), len(item.codes)), np.int64)
                    tables[survey, item.position] = table
                table[span.group] += partition.before(days, item, keep, self.series)
        return {key: np.diff(table, axis=1) for key, table in tables.items()}

    def count(
        self, spans: Sequence[Span], edges: Sequence[int], groups: int, items: Items
    ) -> Tally:
        """As tally, of every answer in between and remembering nothing. Call `fresh` first."""
        tables: dict[tuple[int, int], Counts] = {}
        for span, survey, partition in self._spans(spans, items):
            days = _days(edges, span.from_day, span.to_day)
            for item in items[survey]:
                table = tables.get((survey, item.position))
                if table is None:
                    table = np.zeros((groups, len(edges) - 1, len(item.codes)), np.int64)
                    tables[survey, item.position] = table
                table[span.group] += partition.by_period(days, item)
        return tables

    def tally_by(
        self,
        dimension: str,
        spans: Sequence[Span],
        edges: Sequence[int],
        items: Items,
        keep: Keep | None = None,
    ) -> tuple[list[str], Tally]:
        """The values of a dimension ("" for none) and the answers of one period in their groups."""
        values, groups = self._groups(dimension, keep)
        tables: dict[tuple[int, int], Counts] = {}
        for span, survey, partition in self._spans(spans, items):
            days = _days(edges, span.from_day, span.to_day)
            for item in items[survey]:
                counts = partition.by_group(days, item, groups, len(values))[:, None]
                key = (survey, item.position)
                tables[key] = tables[key] + counts if key in tables else counts
        return values, tables

    def tally_joint(
        self,
        spans: Sequence[Span],
        edges: Sequence[int],
        groups: int,
        joints: Mapping[int, JointItems],
        keep: Keep | None = None,
    ) -> Counts:
        """Sums of items side by side, by survey number, of all surveys: [group, period, sum]. Call `fresh` first."""
        table = np.zeros((groups, len(edges), _width(joints)), np.int64)
        for span, survey, partition in self._spans(spans, joints):
            days = _days(edges, span.from_day, span.to_day)
            table[span.group] += partition.joint_before(days, joints[survey], keep, self.series)
        return np.diff(table, axis=1)

    def tally_joint_by(
        self,
        dimension: str,
        spans: Sequence[Span],
        edges: Sequence[int],
        joints: Mapping[int, JointItems],
        keep: Keep | None = None,
    ) -> tuple[list[str], Counts]:
        """The values of a dimension ("" for none) and the sums of one period in their groups: [group, sum]."""
        values, groups = self._groups(dimension, keep)
        table = np.zeros((len(values), _width(joints)), np.int64)
        for span, survey, partition in self._spans(spans, joints):
            days = _days(edges, span.from_day, span.to_day)
            table += partition.joint_by_group(days, joints[survey], groups, len(values))
        return values, table

    def _groups(self, dimension: str, keep: Keep | None) -> tuple[list[str], NDArray[np.int32]]:
        """The values of a dimension, and the place among them of each dimension set; behind all: it is not kept."""
        column = self.dictionary.members()[:, DIMENSIONS.index(dimension)]
        values, group_of = np.unique(column, return_inverse=True)
        groups = group_of.astype(np.int32)
        if keep is not None:
            groups = np.where(keep.sets, groups, np.int32(len(values))).astype(np.int32)
        return [self.dictionary.values[value] for value in values.tolist()], groups

    def values_in_use(self, department_ids: Iterable[str]) -> dict[str, list[str]]:
        """By dimension the values that responses of these departments have, sorted. Call `fresh` first."""
        known, members = self.dictionary.known(DEPARTMENT), self.dictionary.members()
        used = np.zeros(len(members), np.bool_)
        for department in (known[i] for i in department_ids if i in known):
            for partition in self.partitions.get(department, {}).values():
                used |= partition.used_sets(len(members))
        return {
            dimension: sorted(
                self.dictionary.values[number]
                for number in np.unique(members[used, column]).tolist()
                if number != NONE
            )
            for column, dimension in enumerate(DIMENSIONS)
        }

    def responses(self, spans: Sequence[Span], survey: int) -> list[tuple[Span, Tuples]]:
        """The responses to a survey, a minus beside its plus; what comes later leaves them. Call `fresh` first."""
        return [
            (span, part)
            for span, _, partition in self._spans(spans, {survey: ()})
            for part in (partition.base, partition.tail)
        ]

    def _spans(
        self, spans: Sequence[Span], items: Mapping[int, object]
    ) -> Iterable[tuple[Span, int, Partition]]:
        known: Mapping[str, int] = self.dictionary.known(DEPARTMENT)
        for span in spans:
            department = known.get(span.department_id)
            if department is not None:
                for survey, partition in self.partitions.get(department, {}).items():
                    if survey in items:
                        yield span, survey, partition


async def read_partition(connection: Connection, department: int, survey: int) -> Partition:
    """A partition as it is stored, from one moment of the database."""
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
    parts = [read_block(row[0]) for row in blocks]
    if rows:
        parts.append(read_journal_rows([row[0] for row in rows]))
    return Partition(revision or 0, join([empty(), *parts]).by_day(), empty())


def _width(joints: Mapping[int, JointItems]) -> int:
    return next((joint.width for joint in joints.values()), 0)


def _days(edges: Sequence[int], from_day: int, to_day: int) -> Days:
    """The borders of periods, cut to the days of a span."""
    low, high = max(from_day, 0), min(to_day, LAST_DAY)
    days: Days = np.clip(np.asarray(edges, np.int64), low, max(low, high)).astype(np.uint16)
    return days
