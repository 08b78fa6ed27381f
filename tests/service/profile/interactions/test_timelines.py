"""What a person did, page by page, and where it stands; heads read what their own departments had to do with."""

import random

import grpc
import pytest
from sqlalchemy import text

from cxm.profile.v1 import interactions_pb2 as pb
from cxm.profile.v1 import profile_pb2
from services.kit.db.row_security import name_rows
from services.kit.sealing.customer_refs import identifier_ref
from tests.service.profile.support.customers import KEYS, Customers, code, item
from tests.service.profile.support.interactions import NOON, Interactions, happened, stamp
from tests.service.profile.support.profile import Profile, SettableClock


@pytest.fixture(autouse=True)
async def departments(profile: Profile) -> None:
    await profile.upsert(
        ("root", None), ("riga", "root"), ("old-town", "riga"), ("liepaja", "root")
    )
    for key, stage in (("site", "awareness"), ("till", "purchase"), ("app", "loyalty")):
        await profile.upsert_touchpoints(
            profile_pb2.TouchpointItem(key=key, name=key, department="riga", stage=stage)
        )


async def person(customers: Customers, *identifiers: str) -> int:
    return int((await customers.upsert(item(*identifiers))).results[0].id)


def keys(found: list[pb.TimelineInteraction]) -> list[tuple[int, int, int]]:
    return [(each.place.at_us, each.place.mark, each.place.alias) for each in found]


async def test_pages_are_one_list_of_all_aliases_of_a_person(
    customers: Customers, interactions: Interactions
) -> None:
    aliases = ("CUSTOMER:ilze", "EMAIL:ilze@example.com", "CARD:900100")
    number = await person(customers, *aliases)
    chance = random.Random(7)
    sent = [
        happened(str(n), chance.choice(aliases), hours=-24 * chance.randrange(120), kind=kind)
        for n in range(200)
        for kind in [chance.choice(("CALLED", "ORDERED", "USED"))]
    ]
    await interactions.record(*sent)
    rows = await interactions.database.fetch("SELECT alias, at, mark FROM profile_interaction")

    whole = await interactions.pages(number, 100)

    expected = sorted(((row["at"], row["mark"], row["alias"]) for row in rows), reverse=True)
    assert [(mark, alias) for _, mark, alias in keys(whole)] == [each[1:] for each in expected]
    for first in (1, 7, 50):
        assert keys(await interactions.pages(number, first)) == keys(whole)
    calls = await interactions.pages(number, 9, kinds=["CALLED"])
    assert keys(calls) == keys([each for each in whole if each.kind == "CALLED"])
    refs = (await interactions.page(number)).customer_refs
    assert list(refs) == [identifier_ref(KEYS.refs, "CUSTOMER", "ilze")]


