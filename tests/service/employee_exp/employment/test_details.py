"""What employees are known by: sealed when stored, told to nobody, erased for good."""

from typing import Any

import grpc
import pytest
from structlog.testing import capture_logs

from cxm.batch.v1 import batch_pb2 as batch
from cxm.employee_exp.v1 import employee_exp_pb2 as pb
from services.employee_exp.employment.details.sealed_details import SealedDetails
from services.employee_exp.employment.domain.details import Details
from services.kit.clock import day_date
from services.kit.rpc.servicing import Metadata
from services.kit.rpc.status import from_rpc
from tests.service.employee_exp.conftest import KEY
from tests.service.employee_exp.support.employees import DAY, Employees
from tests.service.support.import_call import Outcome, failure, load

MAPPING = """
[columns]
id = "id"
department = "dept"
started_on = "from"
email = "mail"
language = "lang"
attribute.level = "level"
attribute.site = "site"
"""
HEADER = "id,dept,from,mail,lang,level,site\n"
STATUS = {batch.ITEM_STATUS_STORED: "STORED", batch.ITEM_STATUS_ALREADY_STORED: "ALREADY_STORED"}


def said(**details: Any) -> pb.EmployeeDetails:
    return pb.EmployeeDetails(**details)


async def upsert(
    employees: Employees,
    *items: tuple[str, str, pb.EmployeeDetails],
    bearer: Metadata | None = None,
) -> list[str]:
    """Open stints that began 100 days ago; STORED, ALREADY_STORED or the reason of the refusal, for each."""
    stints = [
        pb.StintItem(employee=name, department=key, started_day=DAY - 100, details=details)
        for name, key, details in items
    ]
    request = pb.UpsertEmployeesRequest(items=stints)
    reply = await employees.stub.UpsertEmployees(request, metadata=bearer or employees.bearer())
    return fates(reply.results)


async def set_details(
    employees: Employees, *items: tuple[str, pb.EmployeeDetails], bearer: Metadata | None = None
) -> list[str]:
    request = pb.SetEmployeeDetailsRequest(
        items=[pb.DetailsItem(employee=name, details=details) for name, details in items]
    )
    reply = await employees.stub.SetEmployeeDetails(request, metadata=bearer or employees.bearer())
    return fates(reply.results)


def fates(results: Any) -> list[str]:
    return [STATUS.get(r.status) or r.refusals[0].reason for r in results]


async def erase(employees: Employees, employee: str, role: str = "privacy_officer") -> bool:
    request = pb.EraseEmployeeRequest(employee=employee)
    reply = await employees.stub.EraseEmployee(request, metadata=employees.bearer(role))
    return reply.erased


async def refused(call: Any) -> tuple[str, str]:
    """Reason and field of what refused a call."""
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call
    failure = from_rpc(caught.value)
    return failure.reason, ".".join(failure.field)


async def stored(employees: Employees) -> dict[str, Details]:
    """What is in the table, opened with the key, by external id."""
    rows = await employees.database.fetch(
        "SELECT id::text, external_id, details FROM employee_exp_employee"
    )
    sealed = SealedDetails(KEY)
    return {row["external_id"]: sealed.open(row["id"], row["details"]) for row in rows}


async def load_file(employees: Employees, *rows: str, dry_run: bool = False) -> Outcome:
    return await load(
        employees.stub.ImportEmployees,
        pb.ImportEmployeesRequest,
        employees.bearer(),
        MAPPING,
        HEADER + "\n".join(rows),
        dry_run=dry_run,
    )


async def test_details_come_with_a_stint_change_by_themselves_and_go_by_an_empty_value(
    employees: Employees,
) -> None:
    everything = said(email="a@x.org", language="lv", subject="oidc:1", attributes={"level": "3"})

    assert (
        await upsert(employees, ("a", "sales", everything), ("b", "sales", said()))
        == ["STORED"] * 2
    )
    assert await upsert(employees, ("a", "sales", everything)) == ["ALREADY_STORED"]
    assert await upsert(employees, ("a", "sales", said(email="b@x.org"))) == ["STORED"]
    change = said(language="", attributes={"level": "", "site": " Riga "})
    assert (
        await set_details(employees, ("a", change), ("b", said(email="b@x.org"))) == ["STORED"] * 2
    )
    assert await set_details(employees, ("a", change)) == ["ALREADY_STORED"]

    assert await stored(employees) == {
        "a": Details("b@x.org", "", "oidc:1", (("site", "Riga"),)),
        "b": Details("b@x.org"),
    }


