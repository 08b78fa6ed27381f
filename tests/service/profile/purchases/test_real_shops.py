"""A real list of invoices comes in by its mapping alone, and says what a plain recount says."""

import io
import os
from pathlib import Path

import polars as pl
import pytest

from tests.service.profile.support.purchases import Purchases

MAPPING = Path("infra/mappings/online_retail.toml").read_text()
BY_CUSTOMERS = "alias <> 0 AND cents > 0"


@pytest.fixture
def retail() -> pl.DataFrame:
    """Lines of invoices of the gift shop in October 2010."""
    folder = os.environ.get("CXM_TEST_DATA")
    if not folder:
        pytest.skip("CXM_TEST_DATA is not set: no real data sets here")
    lines = pl.read_parquet(Path(folder) / "online_retail_2009_2010.parquet")
    return lines.filter(pl.col("InvoiceDate").str.starts_with("2010-10"))


def recounted(lines: pl.DataFrame) -> tuple[int, int, int]:
    """Invoices, cents and customers by metrics.md's rule: of customers, with quantity and price above 0."""
    kept = lines.filter(
        pl.col("Customer ID").is_not_null() & (pl.col("Quantity") > 0) & (pl.col("Price") > 0)
    )
    cents = (kept["Quantity"] * kept["Price"] * 100).round().cast(pl.Int64)
    return kept["Invoice"].n_unique(), int(cents.sum()), kept["Customer ID"].n_unique()


async def test_october_of_a_gift_shop_has_the_sales_orders_and_buyers_of_a_recount(
    purchases: Purchases, retail: pl.DataFrame
) -> None:
    file = io.BytesIO()
    retail.write_parquet(file)

    outcome = await purchases.load(file.getvalue(), MAPPING)

    assert outcome.report == []
    assert outcome.stored == retail["Invoice"].n_unique()
    orders, cents, _ = await purchases.stored(BY_CUSTOMERS)
    buyers = await purchases.database.pool.fetchval(
        f"SELECT count(DISTINCT alias) FROM profile_purchase WHERE sign = 1 AND {BY_CUSTOMERS}"
    )
    assert (orders, cents, buyers) == recounted(retail) == (2_133, 103_668_000, 1_497)
