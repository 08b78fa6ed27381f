"""Files of purchases, uploaded through the RPC: rows of one receipt are one purchase."""

import pytest

from services.kit.errors import Failure
from tests.service.profile.support.customers import Customers
from tests.service.profile.support.purchases import Purchases
from tests.service.support.import_call import failure

MAPPING = """
[defaults]
source = "shop"
channel = "SHOP"
[columns]
id = "nr"
customer = "client"
card = "card"
occurred_at = "when"
department = "shop"
item = "what"
quantity = "n"
price = "each"
discount = "off"
currency = "money"
return_of = "of"
place = "till"
[rates]
USD = "0.92"
[format]
dates = ["iso"]
"""
HEADER = "nr,client,card,when,shop,what,n,each,off,money,of,till\n"
GOOD = HEADER + (
    "1,C-1,,2026-05-01 10:00,Riga,coffee,2,3.50,0.50,,,4\n"
    "2,,900100,2026-05-01 10:01,riga,tea,1,2.005,,,,5\n"
    "1,C-1,,2026-05-01 10:00,Riga,cake,1,4,,,,4\n"
    "3,,,2026-05-01 10:02,liepaja,tea,3,10,,USD,,\n"
    "4,C-1,,2026-05-02 10:00,riga,cake,-1,4,,,1,\n"
)


async def test_a_receipt_is_one_purchase_and_the_same_file_again_stores_nothing(
    purchases: Purchases, customers: Customers
) -> None:
    tried = await purchases.load(GOOD, MAPPING, dry_run=True)
    assert await purchases.stored() == (0, 0, 0)
    first = await purchases.load(GOOD, MAPPING)
    again = await purchases.load(GOOD, MAPPING)

    assert (tried.stored, tried.joined, tried.report) == (4, 1, [])
    assert (first.stored, first.joined, first.report) == (4, 1, [])
    assert (again.stored, again.already, again.joined) == (0, 4, 1)
    assert await purchases.stored() == (3, 1050 + 201 + 2760, 400)
    client = await customers.find("CUSTOMER:C-1")
    back, sale = (await purchases.page(client.number)).purchases
    assert [(line.item, line.quantity, line.cents) for line in sale.lines] == [
        ("coffee", 2, 650),
        ("cake", 1, 400),
    ]
    assert (sale.lines[0].discount_cents, sale.till, sale.channel) == (50, "4", "SHOP")
    assert [(line.quantity, line.cents) for line in back.lines] == [(1, 400)]


async def test_a_bad_row_names_row_and_column_and_nothing_of_its_receipt_is_stored(
    purchases: Purchases,
) -> None:
    content = HEADER + (
        "1,C-1,,2026-05-01 10:00,riga,coffee,1,3,,,,\n"
        '1,C-1,,2026-05-01 10:00,riga,cake,1,"12,5 EUR",,,,\n'
        "1,C-1,,2026-05-01 10:00,riga,bun,1,1,,,,\n"
        "2,C-1,,2026-05-01 10:00,riga,cake,1,4,,GBP,,\n"
        "3,C-1,,2026-05-01 10:00,nowhere,cake,1,4,,,,\n"
        "4,C-1,,2026-05-01 10:00,riga,cake,-1,4,,,99,\n"
        "5,null,,2026-05-01 10:00,riga,cake,1,4,,,,\n"
        "6,C-1,,someday,riga,cake,1,4,,,,\n"
        "7,C-1,,2026-05-01 10:00,riga,cake,1,4,,,,\n"
        "7,C-2,,2026-05-01 10:00,riga,cake,1,4,,,,\n"
        ",C-1,,2026-05-01 10:00,riga,cake,1,4,,,,\n"
        "8,C-1,,2036-05-01 10:00,riga,cake,1,4,,,,\n"
        "9,C-1,,2026-05-01 10:00,riga,cake,1,4,,,,\n"
        f"10,C-1,,2026-05-01 10:00,riga,cake,{'9' * 15},{'9' * 15},,,,\n"
    )

    tried = await purchases.load(content, MAPPING, dry_run=True)
    outcome = await purchases.load(content, MAPPING)

    assert (outcome.stored, outcome.joined) == (1, 1)
    assert sorted((int(row), column, reason) for row, column, reason, _ in outcome.report) == [
        (2, "", "RECEIPT"),
        (3, "each", "AMOUNT"),
        (5, "money", "NO_RATE"),
        (6, "shop", "UNKNOWN_DEPARTMENT"),
        (7, "of", "RETURN"),
        (8, "client", "NOT_AN_IDENTIFIER"),
        (9, "when", "DATE_UNREADABLE"),
        (10, "", "RECEIPT"),
        (11, "", "RECEIPT"),
        (12, "nr", "CELL_EMPTY"),
        (13, "when", "DAYS"),
        (15, "each", "AMOUNT"),
    ]
    assert tried.report == outcome.report
    assert await purchases.stored() == (1, 400, 0)


async def test_rows_without_ids_are_purchases_known_by_their_cells(purchases: Purchases) -> None:
    mapping = (
        '[defaults]\ndepartment = "riga"\n[columns]\ncard = "c"\noccurred_at = "d"\namount = "a"\n'
    )
    content = "c,d,a\n900100,2026-05-01,10\n900100,2026-05-01,10\n900100,2026-05-02,-10\n"

    first = await purchases.load(content, mapping)
    again = await purchases.load(content, mapping)

    assert (first.stored, again.stored, again.already) == (3, 0, 3)
    assert await purchases.stored() == (2, 2000, 1000)
    used = await purchases.database.pool.fetch("SELECT DISTINCT card_used FROM profile_purchase")
    assert [row[0] for row in used] == [True]


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        ('[columns]\noccurred_at = "d"\namount = "a"\n', '"department" is missing'),
        ('[defaults]\ndepartment = "riga"\n[columns]\namount = "a"\n', '"occurred_at" is missing'),
        (
            '[defaults]\ndepartment = "riga"\n[columns]\noccurred_at = "d"\n',
            '"amount" is missing, or "price"',
        ),
        (
            '[defaults]\ndepartment = "riga"\n[columns]\noccurred_at = "d"\namount = "a"\n[rates]\nUSD = -1',
            "must be a number above 0",
        ),
        (
            '[defaults]\ndepartment = "riga"\n[columns]\noccurred_at = "d"\namount = "a"\nreturn_of = "r"',
            '"id" is missing',
        ),
    ],
)
async def test_a_mapping_that_makes_no_purchase_is_refused(
    purchases: Purchases, mapping: str, told: str
) -> None:
    stopped: Failure = await failure(purchases.load("d,a,r\n2026-05-01,1,\n", mapping))

    assert stopped.reason == "MAPPING_INVALID"
    assert told in stopped.message


async def test_of_a_long_receipt_the_amount_is_of_all_lines_and_200_are_kept(
    purchases: Purchases,
) -> None:
    content = HEADER + "".join(
        f"1,C-1,,2026-05-01 10:00,riga,thing {n},1,0.01,,,,\n" for n in range(250)
    )

    outcome = await purchases.load(content, MAPPING)

    assert (outcome.stored, outcome.joined, outcome.remarks) == (1, 249, {"LINES_LEFT_OUT": 1})
    assert await purchases.stored() == (1, 250, 0)
    lines = "SELECT count(*) FROM profile_purchase_line"
    assert await purchases.database.pool.fetchval(lines) == 200
