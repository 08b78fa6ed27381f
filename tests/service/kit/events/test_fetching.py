"""A durable that replicas share: nothing that has come waits for more."""

import asyncio
import dataclasses

import pytest
from nats.aio.client import Client

from services.kit.events import fetching
from services.kit.events.fetching import Fetcher, Refused
from services.kit.events.streams import METRICS_COPIES_SURVEYS as DURABLE
from services.kit.events.streams import SURVEY_CHANGED

AT_ONCE_SECONDS = 5.0  # far below the time a request stays open here


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "REQUEST_SECONDS", 30.0)


async def publish(client: Client, *payloads: bytes) -> None:
    for payload in payloads:
        await client.jetstream().publish(SURVEY_CHANGED, payload)


async def take(fetcher: Fetcher) -> list[bytes]:
    messages = await fetcher.batch()
    for message in messages:
        await message.ack()
    return [message.data for message in messages]


async def test_what_has_come_is_there_at_once_though_a_request_asks_for_more(
    nats_client: Client,
) -> None:
    fetcher = Fetcher(nats_client, DURABLE, 100)
    await fetcher.start()

    async with asyncio.timeout(AT_ONCE_SECONDS):
        await publish(nats_client, b"a")
        assert await take(fetcher) == [b"a"]
        await publish(nats_client, b"b")
        assert await take(fetcher) == [b"b"]


async def test_replicas_share_a_durable_and_neither_holds_anything_back(
    nats_client: Client,
) -> None:
    found: list[bytes] = []
    sent = [str(number).encode() for number in range(200)]

    async def consume(fetcher: Fetcher) -> int:
        mine = 0
        while len(found) < len(sent):
            news = await take(fetcher)
            found.extend(news)
            mine += len(news)
        return mine

    replicas = [Fetcher(nats_client, DURABLE, 10) for _ in range(2)]
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
    monkeypatch.setattr(fetching, "REQUEST_SECONDS", 0.05)
    fetcher = Fetcher(nats_client, DURABLE, 10)
    await fetcher.start()

    assert await fetcher.batch() == []
    assert await fetcher.batch() == []
    await publish(nats_client, b"a")

    async with asyncio.timeout(AT_ONCE_SECONDS):
        while await take(fetcher) != [b"a"]:
            continue


async def test_a_durable_that_is_not_there_refuses(nats_client: Client) -> None:
    fetcher = Fetcher(nats_client, dataclasses.replace(DURABLE, name="nobody"), 10)
    await fetcher.start()

    with pytest.raises(Refused):
        await fetcher.batch()
