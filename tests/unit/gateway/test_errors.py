"""What fails is said without showing our insides, and costs no more than itself."""

import asyncio
from typing import Any

import pytest
from graphql import GraphQLError
from structlog.testing import capture_logs

from gateway.errors import MOST_TOLD, TOLD, format_errors
from gateway.request.execution import operations
from services.kit.errors import (
    Broken,
    Conflict,
    Denied,
    Failure,
    Invalid,
    NotFound,
    RateLimited,
    Unavailable,
)
from tests.unit.gateway.support.running import Platform

READ = """{ organization { key
    scorecard(period: {from: "2026-01-01", to: "2026-02-01"}) { nps { value } } } }"""


@pytest.mark.parametrize(
    ("failure", "code", "reason"),
    [
        (Invalid("bad", reason="TOO_EARLY"), "BAD_USER_INPUT", "TOO_EARLY"),
        (NotFound("gone"), "NOT_FOUND", None),
        (Denied("no"), "FORBIDDEN", None),
        (Conflict("odd"), "CONFLICT", None),
        (Unavailable("away"), "UNAVAILABLE", None),
        (Unavailable("ended", reason="CHILD_DIED"), "UNAVAILABLE", "CHILD_DIED"),
        (RateLimited("full", reason="IMPORTS_BUSY"), "RATE_LIMITED", "IMPORTS_BUSY"),
        (Broken("row 7 of table x"), "INTERNAL", None),
        (RuntimeError("secret"), "INTERNAL", None),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_a_services_failure_becomes_a_code(
    platform: Platform, failure: Exception, code: str, reason: str | None
) -> None:
    platform.services.failures["GetScorecards"] = failure

    with capture_logs():
        answer = await platform.ask(READ)

    (error,) = answer["errors"]
    assert error["path"] == ["organization", "scorecard"]
    assert error["extensions"]["code"] == code
    assert error["extensions"].get("reason") == reason
    assert len(error["extensions"]["requestId"]) == 32
    assert answer["data"] == {"organization": {"key": "root", "scorecard": None}}
    if code == "INTERNAL":
        assert "secret" not in error["message"]
        assert "table" not in error["message"]


async def test_our_own_defects_are_masked_and_logged(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform.gateway.cache, "now", lambda: 1 / 0)

    with capture_logs() as logs:
        answer = await platform.ask('{ department(key: "d0") { key parent { key } } }')

    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "INTERNAL"
    assert "zero" not in error["message"]
    assert answer["data"] == {"department": {"key": "d0", "parent": None}}
    (entry,) = (entry for entry in logs if entry["event"] == "a field failed")
    assert entry["request_id"] == error["extensions"]["requestId"]
    assert isinstance(entry["exc_info"], ZeroDivisionError)


async def test_a_service_that_is_away_leaves_the_rest_on_the_screen(platform: Platform) -> None:
    await platform.servers["metrics"].stop(None)

    answer = await platform.ask(READ)

    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "UNAVAILABLE"
    assert "metrics" in error["message"]
    assert "unix" not in error["message"]
    assert answer["data"]["organization"] == {"key": "root", "scorecard": None}


async def test_one_failing_call_fails_each_field_that_waited_for_it(platform: Platform) -> None:
    platform.services.failures["GetScorecards"] = Denied("no")
    query = READ.replace("organization { key", "organization { children { edges { node { key")

    answer = await platform.ask(query.replace("} } }", "} } } } } }"))

    paths = [error["path"] for error in answer["errors"]]
    assert paths == [
        ["organization", "children", "edges", i, "node", "scorecard"] for i in range(3)
    ]
    assert len(platform.services.asked["GetScorecards"]) == 1


async def test_time_that_ran_out_is_said_and_the_rest_is_answered(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "SECONDS", 0.2)
    platform.services.hold = asyncio.Event()

    answer = await platform.ask(READ)

    assert [error["extensions"]["code"] for error in answer["errors"]] == ["DEADLINE_EXCEEDED"]
    assert answer["data"]["organization"]["key"] == "root"


async def test_calls_end_when_the_client_is_gone(platform: Platform) -> None:
    platform.services.hold = asyncio.Event()
    gone = asyncio.Event()
    body = b'{"query": "%s"}' % READ.replace('"', '\\"').replace("\n", " ").encode()
    parts = iter([{"type": "http.request", "body": body}])
    sent = []

    async def receive() -> Any:
        for part in parts:
            return part
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: object) -> None:
        sent.append(message)

    headers = [
        (b"content-type", b"application/json"),
        (b"authorization", platform.bearer().encode()),
    ]
    scope = {"type": "http", "method": "POST", "path": "/graphql", "headers": headers}
    app = platform.http._transport.app  # type: ignore[attr-defined]
    request = asyncio.create_task(app(scope, receive, send))
    async with asyncio.timeout(5):
        await platform.services.waiting.wait()
        gone.set()
        await request
        await platform.services.cancelled.wait()

    assert sent == []


async def test_expected_failures_of_a_mutation_are_user_errors(platform: Platform) -> None:
    query = """mutation { createSurvey(input: {key: "a", title: "a", questions: []}) {
        survey { key } userErrors { field message code } } }"""
    failures: list[Failure] = [
        Conflict(
            "another survey has this key", reason="KEY_TAKEN", field=["survey", "in_scorecard"]
        ),
        Invalid("no questions", reason="EMPTY"),
        NotFound("no such department", reason="DEPARTMENT_UNKNOWN", field=["department"]),
    ]
    for failure in failures:
        platform.services.failures["CreateSurvey"] = failure
        payload = (await platform.data(query))["createSurvey"]

        assert payload["survey"] is None
        (error,) = payload["userErrors"]
        assert (error["message"], error["code"]) == (failure.message, failure.reason)

    assert error["field"] == ["department"]


async def test_unexpected_failures_of_a_mutation_are_errors(platform: Platform) -> None:
    query = (
        'mutation { createSurvey(input: {key: "a", title: "a", questions: []}) { survey { key } } }'
    )
    for failure, code in ((Denied("no"), "FORBIDDEN"), (Unavailable("away"), "UNAVAILABLE")):
        platform.services.failures["CreateSurvey"] = failure
        assert await platform.codes(query, platform.bearer()) == [code]


async def test_what_is_missing_is_told_of_each_field_and_of_lists_of_the_first(
    platform: Platform,
) -> None:
    await platform.servers["metrics"].stop(None)
    fields = " ".join(f"a{number}: alerts {{ edges {{ node {{ id }} }} }}" for number in range(7))

    apart = await platform.ask(f'{{ department(key: "d0") {{ {fields} }} }}')
    many = await platform.ask("""{ organization { children(first: 100) { edges { node {
      scorecard(period: {from: "2026-01-01", to: "2027-01-01"}) { nps { base } } } } } } }""")

    assert {error["path"][-1] for error in apart["errors"]} == {f"a{n}" for n in range(7)}
    assert "extensions" not in apart
    assert len(many["errors"]) == 3


def test_errors_of_a_long_list_are_few() -> None:
    of_list = [GraphQLError("x", path=["list", number, "a"]) for number in range(100)]
    apart = [GraphQLError("x", path=[f"f{number}"]) for number in range(100)]

    told = [entry["path"] for entry in format_errors([*of_list, *apart], "id")]

    assert told[: TOLD + 1] == [*(["list", number, "a"] for number in range(TOLD)), ["f0"]]
    assert len(told) == MOST_TOLD
