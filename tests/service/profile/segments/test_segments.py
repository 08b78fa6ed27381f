"""Segments: made, changed, asked, removed; and the row of each person that rules ask."""

from collections.abc import Awaitable

import grpc
import pytest

from services.kit.rpc.status import from_rpc
from services.profile.customers.sealed_names import SealedNames
from services.profile.segments import filling
from services.profile.segments.domain.segments import MOST_PLACES, MOST_SEGMENTS
from services.profile.segments.filling import SummaryFiller
from services.profile.summaries.storage import keep_summaries
from tests.service.profile.support.customers import KEYS, Customers, code, item
from tests.service.profile.support.segments import SegmentCalls

ROLES = ("admin", "analyst", "integration", "privacy_officer", "department_head", "operator")


async def refusal(call: Awaitable[object]) -> tuple[str, str]:
    """The reason and the field of a call that is refused."""
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call
    failure = from_rpc(caught.value)
    return failure.reason, ".".join(failure.field)


async def test_a_segment_has_whom_its_rule_holds_of_now(
    customers: Customers, segments: SegmentCalls
) -> None:
    reply = await customers.upsert(
        item("CUSTOMER:C-1", "EMAIL:a@x.lv", attributes={"country": "LV", "plan": "gold"}),
        item("CUSTOMER:C-2", attributes={"country": "LT", "plan": "basic"}),
        item("EMAIL:c@x.lv"),
    )
    one, two, three = (int(result.id) for result in reply.results)
    await segments.upsert("baltic", 'country in ("LV", "LT")')
    await segments.upsert("gold", 'attribute.plan = "gold"')

    assert await segments.count("gold", "baltic") == (1, 2)
    assert [each.number for each in (await segments.members("baltic")).members] == [one, two]
    assert await segments.numbers('not (country = "LV")') == (two, three)
    assert await segments.numbers('country != "LV"') == (two,)
    assert await segments.numbers('identifiers has "EMAIL"') == (one, three)
    assert await segments.numbers("not answered(attribute.plan)") == (three,)

    await customers.upsert(item("CUSTOMER:C-2", attributes={"plan": "gold", "country": ""}))
    assert await segments.count("gold", "baltic") == (2, 1)
    await customers.link(two, three)
    assert await segments.numbers("not answered(attribute.plan)") == ()
    assert await segments.numbers('identifiers has "EMAIL"') == (one, two)
    await customers.unlink(two, three)
    assert await segments.numbers("not answered(attribute.plan)") == (three,)


async def test_a_customer_is_in_the_first_segment_that_holds(
    customers: Customers, segments: SegmentCalls
) -> None:
    reply = await customers.upsert(
        *(
            item(f"CUSTOMER:C-{n}", attributes={"country": c})
            for n, c in enumerate(("LV", "LT", "SI"))
        )
    )
    numbers = [int(result.id) for result in reply.results]
    await segments.upsert("everybody", 'country != "SI"', place=9)
    await segments.upsert("home", 'country = "LV"', place=2)
    await segments.upsert("unplaced", "true")

    assert [each.key for each in await segments.list()] == ["home", "everybody", "unplaced"]
    assert list(await segments.find(*numbers, 2_000_000_000, 2**40)) == [
        *("home", "everybody", ""),
        *("", ""),
    ]


async def test_a_rule_names_other_segments_and_never_itself(
    customers: Customers, segments: SegmentCalls
) -> None:
    await customers.upsert(item("CUSTOMER:C-1", attributes={"country": "LV"}), item("CUSTOMER:C-2"))
    await segments.upsert("home", 'country = "LV"')
    await segments.upsert("abroad", 'not segment("home")')
    assert await segments.count("abroad") == (1,)

    itself = await refusal(segments.upsert("home", 'segment("home")'))
    through = await refusal(segments.upsert("home", 'true and segment("abroad")'))
    unknown = await refusal(segments.upsert("home", 'segment("nobody")'))
    assert (itself, through) == (("SELF_REFERENCE", "rule"),) * 2
    assert unknown == ("UNKNOWN_OPTION", "rule")
    assert await refusal(segments.remove("home")) == ("IN_USE", "key")
    assert await segments.remove("abroad")
    assert await segments.remove("home")
    assert not await segments.remove("home")


