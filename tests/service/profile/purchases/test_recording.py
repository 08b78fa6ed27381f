"""Purchases: stored once, counted for a frozen department, brought back, withdrawn, and nobody's after an erasure."""

import asyncio
from datetime import UTC, timedelta
from typing import Any

import asyncpg
import grpc
import pytest

from cxm.profile.v1 import purchases_pb2 as pb
from services.kit.db.database import Pool
from tests.service.profile.support.customers import Customers, code, item, statuses
from tests.service.profile.support.erasures import Erasures, figures
from tests.service.profile.support.profile import Profile
from tests.service.profile.support.purchases import AT, Purchases, bought, brought_back
from tests.support.database import WholeDatabase

STORED, ALREADY = "STORED", "ALREADY_STORED"
HOUR = timedelta(hours=1)


async def test_what_comes_twice_is_stored_once_and_another_time_is_another_purchase(
    purchases: Purchases,
) -> None:
    one = bought("r1", 1250, "CARD:900100")

    first = await purchases.record(one, one, bought("r2", 300))
    again = await purchases.record(one, bought("r1", 1250, "CARD:900100", AT + HOUR))

    assert statuses(first) == [STORED, ALREADY, STORED]
    assert first.results[2].id == "0"
    assert statuses(again) == [ALREADY, STORED]
    assert await purchases.stored() == (3, 2800, 0)


async def test_what_is_refused_leaves_no_channel(purchases: Purchases) -> None:
    reply = await purchases.record(
        bought("r1", -1, channel="ONE"), bought("r2", 1, "EMAIL:no address", channel="TWO")
    )

    assert STORED not in statuses(reply)
    count = "SELECT count(*) FROM profile_dimension_set"
    assert await purchases.database.pool.fetchval(count) == 0

    await purchases.record(bought("r3", 1, channel="THREE"))
    assert await purchases.database.pool.fetchval(count) == 1


async def test_a_page_has_lines_till_facts_and_sums_of_all_aliases(
    purchases: Purchases, customers: Customers, profile: Profile
) -> None:
    card, mail = await customers.numbers("CARD:900100", "EMAIL:ilze@example.com")
    await customers.link(card, mail)
    line = pb.PurchaseLine(item="coffee", quantity=1.5, cents=900, discount_cents=100)
    till: dict[str, Any] = {
        "payment": "CARD",
        "place": "till 4",
        "card_used": True,
        "receipt": "77/1",
    }
    await purchases.record(
        bought("r1", 900, "CARD:900100", lines=[line], **till),
        bought("r2", 500, "EMAIL:ilze@example.com", AT + HOUR, department="liepaja", channel="WEB"),
        brought_back("b1", 200, "r2", who="CARD:900100", at=AT + 2 * HOUR),
    )

    page = await purchases.page(mail, first=2)
    rest = await purchases.page(card, first=2, after=page.purchases[-1].place)

    assert [(each.cents, each.is_return) for each in page.purchases] == [(200, True), (500, False)]
    assert (page.more, rest.more) == (True, False)
    sums = page.sums
    assert (sums.purchases, sums.cents, sums.returns, sums.returned_cents) == (2, 1400, 1, 200)
    assert sums.last_at.ToDatetime(UTC) == AT + HOUR
    [found] = rest.purchases
    assert (found.payment, found.till, found.card_used, found.receipt) == tuple(till.values())
    assert list(found.lines) == [line]
    riga, liepaja = [(await profile.department(key)).id for key in ("riga", "liepaja")]
    assert (found.department_id, found.channel) == (riga, "SHOP")
    assert (page.purchases[1].department_id, page.purchases[1].channel) == (liepaja, "WEB")


