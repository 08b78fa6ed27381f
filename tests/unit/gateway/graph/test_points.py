"""Points in the schema: what is asked of profile, and how it is shown."""

from datetime import UTC, date, datetime

from google.protobuf.timestamp_pb2 import Timestamp

from cxm.profile.v1 import customers_pb2
from cxm.profile.v1 import points_pb2 as pb
from services.kit.clock import day_number
from tests.unit.gateway.support.running import Platform

RECORD = """mutation ($entries: [PointInput!]!) { recordPoints(input: {entries: $entries}) {
  results { index key status } userErrors { code field } } }"""
READ = """{ customer(number: "1") { points(first: 1%s) { balance nextToExpire expiresOn
  entries { alias at points kind expiresOn source recordedBy } pageInfo { hasNextPage endCursor } } } }"""
ENTRY = {
    "identifier": {"kind": "CARD", "value": "4711"},
    "id": "r-1",
    "at": "2026-03-01T09:00:00Z",
    "points": 50,
    "kind": "EARNED",
    "expiresOn": "2027-03-01",
    "source": "till",
}
AT = Timestamp()
AT.FromDatetime(datetime(2026, 3, 1, 9, tzinfo=UTC))
ENDS = day_number(date(2027, 3, 1))


async def test_entries_are_sent(platform: Platform) -> None:
    data = (await platform.data(RECORD, entries=[ENTRY]))["recordPoints"]

    assert data["results"] == [{"index": 0, "key": "r-1", "status": "STORED"}]
    (request,) = platform.services.asked["RecordPoints"]
    assert list(request.items) == [
        pb.PointItem(
            identifier=customers_pb2.Identifier(kind="CARD", value="4711"),
            id="r-1",
            at=AT,
            points=50,
            kind=pb.POINT_KIND_EARNED,
            expires_on=ENDS,
            source="till",
        )
    ]


async def test_an_entry_of_no_time_and_an_empty_call_are_refused(platform: Platform) -> None:
    wrong = (await platform.data(RECORD, entries=[{**ENTRY, "at": "now"}]))["recordPoints"]
    empty = (await platform.data(RECORD, entries=[]))["recordPoints"]

    assert wrong["userErrors"] == [{"code": "INVALID_INSTANT", "field": ["entries", "0", "at"]}]
    assert [error["code"] for error in empty["userErrors"]] == ["EMPTY"]
    assert not platform.services.asked["RecordPoints"]


async def test_a_balance_beyond_an_int_is_shown_and_entries_are_paged(platform: Platform) -> None:
    alias = customers_pb2.StoredAlias(number=1, kind="CARD", first_seen=AT)
    platform.services.customers = [
        customers_pb2.StoredCustomer(number=1, first_seen=AT, aliases=[alias])
    ]
    platform.services.balance = 3_000_000_000
    spent = pb.StoredPoints(alias=1, at=AT, points=-5, kind=pb.POINT_KIND_SPENT, recorded_by="till")
    earned = pb.StoredPoints(
        alias=1, at=AT, points=50, kind=pb.POINT_KIND_EARNED, expires_on=ENDS, recorded_by="till"
    )
    platform.services.ledger = [spent, earned]

    first = (await platform.data(READ % ""))["customer"]["points"]
    after = first["pageInfo"]["endCursor"]
    second = (await platform.data(READ % f', after: "{after}"'))["customer"]["points"]

    assert (first["balance"], first["nextToExpire"], first["expiresOn"]) == (3e9, 0, None)
    (shown,) = first["entries"]
    assert (shown["points"], shown["kind"], shown["expiresOn"]) == (-5, "SPENT", None)
    assert [entry["expiresOn"] for entry in second["entries"]] == ["2027-03-01"]
    assert (first["pageInfo"]["hasNextPage"], second["pageInfo"]["hasNextPage"]) == (True, False)
