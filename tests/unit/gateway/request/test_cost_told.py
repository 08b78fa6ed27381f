"""`extensions: {cost: true}`: an answer says what it cost."""

from typing import Any

import httpx
import pytest

from gateway.request.budget import LARGEST_COST
from gateway.request.documents import DOCUMENT_VALUES
from tests.support.websocket import serving, socket
from tests.unit.gateway.support.running import Platform

PAGED = "query ($n: Int) { departments(first: $n) { edges { node { key parent { key } name } } } }"
WISH = {"extensions": {"cost": True}}


async def post(platform: Platform, content: Any) -> Any:
    headers = {"authorization": platform.bearer()}
    return (await platform.http.post("/graphql", json=content, headers=headers)).json()


async def test_an_answer_says_what_the_document_may_cost_and_what_was_charged(
    platform: Platform,
) -> None:
    content = {"query": PAGED, "variables": {"n": 1}, **WISH}
    new = (await post(platform, content))["extensions"]["cost"]
    known = (await post(platform, content))["extensions"]["cost"]
    larger = (await post(platform, {**content, "variables": {"n": 100}}))["extensions"]["cost"]

    assert {*new} == {"static", "charged", "limit"}
    # A call, two fields, and on a page of 100: node, key, parent, its key and name.
    assert new["static"] == known["static"] == larger["static"] == 40 + 2 + 100 * 5
    assert known["limit"] == LARGEST_COST
    assert new["charged"] == known["charged"] + DOCUMENT_VALUES + len(PAGED)
    assert larger["charged"] - known["charged"] == 99 * 5


async def test_what_was_charged_is_what_was_taken(platform: Platform) -> None:
    taken: list[int] = []
    spend = platform.gateway.throttle.spend

    def watched(viewer: Any, address: str, values: int) -> None:
        taken.append(values)
        spend(viewer, address, values)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(platform.gateway.throttle), "spend", lambda _, *given: watched(*given))
        cost = (await post(platform, {"query": PAGED, **WISH}))["extensions"]["cost"]

    of_body, *of_request = taken
    assert cost["charged"] == sum(of_request) > of_body


async def test_it_is_told_beside_errors_in_batches_and_over_sockets(platform: Platform) -> None:
    failing = {"query": "{ organization { key } }", **WISH}
    first, second = await post(platform, [failing, {"query": "{ __typename }"}])
    async with (
        serving(platform.gateway, platform.settings) as url,
        socket(url) as client,
    ):
        await client.initialise(platform.bearer())
        await client.send(type="subscribe", id="1", payload=failing)
        over_socket = (await client.receive())["payload"]

    assert first["extensions"]["cost"]["charged"] > 0
    assert "extensions" not in second
    assert over_socket["data"] == first["data"]
    assert {*over_socket["extensions"]["cost"]} == {"static", "charged", "limit"}


async def test_it_is_asked_for_by_get_too_and_by_nothing_but_true(platform: Platform) -> None:
    async def asked(cost: str) -> httpx.Response:
        headers = {"authorization": platform.bearer()}
        parameters = {"query": "{ __typename }", "extensions": f'{{"cost":{cost}}}'}
        return await platform.http.get("/graphql", params=parameters, headers=headers)

    assert "cost" in (await asked("true")).json()["extensions"]
    assert "extensions" not in (await asked("false")).json()
    assert (await asked("1")).status_code == 400
