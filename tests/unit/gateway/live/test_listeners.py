"""scoreChanged: whom an announcement reaches, how often, and that nobody misses the last."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from cxm.metrics.v1.events_pb2 import AffectedDepartment, AffectedEverywhere, ScoreChanged
from gateway.live import listeners as live
from gateway.live import rights
from gateway.live.listeners import ChangedScores, Listener, Listeners
from services.kit.rights.access import ANONYMOUS, Role
from tests.support.websocket import SCORE_CHANGED, serving, socket
from tests.unit.gateway.support.running import Platform

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


@pytest.fixture
async def url(platform: Platform) -> AsyncIterator[str]:
    """Served with an upstream that stands."""
    platform.gateway.listeners.live.set()
    async with serving(platform.gateway, platform.settings) as address:
        yield address


def announced(*departments: str, metrics: tuple[str, ...] = ("nps",)) -> ScoreChanged:
    message = ScoreChanged(
        departments=[
            AffectedDepartment(department_id=f"id-{key}", metrics=metrics) for key in departments
        ]
    )
    message.at.FromDatetime(AT)
    return message


async def test_a_change_is_told_to_those_who_watch_the_department(
    url: str, platform: Platform
) -> None:
    async with socket(url) as ann, socket(url) as bob:
        await ann.initialise(platform.bearer())
        await bob.initialise(platform.bearer())
        await ann.watch("1", "d0")
        await bob.watch("1", "d1")

        platform.gateway.listeners.hear(announced("d0", "root", metrics=("csat", "nps")))

        assert await ann.change() == {
            "department": "d0",
            "metrics": ["csat", "nps"],
            "at": "2026-11-21T09:30:00.000Z",
        }
        await bob.settle()


async def test_no_metrics_are_any_and_everywhere_is_every_department(
    url: str, platform: Platform
) -> None:
    hear = platform.gateway.listeners.hear
    async with socket(url) as ann, socket(url) as bob:
        await ann.initialise(platform.bearer())
        await bob.initialise(platform.bearer())
        await ann.watch("1", "d0", ["nps"])
        await bob.watch("1", "d1")

        hear(announced("d0", "d1", metrics=()))
        assert (await ann.change())["metrics"] == ["nps"]
        assert (await bob.change())["metrics"] is None

        hear(ScoreChanged(everywhere=AffectedEverywhere(metrics=["csat"])))
        assert (await bob.change())["metrics"] == ["csat"]
        await ann.settle()

        hear(ScoreChanged(everywhere=AffectedEverywhere()))
        assert (await ann.change())["metrics"] == ["nps"]
        assert (await bob.change())["metrics"] is None


async def test_only_the_metrics_of_interest_are_told(url: str, platform: Platform) -> None:
    async with socket(url) as client:
        await client.initialise(platform.bearer())
        await client.watch("1", "d0", ["nps"])

        platform.gateway.listeners.hear(announced("d0", metrics=("csat",)))
        platform.gateway.listeners.hear(announced("d0", metrics=("csat", "nps")))

        assert (await client.change())["metrics"] == ["nps"]


async def test_after_a_gap_everybody_reads_again(url: str, platform: Platform) -> None:
    async with socket(url) as client:
        await client.initialise(platform.bearer())
        await client.watch("1", "d0")

        platform.gateway.listeners.missed()

        assert (await client.change())["metrics"] is None


async def test_what_happens_quickly_becomes_one_event(url: str, platform: Platform) -> None:
    loop = asyncio.get_running_loop()
    async with socket(url) as client:
        await client.initialise(platform.bearer())
        await client.watch("1", "d0")
        platform.gateway.listeners.hear(announced("d0"))
        await client.change()
        started = loop.time()

        for metric in ("csat", "nps", "csat"):
            platform.gateway.listeners.hear(announced("d0", metrics=(metric,)))
        event = await client.change()

        assert event["metrics"] == ["csat", "nps"]
        assert loop.time() - started > live.INTERVAL_SECONDS / 2
        await client.settle()


@pytest.mark.parametrize(
    ("department", "metrics", "code"),
    [
        ("nowhere", None, "NOT_FOUND"),
        ("d1", None, "FORBIDDEN"),
        ("d0", ["nonsense"], "BAD_USER_INPUT"),
        ("d0", [], "BAD_USER_INPUT"),
    ],
)
async def test_what_cannot_be_watched_ends_with_an_error(
    url: str, platform: Platform, department: str, metrics: list[str] | None, code: str
) -> None:
    platform.services.hidden.add("id-d1")
    async with socket(url) as client:
        await client.initialise(platform.bearer(Role.DEPARTMENT_HEAD))
        await client.subscribe("1", SCORE_CHANGED, department=department, metrics=metrics)

        answer, end = await client.receive(), await client.receive()

    assert [error["extensions"]["code"] for error in answer["payload"]["errors"]] == [code]
    assert end["type"] == "complete"
    assert platform.gateway.listeners.idle.is_set()


async def test_nobody_in_particular_watches_nothing(url: str) -> None:
    async with socket(url) as client:
        await client.initialise()
        await client.subscribe("1", SCORE_CHANGED, department="d0")

        answer = await client.receive()

    assert answer["payload"]["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_without_an_upstream_nobody_is_left_waiting(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "UPSTREAM_SECONDS", 0.05)
    async with serving(platform.gateway, platform.settings) as url, socket(url) as client:
        await client.initialise(platform.bearer())
        await client.subscribe("1", SCORE_CHANGED, department="d0")

        answer = await client.receive()

    assert answer["payload"]["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
    assert not platform.gateway.listeners.wanted.is_set()


async def test_a_right_that_is_gone_ends_the_subscription(url: str, platform: Platform) -> None:
    listeners = platform.gateway.listeners
    async with socket(url) as client:
        await client.initialise(platform.bearer())
        await client.watch("1", "d0")
        await client.watch("2", "d1")

        platform.services.departments = [d for d in platform.services.departments if d.key != "d0"]
        await rights.check_all(platform.gateway.clients, platform.gateway.grants, listeners)
        answer, end = await client.receive(), await client.receive()

        assert answer["id"] == "1"
        assert answer["payload"]["errors"][0]["extensions"]["code"] == "NOT_FOUND"
        assert end == {"type": "complete", "id": "1"}
        listeners.hear(announced("d1"))
        assert (await client.change())["department"] == "d1"


async def test_nothing_is_heard_for_those_who_left(url: str, platform: Platform) -> None:
    listeners = platform.gateway.listeners
    async with socket(url) as stays, socket(url) as leaves:
        await stays.initialise(platform.bearer())
        await leaves.initialise(platform.bearer())
        await stays.watch("1", "d0")
        await leaves.watch("1", "d0")
        assert len(list(listeners)) == 2

        await stays.send(type="complete", id="1")
        await stays.settle()
        await leaves.connection.close()
        await asyncio.wait_for(listeners.idle.wait(), 5)

    assert not listeners.wanted.is_set()
    assert not listeners.by_department


class LeadingEdgeOnly(Listener):
    """A listener that forgets what happens while it may not tell: the positive control."""

    telling = False

    def offer(self, change: ChangedScores) -> None:
        if not self.telling:
            self.telling = True
            super().offer(change)
            asyncio.get_running_loop().call_later(live.INTERVAL_SECONDS, self._open)

    def _open(self) -> None:
        self.telling = False


@pytest.mark.parametrize("kind", [Listener, LeadingEdgeOnly])
async def test_two_hundred_subscribers_all_see_the_last_of_ten_thousand_changes(
    kind: type[Listener], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "INTERVAL_SECONDS", 0.1)
    listeners, counted = Listeners(), 0
    listeners.live.set()
    seen = [0] * 200
    events, began = 0, time.monotonic()

    async def read_again(reader: int, listener: Listener) -> None:
        nonlocal events
        async for _ in listener.changes():
            seen[reader] = counted
            events += 1

    async with asyncio.TaskGroup() as group:
        readers = []
        for reader in range(len(seen)):
            listener = kind(ANONYMOUS, "d0", "id-d0", None)
            await listeners.listen(listener)
            readers.append(group.create_task(read_again(reader, listener)))
        for counted in range(1, 10_001):
            if counted % 10 == 0:  # metrics announces batches
                listeners.hear(announced("d0"))
                await asyncio.sleep(0)
        await asyncio.sleep(3 * live.INTERVAL_SECONDS)
        intervals = (time.monotonic() - began) / live.INTERVAL_SECONDS
        for task in readers:
            task.cancel()

    everybody_saw_the_end = set(seen) == {10_000}
    assert everybody_saw_the_end == (kind is Listener)
    assert events <= 200 * (intervals + 2), "coalesced"
