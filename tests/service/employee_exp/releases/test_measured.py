"""Waves that were measured elsewhere: released as they were, where no group is too small, and never changed."""

from datetime import timedelta
from typing import Any

import pytest

from cxm.employee_exp.v1 import releases_pb2 as pb
from services.kit.errors import Denied
from tests.service.employee_exp.support.staff import Staff
from tests.service.support.import_call import Outcome, failure, load

# The worked example: of Company 44, Sales 15 and Engineering 23 leave 6.
NAMES = ("root", "hr", "sales", "north", "south", "engineering", "core", "data", "qa")
PARENTS = (-1, 0, 0, 2, 2, 0, 5, 5, 5)
MAPPING = """
[columns]
wave = "wave"
name = "name"
opened_on = "from"
closed_on = "to"
department = "department"
item = "item"
n = "n"
value = "value"
low = "low"
high = "high"
"""
HEADER = "wave,name,from,to,department,item,n,value,low,high\n"
TERMS = "2025,Year 2025,2025-03-03,2025-03-14"
ENPS = (("root", 44, 12.5), ("sales", 15, 20), ("engineering", 23, -5), ("core", 12, 0))
ROWS = tuple(f"{TERMS},{name},enps,{n},{value},," for name, n, value in ENPS)


def name_of_root(reply: pb.GetResultsResponse) -> str:
    """As the withheld department below the root is told."""
    names = {result.counted_in for result in reply.results if not result.released}
    return (names - {"Sales", "Engineering"}).pop()


def load_file(staff: Staff, *rows: str, role: str = "analyst", dry_run: bool = False) -> Any:
    method, request = staff.results.ImportWave, pb.ImportWaveRequest
    content = HEADER + "\n".join(rows)
    return load(method, request, staff.bearer(role), MAPPING, content, dry_run=dry_run)


async def counts(staff: Staff, *rows: str, **how: Any) -> tuple[int, int, int]:
    done: Outcome = await load_file(staff, *rows, **how)
    return done.stored, done.already, done.refused


async def waves(staff: Staff) -> list[Any]:
    rows = await staff.database.fetch("SELECT * FROM employee_exp_wave ORDER BY key")
    return list(rows)


@pytest.fixture
async def ids(staff: Staff) -> dict[str, str]:
    return dict(zip(NAMES, await staff.chart(PARENTS, names=NAMES), strict=True))


async def test_a_wave_is_released_at_once_looked_up_and_announced(
    staff: Staff, ids: dict[str, str]
) -> None:
    own = f"{TERMS},root,tools,40,0.62,0.47,0.75"
    rate = f"{TERMS},root,participationRate,60,0.73,,"
    assert await counts(staff, *ROWS, own, rate) == (6, 0, 0)

    (wave,) = await waves(staff)
    assert (wave["key"], wave["state"], wave["imported"]) == ("2025", "released", True)
    request = pb.GetResultsRequest(wave=str(wave["id"]), department_ids=list(ids.values()))
    reply = await staff.results.GetResults(request, metadata=staff.bearer())
    found = {name: r for name, id_ in ids.items() for r in reply.results if r.department_id == id_}
    assert {name for name, result in found.items() if result.released} == {
        "root", "sales", "engineering", "core"
    }  # fmt: skip
    assert (found["north"].counted_in, found["data"].counted_in) == ("Sales", "Engineering")
    shown = {s.statistic: s for s in found["root"].scores}
    assert list(shown) == ["participationRate", "enps", "tools"]
    assert (shown["enps"].n, shown["enps"].value) == (44, 12.5)
    assert "widest" in shown["enps"].method
    assert (shown["tools"].low, shown["tools"].high, shown["tools"].method) == (
        0.47,
        0.75,
        "as it was given",
    )
    assert dict(found["sales"].counted_in_by_statistic) == {"tools": name_of_root(reply)}
    facts = await staff.published()
    (places,) = await staff.database.fetch("SELECT count(*) FROM employee_exp_wave_department")
    assert sum(len(fact.departments) for fact in facts) == places[0]
    assert {(f.wave_key, f.imported, f.closed_day - f.opened_day) for f in facts} == {
        ("2025", True, 11)
    }


async def test_a_file_of_a_part_says_nothing_of_the_rest(staff: Staff, ids: dict[str, str]) -> None:
    assert await counts(staff, *ROWS[1:]) == (3, 0, 0)

    asked = {each.department_id for fact in await staff.published() for each in fact.departments}
    names = {name for name, id_ in ids.items() if id_ in asked}
    assert names == {"sales", "north", "south", "engineering", "core", "data", "qa"}
    assert await counts(staff, *ROWS[1:]) == (0, 3, 0)
    (wave,) = await waves(staff)
    request = pb.GetResultsRequest(wave=str(wave["id"]), department_ids=list(ids.values()))
    reply = await staff.results.GetResults(request, metadata=staff.bearer())
    counted_in = {result.department_id: result.counted_in for result in reply.results}
    assert counted_in[ids["north"]] == "Sales"
    assert counted_in[ids["qa"]] == "Engineering"