async def test_a_segment_that_others_name_does_not_grow_beyond_what_they_may(
    segments: SegmentCalls,
) -> None:
    await segments.upsert("small", "true")
    await segments.upsert("large", " or ".join(['segment("small")'] * 100))

    larger = " and ".join(["answered(country)"] * 50)
    assert await refusal(segments.upsert("small", larger)) == ("RULE_TOO_LARGE", "rule")
    (small,) = [each for each in await segments.list() if each.key == "small"]
    assert small.rule == "true"


async def test_a_preview_says_what_is_wrong_and_where(segments: SegmentCalls) -> None:
    for rule, wrong, start in (
        ("country >", "SYNTAX", 9),
        ('county = "LV"', "UNKNOWN_NAME", 0),
        ("true and country > 3", "TYPE_MISMATCH", 9),
        ('identifiers has "FAX"', "UNKNOWN_OPTION", 16),
        ("days(first_day, first_day) = 1.5", "INEXACT_COMPARISON", 0),
        ('segment("a")', "SELF_REFERENCE", 0),
        ("1" + " * 100000000000000" * 30 + " > 0", "RULE_TOO_LARGE", 0),
    ):
        issue = (await segments.preview(rule, key="a")).issue
        assert (issue.code, issue.start) == (wrong, start), rule
        assert issue.message
    assert list(await segments.list()) == []


async def test_what_is_no_segment_is_refused(segments: SegmentCalls) -> None:
    for field, draft in {
        "INVALID_KEY key": ("", "true", None, "x"),
        "INVALID_NAME name": ("a", "true", None, "x" * 101),
        "PLACE place": ("a", "true", 33, "x"),
        "SYNTAX rule": ("a", "", None, "x"),
    }.items():
        assert " ".join(await refusal(segments.upsert(*draft))) == field
    assert await refusal(segments.count("nobody")) == ("NOT_FOUND", "key")
    assert await refusal(segments.members("nobody")) == ("NOT_FOUND", "key")


async def test_there_are_so_many_segments(segments: SegmentCalls) -> None:
    for number in range(MOST_SEGMENTS):
        place = number + 1 if number < MOST_PLACES else None
        await segments.upsert(
            f"s{number:03}", 'country = "LV" and first_day > date("2026-01-01")', place
        )

    assert await refusal(segments.upsert("more", "true")) == ("TOO_MANY_SEGMENTS", "key")
    assert await refusal(segments.upsert("s099", "true", 7)) == ("TOO_MANY_PLACES", "place")
    keys = [each.key for each in await segments.list()]
    assert await segments.count(*keys) == (0,) * MOST_SEGMENTS


async def test_members_come_in_pages(customers: Customers, segments: SegmentCalls) -> None:
    numbers = await customers.numbers(*(f"CUSTOMER:C-{number}" for number in range(5)))
    await segments.upsert("all", "answered(first_day)")

    seen: list[int] = []
    more = True
    while more:
        page = await segments.members("all", first=2, after=seen[-1] if seen else 0)
        seen += [member.number for member in page.members]
        more = page.more
    assert seen == numbers


async def test_who_may(customers: Customers, segments: SegmentCalls) -> None:
    await segments.upsert("a", "true")
    for role in ROLES:
        calls = (
            segments.upsert("a", "false", role=role),
            segments.list(role),
            segments.count("a", role=role),
            segments.members("a", role=role),
            segments.preview("true", role=role),
            segments.find(1, role=role),
            segments.names(role),
            segments.remove("none", role=role),
        )
        for call in calls:
            if role in ("admin", "analyst"):
                await call
            else:
                assert await code(call) == grpc.StatusCode.PERMISSION_DENIED, role


async def test_every_change_is_on_record_once(segments: SegmentCalls) -> None:
    await segments.upsert("a", "true")
    await segments.upsert("a", " true ")
    await segments.upsert("a", "false")
    await segments.remove("a")

    rows = await segments.database.pool.fetch("SELECT deed, keys FROM audit_entry ORDER BY id")
    assert [(row["deed"], row["keys"]) for row in rows] == [
        ("segment_changed", ["a"]),
        ("segment_changed", ["a"]),
        ("segment_removed", ["a"]),
    ]