async def test_a_page_begins_after_everything_of_an_instant(
    customers: Customers, interactions: Interactions
) -> None:
    number = await person(customers, "CUSTOMER:ilze")
    await interactions.record(*(happened(str(n), hours=n // 3) for n in range(9)))
    whole = await interactions.pages(number, 100)

    at = pb.TimelinePlace(at_us=whole[3].place.at_us, behind_instant=True)
    page = await interactions.page(number, at)

    assert keys(list(page.interactions)) == keys(whole[6:])


async def test_joined_persons_have_one_timeline_and_parted_ones_their_own(
    customers: Customers, interactions: Interactions
) -> None:
    one = await person(customers, "CUSTOMER:ilze")
    card = await person(customers, "CARD:900100")
    await interactions.record(happened("1"), happened("2", "CARD:900100"))

    await customers.link(one, card)
    joined = await interactions.page(card)
    await customers.unlink(one, card)
    parted = [await interactions.page(each) for each in (one, card)]

    assert (joined.number, len(joined.interactions)) == (one, 2)
    assert [(page.number, len(page.interactions)) for page in parted] == [(one, 1), (card, 1)]


async def test_heads_read_what_their_departments_had_to_do_with(
    customers: Customers, interactions: Interactions
) -> None:
    number = await person(customers, "CUSTOMER:ilze")
    await interactions.record(
        happened("1"), happened("2", department="old-town"), happened("3", department="liepaja")
    )

    async def seen(role: str, department: str | None) -> int:
        page = await interactions.page(number, role=role, department=department)
        return len(page.interactions)

    assert await seen("admin", None) == await seen("analyst", None) == 3
    assert await seen("department_head", "riga") == 2
    assert await seen("department_head", "old-town") == 1
    for role in ("integration", "privacy_officer"):
        denied = await code(interactions.page(number, role=role))
        assert denied is grpc.StatusCode.PERMISSION_DENIED


async def test_who_had_nothing_to_do_with_a_department_is_absent_to_its_head(
    customers: Customers, interactions: Interactions, watch: SettableClock
) -> None:
    await interactions.record(happened("1"))
    number = (await customers.find("CUSTOMER:ilze")).number
    head = "department_head"

    for asked, department in (
        (number, "liepaja"),
        (2**31 - 1, "riga"),
        (-1, "riga"),
        (2**40, "riga"),
    ):
        for ask in (
            interactions.page(asked, role=head, department=department),
            interactions.whereabouts(asked, head, department),
        ):
            assert await code(ask) is grpc.StatusCode.NOT_FOUND
    watch.pass_days(731)
    late = await code(interactions.page(number, role=head, department="riga"))
    assert late is grpc.StatusCode.NOT_FOUND


async def test_row_level_security_alone_hides_what_is_of_other_departments(
    customers: Customers, interactions: Interactions
) -> None:
    await interactions.record(happened("1"), happened("2", department="liepaja"))
    rows = await interactions.database.fetch(
        "SELECT department FROM profile_interaction ORDER BY department"
    )
    departments = [row["department"] for row in rows]

    async def seen(**settings: list[str]) -> list[int]:
        async with interactions.database.read.begin() as session:
            if settings:
                await name_rows(session, **settings)
            found = await session.scalars(
                text("SELECT department FROM profile_interaction ORDER BY 1")
            )
            return list(found)

    assert await seen() == []
    assert await seen(departments=[]) == []
    assert await seen(departments=[str(departments[1])]) == departments[1:]
    assert await seen(all=["on"]) == departments


async def test_where_a_person_stands_is_the_stage_of_what_it_did_last(
    customers: Customers, interactions: Interactions
) -> None:
    number = await person(customers, "CUSTOMER:ilze", "CARD:900100")
    assert await interactions.whereabouts(number) == pb.GetWhereaboutsResponse(number=number)

    await interactions.record(
        happened("1", touchpoint="app", kind="USED", hours=-24 * 40),
        happened("2", touchpoint="site", kind="VISITED", hours=-24 * 9),
        happened("3", "CARD:900100", touchpoint="app", kind="USED", hours=-24 * 5),
        happened("4", touchpoint="app", kind="CALLED", hours=-24 * 4),
        happened("5", touchpoint="till", kind="DELIVERED", hours=-24 * 3),
        happened("6", kind="VIEWED", hours=-24 * 2),
    )

    found = await interactions.whereabouts(number)
    assert (found.stage, found.since) == ("loyalty", stamp(NOON.replace(day=26, month=4)))
    assert (found.last_contact, found.silent_days) == (stamp(NOON.replace(day=27, month=4)), 7)
    head = await interactions.whereabouts(number, "department_head", "riga")
    assert head == found

    await interactions.record(happened("7", touchpoint="site", kind="VISITED", hours=-24 * 5))
    both = await interactions.whereabouts(number)
    assert (both.stage, both.since) == ("loyalty", found.since)
    await interactions.record(
        happened("8", touchpoint="site", kind="VISITED", hours=-24),
        happened("9", touchpoint="app", kind="USED", hours=-24),
    )
    last = await interactions.whereabouts(number)
    assert (last.stage, last.since) == ("awareness", stamp(NOON.replace(day=30, month=4)))
