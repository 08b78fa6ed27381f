"""Files of employees: stints by days or by tenure."""

import hashlib
import importlib
import json
from collections.abc import Sequence
from datetime import date

import pytest

from cxm.employee_exp.v1 import employee_exp_pb2 as pb
from services.employee_exp.employment.row_ids import keyed_id
from services.kit.errors import Denied
from services.kit.imports.identity import row_name
from tests.service.employee_exp.conftest import KEY
from tests.service.employee_exp.support.employees import TODAY, Employees
from tests.service.support.import_call import Outcome, failure, load

TENURE = """
[defaults]
department = "root"
observed_on = 2020-01-01
[columns]
tenure_months = "months"
left = "left"
"""
DAYS = """
[columns]
id = "id"
department = "dept"
started_on = "from"
left_on = "to"
[format]
dates = ["%d/%m/%Y"]
[create]
departments = true
"""


def start(
    employees: Employees, mapping: str, content: str, role: str = "admin", *, dry_run: bool = False
) -> object:
    method, request = employees.stub.ImportEmployees, pb.ImportEmployeesRequest
    return load(method, request, employees.bearer(role), mapping, content, dry_run=dry_run)


async def by_tenure(employees: Employees, content: str) -> Outcome:
    return await start(employees, TENURE, "months,left\n" + content)  # type: ignore[misc,no-any-return]


async def by_days(employees: Employees, *rows: str, mapping: str = DAYS) -> Outcome:
    return await start(employees, mapping, "id,dept,from,to\n" + "\n".join(rows))  # type: ignore[misc,no-any-return]


def ago(day: date) -> int:
    """The day as stints show it: counted from today."""
    return (day - TODAY).days


async def test_tenure_is_counted_back_from_the_day_of_observation(employees: Employees) -> None:
    outcome = await by_tenure(employees, "12,1\n7.030800821,no\n0,1\n0.2,1\n0,FALSE\n")

    assert outcome.stored == 5
    assert await employees.stints() == [
        ("root", ago(date(2019, 1, 1)), ago(date(2020, 1, 1))),  # 12 x 30.4375 days
        ("root", ago(date(2019, 6, 1)), None),
        ("root", ago(date(2019, 12, 26)), ago(date(2020, 1, 1))),
        ("root", ago(date(2019, 12, 31)), ago(date(2020, 1, 1))),  # a leaver was there for a day
        ("root", ago(date(2020, 1, 1)), None),
    ]


async def test_rows_without_ids_are_employees_and_stay_the_same_ones(employees: Employees) -> None:
    await by_tenure(employees, "12,1\n12,1\n")

    outcome = await by_tenure(employees, "12,1\n12,1\n")

    assert (outcome.stored, outcome.already) == (0, 2)
    assert len(await employees.stints()) == 2


@pytest.mark.parametrize("ids", [True, False])
async def test_departments_that_rows_need_are_not_called_unused(
    employees: Employees, ids: bool
) -> None:
    """The control is a department whose only row is refused."""
    mapping = DAYS if ids else DAYS.replace('id = "id"\n', "")

    outcome = await by_days(
        employees,
        "e1,Night Shift,01/02/2020,",
        "e2,Day Shift,01/02/2199,",
        mapping=mapping,
    )

    assert (outcome.stored, outcome.refused) == (1, 1)
    assert outcome.departments == ["Night Shift", "Day Shift"]
    assert outcome.remarks["DEPARTMENTS_UNUSED"] == 1


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("-1,1", "months", "NOT_A_NUMBER"),
        ("nan,1", "months", "NOT_A_NUMBER"),
        ("1_0,1", "months", "NOT_A_NUMBER"),
        ('"7,5",1', "months", "NOT_A_NUMBER"),
        ("1e99,1", "months", "NOT_A_NUMBER"),
        ("9" * 400 + ",1", "months", "NOT_A_NUMBER"),
        (",1", "months", "CELL_EMPTY"),
        ("5,maybe", "left", "NOT_A_FLAG"),
        ("5,", "left", "CELL_EMPTY"),
        ("1000,1", "months", "DAY_OUT_OF_RANGE"),
    ],
)
async def test_bad_tenures_are_errors_of_their_rows(
    employees: Employees, row: str, column: str, reason: str
) -> None:
    outcome = await by_tenure(employees, f"{row}\n5,yes\n")

    assert [line[:3] for line in outcome.report] == [["2", column, reason]]
    assert outcome.stored == 1


