"""GET: queries whose request stands in the address."""

import json
from typing import Any

import httpx
import pytest

from gateway.request.asked import QUERY_STRING_BYTES
from tests.unit.gateway.support.running import Platform

RESPONSE = "application/graphql-response+json"


async def get(platform: Platform, **parameters: Any) -> httpx.Response:
    given = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in parameters.items()
    }
    headers = {"accept": RESPONSE, "authorization": platform.bearer()}
    return await platform.http.get("/graphql", params=given, headers=headers)


async def test_a_query_is_answered_as_if_it_were_posted(platform: Platform) -> None:
    query = "query Key($key: String!) { department(key: $key) { name } }"
    whole = await get(platform, query="{ __typename }", variables="", extensions={})
    named = await get(
        platform, query=query, variables={"key": "nowhere"}, operationName="Key", extensions="null"
    )

    assert (whole.status_code, whole.json()) == (200, {"data": {"__typename": "Query"}})
    assert (named.status_code, named.json()) == (200, {"data": {"department": None}})
    assert named.headers["cache-control"] == "no-store"


async def test_nothing_is_changed_by_get(platform: Platform) -> None:
    query = 'mutation { submitResponse(input: {survey: "s", answers: []}) { receipt } }'
    answer = await get(platform, query=query)

    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert "data" not in answer.json()
    assert platform.services.asked["SubmitResponses"] == []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("", 400),
        ("?query=", 400),
        ("?operationName=A", 400),
        ("?query={__typename}&variables={", 400),
        ("?query={__typename}&variables=[1]", 400),
        ("?query={__typename}&extensions=1", 400),
        ("?query={__typename}&query={__typename}", 400),
        ("?query=%FF", 400),
        ("?" + "&".join(f"x{number}=1" for number in range(9)), 400),
        ("?query={__typename}" + "%20" * (QUERY_STRING_BYTES // 3), 414),
    ],
)
async def test_what_is_no_request_is_refused(platform: Platform, address: str, status: int) -> None:
    answer = await platform.http.get(f"/graphql{address}", headers={"accept": RESPONSE})

    assert answer.status_code == status
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"
