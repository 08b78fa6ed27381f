"""Months of interactions that are over are sorted, lose their details, and are dropped; nothing else is lost."""

import asyncio
import random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from services.profile.facts.month_keeping import MonthKeeper
from services.profile.interactions.rpc import InteractionRules, month_rules
from tests.service.profile.support.customers import statuses
from tests.service.profile.support.interactions import Interactions, happened
from tests.service.profile.support.profile import Profile, SettableClock

ROWS = "SELECT alias, at, mark, department, dims, kind FROM profile_interaction ORDER BY alias, at, mark"
AS_THEY_LIE = "SELECT alias, at, mark FROM profile_interaction_2026_05 ORDER BY ctid"
MONTH = 24 * 30.5


@pytest.fixture(autouse=True)
async def departments(profile: Profile) -> None:
    await profile.upsert(("root", None), ("riga", "root"))


@pytest.fixture
def keeper(interactions: Interactions, watch: SettableClock) -> MonthKeeper:
    rules = month_rules(InteractionRules(24, 13))
    return MonthKeeper(interactions.database.pool, ZoneInfo("UTC"), [rules], watch)


async def months(interactions: Interactions) -> list[str]:
    rows = await interactions.database.fetch(
        "SELECT inhrelid::regclass::text AS name FROM pg_inherits"
        " WHERE inhparent = 'profile_interaction'::regclass ORDER BY 1"
    )
    return [row["name"].removeprefix("profile_interaction_") for row in rows]


async def as_they_lie(interactions: Interactions) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await interactions.database.fetch(AS_THEY_LIE)]


async def test_a_month_is_sorted_seven_days_after_its_end(
    interactions: Interactions, keeper: MonthKeeper, watch: SettableClock
) -> None:
    chance = random.Random(3)
    sent = [
        happened(str(n), f"CUSTOMER:c{chance.randrange(20)}", hours=chance.randrange(72))
        for n in range(400)
    ]
    await interactions.record(*sent[:200])
    await interactions.record(*sent[200:])
    before = await interactions.database.fetch(ROWS)

    watch.pass_days(33)  # 6 June
    await keeper.look()
    early = await as_they_lie(interactions)
    watch.pass_days(2)
    await keeper.look()
    lying = await as_they_lie(interactions)

    assert early != sorted(early)
    assert lying == sorted(lying)
    assert await interactions.database.fetch(ROWS) == before
    assert statuses(await interactions.record(sent[0], happened("late"))) == [
        "ALREADY_STORED",
        "STORED",
    ]
    await keeper.look()
    assert await interactions.stored() == 401


async def test_nothing_is_lost_that_comes_while_a_month_is_sorted(
    interactions: Interactions, keeper: MonthKeeper, watch: SettableClock
) -> None:
    await interactions.record(*(happened(str(n), f"CUSTOMER:c{n % 9}") for n in range(500)))
    watch.pass_days(40)

    async def late(part: int) -> None:
        for n in range(20):
            await interactions.record(happened(f"{part} {n}", f"CUSTOMER:c{n % 9}", hours=part))

    await asyncio.gather(keeper.look(), *(late(part) for part in range(3)))

    assert await interactions.stored() == 560


async def test_details_go_after_13_months_and_all_after_24(
    interactions: Interactions, keeper: MonthKeeper, watch: SettableClock
) -> None:
    said = {"topic": "invoice"}
    for id_, back in (("old", 23), ("bare", 14), ("new", 1)):
        await interactions.record(happened(id_, hours=-MONTH * back, details=said))
    details = "SELECT count(*) FROM profile_interaction WHERE details IS NOT NULL"

    await keeper.look()
    assert (await interactions.stored(), await interactions.database.fetchval(details)) == (3, 1)
    assert len(await months(interactions)) == 3
    watch.pass_days(62)
    await keeper.look()

    assert (await interactions.stored(), await interactions.database.fetchval(details)) == (2, 1)
    assert len(await months(interactions)) == 2
    assert statuses(await interactions.record(happened("old", hours=-MONTH * 23))) == ["TOO_OLD at"]

    late = happened("late", hours=-MONTH * 14, details=said)
    assert statuses(await interactions.record(late)) == ["STORED"]
    assert await interactions.database.fetchval(details) == 1
