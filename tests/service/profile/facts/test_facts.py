"""What facts share: aliases made in bulk, numbers of departments, and no fact of who is being erased."""

import asyncio
from datetime import UTC, datetime

import pytest

from services.kit.db.database import Connection
from services.kit.errors import Failure
from services.kit.rights.access import Grant, Role, Viewer
from services.profile.customers.domain.identifiers import Identifier
from services.profile.customers.sealed_names import SealedNames
from services.profile.customers.upserting import CustomerWriter
from services.profile.directory.tree_cache import TreeCache
from services.profile.facts import storage
from services.profile.facts.attributing import FactAttributor, FactPlace
from services.profile.facts.dictionary import FactDictionary
from services.profile.facts.domain import NOBODY, Dimensions, Occurrence
from services.profile.facts.identifying import NOT_YET, AliasFinder, Named
from tests.service.profile.support.customers import KEYS, Customers, item
from tests.service.profile.support.erasures import Erasures
from tests.service.profile.support.profile import Profile, SettableClock

AT = datetime(2026, 5, 1, 9, tzinfo=UTC)
WHO = Viewer("shop", (Grant(Role.INTEGRATION),))
STORE = f"""
WITH given AS (SELECT $1::int AS alias, $2::int AS department, $3::timestamptz AS at),
    stored AS (SELECT * FROM given WHERE {storage.IS_SOMEBODY}),
    reached AS ({storage.REACH})
SELECT count(*) FROM stored"""
CARELESS = STORE.replace(storage.IS_SOMEBODY, "true")


@pytest.fixture
def finder(customers: Customers, watch: SettableClock) -> AliasFinder:
    sealed = SealedNames(KEYS)
    writer = CustomerWriter(customers.database, sealed, "LV", watch)
    return AliasFinder(customers.database, sealed, writer)


def named(*values: str) -> list[Named]:
    sent = (value.partition(":") for value in values)
    return [Named(Identifier(kind, value) if kind else None, AT) for kind, _, value in sent]


def reasons(found: list[int | Failure]) -> list[str]:
    return [each.reason for each in found if isinstance(each, Failure)]


async def test_identifiers_that_are_not_known_yet_become_aliases(
    customers: Customers, finder: AliasFinder
) -> None:
    known = int((await customers.upsert(item("EMAIL:ilze@example.com"))).results[0].id)
    asked = named("EMAIL:Ilze@example.com", "", "CARD:900 100", "CARD:900100", "EMAIL:none", "X:1")

    tried = await finder.find(WHO, asked, dry_run=True)
    found = await finder.find(WHO, asked)
    again = await finder.find(WHO, asked)

    assert tried[:4] == [known, NOBODY, NOT_YET, NOT_YET]
    assert found[:2] == [known, NOBODY]
    assert found[2] == found[3] == again[2]
    assert reasons(found) == reasons(tried) == ["NOT_AN_IDENTIFIER", "UNKNOWN_KIND"]
    card = await customers.find("CARD:900100")
    assert (card.number, card.aliases[0].first_seen.ToDatetime(UTC)) == (found[2], AT)


async def test_who_was_erased_is_refused(
    customers: Customers, erasures: Erasures, finder: AliasFinder
) -> None:
    await customers.upsert(item("EMAIL:ilze@example.com"))
    await erasures.erase("EMAIL:ilze@example.com")

    for dry_run in (True, False):
        found = await finder.find(
            WHO, named("EMAIL:ilze@example.com", "EMAIL:other@example.com"), dry_run=dry_run
        )
        assert reasons(found) == ["ERASED"]


async def test_departments_and_dimensions_get_numbers_once(
    profile: Profile, watch: SettableClock
) -> None:
    await profile.upsert(("root", None), ("riga", "root"))
    tree = TreeCache(profile.database, watch)
    first, second = (FactAttributor(tree, FactDictionary(profile.database.pool)) for _ in range(2))
    places = [Occurrence(AT, "riga"), Occurrence(AT, "riga", channel="SHOP"), Occurrence(AT)]

    *good, refused = await first.attribute(WHO, places)
    found = [each for each in good if not isinstance(each, Failure)]
    tried = await first.number(found, dry_run=True)
    count = "SELECT count(*) FROM profile_dimension_set"
    before = await profile.database.pool.fetchval(count)
    one, other = await asyncio.gather(first.number(found), second.number(found))

    assert (before, await profile.database.pool.fetchval(count)) == (0, 2)
    assert all(each.dimensions < 0 and each.department < 0 for each in tried)
    assert one == other
    plain, shop = one
    assert isinstance(plain, FactPlace)
    assert plain.department == shop.department
    assert plain.dimensions != shop.dimensions
    assert isinstance(refused, Failure)
    assert refused.reason == "DEPARTMENT_REQUIRED"


async def test_sets_of_dimensions_get_numbers_in_one_order(profile: Profile) -> None:
    """Another replica has the first set, and wants the second."""
    first, second = (Dimensions(None, None, channel) for channel in ("A", "B"))
    pool = profile.database.pool
    add = "INSERT INTO profile_dimension_set (channel) VALUES ($1)"

    async with pool.acquire() as other:
        async with other.transaction():
            await other.execute(add, "A")
            adding = asyncio.create_task(storage.add_dimensions(pool, [second, first]))
            waiting = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)"
            async with asyncio.timeout(20):
                while not await other.fetchval(waiting):
                    pass
            await other.execute(add, "B")
        await adding
    assert {first, second} <= (await storage.find_dimensions(pool)).keys()


async def late_fact(connection: Connection, statement: str, erasures: Erasures, alias: int) -> int:
    """A writer is under way while an erasure begins, and another comes later; how many rows are left of the alias."""
    pool = erasures.database.pool
    await erasures.decide(await erasures.counted(alias))
    async with connection.transaction():
        await connection.fetchval(statement, alias, 1, AT)
        running = asyncio.create_task(erasures.runner.look())
        await until_waiting(erasures, 1)
        late = asyncio.create_task(pool.fetchval(statement, alias, 2, AT))
        await until_waiting(erasures, 2)
    await asyncio.gather(running, late)
    count = "SELECT count(*) FROM profile_customer_department WHERE alias = $1"
    return int(await pool.fetchval(count, alias))


async def until_waiting(erasures: Erasures, count: int) -> None:
    """Until so many wait for a lock of tables of this database."""
    waiting = """SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'relation'
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""
    async with asyncio.timeout(20):
        while await erasures.database.fetchval(waiting) < count:
            pass


async def test_no_fact_is_stored_of_who_is_being_erased(
    customers: Customers, erasures: Erasures
) -> None:
    reply = await customers.upsert(item("CARD:900100"), item("CARD:900200"))
    one, other = (int(each.id) for each in reply.results)

    async with customers.database.pool.acquire() as connection:
        assert await late_fact(connection, STORE, erasures, one) == 0
        # The control: a writer that does not look whether the alias is there.
        assert await late_fact(connection, CARELESS, erasures, other) == 1
