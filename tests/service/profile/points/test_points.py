"""Points of customers: earned, spent by many at once, merged, imported, erased."""

import asyncio
import random
from collections.abc import Mapping
from typing import Any

import grpc
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from cxm.profile.v1 import points_pb2 as pb
from services.kit.rights.access import Role
from services.profile.points import storage
from tests.service.profile.support.customers import Customers, code, statuses
from tests.service.profile.support.erasures import Erasures, figures
from tests.service.profile.support.points import Points, points
from tests.service.support.import_call import Outcome, load

CARD = "CARD:47110815"
WAIT_SECONDS = 30
MAPPING = """
[defaults]
source = "till"
[columns]
id = "nr"
card = "card"
at = "day"
points = "points"
kind = "what"
expires_on = "ends"
"""
HEADER = "nr,card,day,points,what,ends\n"


async def load_points(
    customers: Customers, points_of: Points, content: str, *, dry_run: bool = False
) -> Outcome:
    method, request = points_of.stub.ImportPoints, pb.ImportPointsRequest
    bearer = customers.bearer("integration")
    return await load(method, request, bearer, MAPPING, content, dry_run=dry_run)


async def test_points_that_end_first_are_spent_first_and_the_same_again_is_stored_once(
    customers: Customers, points_of: Points
) -> None:
    earned = points(CARD, 100, "2026-03-01")
    ending = points(CARD, 50, "2026-03-02", ends="2026-06-30")
    spent = points(CARD, -20, "2026-03-03")

    first = await points_of.record(spent, earned, ending, earned)
    again = await points_of.record(earned, ending, spent)

    assert statuses(first) == ["STORED", "STORED", "STORED", "ALREADY_STORED"]
    assert statuses(again) == ["ALREADY_STORED"] * 3
    number = (await customers.find(CARD)).number
    read = await points_of.read(number, first=2)
    assert (read.balance, read.next_to_expire, read.HasField("expires_on")) == (130, 30, True)
    assert [(entry.points, entry.alias) for entry in read.entries] == [(-20, number), (50, number)]
    rest = await points_of.read(number, after=read.cursors[-1])
    assert (read.more, rest.more, [entry.points for entry in rest.entries]) == (True, False, [100])


async def test_nobody_spends_more_than_there_is(customers: Customers, points_of: Points) -> None:
    reply = await points_of.record(
        points(CARD, 100, "2026-03-01"),
        points(CARD, -60, "2026-03-02"),
        points(CARD, -60, "2026-03-03"),
        points("CARD:0816", -1, "2026-03-03"),
    )

    assert statuses(reply) == ["STORED", "STORED", "POINTS points", "POINTS points"]
    assert await points_of.balance((await customers.find(CARD)).number) == 40


async def spend_at_once(points_of: Points, *cards: str) -> int:
    """How many of ten calls for 10 points each are stored, all sent together."""
    calls = (
        points_of.record(points(card, -10, "2026-04-01", f"{card} {n}"))
        for n in range(5)
        for card in cards
    )
    replies = await asyncio.gather(*calls)
    return sum(statuses(reply) == ["STORED"] for reply in replies)


async def two_cards(customers: Customers, points_of: Points) -> int:
    """A person with two cards and 30 points; its number."""
    one, other = await customers.numbers("CARD:0817", "CARD:0818")
    await customers.link(one, other)
    await points_of.record(points("CARD:0817", 30, "2026-03-01"))
    return one


async def test_calls_that_spend_at_once_leave_no_debt(
    customers: Customers, points_of: Points
) -> None:
    number = await two_cards(customers, points_of)

    assert await spend_at_once(points_of, "CARD:0817", "CARD:0818") == 3
    assert await points_of.balance(number) == 0