async def test_stints_are_days_and_departments_are_created(employees: Employees) -> None:
    outcome = await by_days(
        employees, "e1,Night Shift,01/02/2020,01/03/2020", "e1,Sales,01/03/2020,"
    )

    assert (outcome.stored, outcome.departments) == (2, ["Night Shift"])
    assert await employees.stints() == [
        ("night-shift", ago(date(2020, 2, 1)), ago(date(2020, 3, 1))),
        ("sales", ago(date(2020, 3, 1)), None),
    ]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("e1,root,2020-01-01,", "from", "DATE_UNREADABLE"),
        ("e1,root,,", "from", "CELL_EMPTY"),
        ("e1,root,01/02/2020,01/02/2020", "to", "STINT_EMPTY"),
        ("e1,root,01/02/2020,x", "to", "DATE_UNREADABLE"),
        (",root,01/02/2020,", "id", "CELL_EMPTY"),
        ("e1,,01/02/2020,", "dept", "CELL_EMPTY"),
        ("e1,nowhere,01/02/2020,", "dept", "UNKNOWN_DEPARTMENT"),
    ],
)
async def test_bad_stints_are_errors_of_their_rows(
    employees: Employees, row: str, column: str, reason: str
) -> None:
    mapping = DAYS.replace("true", "false")

    assert [line[:3] for line in (await by_days(employees, row, mapping=mapping)).report] == [
        ["2", column, reason]
    ]


async def test_a_rehearsal_foresees_what_the_service_refuses(employees: Employees) -> None:
    rows = [
        "e1,Night Shift,01/02/2020,01/06/2020",
        "e1,root,01/03/2020,",
        "e2,Night Shift,01/02/2020,",
    ]
    content = "id,dept,from,to\n" + "\n".join(rows)

    foreseen: Outcome = await start(employees, DAYS, content, dry_run=True)  # type: ignore[misc]
    assert await employees.stints() == []
    outcome: Outcome = await start(employees, DAYS, content)  # type: ignore[misc]

    assert foreseen == outcome
    assert (outcome.refused, outcome.departments) == (1, ["Night Shift"])
    again: Outcome = await start(employees, DAYS, content, dry_run=True)  # type: ignore[misc]
    assert (again.stored, again.already) == (0, 2)


async def test_a_day_of_observation_that_is_none_stops_everything(employees: Employees) -> None:
    mapping = TENURE.replace("2020-01-01", '"1 Jan"')

    stopped = await failure(start(employees, mapping, "months,left\n5,1\n"))

    assert stopped.message.startswith('[defaults] observed_on: "1 Jan" fits none')


async def test_who_may_not_write_employees_imports_none(employees: Employees) -> None:
    stopped = await failure(start(employees, TENURE, "months,left\n5,1\n", "department_head"))

    assert isinstance(stopped, Denied)


UNNAMED = DAYS.replace('id = "id"\n', "")


async def test_rows_without_ids_are_known_by_what_they_mean(employees: Employees) -> None:
    """The control are rows that mean something else: another department, another day."""
    header = "id,dept,from,to\n"
    await start(
        employees,
        UNNAMED,
        header + ",Tills,01/02/2024,\n,Tills,01/02/2024,\n,Wards,01/03/2024,31/12/2024\n",
    )  # type: ignore[misc]
    otherwise = UNNAMED.replace('"%d/%m/%Y"', '"iso", "%d.%m.%y"')
    spelt = header + "x, tills ,2024-02-01,\n,Tills,01.02.24,\n,wards,2024-03-01,31.12.24\n"

    foreseen = await start(employees, otherwise, spelt, dry_run=True)  # type: ignore[misc]
    outcome = await start(employees, otherwise, spelt)  # type: ignore[misc]
    others = spelt.replace("2024-03-01", "2024-03-02").replace("Tills", "Wards")
    control = await start(employees, otherwise, others)  # type: ignore[misc]

    assert (outcome.stored, outcome.already, outcome.refused) == (0, 3, 0)
    assert (foreseen.stored, foreseen.already) == (0, 3)
    assert (control.stored, control.already) == (2, 1)


async def test_tenures_are_the_same_however_they_are_spelt(employees: Employees) -> None:
    await by_tenure(employees, "12,1\n7,no\n")

    outcome = await by_tenure(employees, "12.0,yes\n07,FALSE\n")

    assert (outcome.stored, outcome.already) == (0, 2)


async def test_nobody_computes_the_id_of_a_row_without_one(employees: Employees) -> None:
    """The stranger knows the file, but not the key. The control are the ids that it did take."""
    rows = "12,1\n7,no\n"
    names = computed(rows)
    taken = [(name, "sales", -400, None) for name in names]
    assert await employees.fates(*taken) == ["STORED"] * 2

    outcome = await by_tenure(employees, rows)
    again = await by_tenure(employees, rows)

    assert (outcome.stored, outcome.already, outcome.refused) == (2, 0, 0)
    assert (again.stored, again.already, again.refused) == (0, 2, 0)
    stored = await employees.database.fetch("SELECT external_id FROM employee_exp_employee")
    ids = {row[0] for row in stored} - set(names)
    assert len(ids) == 2
    assert not ids & {keyed_id(KEY, name) for name in names}, "known by how they are spelt"


