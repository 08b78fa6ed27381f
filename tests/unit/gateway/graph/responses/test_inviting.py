"""Invitations in the public schema."""

from services.kit.errors import Invalid
from tests.unit.gateway.support.running import Platform

CREATE = """mutation ($input: CreateInvitationsInput!) { createInvitations(input: $input) {
    invitations { token expiresAt } userErrors { field code } } }"""


async def test_invitations_are_made_for_whom_they_are_for(platform: Platform) -> None:
    target = {"customer": "C-1", "department": "care", "language": "lv"}

    answer = await platform.data(CREATE, input={"survey": "s", "for": [target, {}]})

    assert [i["token"] for i in answer["createInvitations"]["invitations"]] == [
        "token 0",
        "token 1",
    ]
    (request,) = platform.services.asked["CreateInvitations"]
    assert request.targets[0].customer == "C-1"
    assert not request.targets[0].HasField("touchpoint")
    assert not request.HasField("expires_at")


async def test_a_count_is_passed_on(platform: Platform) -> None:
    await platform.data(
        CREATE, input={"survey": "s", "count": 2, "expiresAt": "2027-01-01T00:00:00Z"}
    )

    (request,) = platform.services.asked["CreateInvitations"]
    assert (request.count, request.expires_at) == (2, "2027-01-01T00:00:00Z")


async def test_a_refusal_names_the_field_of_the_input(platform: Platform) -> None:
    platform.services.failures["CreateInvitations"] = Invalid(
        "no", reason="UNKNOWN_DEPARTMENT", field=["targets", "0", "department"]
    )

    answer = await platform.data(CREATE, input={"survey": "s", "for": [{"department": "x"}]})

    assert answer["createInvitations"] == {
        "invitations": [],
        "userErrors": [{"field": ["for", "0", "department"], "code": "UNKNOWN_DEPARTMENT"}],
    }


async def test_a_response_carries_its_invitation(platform: Platform) -> None:
    await platform.data(
        "mutation ($input: SubmitResponseInput!) { submitResponse(input: $input) { response { id } } }",
        input={"survey": "s", "answers": [{"question": "q", "score": 1}], "invitation": "token"},
    )

    (request,) = platform.services.asked["SubmitResponses"]
    assert request.submissions[0].invitation == "token"