async def test_a_second_run_stores_nothing_and_another_file_is_refused(
    staff: Staff, ids: dict[str, str]
) -> None:
    await counts(staff, *ROWS)
    await staff.published()

    assert await counts(staff, *ROWS) == (0, 4, 0)
    for other in (
        [*ROWS[:-1], ROWS[-1].replace(",0,,", ",1,,")],
        ROWS[:-1],
        [row.replace("Year 2025", "Another") for row in ROWS],
        [row.replace("2025-03-14", "2025-03-15") for row in ROWS],
    ):
        done = await load_file(staff, *other)
        assert {line[2] for line in done.report} == {"WAVE_RELEASED"}
    # What the tree is now is of no account: the wave was judged in that of its day.
    parents = (-1, 0, 0, 0, 2, 0, 5, 5, 5)
    await staff.chart(parents, names=NAMES)
    assert await counts(staff, *ROWS) == (0, 4, 0)
    assert await staff.published() == []
    assert len(await waves(staff)) == 1


async def test_shares_in_percent_and_items_in_another_case_are_told_what_is_meant(
    staff: Staff, ids: dict[str, str]
) -> None:
    done: Outcome = await load_file(
        staff,
        f"{TERMS},root,engagement,40,62,,",
        f"{TERMS},sales,engagement,15,12 %,,",
        f"{TERMS},core,eNPS,12,10,,",
        f"{TERMS},core,ENGAGEMENT,12,0.5,,",
    )

    assert [line[3].rpartition("; ")[2] for line in sorted(done.report)] == [
        "62 % is 0.62",
        "12 % is 0.12",
        "is it enps?",
        "is it engagement?",
    ]


async def test_a_file_of_a_header_alone_says_that_it_has_no_rows(
    staff: Staff, ids: dict[str, str]
) -> None:
    done: Outcome = await load_file(staff)

    assert done.remarks == {"NO_ROWS": 1}


async def test_the_whole_file_is_judged_and_a_wave_comes_in_whole_or_not_at_all(
    staff: Staff, ids: dict[str, str]
) -> None:
    good = [row.replace("2025,Year", "2024,Year") for row in ROWS]
    few = [row.replace("root,enps,44", "root,enps,42") for row in ROWS]

    done: Outcome = await load_file(staff, *few, *good)

    assert (done.stored, done.refused) == (4, 4)
    assert [line[:3] for line in done.report] == [
        ["2", "n", "RESIDUAL_TOO_SMALL"],
        *([str(row), "wave", "WAVE_INCOMPLETE"] for row in (3, 4, 5)),
    ]
    assert [wave["key"] for wave in await waves(staff)] == ["2024"]


async def test_a_dry_run_stores_nothing_and_counts_alike(staff: Staff, ids: dict[str, str]) -> None:
    few = [row.replace("2025", "2024") for row in ROWS[:1]]
    assert await counts(staff, *ROWS, *few, dry_run=True) == (5, 0, 0)
    assert await waves(staff) == []

    await counts(staff, *ROWS)

    assert await counts(staff, *ROWS, dry_run=True) == (0, 4, 0)


# 3 people in no department below the root: refused in one wave.
WHOLE = "a,Year 2025,2025-03-03,2025-03-14,root,enps,41,12.5,,"
PARTS = tuple(
    f"b,Year 2025,2025-03-03,2025-03-14,{name},enps,{n},10,,"
    for name, n in (("sales", 15), ("engineering", 23))
)


@pytest.mark.parametrize("dry_run", [True, False])
async def test_a_wave_that_is_split_over_two_is_refused(
    staff: Staff, ids: dict[str, str], *, dry_run: bool
) -> None:
    done: Outcome = await load_file(staff, WHOLE, *PARTS, dry_run=dry_run)

    assert (done.stored, done.refused) == (1, 2)
    assert {(line[1], line[2]) for line in done.report} == {("wave", "WAVE_OVERLAPS")}
    assert "the wave a lies less than 30 days" in done.report[0][3]


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        (("enps", "enps"), True),
        (("2025-03-03,2025-03-14", "2025-04-12,2025-04-12"), True),
        (("2025-03-03,2025-03-14", "2025-04-13,2025-04-20"), False),
        (("2025-03-03,2025-03-14", "2025-01-01,2025-02-02"), True),
        (("2025-03-03,2025-03-14", "2025-01-01,2025-02-01"), False),
        (("enps", "burnout"), False),
    ],
)
async def test_a_part_of_a_wave_that_is_stored_lies_a_month_from_it(
    staff: Staff, ids: dict[str, str], change: tuple[str, str], *, refused: bool
) -> None:
    await counts(staff, WHOLE)
    parts = [row.replace(*change) for row in PARTS]

    done: Outcome = await load_file(staff, *parts)

    assert {line[2] for line in done.report} == ({"WAVE_OVERLAPS"} if refused else set())
    assert done.stored == (0 if refused else 2)
    assert await counts(staff, WHOLE) == (0, 1, 0)


