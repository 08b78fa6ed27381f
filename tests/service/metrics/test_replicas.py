"""Any number of replicas of survey and of metrics, on one database each and on shared durables, count like one."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from nats.aio.client import Client

from cxm.survey.v1 import responses_pb2
from services.kit.db.database import Pool
from services.kit.errors import Unavailable
from services.kit.events import consumer as consumers
from services.kit.events.consumer import Consumer, Delivery
from services.kit.events.streams import METRICS_RECORDS_RESPONSES as DURABLE
from services.metrics import events
from tests.conftest import Serve
from tests.service.metrics.conftest import Metrics, Replica, stubs
from tests.service.metrics.support.announcing import announce_nothing
from tests.service.survey.conftest import DEPARTMENTS, OpenSurvey
from tests.service.survey.support.running import SurveyService, make_submission, score

ROUNDS, AT_ONCE = 30, 8
SCORES = (10, 9, 9, 7, 3)
PLACES = ("sales", "shop", "care")

Counted = dict[str, tuple[int, float]]
"""The base and the NPS of departments with all below them."""


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not acknowledged comes again at once."""
    monkeypatch.setattr(consumers, "BACK_OFF_SECONDS", 0.01)


class Listener:
    """A replica's place on the shared durable; it may lose an ack, or lose everything it gets."""

    def __init__(self, replica: Replica, *, loses_ack: bool = False, drops: bool = False) -> None:
        self.record = events.record_responses(replica.log, announce_nothing)
        self.loses_ack = loses_ack
        self.drops = drops
        self.heard = 0

    async def apply(self, deliveries: Sequence[Delivery]) -> None:
        self.heard += len(deliveries)
        if self.drops:
            return
        await self.record(deliveries)
        if self.loses_ack:
            self.loses_ack = False
            raise Unavailable("committed, and died before the ack")


@asynccontextmanager
async def running(
    client: Client, surveys: Sequence[SurveyService], listeners: Sequence[Listener], pool: Pool
) -> AsyncIterator[None]:
    """Relays and consumers of all replicas at work."""
    works = [survey.outbox.run() for survey in surveys]
    works += [Consumer(client, pool, DURABLE, one.apply).run() for one in listeners]
    tasks = [asyncio.create_task(work) for work in works]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def rounds() -> Iterator[list[responses_pb2.Submission]]:
    """Calls of responses; scores and departments take turns of different lengths."""
    for start in range(0, ROUNDS * AT_ONCE, AT_ONCE):
        yield [
            make_submission(score(SCORES[n % len(SCORES)]), department=PLACES[n % len(PLACES)])
            for n in range(start, start + AT_ONCE)
        ]


def expected() -> Counted:
    """What one pass over the same responses counts."""
    given = [(PLACES[n % 3], SCORES[n % len(SCORES)]) for n in range(ROUNDS * AT_ONCE)]
    below = {"root": PLACES, "sales": ("sales", "shop"), "shop": ("shop",), "care": ("care",)}
    found: Counted = {}
    for department, places in below.items():
        scores = [value for place, value in given if place in places]
        net = sum(value >= 9 for value in scores) - sum(value <= 6 for value in scores)
        found[department] = (len(scores), 100 * net / len(scores))
    return found


async def submit_all(surveys: Sequence[SurveyService]) -> None:
    """Every call to one replica, and every third of them, as if no reply had come, to all at once."""
    for number, submissions in enumerate(rounds()):
        takers = surveys if number % 3 == 0 else [surveys[number % len(surveys)]]
        await asyncio.gather(*(survey.submit(*submissions) for survey in takers))


async def all_recorded(survey: SurveyService, client: Client) -> None:
    """Wait until nothing is on its way: neither in the outbox nor on the durable."""
    stream = client.jetstream()
    async with asyncio.timeout(10):
        while True:
            # In this order: what has left the outbox is on the durable.
            waiting = await survey.envelopes()
            info = await stream.consumer_info(DURABLE.stream, DURABLE.name)
            if not (waiting or info.num_pending or info.num_ack_pending):
                return


async def counted(metrics: Metrics, replica: Replica, serve: Serve) -> Counted:
    """What this replica answers."""
    client = Metrics(replica, *await stubs(replica, serve), metrics.identities, metrics.new_replica)
    today = replica.directory.tree.today
    found: Counted = {}
    for department in ("root", *PLACES):
        scores = await client.scorecard(
            department, today - timedelta(days=7), today + timedelta(days=1)
        )
        found[department] = (scores["nps"].base, scores["nps"].value)
    return found


async def run_through(
    replicas: Sequence[Replica],
    listeners: Sequence[Listener],
    metrics: Metrics,
    open_survey: OpenSurvey,
    client: Client,
) -> None:
    """All responses in by as many replicas of survey, and recorded by these of metrics."""
    first = await open_survey("UTC")
    surveys = [first]
    surveys += [await open_survey("UTC", replica_of=first) for _ in replicas[1:]]
    await metrics.fill(DEPARTMENTS, surveys=[await first.create("relationship", public=True)])
    for replica in replicas:
        await replica.directory.refresh()
    async with running(client, surveys, listeners, replicas[0].database.pool):
        await submit_all(surveys)
        await all_recorded(first, client)


@pytest.mark.parametrize("many", [1, 2])
async def test_scores_are_the_same_however_many_replicas_count(
    many: int, metrics: Metrics, open_survey: OpenSurvey, nats_client: Client, serve: Serve
) -> None:
    replicas = [metrics.replica, *[await metrics.new_replica() for _ in range(many - 1)]]
    listeners = [Listener(replica, loses_ack=True) for replica in replicas]

    await run_through(replicas, listeners, metrics, open_survey, nats_client)

    for replica in replicas:
        assert await counted(metrics, replica, serve) == expected()
    assert all(listener.heard for listener in listeners)


async def test_a_replica_that_drops_what_it_acknowledges_is_noticed(
    metrics: Metrics, open_survey: OpenSurvey, nats_client: Client, serve: Serve
) -> None:
    """The positive control of the test above."""
    replicas = [metrics.replica, await metrics.new_replica()]
    listeners = [Listener(replicas[0]), Listener(replicas[1], drops=True)]

    await run_through(replicas, listeners, metrics, open_survey, nats_client)

    found = await counted(metrics, replicas[0], serve)
    assert listeners[1].heard
    assert found["root"][0] < expected()["root"][0]
