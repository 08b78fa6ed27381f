"""Where changes come from: a real NATS, one subscription for everybody, none for nobody."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import nats
import pytest

from cxm.metrics.v1.events_pb2 import AffectedDepartment, ScoreChanged
from gateway.live import listeners as hearing
from gateway.live.kept import KeptAnswers, Key
from gateway.live.listeners import ChangedScores, Listener, Listeners
from gateway.live.upstream import follow
from infra.local.nats import Nats, report
from infra.local.nats import nats as nats_server
from services.kit.events.streams import DEPARTMENT_CHANGED, SCORE_CHANGED, TOUCHPOINT_CHANGED
from services.kit.rights.access import ANONYMOUS


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Nats]:
    """A server of the test's own."""
    async with nats_server(tmp_path / "nats", durable=False) as running:
        yield running


@pytest.fixture
async def listeners(server: Nats) -> AsyncIterator[Listeners]:
    """Listeners with their upstream."""
    found = Listeners(KeptAnswers(60))
    task = asyncio.create_task(follow(server.url_of("gateway"), found))
    yield found
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


REQUEST: Key = ((), False, b"{}")


def make_listener() -> Listener:
    return Listener(ANONYMOUS, "shop", "id-shop", None)


async def next_of(listener: Listener) -> ChangedScores:
    async with asyncio.timeout(10):
        return await anext(aiter(listener.changes()))


async def announce(server: Nats, payload: bytes, subject: str = SCORE_CHANGED) -> None:
    client = await nats.connect(server.url)
    await client.publish(subject, payload)
    await client.drain()


async def subscriptions(server: Nats) -> int:
    """How many subscriptions the server holds to announcements."""
    found = await report(server, "CONNZ", subscriptions=True)
    return sum(
        SCORE_CHANGED in connection.get("subscriptions_list", ())
        for connection in found["connections"]
    )


async def test_an_announcement_reaches_those_who_listen(server: Nats, listeners: Listeners) -> None:
    listener = make_listener()
    await listeners.listen(listener)
    message = ScoreChanged(
        departments=[AffectedDepartment(department_id="id-shop", metrics=["nps"])]
    )
    message.at.FromDatetime(datetime(2026, 11, 21, tzinfo=UTC))

    await announce(server, message.SerializeToString())

    assert await next_of(listener) == ChangedScores(
        frozenset({"nps"}), datetime(2026, 11, 21, tzinfo=UTC)
    )


async def test_an_announcement_that_nobody_understands_may_concern_everybody(
    server: Nats, listeners: Listeners
) -> None:
    listener = make_listener()
    await listeners.listen(listener)

    await announce(server, b"\xff\xff")

    assert (await next_of(listener)).metrics is None


async def test_one_subscription_serves_everybody_and_none_is_left_behind(
    server: Nats, listeners: Listeners
) -> None:
    everybody = [make_listener() for _ in range(50)]

    for listener in everybody:
        await listeners.listen(listener)
    assert await subscriptions(server) == 1

    for listener in everybody:
        listeners.leave(listener)
    async with asyncio.timeout(10):
        while await subscriptions(server):
            pass  # each look is a call to the server
    assert not listeners.live.is_set()

    await listeners.listen(everybody[0])
    assert await subscriptions(server) == 1


@pytest.mark.parametrize("subject", [SCORE_CHANGED, DEPARTMENT_CHANGED, TOUCHPOINT_CHANGED])
async def test_kept_answers_end_with_what_is_announced(
    server: Nats, listeners: Listeners, subject: str
) -> None:
    listeners.hear_for_answers()
    await listeners.live.wait()
    message = ScoreChanged(departments=[AffectedDepartment(department_id="id-shop")])
    listeners.kept.keep(REQUEST, b"{}", None, 1, ["id-shop"])
    assert listeners.kept.find(REQUEST) is not None

    await announce(server, message.SerializeToString(), subject)

    async with asyncio.timeout(10):
        while listeners.kept.find(REQUEST) is not None:
            await subscriptions(server)  # each look is a call to the server


async def test_nothing_is_heard_for_answers_that_nobody_asks_for_any_more(
    server: Nats, listeners: Listeners, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing, "HEARING_SECONDS", 0.2)
    listeners.hear_for_answers()
    await listeners.live.wait()
    assert await subscriptions(server) == 1
    listeners.kept.keep(REQUEST, b"{}", None, 1, [])

    async with asyncio.timeout(10):
        while await subscriptions(server):
            pass  # each look is a call to the server
    assert listeners.kept.find(REQUEST) is None


async def test_after_an_outage_everybody_reads_again(tmp_path: Path) -> None:
    listeners, listener = Listeners(), make_listener()
    async with nats_server(tmp_path, durable=False) as first:
        task = asyncio.create_task(follow(first.url_of("gateway"), listeners))
        await listeners.listen(listener)
    async with nats_server(tmp_path, durable=False) as second:
        assert second.url == first.url

        assert (await next_of(listener)).metrics is None
        assert await subscriptions(second) == 1
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
