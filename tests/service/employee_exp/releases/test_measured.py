"""Waves that were measured elsewhere: released as they were, where no group is too small, and never changed."""

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
    few = [row.replace("2025,Year", "2024,Year") for row in ROWS[:1]]
    assert await counts(staff, *ROWS, *few, dry_run=True) == (5, 0, 0)
    assert await waves(staff) == []

    await counts(staff, *ROWS)

    assert await counts(staff, *ROWS, dry_run=True) == (0, 4, 0)


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
