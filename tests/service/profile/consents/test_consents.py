"""Consents of customers: recorded, judged, imported, erased."""

import random

import grpc
import pytest

from cxm.profile.v1 import consents_pb2 as pb
from services.kit.rights.access import Role
from tests.service.profile.support.consents import (
    GIVEN,
    REFUSED,
    WITHDRAWN,
    WORDING,
    Consents,
    said,
)
from tests.service.profile.support.customers import Customers, code, statuses
from tests.service.profile.support.erasures import Erasures, figures
from tests.service.support.import_call import Outcome, load

MAPPING = """
[defaults]
purpose = "marketing"
source = "shop"
[columns]
email = "mail"
status = "status"
at = "at"
wording = "words"
given_for = "for"
proof = "proof"
until = "until"
"""
HEADER = "mail,status,at,words,for,proof,until\n"


async def load_consents(
    customers: Customers, consents: Consents, content: str, *, dry_run: bool = False
) -> Outcome:
    method, request = consents.stub.ImportConsents, pb.ImportConsentsRequest
    bearer = customers.bearer("integration")
    return await load(method, request, bearer, MAPPING, content, dry_run=dry_run)


async def test_a_statement_is_stored_once_with_wording_proof_and_what_was_given_for_it(
    customers: Customers, consents: Consents
) -> None:
    given = said(
        "EMAIL:ilze@example.com",
        GIVEN,
        "2026-03-01",
        given_for="100 points",
        proof=pb.CONSENT_PROOF_DOUBLE_OPT_IN,
        channel="WEB",
        until="2027-03-01",
        source="shop",
    )

    first = await consents.record(given, given)
    again = await consents.record(given)

    assert statuses(first) == ["STORED", "ALREADY_STORED"]
    assert statuses(again) == ["ALREADY_STORED"]
    assert {result.id for result in first.results} == {""}
    ilze = await customers.find("EMAIL:ilze@example.com")
    assert ilze.first_seen == given.at
    read = await consents.read(ilze.number)
    (stored,) = read.consents
    assert (stored.alias, stored.wording, len(stored.wording_hash)) == (ilze.number, WORDING, 64)
    assert (stored.given_for, stored.channel, stored.source) == ("100 points", "WEB", "shop")
    assert stored.proof == pb.CONSENT_PROOF_DOUBLE_OPT_IN
    assert (stored.at, stored.until) == (given.at, given.until)
    assert stored.recorded_by
    assert await consents.allowed(ilze.number) == {"MARKETING": True}


async def test_words_are_named_by_their_hash_once_they_are_known(
    customers: Customers, consents: Consents
) -> None:
    unknown = await consents.record(said("CUSTOMER:C-1", GIVEN, "2026-03-01", wording="ab" * 32))
    assert statuses(unknown) == ["NO_WORDING wording"]
    assert await code(customers.find("CUSTOMER:C-1")) is grpc.StatusCode.NOT_FOUND
    await consents.record(said("CUSTOMER:C-1", GIVEN, "2026-03-01"))
    number = (await customers.find("CUSTOMER:C-1")).number
    (known,) = (await consents.read(number)).consents

    by_hash = said("CUSTOMER:C-2", GIVEN, "2026-03-02", wording=known.wording_hash)

    assert statuses(await consents.record(by_hash)) == ["STORED"]
    second = (await customers.find("CUSTOMER:C-2")).number
    (named,) = (await consents.read(second)).consents
    assert named.wording == WORDING


async def test_a_given_b_withdrawn_and_linked_is_not_allowed_until_something_new_is_said(
    customers: Customers, consents: Consents
) -> None:
    a, b = await customers.numbers("CUSTOMER:C-1", "EMAIL:b@example.com")
    await consents.record(said(a, GIVEN, "2026-03-01"), said(b, WITHDRAWN, "2026-02-01"))
    assert await consents.allowed(a) == {"MARKETING": True}

    await customers.link(a, b)
    (verdict,) = (await consents.read(b)).verdicts
    assert (verdict.allowed, verdict.divided, verdict.latest) == (False, True, GIVEN)

    await consents.record(said(b, GIVEN, "2026-05-04T12:00:00"))
    (verdict,) = (await consents.read(a)).verdicts
    assert (verdict.allowed, verdict.divided) == (True, False)

    await customers.unlink(a, b)
    await consents.record(said(b, WITHDRAWN, "2026-05-05"))
    assert (await consents.allowed(a), await consents.allowed(b)) == (
        {"MARKETING": True},
        {"MARKETING": False},
    )


async def test_a_bad_statement_harms_no_neighbour(customers: Customers, consents: Consents) -> None:
    reply = await consents.record(
        said("EMAIL:nobody knows", GIVEN, "2026-03-01"),
        said("CUSTOMER:null", GIVEN, "2026-03-01"),
        said("CUSTOMER:C-1", GIVEN, "2026-03-01", wording=""),
        said("CUSTOMER:C-1", REFUSED, "2026-05-06"),
        said(2_000_000_000, GIVEN, "2026-03-01"),
        said("CUSTOMER:C-2", REFUSED, "2026-03-01"),
    )

    assert statuses(reply) == [
        "IDENTIFIER identifier.value",
        "NOT_AN_IDENTIFIER identifier.value",
        "NO_WORDING wording",
        "DAYS at",
        "NOT_FOUND number",
        "STORED",
    ]
    assert await code(customers.find("CUSTOMER:C-1")) is grpc.StatusCode.NOT_FOUND
    no_status = said("CUSTOMER:C-2", 0, "2026-03-01")
    assert await code(consents.record(no_status)) is grpc.StatusCode.INVALID_ARGUMENT
    assert await code(consents.record()) is grpc.StatusCode.INVALID_ARGUMENT