async def test_weekly_waves_of_the_same_departments_are_taken(
    staff: Staff, ids: dict[str, str]
) -> None:
    later = [
        row.replace("b,", "c,", 1).replace("2025-03-03,2025-03-14", "2025-03-17,2025-03-19")
        for row in PARTS
    ]
    beside = "d,Year 2025,2025-03-03,2025-03-14,core,enps,12,0,,"

    assert await counts(staff, *PARTS, *later) == (4, 0, 0)
    assert await counts(staff, beside) == (0, 0, 1)  # of people in Engineering
    assert await counts(staff, beside.replace("core,enps", "hr,enps")) == (1, 0, 0)


async def test_a_wave_is_not_split_over_one_of_our_own(staff: Staff, ids: dict[str, str]) -> None:
    opened = await staff.open(list(ids.values()), PARENTS, [(0, (0,)) for _ in range(6)])
    lately = str(staff.clock().date() - timedelta(days=3))
    row = f"a,Year,{lately},{lately},root,enps,44,12.5,,"

    for _ in range(2):
        done: Outcome = await load_file(staff, row)
        assert [line[2] for line in done.report] == ["WAVE_OVERLAPS"]
        await staff.close(opened)  # but not released
    assert await counts(staff, row.replace(lately, "2024-01-02")) == (1, 0, 0)


async def test_rows_that_cannot_be(staff: Staff, ids: dict[str, str]) -> None:
    rows = {
        f"{TERMS},nowhere,enps,44,1,,": ("department", "UNKNOWN_DEPARTMENT"),
        f"{TERMS},root,happiness,44,1,,": ("item", "UNKNOWN_ITEM"),
        f"{TERMS},root,no_strength_left,44,1,,": ("item", "UNKNOWN_ITEM"),
        f"{TERMS},root,enps,9,1,,": ("n", "GROUP_TOO_SMALL"),
        f"{TERMS},root,enps,44.5,1,,": ("n", "NOT_A_NUMBER"),
        f"{TERMS},root,enps,44,nan,,": ("value", "NOT_A_NUMBER"),
        f"{TERMS},root,tools,44,62,,": ("value", "VALUE_OUT_OF_RANGE"),
        f"{TERMS},root,enps,44,1,0,": ("high", "INTERVAL_INCOMPLETE"),
        "2025,Year,2025-03-03,2025-03-01,root,enps,44,1,,": ("to", "CLOSED_BEFORE_OPENED"),
        "2025,Year,2025-03-03,2027-03-01,root,enps,44,1,,": ("to", "DAY_OUT_OF_RANGE"),
        "2025,Year,2025-03-03,soon,root,enps,44,1,,": ("to", "DATE_UNREADABLE"),
    }
    alone = [row.replace("2025,", f"w{number},", 1) for number, row in enumerate(rows)]
    spaced = "a b,Year,2025-03-03,2025-03-03,root,enps,44,1,,"
    differ = [
        f"w99,{name},2025-03-03,2025-03-14,root,{item},44,1,,"
        for name, item in (("Year", "enps"), ("Other", "engagement"))
    ]

    done: Outcome = await load_file(staff, *alone, spaced, *differ)

    assert [(line[1], line[2]) for line in done.report] == [
        *rows.values(),
        ("wave", "KEY_MALFORMED"),
        ("wave", "WAVE_INCOMPLETE"),
        ("name", "WAVE_DIFFERS"),
    ]
    assert await waves(staff) == []


async def test_that_all_answered_alike_is_told_less_near_and_remarked(
    staff: Staff, ids: dict[str, str]
) -> None:
    done: Outcome = await load_file(staff, f"{TERMS},root,engagement,44,1,0.98,1")

    assert done.remarks == {"VALUE_NEAR_AN_END": 1}
    (cell,) = await staff.database.fetch("SELECT value, low FROM employee_exp_release_cell")
    assert cell["value"] == 0.95
    assert cell["low"] < 0.95


async def test_a_wave_of_our_own_is_not_replaced(staff: Staff, ids: dict[str, str]) -> None:
    await staff.open(list(ids.values()), PARENTS, [(0, (0,)) for _ in range(6)])
    (wave,) = await waves(staff)
    rows = [row.replace("2025,", f"{wave['key']},", 1) for row in ROWS]

    done: Outcome = await load_file(staff, *rows)

    assert {line[2] for line in done.report} == {"WAVE_EXISTS"}


@pytest.mark.parametrize("role", ["integration", "department_head", "privacy_officer"])
async def test_others_import_no_wave(staff: Staff, ids: dict[str, str], role: str) -> None:
    assert isinstance(await failure(load_file(staff, *ROWS, role=role)), Denied)
    assert await waves(staff) == []
