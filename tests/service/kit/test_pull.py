"""A durable that replicas share: nothing that has come waits for more."""

import asyncio
import dataclasses

import pytest
from nats.aio.client import Client

from services.kit.events import pull as pulls
from services.kit.events.pull import Pull, Refused
from services.kit.events.streams import METRICS_COPIES_SURVEYS as DURABLE
from services.kit.events.streams import SURVEY_CHANGED

AT_ONCE_SECONDS = 5.0  # far below the time a request stays open here


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulls, "REQUEST_SECONDS", 30.0)


async def publish(client: Client, *payloads: bytes) -> None:
    for payload in payloads:
        await client.jetstream().publish(SURVEY_CHANGED, payload)


async def take(pull: Pull) -> list[bytes]:
    messages = await pull.batch()
    for message in messages:
        await message.ack()
    return [message.data for message in messages]


async def test_what_has_come_is_there_at_once_though_a_request_asks_for_more(
    nats_client: Client,
) -> None:
    pull = Pull(nats_client, DURABLE, 100)
    await pull.start()

    async with asyncio.timeout(AT_ONCE_SECONDS):
        await publish(nats_client, b"a")
        assert await take(pull) == [b"a"]
        await publish(nats_client, b"b")
        assert await take(pull) == [b"b"]


async def test_replicas_share_a_durable_and_neither_holds_anything_back(
    nats_client: Client,
) -> None:
    found: list[bytes] = []
    sent = [str(number).encode() for number in range(200)]

    async def consume(pull: Pull) -> int:
        mine = 0
        while len(found) < len(sent):
            news = await take(pull)
            found.extend(news)
            mine += len(news)
        return mine

    replicas = [Pull(nats_client, DURABLE, 10) for _ in range(2)]
    for replica in replicas:
        await replica.start()
    tasks = [asyncio.create_task(consume(replica)) for replica in replicas]

    async with asyncio.timeout(AT_ONCE_SECONDS):
        await publish(nats_client, *sent)
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)

    assert sorted(found) == sorted(sent)
    for task in tasks:
        task.cancel()


async def test_a_silent_durable_is_asked_again(
    nats_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulls, "REQUEST_SECONDS", 0.05)
    pull = Pull(nats_client, DURABLE, 10)
    await pull.start()

    assert await pull.batch() == []
    assert await pull.batch() == []
    await publish(nats_client, b"a")

    async with asyncio.timeout(AT_ONCE_SECONDS):
        while await take(pull) != [b"a"]:
            continue


async def test_a_durable_that_is_not_there_refuses(nats_client: Client) -> None:
    pull = Pull(nats_client, dataclasses.replace(DURABLE, name="nobody"), 10)
    await pull.start()

    with pytest.raises(Refused):
        await pull.batch()
