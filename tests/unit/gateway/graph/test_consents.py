"""Consents in the schema: what is asked of profile, and how it is shown."""

from datetime import UTC, datetime

from google.protobuf.timestamp_pb2 import Timestamp

from cxm.profile.v1 import consents_pb2 as pb
from cxm.profile.v1 import customers_pb2
from services.kit.errors import Denied
from tests.unit.gateway.support.running import Platform

RECORD = """mutation ($statements: [ConsentInput!]!) { recordConsent(input: {statements: $statements}) {
  results { index key status userErrors { code } } userErrors { code field } } }"""
READ = """{ customer(number: "1") { consents(first: 1%s) {
  verdicts { purpose allowed latest since divided }
  statements { alias purpose status at channel wording wordingHash givenFor proof until source recordedBy recordedAt }
  pageInfo { hasNextPage hasPreviousPage endCursor } } } }"""
GIVEN = {
    "identifier": {"kind": "EMAIL", "value": "a@b.example"},
    "purpose": "MARKETING",
    "status": "GIVEN",
    "at": "2026-03-01T09:00:00Z",
    "wording": "I want news.",
    "givenFor": "100 points",
    "proof": "DOUBLE_OPT_IN",
    "until": "2026-03-01T12:00:00Z",
}


def at(hour: int) -> Timestamp:
    stamp = Timestamp()
    stamp.FromDatetime(datetime(2026, 3, 1, hour, tzinfo=UTC))
    return stamp


def somebody() -> customers_pb2.StoredCustomer:
    alias = customers_pb2.StoredAlias(number=1, kind="CUSTOMER", first_seen=at(7))
    return customers_pb2.StoredCustomer(number=1, first_seen=at(7), aliases=[alias])


def stored(status: pb.ConsentStatus.ValueType, hour: int, wording: str = "") -> pb.StoredConsent:
    return pb.StoredConsent(
        alias=1,
        purpose="MARKETING",
        status=status,
        at=at(hour),
        wording=wording,
        recorded_by="till",
        recorded_at=at(11),
    )


async def test_what_a_customer_said_is_sent(platform: Platform) -> None:
    by_number = {"number": "7", "purpose": "NEWS", "status": "REFUSED", "at": GIVEN["at"]}

    data = (await platform.data(RECORD, statements=[GIVEN, by_number]))["recordConsent"]

    assert [(result["key"], result["status"]) for result in data["results"]] == [
        ("MARKETING", "STORED"),
        ("NEWS", "STORED"),
    ]
    (request,) = platform.services.asked["RecordConsents"]
    assert list(request.items) == [
        pb.ConsentItem(
            identifier=customers_pb2.Identifier(kind="EMAIL", value="a@b.example"),
            purpose="MARKETING",
            status=pb.CONSENT_STATUS_GIVEN,
            at=at(9),
            wording="I want news.",
            given_for="100 points",
            proof=pb.CONSENT_PROOF_DOUBLE_OPT_IN,
            until=at(12),
        ),
        pb.ConsentItem(number=7, purpose="NEWS", status=pb.CONSENT_STATUS_REFUSED, at=at(9)),
    ]


async def test_a_statement_of_nobody_or_of_no_time_is_refused(platform: Platform) -> None:
    nobody = {**GIVEN, "identifier": None}
    no_time = {**GIVEN, "at": "yesterday"}

    refused = [
        (await platform.data(RECORD, statements=sent))["recordConsent"]["userErrors"]
        for sent in ([nobody], [GIVEN, no_time], [])
    ]

    assert refused[0] == [{"code": "NAME_ONE", "field": ["statements", "0"]}]
    assert refused[1] == [{"code": "INVALID_INSTANT", "field": ["statements", "1", "at"]}]
    assert [error["code"] for error in refused[2]] == ["EMPTY"]
    assert not platform.services.asked["RecordConsents"]


async def test_consents_are_shown_and_paged(platform: Platform) -> None:
    platform.services.customers = [somebody()]
    platform.services.verdicts = [
        pb.ConsentVerdict(
            purpose="MARKETING", latest=pb.CONSENT_STATUS_GIVEN, since=at(9), divided=True
        )
    ]
    platform.services.consents = [
        stored(pb.CONSENT_STATUS_GIVEN, 9, "I want"),
        stored(pb.CONSENT_STATUS_WITHDRAWN, 8),
    ]

    first = (await platform.data(READ % ""))["customer"]["consents"]
    after = first["pageInfo"]["endCursor"]
    second = (await platform.data(READ % f', after: "{after}"'))["customer"]["consents"]

    assert first["verdicts"] == [
        {
            "purpose": "MARKETING",
            "allowed": False,
            "latest": "GIVEN",
            "since": "2026-03-01T09:00:00Z",
            "divided": True,
        }
    ]
    (statement,) = first["statements"]
    assert (statement["alias"], statement["wording"]) == ("1", "I want")
    assert {statement[name] for name in ("channel", "givenFor", "proof", "until", "source")} == {
        None
    }
    assert [each["status"] for each in second["statements"]] == ["WITHDRAWN"]
    assert (first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"]) == (True, False)


async def test_who_may_not_read_consents_sees_the_rest(platform: Platform) -> None:
    platform.services.customers = [somebody()]
    platform.services.failures["ListConsents"] = Denied("your role does not allow this")

    asked = '{ customer(number: "1") { number consents { verdicts { allowed } } } }'
    reply = await platform.ask(asked)

    assert reply["data"] == {"customer": {"number": "1", "consents": None}}