async def test_a_purchase_stays_with_the_department_it_was_made_in(
    purchases: Purchases, profile: Profile
) -> None:
    await purchases.record(bought("r1", 100, "CARD:900100"))
    before = await purchases.database.pool.fetch("SELECT * FROM profile_purchase")

    await profile.move("riga", "liepaja")

    assert await purchases.database.pool.fetch("SELECT * FROM profile_purchase") == before


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (bought("", 1), "INVALID_ID id"),
        (bought("r", -1), "AMOUNT cents"),
        (bought("r", 1, at=AT + timedelta(days=90)), "DAYS occurred_at"),
        (bought("r", 1, "EMAIL:nobody knows"), "IDENTIFIER customer.value"),
        (bought("r", 1, department="nowhere"), "UNKNOWN_DEPARTMENT department"),
        (bought("r", 1, touchpoint="nowhere"), "UNKNOWN_TOUCHPOINT touchpoint"),
        (bought("r", 1, return_of="x"), "RETURN return_of"),
        (bought("r", 1, lines=[pb.PurchaseLine()]), "INVALID_TEXT lines.0.item"),
        (bought("r", 1, lines=[pb.PurchaseLine(item="a")] * 201), "TOO_MANY_LINES lines"),
        (bought("r", 1, payment="x" * 51), "INVALID_TEXT payment"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_bad_purchase_is_refused_and_harms_no_neighbour(
    purchases: Purchases, wrong: pb.PurchaseItem, told: str
) -> None:
    reply = await purchases.record(wrong, bought("good", 5))

    assert statuses(reply) == [told, STORED]
    assert await purchases.stored() == (1, 5, 0)


async def test_a_return_is_of_a_purchase_before_it_and_at_most_that(purchases: Purchases) -> None:
    await purchases.record(bought("r1", 1000, "CARD:900100"))

    reply = await purchases.record(
        brought_back("b0", 100, "r1", at=AT - HOUR),
        brought_back("b1", 600, "r1", at=AT + HOUR),
        brought_back("b2", 500, "r1", at=AT + HOUR),
        brought_back("b3", 100, "r9", at=AT + HOUR),
        brought_back("b4", 400, "r1", at=AT + HOUR),
        bought("r9", 50, at=AT + 2 * HOUR),
    )
    again = await purchases.record(brought_back("b1", 600, "r1", at=AT + HOUR))

    assert statuses(reply) == [
        *("RETURN occurred_at", STORED, "RETURN cents", "RETURN occurred_at", STORED, STORED)
    ]
    assert statuses(again) == [ALREADY]
    assert await purchases.stored() == (2, 1050, 1000)


async def test_the_same_purchase_twice_in_a_call_has_the_lines_of_one(
    purchases: Purchases, customers: Customers
) -> None:
    lines = [pb.PurchaseLine(item=item, quantity=1, cents=100) for item in ("x", "y", "z")]

    reply = await purchases.record(
        bought("r1", 100, "CARD:900100", lines=lines[:1]),
        bought("r1", 200, "CARD:900100", lines=lines[1:]),
    )

    assert statuses(reply) == [STORED, ALREADY]
    page = await purchases.page((await customers.find("CARD:900100")).number)
    assert [(each.cents, list(each.lines)) for each in page.purchases] == [(100, lines[:1])]


async def test_sales_and_returns_of_a_group_touch_customers_in_one_order(
    purchases: Purchases, customers: Customers
) -> None:
    """Another writer has the first customer, and wants the second of whom the group stores a sale."""
    first, second = await customers.numbers("CARD:900100", "CARD:900200")
    await purchases.record(bought("r0", 500, "CARD:900100"))
    pool = purchases.database.pool
    assert isinstance(purchases.database, WholeDatabase)
    touch = (
        "INSERT INTO profile_customer_department SELECT $1::int, department, $2::timestamptz FROM profile_purchase"
        " ON CONFLICT (alias, department) DO UPDATE SET last_at = excluded.last_at"
    )

    other = await asyncpg.connect(purchases.database.superuser_url)
    try:
        async with other.transaction():
            # In a deadlock this one would be ended, and not the group, which would be tried again unseen.
            await other.execute("SET LOCAL deadlock_timeout = '10ms'")
            await other.execute(touch, first, AT)
            group = asyncio.create_task(
                purchases.record(
                    bought("r1", 300, "CARD:900200"),
                    brought_back("b1", 100, "r0", who="CARD:900100", at=AT + HOUR),
                )
            )
            await until_waiting(pool)
            await other.execute(touch, second, AT)
        assert statuses(await group) == [STORED, STORED]
    finally:
        await other.close()


async def test_a_withdrawal_waits_for_an_erasure_before_it_has_anything(
    purchases: Purchases,
) -> None:
    await purchases.record(bought("r1", 500, "CARD:900100"))
    pool = purchases.database.pool

    async with pool.acquire() as erasure:
        async with erasure.transaction():
            await erasure.execute(
                "LOCK TABLE ONLY profile_customer_department IN SHARE ROW EXCLUSIVE MODE"
            )
            withdrawal = asyncio.create_task(purchases.withdraw("r1"))
            await until_waiting(pool)
            await erasure.execute("SELECT FROM profile_purchase FOR UPDATE NOWAIT")
        assert statuses(await withdrawal) == [STORED]


async def until_waiting(pool: Pool) -> None:
    """Until somebody waits for a lock, in this database: tests beside this one have others."""
    waits = """SELECT EXISTS (SELECT FROM pg_stat_activity
        WHERE wait_event_type = 'Lock' AND datname = current_database())"""
    async with asyncio.timeout(20):
        while not await pool.fetchval(waits):
            pass


async def test_returns_of_two_calls_at_once_are_together_at_most_the_purchase(
    purchases: Purchases,
) -> None:
    await purchases.record(bought("r1", 1000))
    backs = [brought_back(f"b{n}", 300, "r1", at=AT + HOUR) for n in range(8)]

    replies = await asyncio.gather(*(purchases.record(back) for back in backs))

    told = [statuses(reply)[0] for reply in replies]
    assert (told.count(STORED), told.count("RETURN cents")) == (3, 5)


async def test_a_withdrawn_purchase_is_gone_with_its_lines_and_the_log_names_the_customer(
    purchases: Purchases,
) -> None:
    line = pb.PurchaseLine(item="coffee", quantity=1, cents=900)
    recorded = await purchases.record(
        bought("r1", 900, "CARD:900100", lines=[line]), brought_back("b1", 100, "r1", at=AT + HOUR)
    )

    kept = await purchases.withdraw("r1", "unknown")
    gone = await purchases.withdraw("r1", "b1", "r1")

    assert statuses(kept) == ["RETURN id", ALREADY]
    assert statuses(gone) == [STORED, STORED, ALREADY]
    pool = purchases.database.pool
    assert await pool.fetchval("SELECT count(*) FROM profile_purchase_line") == 0
    assert await purchases.stored() == (0, 0, 0)
    keys = await pool.fetchval("SELECT keys FROM audit_entry WHERE deed = 'purchases_withdrawn'")
    assert keys == ["customer:0", f"customer:{recorded.results[0].id}"]
    assert await code(purchases.withdraw("r1", role="integration")) == (
        grpc.StatusCode.PERMISSION_DENIED
    )


async def test_who_records_for_a_subtree_records_for_no_other(purchases: Purchases) -> None:
    bearer = purchases.bearer("integration", "riga")

    reply = await purchases.record(
        bought("r1", 5), bought("r2", 5, department="liepaja"), bearer=bearer
    )

    assert statuses(reply) == [STORED, "UNKNOWN_DEPARTMENT department"]
    head = purchases.bearer("department_head")
    assert await code(purchases.record(bought("r3", 5), bearer=head)) == (
        grpc.StatusCode.PERMISSION_DENIED
    )


async def test_purchases_of_who_is_erased_are_nobodys_and_sales_stay(
    purchases: Purchases, customers: Customers, erasures: Erasures
) -> None:
    await customers.upsert(item("CARD:900100", "EMAIL:ilze@example.com"))
    line = pb.PurchaseLine(item="a book on one's illness", quantity=1, cents=900)
    sent = (
        bought("r1", 900, "CARD:900100", lines=[line], receipt="77/1", place="till 4"),
        bought("r2", 500, "EMAIL:ilze@example.com", AT + HOUR),
        brought_back("b1", 200, "r2", who="CARD:900100", at=AT + 2 * HOUR),
        bought("r3", 700, "CARD:900200"),
    )
    await purchases.record(*sent)
    days = (
        "SELECT department, dimensions, local_day, sign, cents FROM profile_purchase ORDER BY cents"
    )
    before = await purchases.database.pool.fetch(days)

    erasure = await erasures.erase("CARD:900100")
    again = await purchases.record(*sent)

    assert figures(erasure.receipts, "profile")["profile_purchase"] == (0, 3, 0)
    assert figures(erasure.receipts, "profile")["profile_purchase_line"] == (1, 0, 0)
    assert await purchases.database.pool.fetch(days) == before
    assert await purchases.stored("alias = 0") == (2, 1400, 200)
    assert statuses(again) == ["ERASED customer", "ERASED customer", "ERASED customer", ALREADY]
    left = await purchases.database.pool.fetch("SELECT * FROM profile_purchase WHERE alias = 0")
    assert not {"77/1", "till 4"} & {value for row in left for value in row.values()}
    assert {row["return_of"] for row in left} == {None}
    assert {row["at"].hour for row in left} == {0}
