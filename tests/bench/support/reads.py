"""Reads: inside metrics, by its own code on the data that were ingested; the scorecard over gRPC."""

import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import grpc

from cxm.metrics.v1 import scores_pb2 as pb
from cxm.metrics.v1.scores_pb2_grpc import ScoreServiceStub
from cxm.survey.v1.surveys_pb2_grpc import SurveyServiceStub
from services.kit.clock import day_number, now
from services.kit.db.database import Database, open_database
from services.kit.rights.tokens import Signer
from services.kit.rpc.servicing import ServiceIdentity, open_channel
from services.metrics.answer_log.dictionary import DEPARTMENT, Dictionary
from services.metrics.answer_log.layout import Item
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.cube.cube import Cube
from services.metrics.cube.standing import Recount, current, standing_days
from services.metrics.domain.scope import Span
from tests.bench.support.ingest import percentile
from tests.bench.support.stack import Stack

DEPARTMENTS = 50
WEEKS = 52
WARM_UP = 20

Read = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Reader:
    """What metrics reads with, in this process."""

    database: Database
    dictionary: Dictionary
    surveys: SurveyCopy
    cube: Cube
    today: int
    departments: list[str]  # ids, the busiest first

    @property
    def items(self) -> dict[int, list[Item]]:
        """What a metric reads of each survey: the question of one kind."""
        return {n: list(layout.counted["NPS"]) for n, layout in self.surveys.by_number.items()}

    @property
    def everything(self) -> dict[int, list[Item]]:
        """All questions of each survey."""
        return {n: list(layout.items.values()) for n, layout in self.surveys.by_number.items()}


@asynccontextmanager
async def reader(stack: Stack) -> AsyncIterator[Reader]:
    """A cube of its own beside the running service, loaded."""
    deployment = stack.deployment
    urls = [deployment.postgres.service_url("metrics", role) for role in ("intake", "read")]
    identity = ServiceIdentity("metrics", Signer.from_file(deployment.keys.process("metrics")))
    async with (
        open_database(*urls) as database,
        open_channel(deployment.address("survey")) as survey,
    ):
        dictionary = Dictionary(database.pool)
        await dictionary.load()
        surveys = SurveyCopy(database, dictionary, SurveyServiceStub(survey), identity)
        await surveys.refresh()
        cube = Cube(database.pool, dictionary, surveys)
        await cube.load()
        rows = await database.pool.fetch(
            "SELECT value FROM metrics_standing JOIN metrics_name ON id = department_id"
            " WHERE kind = $1 GROUP BY value ORDER BY sum(responses) DESC",
            DEPARTMENT,
        )
        departments = [row["value"] for row in rows]
        yield Reader(database, dictionary, surveys, cube, day_number(now().date()), departments)


async def times(read: Read, repeats: int) -> list[float]:
    """Milliseconds of each repetition, after a warm-up."""
    found = []
    for number in range(WARM_UP + repeats):
        began = time.perf_counter()
        await read()
        if number >= WARM_UP:
            found.append(1000 * (time.perf_counter() - began))
    return found


async def p99(read: Read, repeats: int = 500) -> float:
    """The 99th percentile of a read, in milliseconds."""
    return percentile(await times(read, repeats), 0.99)


def one_department_now(reader: Reader) -> Read:
    """The standing period of one department, all questions, from its standing rows."""
    dice = random.Random(1)
    period = standing_days(reader.today)
    layouts = reader.surveys.by_number.values()
    items = {layout.survey: list(layout.items.values()) for layout in layouts}

    async def read() -> object:
        span = Span(dice.choice(reader.departments), *period)
        found = await current(
            reader.database.pool, reader.dictionary, reader.surveys, [span], 1, items, reader.today
        )
        assert found, "standing rows are not of today"
        return found

    return read


def weeks(reader: Reader, *dimensions: str) -> Read:
    """52 weeks of the 50 busiest departments together, fresh, of the answers with one value of each dimension.

    The values change from read to read, so the first reads of each are among those that are timed.
    """
    dice = random.Random(1)
    edges = list(range(reader.today + 1 - 7 * WEEKS, reader.today + 2, 7))
    departments = reader.departments[:DEPARTMENTS]
    spans = [Span(department, edges[0], edges[-1]) for department in departments]
    cube = reader.cube

    async def read() -> object:
        await cube.fresh(departments)
        wanted = {name: dice.choice(list(reader.dictionary.known(name))) for name in dimensions}
        tally = cube.tally(spans, edges, 1, reader.items, cube.keep(wanted))
        assert tally
        return tally

    return read


def scorecards(reader: Reader, channel: grpc.aio.Channel, stack: Stack) -> Read:
    """Scorecards of 50 departments over 30 days, over gRPC."""
    metrics, metadata = ScoreServiceStub(channel), stack.metadata("metrics")
    request = pb.GetScorecardsRequest(
        department_ids=reader.departments[:DEPARTMENTS],
        scope=pb.Scope(
            from_day=reader.today - 29, to_day=reader.today + 1, tree=pb.TREE_READING_TODAY
        ),
    )

    async def read() -> object:
        reply = await metrics.GetScorecards(request, metadata=metadata, timeout=30)
        assert len(reply.scorecards) == min(DEPARTMENTS, len(reader.departments))
        return reply

    return read


async def recount_seconds(reader: Reader) -> float:
    """Bring every standing row to tomorrow, as a local midnight does; the service brings them back."""
    recount = Recount(reader.database.pool, reader.cube, lambda: reader.today + 1)
    began = time.perf_counter()
    await recount.recount()
    return time.perf_counter() - began
