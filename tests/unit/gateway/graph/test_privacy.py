"""Erasures in the schema: what is asked of profile, and how it is shown."""

from datetime import UTC, datetime
from typing import Any

import pytest
from google.protobuf.timestamp_pb2 import Timestamp

from cxm.profile.v1 import privacy_pb2 as pb
from services.kit.errors import Conflict, Denied
from tests.unit.gateway.support.running import Platform

SHOWN = """id state number aliases requestedBy requestedAt dueAt reason decidedBy decidedAt decision sole formerlyLinked
  counts { service at digest tables { table erased blanked kept why } }
  receipts { service digest tables { table erased } } doneAt heldUntil"""
LIST = """query ($state: ErasureState, $first: Int, $after: String) {
  privacyRequests(state: $state, first: $first, after: $after) {
    totalCount requests { id } pageInfo { hasNextPage endCursor } } }"""
REQUEST = """mutation ($input: RequestErasureInput!) { requestErasure(input: $input) {
  request { id state } userErrors { code field } } }"""
DECIDE = """mutation ($input: DecidePrivacyInput!) { decidePrivacy(input: $input) {
  request { id state } userErrors { code field } } }"""
COUNT = """mutation ($input: CountErasureInput!) { countErasure(input: $input) {
  request { id } userErrors { code } } }"""
ALLOW = """mutation ($input: AllowAgainInput!) { allowAgain(input: $input) { changed userErrors { code } } }"""


def at(day: int) -> Timestamp:
    stamp = Timestamp()
    stamp.FromDatetime(datetime(2026, 3, day, tzinfo=UTC))
    return stamp


def erasure(id_: str = "e1", **more: Any) -> pb.StoredErasure:
    table = pb.ErasedTable(table="survey_response", blanked=2, why="without answers")
    count = pb.ErasureReceipt(request=id_, service="survey", at=at(1), tables=[table])
    state: dict[str, Any] = {
        "id": id_,
        "state": pb.ERASURE_STATE_COUNTED,
        "number": 17,
        "aliases": 2,
        "requested_by": "oidc:admin",
        "requested_at": at(1),
        "due_at": at(31),
        "reason": "by letter",
        "formerly_linked": [21],
        "counts": [count],
    }
    return pb.StoredErasure(**(state | more))


async def test_a_request_is_shown_with_what_was_counted(platform: Platform) -> None:
    platform.services.erasures = [erasure()]

    data = await platform.data(f'{{ privacyRequest(id: "e1") {{ {SHOWN} }} }}')

    assert data["privacyRequest"] == {
        "id": "e1",
        "state": "COUNTED",
        "number": "17",
        "aliases": 2,
        "requestedBy": "oidc:admin",
        "requestedAt": "2026-03-01T00:00:00Z",
        "dueAt": "2026-03-31T00:00:00Z",
        "reason": "by letter",
        "decidedBy": None,
        "decidedAt": None,
        "decision": None,
        "sole": False,
        "formerlyLinked": ["21"],
        "counts": [
            {
                "service": "survey",
                "at": "2026-03-01T00:00:00Z",
                "digest": None,
                "tables": [
                    {
                        "table": "survey_response",
                        "erased": 0,
                        "blanked": 2,
                        "kept": 0,
                        "why": "without answers",
                    }
                ],
            }
        ],
        "receipts": [],
        "doneAt": None,
        "heldUntil": None,
    }


async def test_receipts_of_one_that_is_done_have_digests(platform: Platform) -> None:
    receipt = pb.ErasureReceipt(
        service="profile",
        at=at(2),
        digest=b"\x0a\xff",
        tables=[pb.ErasedTable(table="profile_customer_alias", erased=3)],
    )
    done: dict[str, Any] = {"state": pb.ERASURE_STATE_DONE, "receipts": [receipt], "done_at": at(2)}
    platform.services.erasures = [erasure(**done, held_until=at(30), reason="")]

    shown = (await platform.data(f'{{ privacyRequest(id: "e1") {{ {SHOWN} }} }}'))["privacyRequest"]

    assert (shown["state"], shown["reason"]) == ("DONE", None)
    assert (shown["doneAt"], shown["heldUntil"]) == ("2026-03-02T00:00:00Z", "2026-03-30T00:00:00Z")
    tables = [{"table": "profile_customer_alias", "erased": 3}]
    assert shown["receipts"] == [{"service": "profile", "digest": "0aff", "tables": tables}]


