"""Responses are submitted, one or up to 1,000 at once."""

from typing import Any
from uuid import UUID

import pytest

from tests.unit.gateway.support.running import Platform

BATCH = """mutation ($input: SubmitResponsesInput!) { submitResponses(input: $input) {
    results { index id status userErrors { field message code } } userErrors { field message code } } }"""
ONE = """mutation ($input: SubmitResponseInput!) { submitResponse(input: $input) {
    response { id } userErrors { field message code } } }"""
ID = "0198f1f0-0000-7000-8000-000000000001"


def response(**fields: Any) -> dict[str, Any]:
    return {"survey": "s", "answers": [{"question": "recommend", "score": 9}]} | fields


async def submit(platform: Platform, responses: list[dict[str, Any]]) -> dict[str, Any]:
    data = await platform.data(BATCH, input={"responses": responses})
    payload: dict[str, Any] = data["submitResponses"]
    return payload


async def test_a_response_reaches_the_service_as_it_was_sent(platform: Platform) -> None:
    sent = response(
        id=ID,
        answers=[
            {"question": "recommend", "score": 0},
            {"question": "satisfied", "dontKnow": True, "score": None},
            {"question": "why", "text": "ļoti 🙂\0", "dontKnow": False},
            {"question": "nothing"},
            {"question": "reason", "choices": ["price", "time"]},
            {"question": "none", "choices": []},
        ],
        touchpoint="t",
        department="d",
        customer="c",
        channel="EMAIL",
        segment="s",
        language="lv",
        occurredAt="2026-01-01T10:00:00+02:00",
    )

    answer = await platform.data(ONE, input=sent)

    assert answer["submitResponse"] == {"response": {"id": ID}, "userErrors": []}
    (request,) = platform.services.asked["SubmitResponses"]
    (submission,) = request.submissions
    assert submission.occurred_at == "2026-01-01T10:00:00+02:00"
    assert [a.WhichOneof("value") for a in submission.answers] == [
        "score",
        "dont_know",
        "text",
        None,
        "choices",
        "choices",
    ]
    assert submission.answers[2].text == "ļoti 🙂\0"
    assert [list(a.choices.options) for a in submission.answers[4:]] == [["price", "time"], []]
    names = ("touchpoint", "department", "customer", "channel", "segment", "language")
    assert [getattr(submission, name) for name in names] == ["t", "d", "c", "EMAIL", "s", "lv"]


async def test_what_was_not_sent_is_absent_and_an_id_is_made(platform: Platform) -> None:
    answer = await platform.data(ONE, input=response())

    (request,) = platform.services.asked["SubmitResponses"]
    (submission,) = request.submissions
    assert {descriptor.name for descriptor, _ in submission.ListFields()} == {
        "id",
        "survey",
        "answers",
    }
    assert UUID(answer["submitResponse"]["response"]["id"]).version == 7


async def test_results_come_in_order_and_a_bad_one_harms_no_neighbour(platform: Platform) -> None:
    unclear = [{"question": "recommend", "score": 1, "text": "x"}]
    refused = [{"question": "why", "text": "refuse"}]

    payload = await submit(
        platform,
        [
            response(id="a"),
            response(id="b", answers=unclear),
            response(id="c", answers=refused),
            response(id="d"),
        ],
    )

    results = payload["results"]
    assert [(r["index"], r["id"], r["status"]) for r in results] == [
        (0, "a", "STORED"),
        (1, "b", "REFUSED"),
        (2, "c", "REFUSED"),
        (3, "d", "STORED"),
    ]
    assert results[1]["userErrors"] == [
        {
            "field": ["answers", "0"],
            "code": "ONE_VALUE",
            "message": "give exactly one of score, text, choices and dontKnow",
        }
    ]
    assert results[2]["userErrors"] == [
        {"field": ["dontKnow", "0"], "code": "REFUSED_BY_TEST", "message": "as asked"}
    ]
    (request,) = platform.services.asked["SubmitResponses"]
    assert [submission.id for submission in request.submissions] == ["a", "c", "d"]


async def test_an_empty_id_is_refused_as_any_other_that_is_no_uuid(platform: Platform) -> None:
    """It was read as none, so that a call that was repeated stored another response. Without one an id is made."""
    sent = [response(id=""), {k: v for k, v in response().items() if k != "id"}]

    empty, made = (await submit(platform, sent))["results"]

    assert (empty["id"], empty["status"]) == (None, "REFUSED")
    assert [(e["field"], e["code"]) for e in empty["userErrors"]] == [(["id"], "INVALID_ID")]
    assert made["status"] == "STORED"


async def test_a_refused_response_is_null_with_its_reasons(platform: Platform) -> None:
    answer = await platform.data(
        ONE, input=response(answers=[{"question": "why", "text": "refuse"}])
    )

    assert answer["submitResponse"]["response"] is None
    assert [e["code"] for e in answer["submitResponse"]["userErrors"]] == ["REFUSED_BY_TEST"]


async def test_a_batch_has_a_response(platform: Platform) -> None:
    payload = await submit(platform, [])

    assert payload["results"] == []
    assert [error["code"] for error in payload["userErrors"]] == ["EMPTY"]
    assert not platform.services.asked["SubmitResponses"]


async def test_a_batch_of_1000_is_one_call(platform: Platform) -> None:
    payload = await submit(platform, [response(id=str(number)) for number in range(1_000)])

    assert [result["id"] for result in payload["results"]] == [str(n) for n in range(1_000)]
    assert len(platform.services.asked["SubmitResponses"]) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"occurredAt": 1},
        {"answers": None},
        {"answers": [{"question": "recommend", "score": "9"}]},
        {"answers": [{"question": "recommend", "score": 9.5}]},
        {"answers": [{"question": "recommend", "score": 2**31}]},
        {"answers": [{"score": 9}]},
        {"unknown": 1},
        {"survey": 1},
    ],
    ids=repr,
)
async def test_what_does_not_fit_the_schema_stores_nothing(
    platform: Platform, fields: dict[str, Any]
) -> None:
    codes = await platform.codes(
        BATCH, platform.bearer(), input={"responses": [response(**fields)]}
    )

    assert codes == ["BAD_USER_INPUT"]
    assert not platform.services.asked
