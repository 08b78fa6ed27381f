"""Stints corrected, removed and replaced by a file, over gRPC on real PostgreSQL."""

from typing import Any

import grpc
import pytest

from cxm.batch.v1.batch_pb2 import ImportHeader, ImportPart
from cxm.employee_exp.v1 import employee_exp_pb2 as pb
from services.kit.clock import day_date
from services.kit.errors import Failure
from services.kit.rpc.servicing import Metadata
from services.kit.rpc.status import from_rpc
from tests.service.employee_exp.support.employees import DAY, Employees, Item, shown

MAPPING = """
[columns]
id = "id"
department = "dept"
started_on = "from"
left_on = "to"
"""
WRONG: Item = ("a", "sales", -100, None)
RIGHT: Item = ("a", "sales", -130, None)


async def correct(
    employees: Employees, started: int, item: Item, bearer: Metadata | None = None
) -> bool:
    employee, department, first, left = item
    stint = pb.StintItem(
        employee=employee,
        department=department,
        started_day=DAY + first,
        left_day=None if left is None else DAY + left,
    )
    request = pb.CorrectStintRequest(started_day=DAY + started, stint=stint)
    call = employees.stub.CorrectStint(request, metadata=bearer or employees.bearer())
    return bool((await call).changed)


async def remove(
    employees: Employees, employee: str, started: int, bearer: Metadata | None = None
) -> bool:
    request = pb.RemoveStintRequest(employee=employee, started_day=DAY + started)
    call = employees.stub.RemoveStint(request, metadata=bearer or employees.bearer())
    return bool((await call).changed)


async def refused(call: Any) -> str:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call
    failure: Failure = from_rpc(caught.value)
    return failure.reason


async def replace(
    employees: Employees, *rows: str, role: str = "admin", dry_run: bool = False, **header: Any
) -> tuple[list[int], dict[str, str], dict[str, int], dict[str, tuple[list[str], list[str]]]]:
    """Counts (stored, already, refused), reasons by row, remarks and differences of an import that replaces."""
    header = {"mapping": MAPPING, "replace": True, **header}
    call = employees.stub.ImportEmployees(metadata=employees.bearer(role))
    parts = [
        ImportPart(header=ImportHeader(dry_run=dry_run, **header)),
        ImportPart(data="\n".join(["id,dept,from,to", *rows]).encode()),
    ]
    for part in parts:
        await call.write(pb.ImportEmployeesRequest(part=part))
    await call.done_writing()
    reasons: dict[str, str] = {}
    differences: dict[str, tuple[list[str], list[str]]] = {}
    async for reply in call:
        told = reply.progress
        reasons |= {str(r.row): r.reason for r in told.refusals}
        differences |= {d.id: (list(d.before), list(d.after)) for d in told.differences}
    counts = [told.stored, told.already_stored, told.refused]
    return counts, reasons, {r.reason: r.count for r in told.remarks}, differences


def row(employee: str, department: str, started: int, left: int | None = None) -> str:
    end = "" if left is None else day_date(DAY + left)
    return f"{employee},{department},{day_date(DAY + started)},{end}"


async def test_a_wrong_first_day_is_corrected_and_announced(employees: Employees) -> None:
    await employees.upsert(WRONG)
    await employees.announced()
    assert await employees.fates(RIGHT) == ["OVERLAP"]  # the control: no import mends it

    assert await correct(employees, -100, RIGHT)
    assert not await correct(employees, -100, RIGHT)  # a repetition, after a lost answer

    assert await employees.stints() == [("sales", -130, None)]
    facts = [shown(fact, employees) for fact in await employees.announced()]
    assert facts == [[("sales", -130, None)]]
    deeds = await employees.database.fetch("SELECT deed FROM audit_entry ORDER BY id")
    assert [row[0] for row in deeds] == ["employment_changed", "employment_corrected"]


async def test_a_stint_that_never_was_is_removed_and_the_employee_can_come_again(
    employees: Employees,
) -> None:
    await employees.upsert(("a", "sales", -100, -50), ("a", "service", -50, None))
    await employees.announced()

    assert await remove(employees, "a", -50)
    assert not await remove(employees, "a", -50)
    assert await remove(employees, "a", -100)

    assert await employees.stints() == []
    facts = [shown(fact, employees) for fact in await employees.announced()]
    assert facts == [[("sales", -100, -50)], []]
    assert await employees.fates(("a", "service", -9, None)) == ["STORED"]
    [fact] = await employees.announced()
    assert fact.revision == 4


async def test_a_correction_that_overlaps_or_meets_nothing_is_refused(employees: Employees) -> None:
    await employees.upsert(("a", "sales", -100, -50), ("a", "service", -50, None))

    assert await refused(correct(employees, -50, ("a", "service", -60, None))) == "OVERLAP"
    assert await refused(correct(employees, -50, ("a", "service", -100, -90))) == "OVERLAP"
    assert await refused(correct(employees, -51, ("a", "service", -40, None))) == "UNKNOWN_STINT"
    assert await refused(correct(employees, -50, ("b", "service", -40, None))) == "UNKNOWN_STINT"
    assert await refused(remove(employees, "b", -50)) == "UNKNOWN_STINT"
    assert await refused(remove(employees, "a\0", -50)) == "EMPLOYEE_MALFORMED"
    assert await employees.stints() == [("sales", -100, -50), ("service", -50, None)]


