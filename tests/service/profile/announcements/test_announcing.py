"""What metrics is told of purchases and persons equals what is stored, whoever changed it."""

import random
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from cxm.profile.v1 import events_pb2
from services.kit.events.outbox import Outbox
from services.kit.events.streams import PERSONS_CHANGED, PURCHASES_RECORDED
from services.profile.announcements.announcing import Announcer
from tests.service.profile.support.customers import Customers, item
from tests.service.profile.support.erasures import Erasures
from tests.service.profile.support.purchases import AT, Purchases, bought, brought_back

FACTS: dict[str, Any] = {
    PURCHASES_RECORDED: events_pb2.PurchasesRecorded,
    PERSONS_CHANGED: events_pb2.PersonsChanged,
}
STORED = """
SELECT alias, d.department::text, local_day, coalesce(channel, ''), cents, sign = -1 AS is_return,
    sign = 1 AND coalesce((SELECT sum(back.cents) FROM profile_purchase back WHERE back.return_of = p.mark) >= p.cents,
        false) AS is_whole
FROM profile_purchase p JOIN profile_fact_department d ON d.number = p.department
    JOIN profile_dimension_set s ON s.number = p.dimensions"""


@pytest.fixture
def announcer(purchases: Purchases) -> Announcer:
    return Announcer(purchases.database, Outbox(purchases.database.pool, None))  # type: ignore[arg-type]  # nothing is relayed


async def told(purchases: Purchases, announcer: Announcer, subject: str) -> list[Any]:
    """All that is announced of a subject, in order."""
    while await announcer.look():
        pass
    rows = await purchases.database.pool.fetch(
        "SELECT payload FROM outbox WHERE subject = $1 ORDER BY id", subject
    )
    return [FACTS[subject].FromString(row["payload"]) for row in rows]


def sums(facts: list[Any]) -> Counter[tuple[Any, ...]]:
    """How often each image stands after all facts of the newest generation."""
    newest = max((fact.generation for fact in facts), default=0)
    found: Counter[tuple[Any, ...]] = Counter()
    for fact in facts:
        for p in fact.purchases if fact.generation == newest else ():
            image = (
                *(p.alias, p.department_id, p.local_day, p.dimensions.channel),
                *(p.cents, p.is_return, p.is_returned_whole),
            )
            found[image] += p.sign
    return Counter({image: count for image, count in found.items() if count})


async def stored(purchases: Purchases) -> Counter[tuple[Any, ...]]:
    return Counter(tuple(row) for row in await purchases.database.pool.fetch(STORED))


@pytest.mark.parametrize("seed", range(2))
async def test_what_is_told_equals_what_is_stored(
    purchases: Purchases, erasures: Erasures, announcer: Announcer, seed: int
) -> None:
    """Stored, brought back in part and as a whole, withdrawn, recorded again, erased; told at any moment."""
    dice = random.Random(seed)
    known: list[str] = []
    for step in range(25):
        who = dice.choice(["", "CARD:900100", "CARD:900200", "EMAIL:ilze@example.com"])
        id_ = f"r{step}"
        match dice.randrange(6):
            case 0 | 1 | 2:
                await purchases.record(bought(id_, dice.choice([300, 900]), who))
                known.append(id_)
            case 3 if known:
                back = brought_back(
                    id_,
                    dice.choice([300, 300, 900]),
                    dice.choice(known),
                    who=who,
                    at=AT + timedelta(1),
                )
                await purchases.record(back)
            case 4 if known:
                await purchases.withdraw(dice.choice(known), *dice.choices(known, k=2))
            case _:
                await announcer.look()
    await erasures.erase("CARD:900100") if seed else None

    assert sums(await told(purchases, announcer, PURCHASES_RECORDED)) == await stored(purchases)
    async with purchases.database.write.begin() as session:
        await announcer.announce_all(session)
    facts = await told(purchases, announcer, PURCHASES_RECORDED)
    assert {fact.generation for fact in facts} == {1, 2}
    assert sums(facts) == await stored(purchases)
    numbers = [fact.envelope for fact in facts]
    assert len(numbers) == len(set(numbers))


async def test_a_purchase_is_told_as_returned_whole_while_all_of_it_is_back(
    purchases: Purchases, announcer: Announcer
) -> None:
    await purchases.record(bought("r1", 900, "CARD:900100"), brought_back("b1", 300, "r1"))

    async def is_whole() -> list[bool]:
        images = sums(await told(purchases, announcer, PURCHASES_RECORDED))
        return [image[-1] for image in images if not image[-2]]

    assert await is_whole() == [False]
    await purchases.record(brought_back("b2", 600, "r1"))
    assert await is_whole() == [True]
    await purchases.withdraw("b2")
    assert await is_whole() == [False]


async def test_persons_are_told_as_they_are_now_and_who_is_erased_as_nobody(
    purchases: Purchases, customers: Customers, erasures: Erasures, announcer: Announcer
) -> None:
    a, b = await customers.numbers("CARD:900100", "EMAIL:ilze@example.com")
    assert await told(purchases, announcer, PERSONS_CHANGED) == []

    await customers.link(a, b)
    [joined] = await told(purchases, announcer, PERSONS_CHANGED)
    await customers.unlink(a, b)
    _, parted = await told(purchases, announcer, PERSONS_CHANGED)
    await customers.upsert(item("CARD:900100", "PHONE:+37120000000"))
    await erasures.erase("CARD:900100")
    last = (await told(purchases, announcer, PERSONS_CHANGED))[-1]

    assert {each.alias: each.person for each in joined.moved} == {max(a, b): min(a, b)}
    assert {each.alias: each.person for each in parted.moved} == {max(a, b): max(a, b)}
    assert joined.revision < parted.revision
    assert {each.person for each in last.moved} == {0}
    assert a in {each.alias for each in last.moved}
