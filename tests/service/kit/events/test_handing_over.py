"""What a consumer held when it ended goes to others: soon after a kill, at once after a stop."""

import asyncio
from collections.abc import Sequence

import nats
import pytest
from nats.aio.client import Client

from infra.local.nats import Nats
from services.kit.db.database import Database
from services.kit.events import fetching, streams
from services.kit.events.consumer import Consumer, Delivery
from services.kit.events.fetching import Fetcher
from services.kit.events.streams import METRICS_COPIES_SURVEYS as DURABLE
from services.kit.events.streams import SURVEY_CHANGED, consumer_config, declare

AFTER_A_KILL_SECONDS = 6.0
NEVER_SECONDS = 60.0
SENT = [f"m{number}".encode() for number in range(20)]


async def publish(client: Client) -> None:
    for payload in SENT:
        await client.jetstream().publish(SURVEY_CHANGED, payload)


class Applied:
    """Payloads as they were applied; the first batch takes `seconds`."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.begun = asyncio.Event()
        self.payloads: list[bytes] = []

    async def apply(self, deliveries: Sequence[Delivery]) -> None:
        seconds, self.seconds = self.seconds, 0.0
        self.begun.set()
        await asyncio.sleep(seconds)
        self.payloads += [delivery.payload for delivery in deliveries]

    async def all(self) -> None:
        while set(self.payloads) != set(SENT):  # noqa: ASYNC110 - the consumer is another task
            await asyncio.sleep(0.01)


async def test_what_a_killed_consumer_held_is_applied_by_the_next_within_seconds(
    nats_client: Client, nats_broker: Nats, database: Database
) -> None:
    victim = await nats.connect(nats_broker.url)
    fetcher = Fetcher(victim, DURABLE, 100)
    await fetcher.start()
    await publish(nats_client)
    assert await fetcher.batch()
    await victim.close()  # without a word about what it held, as after a kill
    applied = Applied()

    consuming = asyncio.create_task(
        Consumer(nats_client, database.pool, DURABLE, applied.apply).run()
    )
    async with asyncio.timeout(AFTER_A_KILL_SECONDS):
        await applied.all()

    consuming.cancel()


async def test_a_consumer_that_is_stopped_gives_back_what_it_has_not_applied(
    nats_client: Client, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "ACK_WAIT_SECONDS", NEVER_SECONDS)  # nothing comes by time alone
    await declare(nats_client.jetstream())
    slow, next_one = Applied(seconds=60), Applied()
    stopped = asyncio.create_task(Consumer(nats_client, database.pool, DURABLE, slow.apply).run())
    await publish(nats_client)
    await slow.begun.wait()

    stopped.cancel()
    await asyncio.wait([stopped])
    consuming = asyncio.create_task(
        Consumer(nats_client, database.pool, DURABLE, next_one.apply).run()
    )
    async with asyncio.timeout(NEVER_SECONDS / 2):
        await next_one.all()

    assert slow.payloads == []
    consuming.cancel()


@pytest.mark.parametrize("keeps", [True, False])
async def test_long_work_comes_to_nobody_else_while_the_server_hears_of_it(
    nats_client: Client, database: Database, monkeypatch: pytest.MonkeyPatch, *, keeps: bool
) -> None:
    monkeypatch.setattr(streams, "ACK_WAIT_SECONDS", 0.4)
    monkeypatch.setattr(fetching, "ACK_WAIT_SECONDS", 0.4 if keeps else 1e6)
    await declare(nats_client.jetstream())
    busy, idle = Applied(seconds=1.0), Applied()
    tasks = [asyncio.create_task(Consumer(nats_client, database.pool, DURABLE, busy.apply).run())]
    await publish(nats_client)
    await busy.begun.wait()

    tasks.append(
        asyncio.create_task(Consumer(nats_client, database.pool, DURABLE, idle.apply).run())
    )
    while not busy.payloads or {*busy.payloads, *idle.payloads} != set(SENT):  # noqa: ASYNC110
        await asyncio.sleep(0.01)

    again = len(busy.payloads) + len(idle.payloads) - len(SENT)
    assert (again == 0) == keeps
    for task in tasks:
        task.cancel()


async def test_declare_brings_durables_to_the_present_configuration(nats_client: Client) -> None:
    stream = nats_client.jetstream()
    yesterday = consumer_config(DURABLE).evolve(ack_wait=30, max_ack_pending=100)
    await stream.add_consumer(DURABLE.stream, yesterday)

    await declare(stream)

    config = (await stream.consumer_info(DURABLE.stream, DURABLE.name)).config
    assert (config.ack_wait, config.max_ack_pending) == (streams.ACK_WAIT_SECONDS, 4096)


@pytest.mark.parametrize("heard", ["cxm.profile.>", "cxm.profile.*.changed.v1"])
async def test_declare_lets_a_durable_of_before_hear_its_exact_subjects(
    nats_client: Client, heard: str
) -> None:
    """Of a data directory of before: what waited for it and it still hears comes, other facts do not."""
    stream, durable = nats_client.jetstream(), streams.SURVEY_COPIES_DIRECTORY
    await stream.delete_consumer(durable.stream, durable.name)
    before = consumer_config(durable).evolve(filter_subject=heard, filter_subjects=None)
    await stream.add_consumer(durable.stream, before)
    await stream.publish(streams.DEPARTMENT_CHANGED, b"department")

    await declare(stream)
    await stream.publish(streams.ERASURE_ORDERED, b"erasure")
    await stream.publish("cxm.profile.another.changed.v1", b"another")
    await stream.publish(streams.TOUCHPOINT_CHANGED, b"touchpoint")

    info = await stream.consumer_info(durable.stream, durable.name)
    assert info.config.filter_subjects == list(durable.subjects)
    place = await stream.pull_subscribe_bind(durable=durable.name, stream=durable.stream)
    assert [message.data for message in await place.fetch(2)] == [b"department", b"touchpoint"]
    assert (await stream.consumer_info(durable.stream, durable.name)).num_pending == 0
