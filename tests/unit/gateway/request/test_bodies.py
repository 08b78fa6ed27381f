"""What a body costs before it is refused, and what is counted in it."""

import json
import time
from typing import Any

import pytest

from tests.support.processor import allowed
from tests.unit.gateway.support.running import Platform

SUBMIT = """mutation ($input: SubmitResponsesInput!) { submitResponses(input: $input) {
    results { status } userErrors { code } } }"""
UPSERT = """mutation ($input: UpsertDepartmentsInput!) { upsertDepartments(input: $input) {
    userErrors { code } } }"""
CPU_SECONDS = 0.25
SCORE = {"question": "recommend", "score": 9}


def responses(count: int, answers: int, choices: int = 0) -> dict[str, Any]:
    answer: dict[str, Any] = {"question": "q", "choices": ["a"] * choices} if choices else SCORE
    return {"responses": [{"survey": "public", "answers": [answer] * answers}] * count}


@pytest.mark.parametrize(
    ("given", "is_taken"),
    [
        (responses(1_000, 1), True),
        (responses(1_001, 1), False),
        (responses(1, 200), True),
        (responses(1, 201), False),
        (responses(1, 1, 200), True),
        (responses(1, 1, 201), False),
    ],
    ids=["1000", "1001", "200 answers", "201 answers", "200 choices", "201 choices"],
)
async def test_lists_are_counted_before_they_are_read(
    platform: Platform, given: dict[str, Any], is_taken: bool
) -> None:
    answer = await platform.ask(SUBMIT, input=given)

    reasons = [error["extensions"]["reason"] for error in answer.get("errors", ())]
    assert reasons == ([] if is_taken else ["TOO_MANY"])


async def test_deep_variables_are_refused(platform: Platform) -> None:
    deep: Any = []
    for _ in range(500):
        deep = [deep]

    answer = await platform.ask(SUBMIT, input=deep)

    assert answer["errors"][0]["extensions"]["reason"] == "TOO_DEEP"


async def test_without_a_token_variables_are_not_looked_at(platform: Platform) -> None:
    departments = {"departments": [{"unknown": 1}]}

    assert await platform.codes(UPSERT, input=departments) == ["UNAUTHENTICATED"]
    with_token = await platform.codes(UPSERT, platform.bearer(), input=departments)
    assert set(with_token) == {"BAD_USER_INPUT"}


@pytest.mark.parametrize("item", [b"[],", b"{},", b"1,"])
@pytest.mark.parametrize("signed_in", [True, False])
async def test_a_large_body_is_refused_cheaply(
    platform: Platform, item: bytes, signed_in: bool
) -> None:
    begin = json.dumps({"query": SUBMIT})[:-1].encode() + b', "variables": {"input": ['
    body = begin + item * (4 * 1024 * 1024) + b"1]}}"
    headers = {"content-type": "application/json"}
    if signed_in:
        headers["authorization"] = platform.bearer()

    since = time.process_time()
    answer = await platform.http.post("/graphql", content=body, headers=headers)
    spent = time.process_time() - since

    assert answer.status_code == 413
    assert spent < allowed(CPU_SECONDS)
