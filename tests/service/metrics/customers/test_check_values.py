"""The figures of a real shop, as customers-value asks for them: all invoice lines of 2009-12-01 to 2010-12-09."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from cxm.profile.v1.events_pb2 import RecordedPurchase
from services.kit.clock import day_number
from tests.service.metrics.conftest import Metrics
from tests.service.metrics.customers.test_recount import hear
from tests.service.metrics.support.shopping import envelopes
from tests.support.builders import id_of, make_department

FILE = "online_retail_2009_2010.parquet"
OCTOBER = date(2010, 10, 1)
NOVEMBER, DECEMBER = date(2010, 11, 1), date(2010, 12, 1)


@pytest.fixture(scope="module")
def lines() -> pl.DataFrame:
    """Rows with a customer, a quantity and a price; by the first digit of the stock code a department."""
    folder = os.environ.get("CXM_TEST_DATA")
    if folder is None:
        pytest.skip("CXM_TEST_DATA is not set: no real data sets here")
    read = pl.read_parquet(Path(folder) / FILE)
    has_all = pl.col("Customer ID").is_not_null() & (pl.col("Quantity") > 0) & (pl.col("Price") > 0)
    days = pl.col("InvoiceDate").str.slice(0, 10).str.to_date()
    cents = (pl.col("Quantity") * pl.col("Price") * 100).round().cast(pl.Int64)
    department = pl.col("StockCode").str.slice(0, 1)
    return read.filter(has_all).select(
        "Invoice",
        alias=pl.col("Customer ID").cast(pl.Int32),
        day=days,
        cents=cents,
        department=pl.when(department.is_in(["2", "8"])).then(department).otherwise(pl.lit("x")),
    )


def purchases(lines: pl.DataFrame, *by: str) -> Iterator[RecordedPurchase]:
    """A receipt is one purchase, or one in each of its departments."""
    receipts = lines.group_by("Invoice", "alias", "day", *by).agg(pl.col("cents").sum())
    for row in receipts.iter_rows(named=True):
        yield RecordedPurchase(
            alias=row["alias"],
            department_id=id_of(f"d{row['department']}" if by else "shop"),
            local_day=day_number(row["day"]),
            cents=row["cents"],
            sign=1,
        )


async def test_a_real_shop_has_the_figures_that_are_known_of_it(
    metrics: Metrics, lines: pl.DataFrame
) -> None:
    await metrics.fill([make_department("shop")])
    await hear(metrics.replica, envelopes(purchases(lines)))

    october = await metrics.scorecard("shop", OCTOBER, NOVEMBER)
    november = await metrics.scorecard("shop", NOVEMBER, DECEMBER)

    assert [card["sales"].value for card in (october, november)] == [1_036_680.00, 1_172_336.04]
    assert [card["orders"].value for card in (october, november)] == [2_133, 2_587]
    assert [card["buyers"].value for card in (october, november)] == [1_497, 1_607]
    assert october["averageBasket"].value == pytest.approx(1_036_680 / 2_133)
    kept = october["retentionRate"]
    assert (kept.base, kept.worked) == (1_145, "463 / 1145")
    assert kept.value == pytest.approx(0.4044, abs=5e-5)
    assert (kept.interval.low, kept.interval.high) == pytest.approx((0.3763, 0.4331), abs=5e-5)
    assert [card["newCustomers"].value for card in (october, november)] == [377, 325]
    silent = (await metrics.scorecard("shop", NOVEMBER, date(2010, 12, 10)))["silentShare"]
    assert silent.worked == "1427 / 4312"
    assert silent.interval.low == pytest.approx(0.3170, abs=5e-5)
    assert silent.interval.high == pytest.approx(0.3451, abs=5e-5)
    lost = october["churnRate"]
    assert (lost.base, lost.elsewhere, lost.worked) == (1_145, 0, "682 / 1145")


async def test_customers_of_two_departments_of_a_real_shop_do_not_add_up(
    metrics: Metrics, lines: pl.DataFrame
) -> None:
    """By stock codes; added up, the two would be .3791."""
    await metrics.fill(
        [make_department("both"), make_department("d2", "both"), make_department("d8", "both")]
    )
    two = lines.filter(pl.col("department") != "x")
    await hear(metrics.replica, envelopes(purchases(two, "department")))

    shown = {}
    for key in ("d2", "d8", "both"):
        shown[key] = (await metrics.scorecard(key, OCTOBER, NOVEMBER))["retentionRate"]

    assert {key: each.worked for key, each in shown.items()} == {
        "d2": "446 / 1098",
        "d8": "325 / 936",
        "both": "454 / 1120",
    }
    assert shown["both"].value == pytest.approx(0.4054, abs=5e-5)
    assert pytest.approx(0.3791, abs=5e-5) == (446 + 325) / (1_098 + 936)
