"""Files of customers and identities, uploaded through the RPC."""

from pathlib import Path

import grpc
import pytest

from cxm.profile.v1 import customers_pb2 as pb
from services.kit.errors import Denied, Failure, Invalid
from tests.service.profile.support.customers import Customers, code, item
from tests.service.support.import_call import Outcome, failure, load

MAPPING = """
[defaults]
source = "shop"
[columns]
id = "nr"
email = "mail"
phone = "phone"
first_seen = "since"
name = "who"
attribute.plan = "plan"
identifier.DEVICE = "browser"
"""
HEADER = "nr,mail,phone,since,who,plan,browser\n"
TWO = HEADER + (
    "C-1,ilze@example.com,20000001,2024-03-01,Ilze,gold,d1\nC-2,anna@example.com,,2024-04-01,,,\n"
)
IDENTITIES = (
    '[defaults]\nkind = "CARD"\nkind2 = "CUSTOMER"\n[columns]\nvalue = "card"\nvalue2 = "nr"\n'
)


async def load_customers(
    customers: Customers,
    content: str,
    mapping: str = MAPPING,
    *,
    role: str = "integration",
    dry_run: bool = False,
) -> Outcome:
    method, request = customers.stub.ImportCustomers, pb.ImportCustomersRequest
    bearer = customers.bearer(role)
    return await load(method, request, bearer, mapping, content, dry_run=dry_run)


async def load_identities(customers: Customers, content: str, *, dry_run: bool = False) -> Outcome:
    method, request = customers.stub.ImportIdentities, pb.ImportIdentitiesRequest
    bearer = customers.bearer("integration")
    return await load(method, request, bearer, IDENTITIES, content, dry_run=dry_run)


async def test_rows_are_customers_and_the_same_file_again_stores_nothing(
    customers: Customers,
) -> None:
    first = await load_customers(customers, TWO)
    again = await load_customers(customers, TWO)

    assert (first.stored, first.already, first.refused) == (2, 0, 0)
    assert (again.stored, again.already, again.refused) == (0, 2, 0)
    ilze = await customers.find("EMAIL:ILZE@example.com")
    assert [alias.kind for alias in ilze.aliases] == ["CUSTOMER", "EMAIL", "PHONE", "DEVICE"]
    assert {link.source for link in ilze.links} == {"shop"}
    assert ilze.first_seen.ToDatetime().isoformat() == "2024-03-01T12:00:00"
    assert await customers.attributes(ilze.number) == {"name": "Ilze", "plan": "gold"}


async def test_a_blank_cell_says_nothing(customers: Customers) -> None:
    await load_customers(customers, TWO)

    outcome = await load_customers(customers, HEADER + "C-1,,,,,,\n")

    assert (outcome.stored, outcome.already) == (0, 1)
    ilze = await customers.find("CUSTOMER:C-1")
    assert await customers.attributes(ilze.number) == {"name": "Ilze", "plan": "gold"}


async def test_a_refused_row_names_row_and_column_and_no_value(customers: Customers) -> None:
    content = HEADER + (
        "C-1,nobody knows,,,,,\nC-2,,n/a,,,,\n,,,,Ilze,,\nC-4,,,someday,,,\nC-5,,,,,,0000\nC-6,,,,,,\n"
    )

    outcome = await load_customers(customers, content)

    assert outcome.stored == 1
    assert [row[:3] for row in outcome.report] == [
        ["2", "mail", "IDENTIFIER"],
        ["3", "phone", "NOT_AN_IDENTIFIER"],
        ["4", "nr", "CELL_EMPTY"],
        ["5", "since", "DATE_UNREADABLE"],
        ["6", "browser", "NOT_AN_IDENTIFIER"],
    ]
    assert "nobody knows" not in str(outcome.report)
    assert await code(customers.find("CUSTOMER:C-1")) == grpc.StatusCode.NOT_FOUND


