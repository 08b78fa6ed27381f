import asyncio

import pytest
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js import JetStreamContext
from opentelemetry.trace import NonRecordingSpan, SpanContext, TraceFlags, use_span

from cxm.survey.v1.events_pb2 import SurveyChanged
from cxm.survey.v1.surveys_pb2 import Survey
from infra.local.nats import Nats
from services.kit.db.database import Database
from services.kit.errors import Conflict, Invalid, Unavailable
from services.kit.events import nats
from services.kit.events import outbox as outboxes
from services.kit.events.nats import LARGEST_FACT_BYTES
from services.kit.events.outbox import CLAIMED_ROWS, Outbox
from services.kit.events.streams import METRICS_COPIES_SURVEYS, SURVEY_CHANGED, declare
from tests.service.kit.support.server import Server


@pytest.fixture
async def stream(nats_client: Client) -> JetStreamContext:
    return nats_client.jetstream()


@pytest.fixture
async def outbox(database: Database, stream: JetStreamContext) -> Outbox:
    return Outbox(database.pool, stream)


def fact(key: str) -> SurveyChanged:
    return SurveyChanged(survey=Survey(key=key))


async def announce(database: Database, outbox: Outbox, *keys: str) -> None:
    async with database.write.begin() as session:
        await outbox.announce(session, SURVEY_CHANGED, *map(fact, keys))


async def waiting(database: Database) -> int:
    count: int = await database.pool.fetchval("SELECT count(*) FROM outbox")
    return count


async def published(stream: JetStreamContext) -> list[Msg]:
    """What a durable is given, in order."""
    durable = METRICS_COPIES_SURVEYS
    subscription = await stream.pull_subscribe_bind(durable.name, durable.stream)
    found: list[Msg] = []
    info = await stream.stream_info(durable.stream)
    while len(found) < info.state.messages:
        found += await subscription.fetch(500, timeout=5)
    return found


def keys(messages: list[Msg]) -> list[str]:
    return [SurveyChanged.FromString(message.data).survey.key for message in messages]


async def test_a_fact_is_published_after_the_commit_with_its_id_and_trace(
    database: Database, outbox: Outbox, stream: JetStreamContext
) -> None:
    parent = SpanContext(trace_id=0xABC, span_id=0xDEF, is_remote=True, trace_flags=TraceFlags(1))
    with use_span(NonRecordingSpan(parent)):
        await announce(database, outbox, "a")

    assert outbox.filled.is_set()
    assert await outbox.relay() == 1

    (message,) = await published(stream)
    assert message.headers == {
        "Nats-Msg-Id": f"{SURVEY_CHANGED}/1",
        "traceparent": f"00-{0xABC:032x}-{0xDEF:016x}-01",
    }
    assert keys([message]) == ["a"]
    assert await waiting(database) == 0


async def test_what_is_rolled_back_is_never_published(
    database: Database, outbox: Outbox, stream: JetStreamContext
) -> None:
    async with database.write() as session:
        await outbox.announce(session, SURVEY_CHANGED, fact("a"))
        await session.rollback()

    assert not outbox.filled.is_set()
    assert await outbox.relay() == 0
    assert await published(stream) == []


async def test_two_relays_share_the_work_and_publish_each_fact_once(
    database: Database, outbox: Outbox, stream: JetStreamContext
) -> None:
    every = [f"k{number}" for number in range(CLAIMED_ROWS * 2 + 88)]
    await announce(database, outbox, *every)
    other = Outbox(database.pool, stream)

    first, second = await asyncio.gather(outbox.relay(), other.relay())
    rest = await outbox.relay()

    assert (first, second) == (CLAIMED_ROWS, CLAIMED_ROWS)  # the second skipped what the first held
    assert rest == 88
    assert sorted(keys(await published(stream))) == sorted(every)


async def test_a_lower_number_that_commits_later_is_not_skipped(
    database: Database, outbox: Outbox, stream: JetStreamContext
) -> None:
    async with database.write.begin() as slow:
        await outbox.announce(slow, SURVEY_CHANGED, fact("slow"))
        await announce(database, outbox, "quick")
        assert await outbox.relay() == 1
    assert await outbox.relay() == 1

    assert keys(await published(stream)) == ["quick", "slow"]