async def test_statements_are_paged_from_the_newest(
    customers: Customers, consents: Consents
) -> None:
    (number,) = await customers.numbers("CUSTOMER:C-1")
    days = [f"2026-03-{day:02}" for day in range(1, 8)]
    shuffled = random.Random(7).sample(days, len(days))
    await consents.record(*(said(number, REFUSED, day) for day in shuffled))

    seen, after = [], ""
    while True:
        page = await consents.read(number, first=3, after=after)
        seen += [each.at.ToDatetime().date().isoformat() for each in page.consents]
        if not page.more:
            break
        after = page.cursors[-1]

    assert seen == days[::-1]
    assert await code(consents.read(number, after="x")) is grpc.StatusCode.INVALID_ARGUMENT
    assert await code(consents.read(2_000_000_000)) is grpc.StatusCode.NOT_FOUND


async def test_at_a_counter_consent_is_recorded_by_an_identifier_and_not_read(
    customers: Customers, consents: Consents
) -> None:
    (number,) = await customers.numbers("CUSTOMER:C-1")
    head = Role.DEPARTMENT_HEAD

    by_name = await consents.record(said("CUSTOMER:C-1", GIVEN, "2026-03-01"), role=head)
    by_number = await consents.record(said(number, GIVEN, "2026-03-02"), role=head)

    assert (statuses(by_name), statuses(by_number)) == (["STORED"], ["NOT_FOUND number"])
    assert await code(consents.read(number, role=head)) is grpc.StatusCode.PERMISSION_DENIED
    officer = await consents.read(number, role=Role.PRIVACY_OFFICER)
    assert len(officer.consents) == 1
    operator = consents.record(said("CUSTOMER:C-1", GIVEN, "2026-03-01"), role=Role.OPERATOR)
    assert await code(operator) is grpc.StatusCode.PERMISSION_DENIED


async def test_rows_are_statements_and_the_same_file_again_stores_nothing(
    customers: Customers, consents: Consents
) -> None:
    content = HEADER + (
        f"ilze@example.com,given,2026-03-01,{WORDING},100 points,Double opt-in,2027-03-01\n"
        "anna@example.com,Refused,2026-03-02,,,,\n"
        "anna@example.com,Refused,2026-03-02,,,,\n"
        "marta@example.com,given,2026-03-03,,,form,\n"
        "zane@example.com,perhaps,2026-03-03,,,,\n"
        ",given,2026-03-03,,,,\n"
        "zane@example.com,refused,someday,,,,\n"
    )

    tried = await load_consents(customers, consents, content, dry_run=True)
    assert await code(customers.find("EMAIL:ilze@example.com")) is grpc.StatusCode.NOT_FOUND
    first = await load_consents(customers, consents, content)
    again = await load_consents(customers, consents, content)

    for outcome in (tried, first):
        assert (outcome.stored, outcome.already, outcome.refused) == (2, 1, 4)
        assert [row[:3] for row in outcome.report] == [
            ["5", "words", "NO_WORDING"],
            ["6", "status", "STATUS"],
            ["7", "mail", "CELL_EMPTY"],
            ["8", "at", "DATE_UNREADABLE"],
        ]
    assert (again.stored, again.already, again.refused) == (0, 3, 4)
    ilze = await customers.find("EMAIL:ilze@example.com")
    assert await consents.allowed(ilze.number) == {"MARKETING": True}


async def test_an_erasure_takes_what_was_said_and_the_file_again_is_refused(
    customers: Customers, consents: Consents, erasures: Erasures
) -> None:
    row = f"ilze@example.com,given,2026-03-01,{WORDING},,,\n"
    await load_consents(customers, consents, HEADER + row)
    await consents.record(said("EMAIL:ilze@example.com", WITHDRAWN, "2026-03-02"))

    done = await erasures.erase("EMAIL:ilze@example.com")
    again = await load_consents(customers, consents, HEADER + row)

    assert figures(done.receipts, "profile")["profile_customer_consent"] == (2, 0, 0)
    assert [line[2] for line in again.report] == ["ERASED"]
    left = "SELECT count(*) FROM profile_customer_consent"
    assert await customers.database.pool.fetchval(left) == 0


async def test_a_statement_stays_as_it_was_said(customers: Customers, consents: Consents) -> None:
    """Append only: profile's own role neither changes nor deletes one, but for an erasure."""
    await consents.record(said("CUSTOMER:C-1", GIVEN, "2026-03-01"))
    pool = customers.database.pool

    with pytest.raises(Exception, match="permission denied"):
        await pool.execute("UPDATE profile_customer_consent SET status = 3")
    await pool.execute("DELETE FROM profile_customer_consent")

    assert await pool.fetchval("SELECT count(*) FROM profile_customer_consent") == 1
