"""Subscriptions: spans of departments without overlaps, told twice and stored once, gone with who is erased."""

import os
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from services.kit.clock import day_date
from tests.service.profile.support.customers import Customers, statuses
from tests.service.profile.support.erasures import Erasures, figures
from tests.service.profile.support.profile import Profile, SettableClock
from tests.service.profile.support.subscriptions import Subscriptions, subscribed

STORED, ALREADY = "STORED", "ALREADY_STORED"
TELCO = Path("infra/mappings/telco_churn.toml").read_text()


async def test_a_subscription_is_the_sum_of_its_spans_and_told_again_nothing_changes(
    subscriptions: Subscriptions, customers: Customers, profile: Profile
) -> None:
    first = subscribed("s1", "CUSTOMER:C-1", "2024-01-01", "2025-01-01", reason="moved")
    later = subscribed("s1", "CUSTOMER:C-1", "2025-01-01", department="liepaja", plan="Fibre 2")

    told = await subscriptions.upsert(first)
    more = await subscriptions.upsert(later)
    again = await subscriptions.upsert(later)

    assert [statuses(each) for each in (told, more, again)] == [[STORED], [STORED], [ALREADY]]
    assert told.results[0].id == more.results[0].id
    customer = await customers.find("CUSTOMER:C-1")
    [found] = await subscriptions.of(customer.number)
    assert (found.plan, found.monthly_cents) == ("Fibre 2", 2990)
    riga, liepaja = [(await profile.department(key)).id for key in ("riga", "liepaja")]
    assert [(span.department_id, span.reason) for span in found.spans] == [
        (riga, "moved"),
        (liepaja, ""),
    ]
    assert [span.HasField("ended_day") for span in found.spans] == [True, False]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (subscribed("", "CUSTOMER:C-1", "2024-01-01"), "INVALID_ID id"),
        (subscribed("s", "", "2024-01-01"), "IDENTIFIER customer"),
        (subscribed("s", "EMAIL:no address", "2024-01-01"), "IDENTIFIER customer.value"),
        (subscribed("s", "CUSTOMER:C-1", "2024-01-02", "2024-01-01"), "DAYS ended_on"),
        (subscribed("s", "CUSTOMER:C-1", "2026-06-01"), "DAYS started_on"),
        (subscribed("s", "CUSTOMER:C-1", "2024-01-01", reason="why"), "DAYS reason"),
        (subscribed("s", "CUSTOMER:C-1", "2024-01-01", cents=-1), "AMOUNT monthly_cents"),
        (subscribed("s", "CUSTOMER:C-1", "2024-01-01", plan=""), "INVALID_TEXT plan"),
        (
            subscribed("s", "CUSTOMER:C-1", "2024-01-01", department="nowhere"),
            "UNKNOWN_DEPARTMENT department",
        ),
        (subscribed("good", "CUSTOMER:C-2", "2024-01-01"), "ANOTHER_CUSTOMER customer"),
        (subscribed("good", "CUSTOMER:C-9", "2024-06-01"), "OVERLAP started_on"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_bad_subscription_is_refused_and_harms_no_neighbour(
    subscriptions: Subscriptions, wrong: object, told: str
) -> None:
    good = subscribed("good", "CUSTOMER:C-9", "2024-01-01")

    reply = await subscriptions.upsert(good, wrong)  # type: ignore[arg-type]

    assert statuses(reply) == [STORED, told]
    count = "SELECT count(*) FROM profile_subscription_span"
    assert await subscriptions.database.pool.fetchval(count) == 1


async def test_a_subscription_may_begin_tomorrow_also_in_the_morning(
    subscriptions: Subscriptions, watch: SettableClock
) -> None:
    watch.at = watch.at.replace(hour=6)
    tomorrow, later = (str(watch.at.date() + timedelta(days=days)) for days in (1, 2))

    reply = await subscriptions.upsert(
        subscribed("s1", "CUSTOMER:C-1", tomorrow), subscribed("s2", "CUSTOMER:C-1", later)
    )

    assert statuses(reply) == [STORED, "DAYS started_on"]
    last = "SELECT max(last_at) FROM profile_customer_department"
    assert await subscriptions.database.pool.fetchval(last) == watch.at


async def test_subscriptions_of_who_is_erased_go(
    subscriptions: Subscriptions, customers: Customers, erasures: Erasures
) -> None:
    mine = subscribed("s1", "CUSTOMER:C-1", "2024-01-01")
    await subscriptions.upsert(mine, subscribed("s2", "CUSTOMER:C-2", "2024-01-01"))

    erasure = await erasures.erase("CUSTOMER:C-1")
    again = await subscriptions.upsert(mine)

    receipt = figures(erasure.receipts, "profile")
    assert receipt["profile_subscription"] == receipt["profile_subscription_span"] == (1, 0, 0)
    assert statuses(again) == ["ERASED customer"]


MAPPING = """
[columns]
id = "nr"
customer = "client"
plan = "plan"
monthly = "fee"
department = "shop"
started_on = "from"
ended_on = "to"
contract_ends_on = "bound"
reason = "why"
[format]
dates = ["iso"]
"""


async def test_rows_with_one_id_are_spans_and_bad_rows_name_row_and_column(
    subscriptions: Subscriptions, customers: Customers
) -> None:
    content = (
        "nr,client,plan,fee,shop,from,to,bound,why\n"
        "1,C-1,Fibre,29.90,Riga,2024-01-01,2025-01-01,,moved\n"
        "1,C-1,Fibre,29.90,liepaja,2025-01-01,,2027-01-01,\n"
        "2,C-2,Fibre,free,riga,2025-01-01,,,\n"
        "3,C-3,Fibre,1,riga,2025-01-02,2025-01-01,,\n"
        "4,,Fibre,1,riga,2025-01-01,,,\n"
    )

    tried = await subscriptions.load(content, MAPPING, dry_run=True)
    first = await subscriptions.load(content, MAPPING)
    again = await subscriptions.load(content, MAPPING)

    assert (tried.stored, tried.report) == (first.stored, first.report)
    assert (first.stored, again.stored, again.already) == (2, 0, 2)
    assert [(row, column, reason) for row, column, reason, _ in first.report] == [
        ("4", "fee", "AMOUNT"),
        ("5", "to", "DAYS"),
        ("6", "client", "CELL_EMPTY"),
    ]
    customer = await customers.find("CUSTOMER:C-1")
    [found] = await subscriptions.of(customer.number)
    assert day_date(found.contract_ends_day) == date(2027, 1, 1)


async def test_customers_of_a_phone_company_come_in_by_the_mapping_alone(
    subscriptions: Subscriptions,
) -> None:
    folder = os.environ.get("CXM_TEST_DATA")
    if not folder:
        pytest.skip("CXM_TEST_DATA is not set: no real data sets here")
    rows = pl.read_csv(Path(folder) / "telco_churn_ibm.csv").head(1_500)

    outcome = await subscriptions.load(rows.write_csv(), TELCO)

    assert (outcome.stored, outcome.report) == (1_500, [])
    found = await subscriptions.database.pool.fetchrow(
        "SELECT count(*), count(ended_on), sum(monthly_cents)::bigint, sum(DATE '2018-01-01' - started_on)"
        " FROM profile_subscription JOIN profile_subscription_span ON subscription = id"
    )
    assert found is not None
    left = (rows["Churn"] == "Yes").sum()
    cents = (rows["MonthlyCharges"] * 100).round().cast(pl.Int64).sum()
    days = sum(
        max(round(months * 30.4375), 1 if gone == "Yes" else 0)
        for months, gone in rows.select("tenure", "Churn").iter_rows()
    )
    assert tuple(found) == (1_500, left, cents, days)