async def test_a_dry_run_counts_as_a_run_and_stores_nothing(customers: Customers) -> None:
    await load_customers(customers, HEADER + "C-2,anna@example.com,,,,,\n")
    content = TWO + "C-1,ilze@example.com,20000001,2024-03-01,Ilze,gold,d1\nC-3,bad,,,,,\n"
    tables = ("alias", "link", "attribute", "person_change", "conflict")
    before = [await count(customers, table) for table in tables]

    tried = await load_customers(customers, content, dry_run=True)
    after = [await count(customers, table) for table in tables]
    done = await load_customers(customers, content)

    assert before == after
    assert (tried.stored, tried.already, tried.refused) == (2, 1, 1)
    assert (done.stored, done.already, done.refused) == (2, 1, 1)


async def count(customers: Customers, table: str) -> int:
    number: int = await customers.database.pool.fetchval(
        f"SELECT count(*) FROM profile_customer_{table}"
    )
    return number


async def test_identities_join_customers_and_conflicts_are_counted(customers: Customers) -> None:
    a, b = await customers.numbers("CUSTOMER:C-1", "CUSTOMER:C-2")
    content = "card,nr\n4711,C-1\n4711,C-2\n0815,C-2\n,C-1\n"

    tried = await load_identities(customers, content, dry_run=True)
    done = await load_identities(customers, content)
    again = await load_identities(customers, content)

    assert (done.stored, done.already, done.refused) == (3, 0, 1)
    assert (tried.stored, tried.refused, tried.remarks) == (3, 1, {"CONFLICTS": 1})
    assert (again.stored, again.already) == (0, 3)
    assert done.remarks == again.remarks == {"CONFLICTS": 1}
    assert (await customers.find("CARD:4711")).number == a
    assert (await customers.find("CARD:0815")).number == b
    [link] = (await customers.get(a)).links
    assert link.reason == pb.LINK_REASON_IMPORTED


async def test_what_was_parted_stays_apart_when_the_file_comes_again(customers: Customers) -> None:
    await load_identities(customers, "card,nr\n4711,C-1\n")
    card, customer = (await customers.find("CARD:4711")).aliases
    await customers.unlink(card.number, customer.number)

    again = await load_identities(customers, "card,nr\n4711,C-1\n")

    assert again.remarks == {"CONFLICTS": 1}
    assert (await customers.find("CARD:4711")).number == card.number
    assert (await customers.find("CUSTOMER:C-1")).number == customer.number


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ('[columns]\nname = "who"\n', "is missing"),
        ('[columns]\nidentifier.device = "browser"\n', "A-Z 0-9 _"),
        ('[columns]\nid = "nr"\nattribute."a b" = "plan"\n', "attribute"),
    ],
)
async def test_a_mapping_that_names_nobody_is_refused(
    mapping: str, message: str, customers: Customers
) -> None:
    refused = await failure(load_customers(customers, TWO, mapping))

    assert isinstance(refused, Invalid)
    assert (refused.reason, message in refused.message) == ("MAPPING_INVALID", True)


async def test_who_may_import(customers: Customers) -> None:
    for role in ("admin", "analyst", "integration"):
        assert (await load_customers(customers, TWO, role=role)).refused == 0
    for role in ("privacy_officer", "department_head", "operator"):
        refused: Failure = await failure(load_customers(customers, TWO, role=role))
        assert isinstance(refused, Denied), role


async def test_the_examples_are_read(customers: Customers) -> None:
    await customers.upsert(item("CUSTOMER:C-1"))
    header = "customer_id,email,phone,loyalty_card,name,country,language,registered_at,plan\n"
    row = "C-1,ilze@example.com,-,4711,Ilze,LV,lv,2024-03-01,gold\n"
    mappings = Path("infra/mappings")

    outcome = await load_customers(
        customers, header + row, (mappings / "customers.toml").read_text()
    )
    method, request = customers.stub.ImportIdentities, pb.ImportIdentitiesRequest
    text = (mappings / "identities.toml").read_text()
    identities = await load(
        method, request, customers.bearer(), text, "card,customer_id\n0815,C-1\n"
    )

    assert (outcome.stored, identities.stored) == (1, 1)
    found = await customers.find("CARD:0815")
    assert [alias.kind for alias in found.aliases] == ["CUSTOMER", "EMAIL", "CARD", "CARD"]
