"""What is shown of the outbox, of deliveries and of the broker's settings is what is so."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from nats.aio.client import Client

from cxm.survey.v1.events_pb2 import SurveyChanged
from cxm.survey.v1.surveys_pb2 import Survey
from services.kit.db.database import Database
from services.kit.errors import Unavailable
from services.kit.events import nats
from services.kit.events.broker_settings import _SYNC_ALWAYS, look_at_broker
from services.kit.events.consumer import _AGAIN, Consumer, Delivery
from services.kit.events.outbox import _AGE, _WAITING, Outbox
from services.kit.events.streams import METRICS_COPIES_SURVEYS as DURABLE
from services.kit.events.streams import SURVEY_CHANGED
from tests.support.nats_cluster import Node, prepare, until


async def announce(database: Database, outbox: Outbox, key: str) -> None:
    async with database.write.begin() as session:
        await outbox.announce(session, SURVEY_CHANGED, SurveyChanged(survey=Survey(key=key)))


def later(outbox: Outbox, seconds: float) -> None:
    """As if so much time went by."""
    for _ in range(len(outbox.seen)):
        seen_at, newest = outbox.seen.popleft()
        outbox.seen.append((seen_at - seconds, newest))


async def shown(outbox: Outbox) -> tuple[float, int]:
    """How many facts wait, and for how long in tens of seconds."""
    await outbox.look()
    return _WAITING.values[()], round(_AGE.values[()] / 10)


async def test_the_age_of_the_outbox_is_that_of_the_oldest_fact_that_waits(
    database: Database, nats_client: Client
) -> None:
    outbox = Outbox(database.pool, nats_client.jetstream())
    assert await shown(outbox) == (0, 0)

    await announce(database, outbox, "first")
    assert await shown(outbox) == (1, 0)
    later(outbox, 60)
    await announce(database, outbox, "second")
    assert await shown(outbox) == (2, 6)
    later(outbox, 60)
    assert await shown(outbox) == (2, 12)

    await database.pool.execute("DELETE FROM outbox WHERE id = (SELECT min(id) FROM outbox)")
    assert await shown(outbox) == (1, 6)
    await outbox.relay()
    assert await shown(outbox) == (0, 0)
    later(outbox, 60)
    await announce(database, outbox, "third")
    assert await shown(outbox) == (1, 0)


async def test_what_comes_again_is_counted_and_what_comes_once_is_not(
    database: Database, nats_client: Client
) -> None:
    stream, refused = nats_client.jetstream(), ["a", "b"]
    name = (DURABLE.name,)

    async def apply(deliveries: Sequence[Delivery]) -> None:
        keys = {SurveyChanged.FromString(one.payload).survey.key for one in deliveries}
        if again := keys.intersection(refused):
            refused.remove(again.pop())
            raise Unavailable("not now")

    consumer = Consumer(nats_client, database.pool, DURABLE, apply)
    before = _AGAIN.values.get(name, 0)
    for key in ("a", "b", "c"):
        payload = SurveyChanged(survey=Survey(key=key)).SerializeToString()
        headers = nats.headers(f"{SURVEY_CHANGED}/{key}", None)
        await stream.publish(SURVEY_CHANGED, payload, headers=headers)
    place = await stream.pull_subscribe_bind(DURABLE.name, DURABLE.stream)
    counted = []
    for _ in range(3):  # refused, refused, applied
        messages = await place.fetch(3, timeout=5)
        counted.append(len(messages))
        await consumer.consume(messages)

    assert counted == [3, 3, 3]
    assert _AGAIN.values[name] - before == 6


@asynccontextmanager
async def monitored(folder: Path, *, durable: bool) -> AsyncIterator[Node]:
    """A node of a cluster that answers at its monitoring port."""
    cluster = prepare(folder, durable=durable)
    node = cluster.nodes[0]
    try:
        node.start()
        await until(lambda: answers(node))
        yield node
    finally:
        cluster.stop()


async def answers(node: Node) -> bool:
    try:
        await look_at_broker(node.monitoring_url)
    except OSError:
        return False
    return True


async def test_a_broker_syncs_always_if_every_node_that_is_named_does(tmp_path: Path) -> None:
    safe = monitored(tmp_path / "safe", durable=True)
    forgetful = monitored(tmp_path / "forgetful", durable=False)
    async with safe as one, forgetful as other:
        found = {}
        for urls in (
            one.monitoring_url,
            other.monitoring_url,
            f"{one.monitoring_url}, {other.monitoring_url}/",
        ):
            await look_at_broker(urls)
            found[urls] = _SYNC_ALWAYS.values[()]
    assert list(found.values()) == [1, 0, 0]

    with pytest.raises(OSError, match="refused"):
        await look_at_broker(one.monitoring_url)


async def test_what_is_no_broker_says_nothing_of_its_settings() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.0 200 OK\r\n\r\nwelcome")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        with pytest.raises(OSError, match="not the monitoring of a broker"):
            await look_at_broker(f"http://127.0.0.1:{port}")
