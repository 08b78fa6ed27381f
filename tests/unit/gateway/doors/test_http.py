"""GraphQL over HTTP: media types, statuses, bodies."""

import json
from typing import Any

import httpx
import pytest

from tests.unit.gateway.support.running import Platform

RESPONSE = "application/graphql-response+json"
JSON = "application/json"
BAD_DOCUMENTS = {
    "parsing": {"query": "{"},
    "validation": {"query": "{ nothing }"},
    "variables": {
        "query": "mutation ($i: SubmitResponseInput!) { submitResponse(input: $i) { receipt } }",
        "variables": {},
    },
    "operation": {"query": "query A { __typename } query B { __typename }"},
    "operation name": {"query": "query A { __typename }", "operationName": "C"},
}


async def post(platform: Platform, content: Any, accept: str | None = JSON) -> httpx.Response:
    headers = {"content-type": JSON} | ({"accept": accept} if accept is not None else {})
    if accept is None:
        del platform.http.headers["accept"]
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return await platform.http.post("/graphql", content=body, headers=headers)


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        (RESPONSE, RESPONSE),
        (JSON, JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (None, JSON),
        (f"{RESPONSE}, {JSON};q=0.9", RESPONSE),
        (f"{JSON}, {RESPONSE}", JSON),
        (f"{JSON};q=0.5, {RESPONSE}", RESPONSE),
        (f"text/html, {RESPONSE};charset=utf-8;q=0.2", RESPONSE),
    ],
)
async def test_the_answer_has_the_most_wanted_media_type(
    platform: Platform, accept: str | None, given: str
) -> None:
    answer = await post(platform, {"query": "{ __typename }"}, accept)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{given}; charset=utf-8"
    assert answer.json() == {"data": {"__typename": "Query"}}


async def test_a_client_that_accepts_neither_type_is_told_which_there_are(
    platform: Platform,
) -> None:
    answer = await post(platform, {"query": "{ __typename }"}, "text/html")

    assert answer.status_code == 406
    assert RESPONSE in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("document", BAD_DOCUMENTS.values(), ids=BAD_DOCUMENTS)
async def test_what_is_not_executed_has_no_data(platform: Platform, document: Any) -> None:
    strict, lenient = await post(platform, document, RESPONSE), await post(platform, document, JSON)

    assert (strict.status_code, lenient.status_code) == (400, 200)
    for answer in (strict, lenient):
        assert "data" not in answer.json()
        assert answer.json()["errors"][0]["extensions"]["code"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b'{"query": "{ __typename }", "variables": {"a": "\xff"}}',
        b"[]",
        b"[1]",
        b'"query"',
        b"null",
        {},
        {"query": None},
        {"query": ""},
        {"query": 1},
        {"query": ["{ __typename }"]},
        {"query": "{ __typename }", "variables": "{}"},
        {"query": "{ __typename }", "variables": [1]},
        {"query": "{ __typename }", "operationName": 1},
        {"query": "{ __typename }", "extensions": []},
    ],
    ids=repr,
)
async def test_a_body_that_is_no_request_is_refused(platform: Platform, content: Any) -> None:
    answer = await post(platform, content, RESPONSE)

    assert answer.status_code == 400
    assert answer.headers["content-type"] == f"{RESPONSE}; charset=utf-8"
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


async def test_null_and_absent_parameters_are_the_same(platform: Platform) -> None:
    content = {
        "query": "{ __typename }",
        "variables": None,
        "operationName": None,
        "extensions": None,
    }

    assert (await post(platform, content)).json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "HEAD"])
async def test_only_get_and_post_are_taken(platform: Platform, method: str) -> None:
    answer = await platform.http.request(method, "/graphql?query={__typename}")

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, POST"


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json; charset=utf-8", 200),
        ('Application/JSON; charset="UTF-8"', 200),
        ("application/json; charset=latin-1", 415),
        ("application/x-www-form-urlencoded", 415),
        ("text/plain", 415),
        ("multipart/form-data; boundary=x", 415),
        ("", 415),
    ],
)
async def test_only_json_in_utf8_is_taken(
    platform: Platform, content_type: str, status: int
) -> None:
    body = b'{"query": "{ __typename }"}'
    answer = await platform.http.post(
        "/graphql", content=body, headers={"content-type": content_type}
    )

    assert answer.status_code == status
    assert answer.json()


async def test_more_than_256_kibibytes_are_for_submit_responses_with_a_token_alone(
    platform: Platform,
) -> None:
    query = "mutation ($input: SubmitResponsesInput!) { submitResponses(input: $input) { %s } }"
    answers = [{"question": "why", "text": "x" * 2_000}]
    responses = [{"survey": "relationship", "answers": answers}] * 1_000
    variables = {"input": {"responses": responses}}

    content = {"query": query % "results { status }", "variables": variables}
    stranger = await post(platform, content, RESPONSE)
    platform.http.headers["authorization"] = platform.bearer()
    taken = await post(platform, content, RESPONSE)
    padded = await post(platform, {"query": "{ __typename }", "variables": variables}, RESPONSE)
    hidden = await post(
        platform,
        {
            "query": "mutation { ...F } fragment F on Mutation { __typename }",
            "variables": variables,
        },
        RESPONSE,
    )

    assert [r["status"] for r in taken.json()["data"]["submitResponses"]["results"]] == [
        "STORED"
    ] * 1_000
    assert [stranger.status_code, padded.status_code, hidden.status_code] == [413] * 3
    assert "256 KiB" in padded.json()["errors"][0]["message"]


async def test_more_than_16_mebibytes_are_refused_before_they_are_read(platform: Platform) -> None:
    answer = await platform.http.post(
        "/graphql",
        content=b"{}",
        headers={"content-type": JSON, "content-length": str(16 * 1024 * 1024 + 1)},
    )

    assert answer.status_code == 413
    assert answer.headers["connection"] == "close"
    assert "16 MiB" in answer.json()["errors"][0]["message"]


async def test_alive_and_ready(platform: Platform) -> None:
    assert (await platform.http.get("/healthz")).status_code == 200
    assert (await platform.http.get("/readyz")).status_code == 200

    await platform.servers["metrics"].stop(None)
    waiting = await platform.http.get("/readyz")

    assert waiting.status_code == 503
    assert waiting.json() == {"status": "waiting", "away": ["metrics"]}


@pytest.mark.parametrize("accept", ["text/html", "text/html,application/xhtml+xml,*/*;q=0.8"])
async def test_a_person_who_opens_the_address_of_the_api_reads_what_it_is(
    platform: Platform, accept: str
) -> None:
    answer = await platform.http.get("/graphql", headers={"accept": accept})
    program = await platform.http.get("/graphql", headers={"accept": "application/json"})

    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "send POST" in answer.text
    assert program.status_code == 400
    assert program.json()["errors"][0]["message"] == "`query` must be a GraphQL document"