@pytest.mark.parametrize("dry_run", [True, False])
@pytest.mark.parametrize("is_keyed", [True, False])
async def test_who_was_imported_without_an_id_before_is_the_same_employee(
    employees: Employees, dry_run: bool, is_keyed: bool
) -> None:
    """Under the name that anybody computes, and under a keyed one; both were made of how the row is spelt."""
    rows = "12,1\n7,no\n"
    names = [keyed_id(KEY, name) if is_keyed else name for name in computed(rows)]
    before = [(name, "root", ago(day), None) for name, day in zip(names, DAYS_OF, strict=True)]
    await employees.upsert(*before)
    for migration in MIGRATIONS:
        await employees.database.fetch(importlib.import_module(migration).MARK)

    outcome = await start(employees, TENURE, "months,left\n" + rows + "1,no\n", dry_run=dry_run)  # type: ignore[misc]

    assert (outcome.stored, outcome.already, outcome.refused) == (2, 1, 0)
    count = await employees.database.fetchval("SELECT count(*) FROM employee_exp_employee")
    assert count == (2 if dry_run else 3)


async def test_who_took_a_former_id_later_is_somebody_else(employees: Employees) -> None:
    (name,) = computed("12,1\n")
    await employees.upsert((keyed_id(KEY, name), "root", ago(DAYS_OF[0]), None))

    outcome = await by_tenure(employees, "12,1\n")

    assert (outcome.stored, outcome.already) == (1, 0)


MIGRATIONS = tuple(
    f"services.employee_exp.migrations.{name}" for name in ("0004_keyed", "0007_meant_rows")
)
DAYS_OF = (date(2019, 1, 1), date(2019, 6, 2))


def computed(rows: str) -> list[str]:
    """What names a row of months and left is given: anybody who has the file makes them."""
    columns = "columns.left", "columns.tenure_months"
    names = []
    for row in rows.splitlines():
        months, left = row.split(",")
        digest = hashlib.sha256(compact(columns) + compact([left, months])).hexdigest()
        names.append(row_name("employees", f"{digest}:0"))
    return names


def compact(values: Sequence[str]) -> bytes:
    return json.dumps(values, separators=(",", ":")).encode()


CONTRACTS = "e1,root,01/01/2024,31/12/2024\ne1,root,01/01/2025,\n"


async def test_a_contract_renewed_after_its_last_day_is_no_leaving(employees: Employees) -> None:
    """The control: the same file read as leaving days is two stints with a day between them, and a remark."""
    read_as = {"left_on": DAYS, "last_day": DAYS.replace("left_on", "last_day")}
    remarks = {}
    for end, mapping in read_as.items():
        outcome: Outcome = await start(  # type: ignore[misc]
            employees, mapping, "id,dept,from,to\n" + CONTRACTS.replace("e1", end)
        )
        assert outcome.stored == 2
        remarks[end] = outcome.remarks

    assert remarks == {"left_on": {"LAST_DAY_AS_LEFT_ON": 1}, "last_day": {}}
    ends = [(ago(date(2024, 1, 1)), ago(date(2024, 12, 31))), (ago(date(2025, 1, 1)), None)]
    whole = [(ago(date(2024, 1, 1)), ago(date(2025, 1, 1))), (ago(date(2025, 1, 1)), None)]
    stored = [(started, left) for _, started, left in await employees.stints()]
    assert sorted(stored, key=str) == sorted(ends + whole, key=str)


@pytest.mark.parametrize(
    ("row", "reason", "words"),
    [
        ("e1,root,02/01/2024,01/01/2024", "STINT_EMPTY", "last_day 2024-01-01 must not be before"),
        ("e1,root,02/01/2024,31/12/9999", "DAY_OUT_OF_RANGE", "[format] missing"),
    ],
)
async def test_last_days_that_are_none_are_errors_of_their_rows(
    employees: Employees, row: str, reason: str, words: str
) -> None:
    [line] = (await by_days(employees, row, mapping=DAYS.replace("left_on", "last_day"))).report

    assert line[:3] == ["2", "to", reason]
    assert words in line[3]


async def test_a_rehearsal_remembers_the_batches_before(employees: Employees) -> None:
    """The stints of one employee stand more than 1,000 rows apart. The control is the run itself."""
    many = [f"m{i},root,01/01/2020," for i in range(1000)]
    rows = [
        "e1,root,01/01/2020,",
        "e2,root,01/01/2020,01/06/2020",
        *many,
        "e1,root,01/03/2020,",  # beside an open one
        "e2,root,01/06/2020,",
        "e2,root,01/01/2020,01/06/2020",  # again
    ]
    content = "id,dept,from,to\n" + "\n".join(rows)

    foreseen: Outcome = await start(employees, DAYS, content, dry_run=True)  # type: ignore[misc]
    outcome: Outcome = await start(employees, DAYS, content)  # type: ignore[misc]

    assert foreseen == outcome
    assert (outcome.stored, outcome.already) == (1003, 1)
    assert [line[0::2] for line in outcome.report] == [["1004", "OVERLAP"]]
