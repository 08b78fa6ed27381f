"""The inbox forgets what everybody is done with, and what comes again all the same counts nothing."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

import pytest
from nats.aio.client import Client

from cxm.survey.v1.events_pb2 import ResponsesRecorded
from cxm.survey.v1.reconciliation_pb2_grpc import (
    ReconciliationServiceStub,
    add_ReconciliationServiceServicer_to_server,
)
from services.kit.db.database import Pool
from services.kit.errors import Unavailable
from services.kit.events import consumer as consumers
from services.kit.events.consumer import Consumer, Delivery
from services.kit.events.streams import METRICS_RECORDS_RESPONSES
from services.metrics import events
from services.metrics.answer_log.pruning import Pruner
from services.metrics.answer_log.watermark import Watermarks
from tests.conftest import Serve
from tests.service.metrics.conftest import Metrics
from tests.service.metrics.support.announcing import announce_nothing
from tests.service.metrics.support.owner import Owner
from tests.support.builders import make_department, make_response

DAY = date(2025, 1, 1)
YEAR = (DAY, date(2026, 1, 1))


@dataclass
class Site:
    metrics: Metrics
    client: Client
    owner: Owner
    pruner: Pruner

    @property
    def pool(self) -> Pool:
        return self.metrics.replica.database.pool

    async def publish(self, *numbers: int) -> None:
        """Envelopes of one promoter each."""
        for number in numbers:
            await self.owner.publish(number, [make_response("d1", on=DAY, nps=9)])

    async def redeliver(self, *numbers: int) -> None:
        """Deliver envelopes again, as a connection does that was thought dead."""
        await self.metrics.replica.log.apply([envelope(number) for number in numbers])

    @asynccontextmanager
    async def consuming(self) -> AsyncIterator[Consumer]:
        record = events.record_responses(self.metrics.replica.log, announce_nothing)
        consumer = Consumer(self.client, self.pool, METRICS_RECORDS_RESPONSES, record)
        task = asyncio.create_task(consumer.run())
        yield consumer
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def base(self) -> int:
        return (await self.metrics.scorecard("d1", *YEAR))["nps"].base

    async def remembered(self) -> list[int]:
        rows = await self.pool.fetch("SELECT envelope FROM metrics_inbox ORDER BY envelope")
        return [row["envelope"] for row in rows]

    async def counted_through(self) -> int:
        return int(await self.pool.fetchval("SELECT counted_through FROM metrics_source"))


def envelope(number: int) -> ResponsesRecorded:
    return ResponsesRecorded(envelope=number, responses=[make_response("d1", on=DAY, nps=9)])


@pytest.fixture
async def site(metrics: Metrics, nats_client: Client, serve: Serve) -> Site:
    await metrics.fill([make_department("d1")])
    owner = Owner(nats_client.jetstream())
    channel = await serve("survey", add_ReconciliationServiceServicer_to_server, owner)
    pool = metrics.replica.database.pool
    watermarks = Watermarks(
        nats_client.jetstream(),
        pool,
        ReconciliationServiceStub(channel),
        metrics.identities.service("metrics"),
    )
    return Site(metrics, nats_client, owner, Pruner(pool, watermarks))


async def test_what_is_known_for_a_whole_look_to_be_counted_is_forgotten(site: Site) -> None:
    await site.publish(1, 2, 3)
    async with site.consuming():
        await site.pruner.watermarks.wait_applied(3, seconds=5)
        await site.pruner.look()
        assert await site.remembered() == [1, 2, 3]
        await site.publish(5)
        await site.pruner.watermarks.wait_applied(5, seconds=5)

        await site.pruner.look()

    assert await site.remembered() == [5]
    assert await site.counted_through() == 3


@pytest.mark.parametrize("forgotten", [False, True])
async def test_what_comes_again_counts_nothing(site: Site, forgotten: bool) -> None:
    await site.publish(1, 2, 3)
    async with site.consuming():
        await site.pruner.watermarks.wait_applied(3, seconds=5)
    for _ in range(2 if forgotten else 0):
        await site.pruner.look()
    assert len(await site.remembered()) == (0 if forgotten else 3)

    await site.redeliver(2)
    await site.redeliver(1, 3, 4)  # with one that is new

    assert await site.base() == 4


async def test_without_its_number_what_was_forgotten_would_count_twice(site: Site) -> None:
    """The positive control of the test above."""
    await site.publish(1, 2, 3)
    async with site.consuming():
        await site.pruner.watermarks.wait_applied(3, seconds=5)
    for _ in range(2):
        await site.pruner.look()

    await site.pool.execute("UPDATE metrics_source SET counted_through = 0")
    await site.redeliver(2)

    assert await site.base() == 4


async def test_what_was_counted_and_not_acknowledged_is_remembered(site: Site) -> None:
    """It was committed, and the process died before the ack: it comes again for certain."""
    await site.publish(1, 2)
    await site.redeliver(1, 2)
    for _ in range(2):
        await site.pruner.look()
    assert await site.remembered() == [1, 2]

    async with site.consuming():
        await site.pruner.watermarks.wait_applied(2, seconds=5)
        await site.pruner.look()

    assert await site.remembered() == []
    assert await site.base() == 2


async def test_what_is_not_published_yet_is_not_taken_for_counted(site: Site) -> None:
    await site.publish(1, 4)
    site.owner.through = 1  # another relay still holds 2 and 3
    async with site.consuming():
        await site.pruner.watermarks.wait_applied(1, seconds=5)
        for _ in range(2):
            await site.pruner.look()
        assert await site.remembered() == [4]
        await site.publish(2, 3)
        await site.pruner.watermarks.wait_applied(3, seconds=5)

    assert await site.base() == 4


async def test_a_writer_that_waits_while_its_envelope_is_forgotten_counts_nothing(
    site: Site,
) -> None:
    await site.redeliver(1)
    async with site.pool.acquire() as connection, connection.transaction():
        await connection.execute("LOCK TABLE metrics_inbox IN SHARE ROW EXCLUSIVE MODE")
        late = asyncio.create_task(site.redeliver(1))
        await until_somebody_waits(site.pool)
        await connection.execute("UPDATE metrics_source SET counted_through = 1")
        await connection.execute("DELETE FROM metrics_inbox")
    await late

    assert await site.base() == 1
    assert await site.remembered() == []


async def until_somebody_waits(pool: Pool) -> None:
    async with asyncio.timeout(5):
        while not await pool.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"):
            pass


async def test_a_dead_letter_counts_once_when_its_replay_is_interrupted(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "BACK_OFF_SECONDS", 0.01)
    poison = True
    record = events.record_responses(site.metrics.replica.log, announce_nothing)

    async def fail_on_the_second(deliveries: Sequence[Delivery]) -> None:
        if poison and any(delivery.id.endswith("/2") for delivery in deliveries):
            raise ValueError("poison")
        await record(deliveries)

    async def die_before_the_letter_is_removed(deliveries: Sequence[Delivery]) -> None:
        await record(deliveries)
        raise Unavailable("counted, and died")

    monkeypatch.setattr(events, "record_responses", lambda log, announce: fail_on_the_second)
    await site.publish(1, 2, 3)
    async with site.consuming() as consumer:
        await site.pruner.watermarks.wait_applied(3, seconds=5)
    for _ in range(2):
        await site.pruner.look()
    assert (await site.counted_through(), await site.remembered()) == (1, [3])

    consumer.apply = die_before_the_letter_is_removed
    with pytest.raises(Unavailable):
        await consumer.replay()
    for _ in range(2):
        await site.pruner.look()
    assert await site.remembered() == [2, 3]
    poison, consumer.apply = False, fail_on_the_second
    assert await consumer.replay() == (1, 0)

    assert await site.base() == 3
    for _ in range(2):
        await site.pruner.look()
    assert (await site.counted_through(), await site.remembered()) == (3, [])


async def test_room_is_given_back_after_many(site: Site) -> None:
    await site.redeliver(1)
    await site.pool.execute(
        "INSERT INTO metrics_inbox"
        " SELECT department_id, 1, n FROM metrics_standing, generate_series(2, 80000) AS n"
    )
    taken = "SELECT pg_total_relation_size('metrics_inbox')"
    before = await site.pool.fetchval(taken)
    site.owner.through = 80000

    for _ in range(2):
        await site.pruner.look()

    assert await site.remembered() == []
    assert await site.pool.fetchval(taken) < before / 50


async def test_what_a_survey_that_was_set_back_no_longer_has_is_not_forgotten(site: Site) -> None:
    await site.publish(1, 2, 3)
    async with site.consuming():
        await site.pruner.watermarks.wait_applied(3, seconds=5)
        await site.pruner.look()
    site.owner.through = 2  # as after its database was restored: 3 will be another envelope

    await site.pruner.look()

    assert (await site.counted_through(), await site.remembered()) == (2, [3])