async def test_details_that_another_key_sealed_are_replaced(employees: Employees) -> None:
    known = said(email="a@x.org", attributes={"level": "3"})
    await upsert(employees, *((name, "sales", known) for name in "abcd"))
    rows = await employees.database.fetch("SELECT id::text, external_id FROM employee_exp_employee")
    for row in rows:
        other = SealedDetails(bytes(32)).seal(row["id"], Details("old@x.org"))
        await employees.database.fetch(
            "UPDATE employee_exp_employee SET details = $2 WHERE id::text = $1", row["id"], other
        )

    with capture_logs() as logs:
        assert await upsert(employees, ("a", "sales", said(language="lv"))) == ["STORED"]
        changes = [("b", known), ("c", said(email=""))]
        assert await set_details(employees, *changes) == ["STORED"] * 2
        assert (
            await load_file(employees, f"d,sales,{day_date(DAY - 100)},d@x.org,,,")
        ).refused == 0

    assert await stored(employees) == {
        "a": Details(language="lv"),
        "b": Details("a@x.org", attributes=(("level", "3"),)),
        "c": Details(),
        "d": Details("d@x.org"),
    }
    unopened = [line for line in logs if "cannot be opened" in line["event"]]
    assert [set(line) for line in unopened] == [{"event", "log_level"}] * 3


async def test_an_item_without_details_leaves_them_as_they_are(employees: Employees) -> None:
    await upsert(employees, ("a", "sales", said(email="a@x.org")))

    await employees.upsert(("a", "sales", -100, -1))

    assert (await stored(employees))["a"].email == "a@x.org"


@pytest.mark.parametrize(
    ("details", "reason"),
    [
        (said(email="nobody"), "EMAIL_MALFORMED"),
        (said(email="a@x.org, b@x.org"), "EMAIL_MALFORMED"),
        (said(language="latviešu"), "LANGUAGE_MALFORMED"),
        (said(subject="a\nb"), "SUBJECT_MALFORMED"),
        (said(attributes={"job level!": "3"}), "ATTRIBUTE_NAME_MALFORMED"),
        (said(attributes={"n" * 65: "3"}), "ATTRIBUTE_NAME_MALFORMED"),
        (said(attributes={"level": "x" * 201}), "ATTRIBUTE_MALFORMED"),
        (said(attributes={f"n{i}": "x" for i in range(21)}), "TOO_MANY_ATTRIBUTES"),
    ],
)
async def test_details_that_cannot_be_are_refused_with_their_stint_and_not_quoted(
    employees: Employees, details: pb.EmployeeDetails, reason: str
) -> None:
    assert await upsert(employees, ("a", "sales", details), ("b", "sales", said())) == [
        reason,
        "STORED",
    ]
    assert await set_details(employees, ("b", details)) == [reason]
    assert await stored(employees) == {"b": Details()}


async def test_attributes_are_counted_with_those_that_are_there(employees: Employees) -> None:
    await upsert(employees, ("a", "sales", said(attributes={f"n{i}": "x" for i in range(20)})))

    assert await set_details(employees, ("a", said(attributes={"more": "x"}))) == [
        "TOO_MANY_ATTRIBUTES"
    ]
    exchanged = said(attributes={"more": "x", "n0": ""})
    assert await set_details(employees, ("a", exchanged)) == ["STORED"]
    # Where somebody works who is out of sight, nothing is said of what is known there.
    integration = employees.bearer("integration", "service")
    more = said(attributes={"other": "x"})
    assert await upsert(employees, ("a", "service", more), bearer=integration) == [
        "EMPLOYEE_ELSEWHERE"
    ]


async def test_who_is_not_there_and_who_works_elsewhere_look_alike(employees: Employees) -> None:
    await upsert(employees, ("a", "sales", said()), ("b", "service", said()))
    integration = employees.bearer("integration", "service")

    change = said(email="a@x.org")
    asked = [(name, change) for name in ("a", "b", "nobody")]
    results = await set_details(employees, *asked, bearer=integration)

    assert results == ["UNKNOWN_EMPLOYEE", "STORED", "UNKNOWN_EMPLOYEE"]
    assert await set_details(employees, ("a", change), ("a", said(email="c@x.org"))) == [
        "STORED",
        "DUPLICATE",
    ]


