"""Who asks for much waits before anything of it is parsed: an address without a token, a subject with one."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import get_introspection_query

from gateway.config import Settings
from gateway.strangers.buckets import Buckets
from tests.support.websocket import serving, socket
from tests.unit.gateway.support.running import Platform, open_platform
from tests.unit.gateway.support.stub_services import StubServices
from tests.unit.gateway.support.wire import Wire, open_wire

INTROSPECTION = get_introspection_query(descriptions=False)
UNKNOWN = "{ " + " ".join(f"unknown{number}" for number in range(900)) + " }"
SMALL = "{ __typename }"
ATTEMPTS = 60
SECONDS = 3


class Hands:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 5, 4, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
async def platform(services: StubServices, tmp_path: Path, hands: Hands) -> AsyncIterator[Platform]:
    """As it comes, but for a subject, who may have only twice what a stranger may."""
    async with open_platform(tmp_path, services) as running:
        running.gateway.throttle.subjects = Buckets(60_000, 10_000)
        running.gateway.throttle.now = hands
        running.gateway.listeners.live.set()
        yield running


async def until_refused(
    platform: Platform, query: str, authorization: str | None = None
) -> tuple[int, httpx.Response]:
    """How many requests were looked at, and the first that was not."""
    for taken in range(ATTEMPTS):
        reply = await platform.post(query, authorization)
        if reply.status_code == 429:
            return taken, reply
    raise AssertionError(f"all of {ATTEMPTS} were looked at")


def rejection(reply: httpx.Response) -> dict[str, Any]:
    content = reply.json()
    assert "data" not in content
    extensions: dict[str, Any] = content["errors"][0]["extensions"]
    return extensions


@pytest.mark.parametrize("query", [INTROSPECTION, UNKNOWN], ids=["introspection", "unknown fields"])
async def test_a_stranger_asks_for_much_a_few_times(platform: Platform, query: str) -> None:
    taken, refused = await until_refused(platform, query)

    assert 2 <= taken <= 8
    assert rejection(refused)["code"] == "RATE_LIMITED"
    assert int(refused.headers["retry-after"]) == rejection(refused)["retryAfter"] >= 1


@pytest.mark.parametrize("body", [b"no JSON", b'{"query": "{ broken"}'])
async def test_who_is_refused_is_not_even_parsed(platform: Platform, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    before = await platform.http.post("/graphql", content=body * 2_000, headers=headers)
    for _ in range(ATTEMPTS):
        await platform.post(UNKNOWN)

    after = await platform.http.post("/graphql", content=body * 2_000, headers=headers)

    assert before.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"
    assert (after.status_code, rejection(after)["code"]) == (429, "RATE_LIMITED")


async def test_who_waits_is_answered(platform: Platform, hands: Hands) -> None:
    _, refused = await until_refused(platform, INTROSPECTION)

    hands.at += timedelta(seconds=rejection(refused)["retryAfter"])

    assert (await platform.post(INTROSPECTION)).status_code == 200


async def test_a_form_of_a_survey_never_waits(platform: Platform) -> None:
    """The control: three hundred pages of a public survey at once, behind one address."""
    for _ in range(300):
        assert (await platform.post(SMALL)).status_code == 200


async def test_a_token_is_not_held_back_by_strangers(platform: Platform) -> None:
    await until_refused(platform, INTROSPECTION)

    assert (await platform.post(INTROSPECTION, platform.bearer())).status_code == 200


async def test_a_subject_has_one_share_for_all_its_tokens(platform: Platform) -> None:
    first, second = platform.bearer(seconds=60), platform.bearer(seconds=120)
    taken, refused = await until_refused(platform, INTROSPECTION, first)

    assert 4 < taken < 16
    assert rejection(refused)["code"] == "RATE_LIMITED"
    assert (await platform.post(INTROSPECTION, second)).status_code == 429
    assert (await platform.post(INTROSPECTION, platform.bearer(subject="ben"))).status_code == 200


async def test_one_token_asks_for_much_a_few_times_a_second_for_long(
    platform: Platform, hands: Hands
) -> None:
    """As it comes, after the burst; the control is somebody else."""
    rate = platform.settings.subject_values_rate
    platform.gateway.throttle.subjects = Buckets(60_000, rate)
    mine = platform.bearer()
    await until_refused(platform, INTROSPECTION, mine)
    taken = 0
    for _ in range(SECONDS):
        hands.at += timedelta(seconds=1)
        taken += (await until_refused(platform, INTROSPECTION, mine))[0]

    assert 2 * SECONDS <= taken <= 6 * SECONDS
    other = platform.bearer(subject="ben")
    assert (await platform.post(INTROSPECTION, other)).status_code == 200


async def test_what_a_batch_holds_is_paid_for(platform: Platform) -> None:
    answers = [{"question": "recommend", "score": 9}]
    responses = [{"survey": "public", "answers": answers}] * 1_000
    asked = """mutation ($input: SubmitResponsesInput!) { submitResponses(input: $input) {
        userErrors { code } } }"""
    taken = 0
    while (
        await platform.post(asked, platform.bearer(), input={"responses": responses})
    ).status_code == 200:
        taken += 1

    assert 5 <= taken <= 20  # of 60,000 values; by its bytes alone it were some 50


async def test_sockets_of_an_address_share_with_its_requests(platform: Platform) -> None:
    async with serving(platform.gateway, platform.settings) as url:
        answers = []
        for _ in range(ATTEMPTS):
            async with socket(url) as client:  # each with a share of its own, but for this
                await client.initialise()
                await client.subscribe("1", UNKNOWN)
                answers.append((await client.receive())["payload"][0]["extensions"]["code"])

    assert answers[:2] == ["GRAPHQL_VALIDATION_FAILED"] * 2
    assert answers[-1] == "RATE_LIMITED"


async def test_behind_a_proxy_each_client_has_its_own(platform: Platform) -> None:
    async def status(wire: Wire, address: str) -> int:
        return await wire.ask(wire.request(UNKNOWN, f"x-forwarded-for: {address}"))

    async with open_wire(platform, trusted_proxies=1) as wire:
        statuses = [await status(wire, "203.0.113.1") for _ in range(10)]
        assert statuses[-1] == 429
        assert await status(wire, "203.0.113.2") != 429


@pytest.mark.parametrize("setting", ["anonymous_values_burst", "subject_values_burst"])
def test_a_bucket_holds_the_largest_request(platform: Platform, setting: str) -> None:
    with pytest.raises(ValueError, match=setting):
        Settings(**platform.settings.model_dump() | {setting: 20_000})