async def test_a_publish_that_fails_half_way_loses_nothing_and_doubles_nothing(
    database: Database, outbox: Outbox, stream: JetStreamContext, nats_client: Client
) -> None:
    await announce(database, outbox, "a", "b", "c")
    too_large = bytes(
        nats_client.max_payload + 1
    )  # as if the broker's limit had been lowered since
    await database.pool.execute("UPDATE outbox SET payload = $1 WHERE id = 2", too_large)

    with pytest.raises(NatsError):
        await outbox.relay()

    assert await waiting(database) == 3
    assert set(keys(await published(stream))) == {"a", "c"}  # went out before the failure was known
    mended = fact("b").SerializeToString()
    await database.pool.execute("UPDATE outbox SET payload = $1 WHERE id = 2", mended)
    assert await outbox.relay() == 3
    assert (await stream.stream_info("SURVEY")).state.messages == 3


async def test_a_fact_that_the_broker_would_not_take_is_refused_with_the_change_it_tells_of(
    database: Database, outbox: Outbox
) -> None:
    with pytest.raises(Invalid, match="at most 1000000") as refused:
        await announce(database, outbox, "a", "b" * LARGEST_FACT_BYTES)

    assert refused.value.reason == "TOO_LARGE"
    assert await waiting(database) == 0


async def test_the_largest_fact_is_published(
    database: Database, outbox: Outbox, stream: JetStreamContext
) -> None:
    around = len(fact("b" * LARGEST_FACT_BYTES).SerializeToString()) - LARGEST_FACT_BYTES
    await announce(database, outbox, "b" * (LARGEST_FACT_BYTES - around))

    assert await outbox.relay() == 1
    assert len((await published(stream))[0].data) == LARGEST_FACT_BYTES


async def test_a_broker_that_takes_only_small_messages_is_refused(
    nats_broker: Nats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nats, "LARGEST_MESSAGE_BYTES", 2 * nats.LARGEST_MESSAGE_BYTES)

    with pytest.raises(Conflict, match="max_payload to 2097152"):
        async with nats.connect(nats_broker.url, "test"):
            raise AssertionError("connected")


async def test_without_a_stream_facts_wait(
    database: Database, outbox: Outbox, stream: JetStreamContext
) -> None:
    await announce(database, outbox, "a")
    await stream.delete_stream("SURVEY")

    with pytest.raises(NatsError):
        await outbox.relay()

    assert await waiting(database) == 1
    await declare(stream)
    assert await outbox.relay() == 1
    assert keys(await published(stream)) == ["a"]


async def test_without_a_database_the_relay_says_so_and_goes_on_later(
    database: Database, outbox: Outbox, stream: JetStreamContext, server: Server
) -> None:
    await announce(database, outbox, "a")
    await server.shut()

    with pytest.raises(Unavailable):
        await outbox.relay()

    await server.open()
    assert await outbox.relay() == 1
    assert keys(await published(stream)) == ["a"]


async def test_the_running_relay_hears_of_new_facts(
    database: Database, outbox: Outbox, stream: JetStreamContext
) -> None:
    relaying = asyncio.create_task(outbox.run())
    durable = METRICS_COPIES_SURVEYS
    subscription = await stream.pull_subscribe_bind(durable.name, durable.stream)

    await announce(database, outbox, "a")

    assert keys(await subscription.fetch(1, timeout=5)) == ["a"]
    relaying.cancel()


async def test_what_waits_is_shown_until_all_of_it_has_left(
    database: Database, outbox: Outbox, stream: JetStreamContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It leaves in many turns; that one of them went well does not mean that nothing waits."""
    many = 2 * CLAIMED_ROWS + 1
    await announce(database, outbox, *map(str, range(many)))
    outbox.failing_since = 1.0
    await outbox._log_lag()
    assert outbox.waiting == many
    monkeypatch.setattr(outboxes, "SHOW_SECONDS", 0.0)
    left = []

    while outbox.waiting:
        await outbox._show_waiting(await outbox.relay())
        left.append(outbox.waiting)

    assert left == [CLAIMED_ROWS + 1, 1, 0]


async def test_after_an_outage_of_the_broker_nothing_is_shown_to_wait_once_all_has_left(
    database: Database, outbox: Outbox, stream: JetStreamContext
) -> None:
    await announce(database, outbox, "a")
    await stream.delete_stream("SURVEY")
    relaying = asyncio.create_task(outbox.run())
    async with asyncio.timeout(10):
        while outbox.waiting != 1:
            await database.pool.fetchval("SELECT 1")
        await declare(stream)
        while outbox.waiting or outbox.failing_since is not None:
            await database.pool.fetchval("SELECT 1")
    relaying.cancel()

    assert keys(await published(stream)) == ["a"]
