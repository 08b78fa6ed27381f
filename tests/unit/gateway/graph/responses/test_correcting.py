"""Corrections and withdrawals in the public schema."""

from services.kit.errors import NotFound
from tests.unit.gateway.support.running import Platform

CORRECT = """mutation ($input: CorrectResponseInput!) { correctResponse(input: $input) {
    changed userErrors { field code } } }"""
WITHDRAW = """mutation ($input: WithdrawResponseInput!) { withdrawResponse(input: $input) {
    changed userErrors { field code } } }"""


async def test_a_response_is_corrected_by_its_receipt_without_a_token(platform: Platform) -> None:
    answers = [{"question": "recommend", "score": 3}, {"question": "which", "choices": ["a"]}]

    answer = await platform.data(CORRECT, input={"id": "r", "receipt": "x", "answers": answers})

    assert answer["correctResponse"] == {"changed": True, "userErrors": []}
    (request,) = platform.services.asked["CorrectResponse"]
    assert (request.id, request.receipt) == ("r", "x")
    assert [a.WhichOneof("value") for a in request.answers] == ["score", "choices"]


async def test_an_unclear_correction_is_not_sent(platform: Platform) -> None:
    answers = [{"question": "recommend", "score": 3, "text": "a"}]

    answer = await platform.data(CORRECT, input={"id": "r", "answers": answers})

    assert [e["code"] for e in answer["correctResponse"]["userErrors"]] == ["ONE_VALUE"]
    assert not platform.services.asked["CorrectResponse"]


async def test_a_withdrawal_says_whether_it_changed_anything(platform: Platform) -> None:
    answer = await platform.data(WITHDRAW, input={"id": "r"})

    assert answer["withdrawResponse"] == {"changed": False, "userErrors": []}
    (request,) = platform.services.asked["WithdrawResponse"]
    assert not request.HasField("receipt")


async def test_a_refusal_is_a_user_error(platform: Platform) -> None:
    platform.services.failures["WithdrawResponse"] = NotFound(
        "no", reason="UNKNOWN_RESPONSE", field=["id"]
    )

    answer = await platform.data(WITHDRAW, input={"id": "r", "receipt": "wrong"})

    assert answer["withdrawResponse"]["userErrors"] == [
        {"field": ["id"], "code": "UNKNOWN_RESPONSE"}
    ]


async def test_a_submission_is_answered_with_its_receipt(platform: Platform) -> None:
    data = await platform.data(
        """mutation ($input: SubmitResponsesInput!) { submitResponses(input: $input) {
            results { receipt status } } }""",
        input={
            "responses": [
                {"id": "a", "survey": "s", "answers": [{"question": "q", "score": 1}]},
                {"id": "b", "survey": "s", "answers": [{"question": "q", "text": "refuse"}]},
            ]
        },
    )

    assert data["submitResponses"]["results"] == [
        {"receipt": "receipt of a", "status": "STORED"},
        {"receipt": None, "status": "REFUSED"},
    ]


async def test_a_submission_carries_its_secret(platform: Platform) -> None:
    await platform.data(
        "mutation ($input: SubmitResponseInput!) { submitResponse(input: $input) { receipt } }",
        input={"survey": "s", "answers": [{"question": "q", "score": 1}], "secret": "s" * 16},
    )

    (request,) = platform.services.asked["SubmitResponses"]
    assert request.submissions[0].secret == "s" * 16
