"""Standing rows: the last 90 days of each department and survey, kept current by every write.

A row that was last counted for another day is not used; after local midnight each is recounted.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence

import asyncpg
import numpy as np
import structlog
from numpy.typing import NDArray

from services.kit.db.database import TROUBLE, Pool
from services.kit.process import Process
from services.kit.service import Shared
from services.metrics.answer_log.dictionary import DEPARTMENT, Dictionary
from services.metrics.answer_log.log import STANDING_DAYS
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.answer_log.wiring import WiredLog
from services.metrics.cube.cube import Cube, Items, Tally
from services.metrics.domain.scope import Span

LOOK_SECONDS = 15.0

log = structlog.get_logger()


def standing_days(today: int) -> list[int]:
    """The borders of the period that standing rows hold: 90 days up to today."""
    return [today - STANDING_DAYS + 1, today + 1]


async def current(
    pool: Pool,
    dictionary: Dictionary,
    surveys: SurveyCopy,
    spans: Iterable[Span],
    groups: int,
    items: Items,
    today: int,
) -> Tally | None:
    """Answers of whole spans of the standing period. None if a row is stale, or ahead of us."""
    spans = list(spans)
    await dictionary.look_up(DEPARTMENT, (span.department_id for span in spans))
    known = dictionary.known(DEPARTMENT)
    rows = await pool.fetch(
        "SELECT department_id, survey_id, day, counts FROM metrics_standing"
        " WHERE department_id = ANY ($1)",
        sorted({known[s.department_id] for s in spans if s.department_id in known}),
    )
    if any(row["day"] != today or row["survey_id"] not in surveys.by_number for row in rows):
        return None
    if any(len(row["counts"]) > surveys.by_number[row["survey_id"]].counters for row in rows):
        return None  # written by a replica that knows more of a survey than we do yet
    tables = _add_up(rows, spans, known, surveys, groups)
    return {
        (survey, item.position): table[..., [item.cells[code].counter for code in item.codes]]
        for survey, table in tables.items()
        for item in items.get(survey, ())
    }


def _add_up(
    rows: Sequence[asyncpg.Record],
    spans: Iterable[Span],
    known: Mapping[str, int],
    surveys: SurveyCopy,
    groups: int,
) -> dict[int, NDArray[np.int64]]:
    """The counts of standing rows by survey: [group, 0, counter]."""
    by_department: dict[int, list[tuple[int, list[int]]]] = {}
    for department, survey, _, counts in rows:
        by_department.setdefault(department, []).append((survey, counts))
    tables: dict[int, NDArray[np.int64]] = {}
    for span in spans:
        for survey, counts in by_department.get(known.get(span.department_id, 0), []):
            counters = surveys.by_number[survey].counters
            table = tables.setdefault(survey, np.zeros((groups, 1, counters), np.int64))
            table[span.group, 0, : len(counts)] += np.array(counts, np.int64)
    return tables


ROWS_AT_ONCE = (
    100  # in a transaction, which intake waits for; one by one each row is a sync of the disk
)
# In the order in which answers are counted, so that neither waits for the other in a circle.
STALE = (
    "SELECT department_id, survey_id FROM metrics_standing WHERE day <> $1"
    " ORDER BY department_id, survey_id"
)
RECOUNTED = (
    "UPDATE metrics_standing SET day = $4, counts = $5"
    " WHERE department_id = $1 AND survey_id = $2 AND revision = $3"
)


class Recount:
    """Brings standing rows to the local day it is; replicas may do so at the same time."""

    def __init__(self, pool: Pool, cube: Cube, today: Callable[[], int]) -> None:
        self.pool = pool
        self.cube = cube
        self.today = today

    async def run(self) -> None:
        """Recount at start and after every local midnight, until cancelled."""
        while True:
            try:
                await self.recount()
            except TROUBLE as error:
                log.warning("standing rows not recounted", error=type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)

    async def recount(self) -> None:
        """Recount every row of another day; one that is written meanwhile waits for the next look."""
        today = self.today()
        stale = await self.pool.fetch(STALE, today)
        if not stale:
            return
        await self.cube.load()  # what others wrote too, of departments that were never named here
        for start in range(0, len(stale), ROWS_AT_ONCE):
            rows = [
                self._row(department, survey, today)
                for department, survey in stale[start : start + ROWS_AT_ONCE]
            ]
            await self.pool.executemany(RECOUNTED, rows)

    def _row(self, department: int, survey: int, today: int) -> tuple[object, ...]:
        partition = self.cube.partitions[department][survey]
        edges = np.array(standing_days(today), np.uint16)
        counts = partition.count(edges, self.cube.surveys.by_number[survey].widths)[0]
        return department, survey, partition.revision, today, counts.tolist()


async def wire(process: Process, shared: Shared, log: WiredLog) -> Cube:
    """Load every partition, then follow the log, and recount standing rows after each local midnight."""
    pool, directory = shared.database.pool, shared.directory
    cube = Cube(pool, log.dictionary, log.surveys)
    await cube.load()
    process.background(cube.follow)
    process.background(Recount(pool, cube, lambda: directory.tree.today_number).run)
    return cube