async def test_requests_are_listed_page_by_page(platform: Platform) -> None:
    platform.services.erasures = [erasure("e3"), erasure("e2"), erasure("e1")]

    page = (await platform.data(LIST, first=2, state="COUNTED"))["privacyRequests"]
    after = page["pageInfo"]["endCursor"]
    rest = (await platform.data(LIST, first=2, after=after))["privacyRequests"]

    assert [each["id"] for each in page["requests"]] == ["e3", "e2"]
    assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (3, True)
    assert [each["id"] for each in rest["requests"]] == ["e1"]
    first, _ = platform.services.asked["ListErasures"]
    assert (first.state, first.count) == (pb.ERASURE_STATE_COUNTED, True)


async def test_who_may_not_see_requests_sees_none(platform: Platform) -> None:
    platform.services.failures["ListErasures"] = Denied("not yours")

    assert (await platform.ask(LIST))["data"] == {"privacyRequests": None}
    assert await platform.data('{ privacyRequest(id: "nothing") { id } }') == {
        "privacyRequest": None
    }


@pytest.mark.parametrize(
    ("named", "sent"),
    [
        ({"externalId": "C-1"}, ("CUSTOMER", "C-1", 0)),
        (
            {"identifier": {"kind": "EMAIL", "value": "a@example.com"}},
            ("EMAIL", "a@example.com", 0),
        ),
        ({"number": "17"}, ("", "", 17)),
    ],
)
async def test_an_erasure_is_asked_for_by_one_name(
    platform: Platform, named: dict[str, Any], sent: tuple[str, str, int]
) -> None:
    platform.services.erasures = [erasure()]

    data = await platform.data(REQUEST, input={**named, "reason": "by letter"})

    assert data["requestErasure"]["request"] == {"id": "e1", "state": "COUNTED"}
    (request,) = platform.services.asked["RequestErasure"]
    assert (request.identifier.kind, request.identifier.value, request.number) == sent
    assert request.reason == "by letter"


async def test_an_erasure_of_nobody_in_particular_asks_nobody(platform: Platform) -> None:
    for named in ({}, {"externalId": "C-1", "number": "17"}):
        data = await platform.data(REQUEST, input={**named, "reason": "x"})
        assert [error["code"] for error in data["requestErasure"]["userErrors"]] == ["NAME_ONE"]
    assert not platform.services.asked["RequestErasure"]


async def test_anonymous_answers_are_asked_for_with_a_customer_or_alone(platform: Platform) -> None:
    platform.services.erasures = [erasure()]
    answers = [{"responseId": "r1", "receipt": "0aff"}]

    for named in ({}, {"externalId": "C-1"}):
        data = await platform.data(REQUEST, input={**named, "answers": answers, "reason": "x"})
        assert data["requestErasure"]["userErrors"] == []

    alone, both = platform.services.asked["RequestErasure"]
    assert (alone.WhichOneof("customer"), both.identifier.value) == (None, "C-1")
    for request in (alone, both):
        assert [(each.response_id, each.receipt) for each in request.answers] == [("r1", "0aff")]


async def test_requests_are_counted_and_decided(platform: Platform) -> None:
    platform.services.erasures = [erasure()]
    approve = {"id": "e1", "decision": "APPROVE"}
    refuse = {"id": "e1", "decision": "REFUSE", "reason": "a dispute is open"}

    await platform.data(COUNT, input={"id": "e1"})
    await platform.data(DECIDE, input=approve)
    await platform.data(DECIDE, input=refuse)
    platform.services.failures["DecideErasure"] = Conflict(
        "yours", reason="OWN_REQUEST", field=["id"]
    )
    failed = await platform.data(DECIDE, input=approve)

    decided = platform.services.asked["DecideErasure"][:2]
    assert [(d.approve, d.reason) for d in decided] == [(True, ""), (False, "a dispute is open")]
    assert failed["decidePrivacy"] == {
        "request": None,
        "userErrors": [{"code": "OWN_REQUEST", "field": ["id"]}],
    }


async def test_an_identifier_is_allowed_again(platform: Platform) -> None:
    given = {"identifier": {"kind": "CARD", "value": "4711"}, "reason": "came back"}

    data = await platform.data(ALLOW, input=given)

    assert data["allowAgain"] == {"changed": True, "userErrors": []}
    (request,) = platform.services.asked["AllowAgain"]
    assert (request.identifier.kind, request.identifier.value) == ("CARD", "4711")
