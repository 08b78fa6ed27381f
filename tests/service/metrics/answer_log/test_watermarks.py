"""What is known to be applied here, against a real broker."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from nats.aio.client import Client

from cxm.survey.v1.reconciliation_pb2_grpc import (
    ReconciliationServiceStub,
    add_ReconciliationServiceServicer_to_server,
)
from services.kit.db.database import Database
from services.kit.errors import Unavailable
from services.kit.events import consumer as consumers
from services.kit.events.consumer import Apply, Consumer, Delivery
from services.kit.events.streams import METRICS_RECORDS_RESPONSES, SURVEY_CHANGED
from services.metrics.answer_log.watermark import Watermarks
from tests.conftest import Identities, OpenDatabase, Serve
from tests.service.metrics.support.owner import Owner


@dataclass
class Site:
    client: Client
    database: Database
    owner: Owner
    watermarks: Watermarks

    @asynccontextmanager
    async def consuming(self, apply: Apply) -> AsyncIterator[None]:
        consumer = Consumer(self.client, self.database.pool, METRICS_RECORDS_RESPONSES, apply)
        task = asyncio.create_task(consumer.run())
        yield
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def site(
    new_database: OpenDatabase, nats_client: Client, serve: Serve, identities: Identities
) -> Site:
    database = await new_database("metrics")
    owner = Owner(nats_client.jetstream())
    channel = await serve("survey", add_ReconciliationServiceServicer_to_server, owner)
    watermarks = Watermarks(
        nats_client.jetstream(),
        database.pool,
        ReconciliationServiceStub(channel),
        identities.service("metrics"),
    )
    return Site(nats_client, database, owner, watermarks)


async def take(deliveries: Sequence[Delivery]) -> None:
    """Applied."""


async def test_everything_is_applied_once_it_was_published_and_acknowledged(site: Site) -> None:
    for number in (3, 1, 2):
        await site.owner.publish(number)
    # Another subject ends the stream: the durable never hears of it.
    await site.client.jetstream().publish(SURVEY_CHANGED, b"")

    async with site.consuming(take):
        assert await site.watermarks.wait_applied(3, seconds=5) == 0

    assert (await site.watermarks.read()).through == 3


async def test_what_was_not_published_is_waited_for(site: Site) -> None:
    await site.owner.publish(1)

    async with site.consuming(take):
        waiting = asyncio.create_task(site.watermarks.wait_applied(2, seconds=5))
        await asyncio.wait([waiting], timeout=0.2)
        assert not waiting.done()
        await site.owner.publish(2)

        assert await waiting == 0


async def test_what_was_delivered_and_not_acknowledged_is_not_applied(site: Site) -> None:
    came, go = asyncio.Event(), asyncio.Event()

    async def hesitate(deliveries: Sequence[Delivery]) -> None:
        came.set()
        await go.wait()

    await site.owner.publish(1)
    watermark = await site.watermarks.read()
    assert not await site.watermarks.is_past(watermark)  # nobody consumes
    async with site.consuming(hesitate):
        await came.wait()
        assert not await site.watermarks.is_past(watermark)
        with pytest.raises(Unavailable, match="try again"):
            await site.watermarks.wait_applied(1, seconds=0.1)
        go.set()

        assert await site.watermarks.wait_applied(1, seconds=5) == 0


async def test_what_was_given_up_is_counted(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumers, "BACK_OFF_SECONDS", 0.01)

    async def refuse_the_second(deliveries: Sequence[Delivery]) -> None:
        if any(delivery.id.endswith("/2") for delivery in deliveries):
            raise ValueError("poison")

    for number in (1, 2, 3):
        await site.owner.publish(number)
    async with site.consuming(refuse_the_second):
        assert await site.watermarks.wait_applied(3, seconds=5) == 1

    assert await site.watermarks.count_given_up(3) == (1, 2)
    assert await site.watermarks.count_given_up(1) == (0, None)