async def test_a_file_brings_details_and_a_second_run_changes_nothing(employees: Employees) -> None:
    rows = (
        "a,sales,2025-01-01,a@x.org,lv,3,Riga",
        "b,sales,2025-01-01,,,,",
        "c,sales,2025-01-01,nobody,,,",
        "d,sales,2025-01-01,,,,two lines?" + "x" * 200,
    )
    tried = await load_file(employees, *rows, dry_run=True)
    assert (tried.stored, tried.refused) == (2, 2)
    assert await stored(employees) == {}

    first, second = [await load_file(employees, *rows) for _ in range(2)]
    again = await load_file(employees, *rows, dry_run=True)

    assert (first.stored, second.stored, second.already, again.already) == (2, 0, 2, 2)
    assert [line[:3] for line in first.report] == [
        ["4", "mail", "EMAIL_MALFORMED"],
        ["5", "site", "ATTRIBUTE_MALFORMED"],
    ]
    assert not any("nobody" in line[3] for line in first.report)
    attributes = (("level", "3"), ("site", "Riga"))
    assert await stored(employees) == {
        "a": Details("a@x.org", "lv", "", attributes),
        "b": Details(),
    }
    changed = await load_file(employees, "a,sales,2025-01-01,,lv,4,Riga")
    assert changed.stored == 1
    assert (await stored(employees))["a"] == Details(
        "", "lv", "", (("level", "4"), ("site", "Riga"))
    )


async def test_of_several_stints_the_latest_says_how_somebody_is_now(employees: Employees) -> None:
    mapping = MAPPING + 'left_on = "to"\n'
    rows = "a,sales,2025-06-01,new@x.org,lv,4,,\na,service,2025-01-01,old@x.org,lv,3,,2025-06-01\n"
    header = HEADER.strip() + ",to\n"

    call = employees.stub.ImportEmployees, pb.ImportEmployeesRequest, employees.bearer()
    done = await load(*call, mapping, header + rows)

    assert (done.stored, done.refused) == (2, 0)
    assert (await stored(employees))["a"] == Details("new@x.org", "lv", "", (("level", "4"),))


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        (MAPPING.replace('id = "id"\n', ""), '"id" is missing'),
        (MAPPING + 'attribute."a b" = "dept"\n', "the name of an attribute"),
        (
            MAPPING.replace('attribute.level = "level"\nattribute.site', "attribute"),
            "attribute.NAME",
        ),
    ],
)
async def test_mappings_that_cannot_be(employees: Employees, mapping: str, said: str) -> None:
    call = employees.stub.ImportEmployees, pb.ImportEmployeesRequest, employees.bearer()
    stopped = await failure(load(*call, mapping, HEADER))

    assert (stopped.reason, said in stopped.message) == ("MAPPING_INVALID", True)


async def test_nobody_reads_details_without_the_key(employees: Employees) -> None:
    secret = said(email="ilze@x.org", subject="oidc:ilze", attributes={"level": "ilze3"})
    await upsert(employees, ("a", "sales", secret))
    await upsert(employees, ("b", "sales", said(language="lv")))

    tables = await employees.database.fetch(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    )
    for (table,) in tables:
        rows = await employees.database.fetch(f'SELECT t::text FROM "{table}" AS t')
        whole = "\n".join(str(row[0]) for row in rows)
        assert "ilze" not in whole
        assert b"ilze".hex() not in whole
    lengths = await employees.database.fetch("SELECT length(details) FROM employee_exp_employee")
    assert len({row[0] for row in lengths}) == 1  # much and little look alike
    assert b"ilze" not in b"".join(m.SerializeToString() for m in await employees.messages())


async def test_nobody_is_erased_by_an_id_that_was_never_there(employees: Employees) -> None:
    assert await refused(erase(employees, "nobody")) == ("UNKNOWN_EMPLOYEE", "employee")


async def test_an_erased_employee_is_nobody_and_the_stints_stay(employees: Employees) -> None:
    await upsert(employees, ("a", "sales", said(email="a@x.org")))
    ids = await employees.database.fetch("SELECT id FROM employee_exp_employee")
    stints = await employees.stints()
    await employees.messages()

    assert await erase(employees, "a")
    assert await refused(erase(employees, "a", "admin")) == ("UNKNOWN_EMPLOYEE", "employee")

    (row,) = await employees.database.fetch(
        "SELECT id, external_id, details FROM employee_exp_employee"
    )
    assert (row["id"], row["details"]) == (ids[0]["id"], None)
    assert row["external_id"].startswith("erased-")
    assert await employees.stints() == stints
    assert await employees.messages() == []  # nothing of it changes turnover
    deeds = await employees.database.fetch(
        "SELECT deed, ids FROM audit_entry ORDER BY id DESC LIMIT 1"
    )
    assert (deeds[0]["deed"], deeds[0]["ids"]) == ("employee_erased", [str(row["id"])])
    # The file again makes a new employee.
    assert await upsert(employees, ("a", "sales", said())) == ["STORED"]
    assert len(await employees.stints()) == 2


@pytest.mark.parametrize("role", ["analyst", "integration", "department_head", "operator"])
async def test_others_erase_nobody(employees: Employees, role: str) -> None:
    await upsert(employees, ("a", "sales", said()))

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await erase(employees, "a", role)
    assert refused.value.code() is grpc.StatusCode.PERMISSION_DENIED
    assert "a" in await stored(employees)
