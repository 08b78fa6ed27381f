"""16 writers over two replicas: persons are what a recount of the live links gives, and history replays to them."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from infra.local.postgres import Postgres
from services.kit.db.database import open_database
from services.profile.customers import storage
from services.profile.directory.tree_cache import TreeCache
from tests.conftest import OpenDatabase
from tests.service.profile.support.profile import OpenProfile, SettableClock
from tests.service.profile.support.walking import BROKEN, Replica, walk
from tests.support.identity import flaws, recount

WRITERS, STEPS = 16, 25


@pytest.fixture
async def replicas(
    new_database: OpenDatabase, open_profile: OpenProfile, postgres: Postgres, watch: SettableClock
) -> AsyncIterator[list[Replica]]:
    first = await new_database("profile")
    await open_profile(first)
    tree = await TreeCache(first, watch).read_tree()
    name = await first.pool.fetchval("SELECT current_database()")
    urls = [postgres.url(f"cxm_profile_{role}", None, name) for role in ("intake", "read")]
    async with AsyncExitStack() as stack:
        second = await stack.enter_async_context(open_database(*urls))
        yield [Replica(first, tree), Replica(second, tree)]


@pytest.mark.parametrize("forces", [False, True])
async def test_persons_hold_whoever_writes_at_once(replicas: list[Replica], forces: bool) -> None:
    done = await walk(replicas, WRITERS, STEPS, seed=1, forces=forces)

    assert await flaws(replicas[0].database.pool) == []
    assert sum(done.values()) == WRITERS * STEPS
    assert min(done[name] for name in ("upserted", "linked", "unlinked", "refused")) > 0
    assert not done[BROKEN]
    count = "SELECT count(*) FROM profile_customer_link WHERE reason = 4"
    assert bool(await replicas[0].database.pool.fetchval(count)) == forces


async def test_without_the_lock_the_same_walk_is_caught(
    replicas: list[Replica], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_lock(_: object) -> None:
        return None

    monkeypatch.setattr(storage, "lock_customers", no_lock)
    found: list[str] = []
    for seed in range(1, 21):
        await walk(replicas, WRITERS, STEPS, seed, forces=False)
        found = await flaws(replicas[0].database.pool)
        if any("by its links" in flaw for flaw in found):
            break

    assert any("by its links" in flaw for flaw in found)


async def test_what_is_wrong_is_found(replicas: list[Replica]) -> None:
    [first, _] = replicas
    await walk(replicas, 1, 40, seed=2, forces=False)
    assert await flaws(first.database.pool) == []

    moved = "UPDATE profile_customer_alias SET person = 1 WHERE id = (SELECT max(id) FROM profile_customer_alias)"
    await first.database.pool.execute(moved)

    found = await flaws(first.database.pool)
    assert any("by its links" in flaw for flaw in found)
    assert any("the history leads elsewhere" in flaw for flaw in found)


def test_the_recount_joins_what_links_join() -> None:
    assert recount([1, 2, 3, 4, 5], [(2, 3), (3, 5)]) == {1: 1, 2: 2, 3: 2, 4: 4, 5: 2}
