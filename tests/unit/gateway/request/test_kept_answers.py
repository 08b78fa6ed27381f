"""Answers that are kept, over HTTP: who gets them, and what ends them."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from cxm.metrics.v1 import events_pb2, scores_pb2
from cxm.profile.v1 import profile_pb2
from services.kit.rights.access import Role
from tests.support.websocket import serving, socket
from tests.unit.gateway.support.running import Platform, open_platform
from tests.unit.gateway.support.stub_services import StubServices

NAME = '{ department(key: "d0") { name } }'
CARD = """{ department(key: "d0") { scorecard(period: {from: "2026-01-01", to: "2026-02-01"}) {
    nps { value base } } } }"""
RENAME = """mutation { upsertDepartments(input: {departments: [{key: "d0", name: "Bills"}]}) {
    userErrors { code } } }"""


@pytest.fixture
async def platform(tmp_path: Path) -> AsyncIterator[Platform]:
    """That hears what changes."""
    root = profile_pb2.Department(id="id-root", key="root", name="Root")
    root.placements.add()
    child = profile_pb2.Department(id="id-d0", key="d0", name="Billing")
    child.placements.add(parent_id="id-root")
    services = StubServices(departments=[root, child])
    services.scores = [scores_pb2.Score(metric="nps", version=1, value=10.0, base=7)]
    async with open_platform(tmp_path, services) as opened:
        opened.gateway.listeners.live.set()
        yield opened


async def asked(platform: Platform, query: str, authorization: str, **headers: str) -> list[str]:
    """The calls that an answer without errors made."""
    platform.services.asked.clear()
    response = await post(platform, query, authorization, **headers)
    assert "errors" not in response.json(), response.text
    return sorted(platform.services.asked)


async def post(
    platform: Platform, query: str, authorization: str, **headers: str
) -> httpx.Response:
    sent = {"authorization": authorization, **headers}
    return await platform.http.post("/graphql", json={"query": query}, headers=sent)


def scores_changed(*departments: str, everywhere: bool = False) -> events_pb2.ScoreChanged:
    at = Timestamp(seconds=1)
    named = [events_pb2.AffectedDepartment(department_id=department) for department in departments]
    told = events_pb2.ScoreChanged(departments=named, at=at)
    if everywhere:
        told.everywhere.SetInParent()
    return told


@pytest.mark.parametrize("query", [NAME, CARD])
async def test_who_has_the_same_rights_gets_the_same_answer(platform: Platform, query: str) -> None:
    ann, bob = platform.bearer(subject="ann"), platform.bearer(subject="bob")
    analyst = platform.bearer(Role.ANALYST)

    assert await asked(platform, query, ann) != []
    first = await post(platform, query, ann)
    assert await asked(platform, query, bob) == []
    again = await post(platform, query, bob)
    assert await asked(platform, query, analyst) != []

    assert (again.content, again.headers["content-type"]) == (
        first.content,
        first.headers["content-type"],
    )


async def test_an_answer_ends_with_the_scores_it_was_made_of(platform: Platform) -> None:
    bearer, listeners = platform.bearer(), platform.gateway.listeners
    await asked(platform, CARD, bearer)
    listeners.hear(scores_changed("id-root"))
    assert await asked(platform, CARD, bearer) == []

    listeners.hear(scores_changed("id-d0", "id-root"))
    assert await asked(platform, CARD, bearer) != []
    listeners.hear(scores_changed(everywhere=True))
    assert await asked(platform, CARD, bearer) != []
    listeners.hear_directory()
    assert await asked(platform, CARD, bearer) != []
    listeners.missed()
    assert await asked(platform, CARD, bearer) != []
    assert await asked(platform, CARD, bearer) == []


async def test_scores_that_change_while_they_are_read_are_not_kept(platform: Platform) -> None:
    bearer, services = platform.bearer(), platform.services
    services.hold = asyncio.Event()
    reading = asyncio.create_task(asked(platform, CARD, bearer))
    await services.waiting.wait()
    platform.gateway.listeners.hear(scores_changed("id-d0"))
    services.hold.set()
    await reading

    assert await asked(platform, CARD, bearer) != []
    assert await asked(platform, CARD, bearer) == []


async def test_what_many_ask_for_at_once_is_made_once(platform: Platform) -> None:
    bearer, services = platform.bearer(), platform.services
    await asked(platform, CARD, bearer)
    platform.gateway.listeners.hear(scores_changed("id-d0"))
    services.asked.clear()
    services.hold = asyncio.Event()
    first = asyncio.create_task(post(platform, CARD, bearer))
    await services.waiting.wait()
    others = [asyncio.create_task(post(platform, CARD, bearer)) for _ in range(20)]
    await post(platform, "{ __typename }", bearer)  # they have begun
    services.hold.set()

    answers = {(await task).text for task in (first, *others)}

    assert len(answers) == 1
    assert len(services.asked["GetScorecards"]) == 1


async def test_who_waits_for_an_answer_that_is_not_kept_asks_again(platform: Platform) -> None:
    bearer, services = platform.bearer(), platform.services
    await asked(platform, CARD, bearer)
    platform.gateway.listeners.hear(scores_changed("id-d0"))
    services.asked.clear()
    services.hold = asyncio.Event()
    first = asyncio.create_task(post(platform, CARD, bearer))
    await services.waiting.wait()
    second = asyncio.create_task(post(platform, CARD, bearer))
    await post(platform, "{ __typename }", bearer)
    platform.gateway.listeners.hear(scores_changed("id-d0"))
    services.hold.set()

    assert (await first).text == (await second).text
    assert len(services.asked["GetScorecards"]) == 2


async def test_a_mutation_through_this_gateway_is_seen_at_once(platform: Platform) -> None:
    bearer = platform.bearer()
    await asked(platform, NAME, bearer)
    await asked(platform, RENAME, bearer)

    assert await asked(platform, NAME, bearer) != []


async def test_a_strangers_mutation_that_is_refused_drops_nothing(platform: Platform) -> None:
    bearer = platform.bearer()
    await asked(platform, NAME, bearer)
    async with serving(platform.gateway, platform.settings) as url, socket(url) as stranger:
        await stranger.initialise()
        await stranger.subscribe("1", RENAME)
        answer = await stranger.receive()

    assert answer["payload"]["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert await asked(platform, NAME, bearer) == []


async def test_nothing_is_kept_that_nobody_tells_the_end_of(platform: Platform) -> None:
    platform.gateway.listeners.live.clear()
    bearer = platform.bearer()
    await asked(platform, NAME, bearer)
    assert platform.gateway.listeners.wanted.is_set()
    assert await asked(platform, NAME, bearer) != []

    platform.gateway.listeners.live.set()
    await asked(platform, NAME, bearer)
    assert await asked(platform, NAME, bearer) == []
    platform.gateway.listeners.live.clear()
    assert await asked(platform, NAME, bearer) != []


async def test_what_was_read_before_changes_are_heard_is_not_kept(platform: Platform) -> None:
    bearer, services = platform.bearer(), platform.services
    platform.gateway.listeners.live.clear()
    services.hold = asyncio.Event()
    reading = asyncio.create_task(asked(platform, CARD, bearer))
    await services.waiting.wait()
    platform.gateway.listeners.live.set()
    services.hold.set()
    await reading

    assert await asked(platform, CARD, bearer) != []
    assert await asked(platform, CARD, bearer) == []


async def test_who_wants_a_new_answer_gets_one(platform: Platform) -> None:
    bearer = platform.bearer()
    await asked(platform, NAME, bearer)

    assert await asked(platform, NAME, bearer, **{"cache-control": "no-cache"}) != []
    assert await asked(platform, NAME, bearer) == []


@pytest.mark.parametrize(
    "query",
    [
        '{ viewer { subject } department(key: "d0") { name } }',
        "{ departments(first: 1) { edges { cursor node { name } } } }",
        "{ departments(first: 1) { pageInfo { hasNextPage } edges { node { name } } } }",
        CARD.replace("value base", "value rest { value }"),
        '{ department(key: "d0") { name targets { metric { key } } } }',
        '{ department(key: "nothing") { name } metricDefinitions { key } }',
    ],
)
async def test_what_is_one_viewers_or_is_not_announced_is_not_kept(
    platform: Platform, query: str
) -> None:
    bearer = platform.bearer()
    first = await asked(platform, query, bearer)

    assert await asked(platform, query, bearer) == first != []


async def test_errors_are_not_kept(platform: Platform) -> None:
    bearer = platform.bearer()
    await platform.servers["metrics"].stop(None)
    for _ in range(2):
        platform.services.asked.clear()
        response = await post(platform, CARD, bearer)
        assert response.json()["errors"]
        assert list(platform.services.asked) == ["BatchGetDepartments"]


async def test_a_kept_answer_costs_who_asks_what_it_cost_first(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    spent: list[Any] = []
    monkeypatch.setattr(
        type(platform.gateway.throttle),
        "spend",
        lambda _self, _viewer, _address, values: spent.append(values),
    )
    await post(platform, CARD, platform.bearer())
    first = sum(spent)
    spent.clear()
    await post(platform, CARD, platform.bearer())

    assert 0 < sum(spent) <= first  # reading a new document counts once
    assert sum(spent) > 1