async def test_without_the_lock_more_is_spent_than_there_is(
    customers: Customers, points_of: Points, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the test before."""
    await two_cards(customers, points_of)
    together = asyncio.Barrier(2)

    async def no_lock(session: AsyncSession, aliases: object) -> None:
        """Two go on together, so that both read what there is before either has stored."""
        async with asyncio.timeout(WAIT_SECONDS):
            await together.wait()

    find, read, all_read = storage.find_entries, [0], asyncio.Event()

    async def read_by_four(session: AsyncSession, persons: Mapping[int, int]) -> Any:
        found = await find(session, persons)
        read[0] += 1
        if read[0] == 4:
            all_read.set()
        await all_read.wait()
        return found

    monkeypatch.setattr(storage, "lock_persons", no_lock)
    monkeypatch.setattr(storage, "find_entries", read_by_four)

    assert await spend_at_once(points_of, "CARD:0817", "CARD:0818") > 3


async def test_a_merge_adds_up_and_an_unmerge_parts_what_was_said_of_each(
    customers: Customers, points_of: Points
) -> None:
    one, other = await customers.numbers("CARD:0817", "CARD:0818")
    await points_of.record(points("CARD:0817", 30, "2026-03-01"))
    await points_of.record(points("CARD:0818", 10, "2026-03-01"))
    await customers.link(one, other)
    assert await points_of.balance(one) == await points_of.balance(other) == 40

    assert statuses(await points_of.record(points("CARD:0818", -25, "2026-03-02"))) == ["STORED"]
    await customers.unlink(one, other)

    assert (await points_of.balance(one), await points_of.balance(other)) == (30, 0)
    assert statuses(await points_of.record(points("CARD:0818", 5, "2026-03-03"))) == ["STORED"]
    assert await points_of.balance(other) == 5


async def test_who_may_not_write_or_read_customers_is_refused(points_of: Points) -> None:
    entry = points(CARD, 5, "2026-03-01")
    denied = grpc.StatusCode.PERMISSION_DENIED

    assert statuses(await points_of.record(entry, role=Role.INTEGRATION)) == ["STORED"]
    assert await code(points_of.record(entry, role=Role.DEPARTMENT_HEAD)) is denied
    assert await code(points_of.read(1, role=Role.INTEGRATION)) is denied
    assert await code(points_of.read(1, role=Role.PRIVACY_OFFICER)) is denied
    assert await code(points_of.read(2_000_000_000)) is grpc.StatusCode.NOT_FOUND
    assert await code(points_of.record()) is grpc.StatusCode.INVALID_ARGUMENT
    assert await code(points_of.record(pb.PointItem(points=1))) is grpc.StatusCode.INVALID_ARGUMENT


async def test_rows_are_entries_and_the_same_file_again_stores_nothing(
    customers: Customers, points_of: Points
) -> None:
    content = HEADER + (
        "1,47110815,2026-03-01,100,earned,2027-03-01\n"
        "2,47110815,2026-03-02,30,spent,\n"
        "3,47110815,2026-03-03,-20,,\n"
        "4,47110815,2026-03-04,5,corrected,\n"
        "5,47110815,2026-03-04,some,,\n"
        "6,47110815,2026-03-04,5,lost,\n"
        "7,,2026-03-04,5,,\n"
        "8,47110815,2026-03-04,0,,\n"
        "9,47110815,2026-03-04,5,earned,2026-03-03\n"
    )

    tried = await load_points(customers, points_of, content, dry_run=True)
    assert await code(customers.find(CARD)) is grpc.StatusCode.NOT_FOUND
    first = await load_points(customers, points_of, content)
    again = await load_points(customers, points_of, content)

    for outcome in (tried, first):
        assert (outcome.stored, outcome.already, outcome.refused) == (4, 0, 5)
        assert [row[:3] for row in outcome.report] == [
            ["6", "points", "POINTS"],
            ["7", "what", "KIND"],
            ["8", "card", "CELL_EMPTY"],
            ["9", "points", "POINTS"],
            ["10", "ends", "DAYS"],
        ]
    assert (again.stored, again.already, again.refused) == (0, 4, 5)
    assert await points_of.balance((await customers.find(CARD)).number) == 55


async def test_an_erasure_takes_the_ledger(
    customers: Customers, points_of: Points, erasures: Erasures
) -> None:
    await points_of.record(points(CARD, 100, "2026-03-01"), points(CARD, -5, "2026-03-02"))

    done = await erasures.erase(CARD)
    again = await points_of.record(points(CARD, 100, "2026-03-01"))

    assert figures(done.receipts, "profile")["profile_customer_point"] == (2, 0, 0)
    assert statuses(again) == ["ERASED identifier"]


async def test_a_random_ledger_equals_its_recount_in_any_order(
    customers: Customers, points_of: Points
) -> None:
    source = random.Random(16)
    await points_of.record(points(CARD, 10_000, "2026-01-01"))
    entries = [
        points(
            CARD,
            source.choice((-1, 1)) * source.randrange(1, 50),
            f"2026-02-{1 + n % 28:02}",
            f"{n}",
        )
        for n in range(60)
    ]
    calls = [entries[n : n + 7] for n in range(0, len(entries), 5)]  # some come twice
    source.shuffle(calls)

    for call in calls:
        await points_of.record(*call)

    number = (await customers.find(CARD)).number
    assert await points_of.balance(number) == 10_000 + sum(entry.points for entry in entries)