async def test_names_are_offered(customers: Customers, segments: SegmentCalls) -> None:
    await customers.upsert(item("CUSTOMER:C-1", attributes={"credit-score": "3", "plan": "x"}))
    await segments.upsert("home", 'country = "LV"')

    names = await segments.names()
    assert [*names] == [
        *("first_day", "country", "language", "identifiers"),
        *("`attribute.credit-score`", "attribute.plan"),
        *("segment", "orders", "spent", "bought"),
    ]
    assert list(names["segment"].options) == ["home"]
    assert "EMAIL" in names["identifiers"].options


async def test_nothing_of_an_attribute_stands_in_plain_text(customers: Customers) -> None:
    await customers.upsert(item("CUSTOMER:C-1", attributes={"plan": "secret-plan"}))

    for table in ("profile_customer_summary", "profile_customer_attribute"):
        kept = await customers.database.pool.fetchval(f"SELECT t::text FROM {table} AS t")
        assert kept
        assert "secret-plan" not in kept


async def test_rows_of_persons_who_came_before_are_filled_in(
    customers: Customers, segments: SegmentCalls
) -> None:
    await customers.upsert(item("CUSTOMER:C-1", attributes={"plan": "gold"}))
    pool = customers.database.pool
    await pool.execute("UPDATE profile_customer_attribute SET word = NULL")
    await pool.execute("DELETE FROM profile_customer_summary")
    assert await segments.numbers('attribute.plan = "gold"') == ()
    filler = SummaryFiller(customers.database, SealedNames(KEYS))

    assert await filler.fill() == 1
    assert await filler.fill() == 0
    assert len(await segments.numbers('attribute.plan = "gold"')) == 1


async def test_attributes_without_their_hash_are_found_though_there_is_a_row(
    customers: Customers, segments: SegmentCalls
) -> None:
    """A change of the person made the row before; one that nobody can open keeps no other from being found."""
    await customers.upsert(
        item("CUSTOMER:C-1", attributes={"plan": "gold"}),
        item("CUSTOMER:C-2", attributes={"plan": "gold"}),
    )
    pool = customers.database.pool
    await pool.execute("UPDATE profile_customer_attribute SET word = NULL")
    await pool.execute("UPDATE profile_customer_summary SET words = '{}'")
    broken = "SELECT min(alias) FROM profile_customer_attribute"
    await pool.execute(
        f"UPDATE profile_customer_attribute SET sealed = 'else' WHERE alias = ({broken})"
    )
    filler = SummaryFiller(customers.database, SealedNames(KEYS))

    assert await filler.fill() == 1
    assert await filler.fill() == 0
    assert len(await segments.numbers('attribute.plan = "gold"')) == 1


async def test_stale_rows_are_made_anew_and_those_of_nobody_go(
    customers: Customers, segments: SegmentCalls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "AT_ONCE", 1)
    a, b, c = await customers.numbers("EMAIL:a@x.lv", "EMAIL:b@x.lv", "EMAIL:c@x.lv")
    pool = customers.database.pool
    await pool.execute("UPDATE profile_customer_alias SET person = $1 WHERE id = $2", a, b)
    await pool.execute("UPDATE profile_customer_summary SET kinds = '{1}' WHERE person = $1", c)
    await pool.execute("DELETE FROM profile_customer_summary WHERE person = $1", a)

    assert await SummaryFiller(customers.database, SealedNames(KEYS)).fill() == 3

    assert await segments.numbers('identifiers has "EMAIL"') == (a, c)
    assert await segments.numbers("true") == (a, c)


async def test_a_summary_made_again_is_the_same(customers: Customers) -> None:
    a, b, _ = await customers.numbers("CUSTOMER:C-1", "EMAIL:a@x.lv", "EMAIL:b@x.lv")
    await customers.link(a, b)
    await customers.upsert(item("EMAIL:a@x.lv", attributes={"plan": "gold"}))
    pool = customers.database.pool
    all_rows = "SELECT * FROM profile_customer_summary ORDER BY person"
    before = await pool.fetch(all_rows)
    assert len(before) == 2

    await pool.execute("DELETE FROM profile_customer_summary")
    async with customers.database.write.begin() as session:
        await keep_summaries(session, [row["person"] for row in before])

    assert await pool.fetch(all_rows) == before
