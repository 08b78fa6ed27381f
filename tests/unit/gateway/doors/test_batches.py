"""Several requests in one body."""

from typing import Any

import httpx
import pytest

from gateway.request.asked import BATCH, BODY_BYTES
from tests.unit.gateway.support.running import Platform

NAME = {"query": "{ __typename }"}
BAD = {"query": "{ nothing }"}


async def post(platform: Platform, content: Any) -> httpx.Response:
    headers = {"authorization": platform.bearer()}
    return await platform.http.post("/graphql", json=content, headers=headers)


async def test_each_request_has_its_own_answer_in_its_place(platform: Platform) -> None:
    root = {"query": "{ organization { key } }"}

    answer = await post(platform, [NAME, BAD, root])

    assert answer.status_code == 200
    first, second, third = answer.json()
    assert first == {"data": {"__typename": "Query"}}
    assert second["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert "data" not in second
    assert third == {"data": {"organization": {"key": "root"}}}


async def test_a_batch_of_one_is_a_list(platform: Platform) -> None:
    assert (await post(platform, [NAME])).json() == [{"data": {"__typename": "Query"}}]


@pytest.mark.parametrize("count", [0, BATCH + 1])
async def test_a_batch_is_neither_empty_nor_long(platform: Platform, count: int) -> None:
    answer = await post(platform, [NAME] * count)

    assert answer.status_code == 400
    assert f"1 to {BATCH}" in answer.json()["errors"][0]["message"]


async def test_the_longest_batch_is_taken_and_a_large_one_is_not(platform: Platform) -> None:
    longest = await post(platform, [NAME] * BATCH)
    large = await post(platform, [{**NAME, "variables": {"a": "x" * BODY_BYTES}}])

    assert len(longest.json()) == BATCH
    assert large.status_code == 413