async def test_integration_corrects_what_it_stored_and_nobody_elses(employees: Employees) -> None:
    integration = employees.bearer("integration")
    await employees.upsert(("own", "sales", -100, None), bearer=integration)
    await employees.upsert(("other", "sales", -100, None))

    assert await correct(employees, -100, ("own", "sales", -90, None), integration)
    other: Item = ("other", "sales", -90, None)
    assert await refused(correct(employees, -100, other, integration)) == "FORBIDDEN"
    assert await refused(remove(employees, "other", -100, integration)) == "FORBIDDEN"
    assert await correct(employees, -100, other, employees.bearer("analyst"))
    assert await remove(employees, "own", -90, integration)


async def test_who_may_not_see_an_employee_is_told_as_of_an_absent_one(
    employees: Employees,
) -> None:
    await employees.upsert(("a", "sales", -100, None))
    elsewhere = employees.bearer("analyst", "service")

    for name in ("a", "nobody"):
        item: Item = (name, "service", -90, None)
        assert await refused(correct(employees, -100, item, elsewhere)) == "UNKNOWN_STINT"
        assert await refused(remove(employees, name, -100, elsewhere)) == "UNKNOWN_STINT"


async def test_a_file_is_the_truth_for_the_employees_it_names(employees: Employees) -> None:
    await employees.upsert(
        ("a", "sales", -100, None), ("b", "sales", -80, -40), ("b", "sales", -40, None)
    )
    await employees.upsert(("c", "service", -70, None))
    await employees.announced()
    rows = [row("a", "sales", -130), row("b", "sales", -80), row("d", "service", -1)]
    before = await employees.stints()

    foreseen = await replace(employees, *rows, dry_run=True)
    assert await employees.stints() == before
    done = await replace(employees, *rows)
    again = await replace(employees, *rows)

    assert foreseen == done
    counts, reasons, remarks, differences = done
    assert (counts, reasons, remarks) == ([3, 0, 0], {}, {"STINTS_REMOVED": 2})
    first = day_date(DAY - 100)
    assert differences["a"] == ([f"sales, from {first}"], [f"sales, from {day_date(DAY - 130)}"])
    assert set(differences) == {"a", "b"}
    assert again == ([0, 3, 0], {}, {}, {})
    assert await employees.stints() == [
        ("sales", -130, None),
        ("sales", -80, None),
        ("service", -70, None),
        ("service", -1, None),
    ]
    assert len(await employees.announced()) == 3


async def test_an_employee_with_one_bad_row_is_not_replaced(employees: Employees) -> None:
    """Else what the bad row says would be lost. The control is the neighbour, who is."""
    await employees.upsert(*[(name, "sales", -100, None) for name in "abcde"])
    rows = [
        row("a", "sales", -130, -100),
        "a,sales,yesterday,",  # no date
        row("b", "sales", -130, -100),
        row("b", "nowhere", -100),
        row("c", "sales", -130, -90),
        row("c", "service", -100),  # overlaps
        row("d", "sales", -130, -100),
        "d,sales",
        row("e", "sales", -130),
    ]

    counts, reasons, _, _ = await replace(employees, *rows)

    assert counts == [1, 0, 8]
    assert reasons == {
        "2": "EMPLOYEE_INCOMPLETE",
        "3": "DATE_UNREADABLE",
        "4": "EMPLOYEE_INCOMPLETE",
        "5": "UNKNOWN_DEPARTMENT",
        "6": "EMPLOYEE_INCOMPLETE",
        "7": "OVERLAP",
        "8": "EMPLOYEE_INCOMPLETE",
        "9": "WRONG_WIDTH",
    }
    assert await employees.stints() == [("sales", -130, None), *[("sales", -100, None)] * 4]


async def test_integration_replaces_only_employees_it_stored(employees: Employees) -> None:
    integration = employees.bearer("integration")
    await employees.upsert(("own", "sales", -100, None), bearer=integration)
    await employees.upsert(("other", "sales", -100, None), ("gone", "sales", -100, None))
    rows = [row("own", "sales", -130), row("other", "sales", -130), row("gone", "sales", -100, -2)]

    counts, reasons, _, _ = await replace(employees, *rows, role="integration")

    assert (counts, reasons) == ([2, 0, 1], {"3": "FORBIDDEN"})  # a leaving is no correction


async def test_a_file_that_replaces_needs_ids(employees: Employees) -> None:
    mapping = MAPPING.replace('id = "id"\n', "")

    assert await refused(replace(employees, row("a", "sales", 0), mapping=mapping)) == (
        "MAPPING_INVALID"
    )
