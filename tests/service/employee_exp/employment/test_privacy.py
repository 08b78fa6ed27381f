"""Who may write employees, and that external ids go nowhere."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
import grpc
import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from cxm.employee_exp.v1 import employee_exp_pb2 as pb
from cxm.profile.v1.profile_pb2_grpc import DirectoryServiceStub
from services.kit.rpc.status import from_rpc
from services.kit.telemetry import configure_logs
from tests.service.employee_exp.support.employees import Employees, Item
from tests.service.support.import_call import load

ROW: Item = ("secret-4711", "sales", 0, None)
MAPPING = """
[columns]
id = "id"
department = "dept"
started_on = "from"
"""


async def test_admin_analyst_and_integration_write_employees_and_nobody_else(
    employees: Employees,
) -> None:
    for role in ("admin", "analyst", "integration"):
        row: Item = (role, "sales", 0, None)
        assert await employees.fates(row, bearer=employees.bearer(role)) == ["STORED"]

    service = employees.identities.service("metrics").metadata("employee_exp")
    head = employees.bearer("department_head")
    for bearer, reason in ((head, "FORBIDDEN"), (service, "SERVICE_NOT_ALLOWED")):
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await employees.upsert(ROW, bearer=bearer)
        assert from_rpc(caught.value).reason == reason


async def test_without_a_token_nothing_is_written(employees: Employees) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await employees.upsert(ROW, bearer=(("x-nothing", "here"),))

    assert from_rpc(caught.value).reason == "UNAUTHENTICATED"


async def test_a_department_out_of_scope_looks_absent(employees: Employees) -> None:
    bearer = employees.bearer("analyst", "sales")

    fates = await employees.fates(
        ROW, ("b", "service", 0, None), ("c", "no", 0, None), bearer=bearer
    )

    assert fates == ["STORED", "UNKNOWN_DEPARTMENT", "UNKNOWN_DEPARTMENT"]


async def test_a_stint_in_a_department_out_of_scope_cannot_be_taken_over(
    employees: Employees,
) -> None:
    await employees.upsert(("a", "service", 0, None))

    taken: Item = ("a", "sales", 0, None)
    assert await employees.fates(taken, bearer=employees.bearer("analyst", "sales")) == [
        "EMPLOYEE_ELSEWHERE"
    ]


@pytest.mark.parametrize("days", [(0, 10), (15, 18), (15, None), (20, 30), (40, None)])
async def test_when_somebody_works_elsewhere_is_not_told_by_what_is_refused(
    employees: Employees, days: tuple[int, int | None]
) -> None:
    await employees.upsert(("a", "service", 10, 20))
    stint: Item = ("a", "sales", *days)

    fates = await employees.fates(stint, bearer=employees.bearer("analyst", "sales"))

    assert fates == ["EMPLOYEE_ELSEWHERE"]
    overlaps = days in ((15, 18), (15, None))
    assert await employees.fates(stint) == ["OVERLAP" if overlaps else "STORED"]  # as an admin


@pytest.mark.parametrize("wrong", [("sales", 5, 2), ("nowhere", 5, None), ("sales", 2, None)])
async def test_what_is_wrong_besides_is_said_before_that_somebody_works_elsewhere(
    employees: Employees, wrong: tuple[str, int, int | None]
) -> None:
    """Else what is refused anyway would tell it, and leave no trace."""
    await employees.upsert(("a", "service", 10, 20))
    bearer = employees.bearer("analyst", "sales")

    fates = [
        await employees.fates((employee, "sales", 0, 9), (employee, *wrong), bearer=bearer)
        for employee in ("a", "new")
    ]

    assert fates[0] == ["EMPLOYEE_ELSEWHERE", fates[1][1]]
    assert fates[1][1] in ("LEFT_BEFORE_STARTED", "UNKNOWN_DEPARTMENT", "OVERLAP")


async def test_a_dry_run_does_not_tell_that_somebody_works_elsewhere(employees: Employees) -> None:
    await employees.upsert(("a", "service", 10, 20))

    async def rehearse(employee: str, department: str | None) -> object:
        content = f"id,dept,from\n{employee},sales,2026-01-01\n"
        bearer = employees.bearer("analyst", department)
        method, request = employees.stub.ImportEmployees, pb.ImportEmployeesRequest
        return await load(method, request, bearer, MAPPING, content, dry_run=True)

    assert await rehearse("a", "sales") == await rehearse("new", "sales")
    assert await rehearse("a", None) != await rehearse("new", None)  # the control: OVERLAP


@pytest.mark.parametrize("department", ["service", "absent"])
async def test_a_department_out_of_sight_is_asked_for_like_an_absent_one(
    employees: Employees, department: str
) -> None:
    """With profile away both wait for it in vain; what is in sight needs nobody."""
    bearer = employees.bearer("analyst", "sales")
    employees.directory.profile = DirectoryServiceStub(grpc.aio.insecure_channel("unix:/nobody"))

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await employees.upsert(("a", department, 0, None), bearer=bearer)

    assert caught.value.code() is grpc.StatusCode.UNAVAILABLE
    assert await employees.fates(ROW, bearer=bearer) == ["STORED"]


async def test_the_read_role_sees_no_person_even_if_somebody_grants_it_the_tables(
    employees: Employees,
) -> None:
    await employees.upsert(ROW)
    tables = ("employee_exp_employee", "employee_exp_stint")
    async with employees.database.read() as session:
        for table in tables:
            with pytest.raises(ProgrammingError, match="permission denied"):
                await session.execute(text(f"SELECT * FROM {table}"))
            await session.rollback()

        for table in tables:
            await employees.database.fetch(f"GRANT SELECT ON {table} TO cxm_employee_exp_read")
            assert (await session.execute(text(f"SELECT * FROM {table}"))).all() == []
            assert await employees.database.fetchval(f"SELECT count(*) FROM {table}") == 1


async def test_external_ids_are_in_no_reply_and_no_event(employees: Employees) -> None:
    overlap: Item = ("secret-4711", "service", 5, None)
    replies = await employees.upsert(ROW, overlap, ("secret-4711", "nowhere", 9, None))
    payloads = await employees.database.pool.fetch("SELECT payload FROM outbox")

    assert len(payloads) == 1
    sent = [reply.SerializeToString() for reply in replies] + [row["payload"] for row in payloads]
    assert b"secret" not in b"".join(sent)


async def test_external_ids_are_in_no_log_and_no_error_even_if_the_database_quotes_them(
    employees: Employees, capfd: pytest.CaptureFixture[str]
) -> None:
    await employees.database.fetch(
        "ALTER TABLE employee_exp_employee ADD CHECK (length(external_id) < 5)"
    )
    with pytest.raises(asyncpg.CheckViolationError) as quoted:
        await employees.database.fetch(
            "INSERT INTO employee_exp_employee VALUES (gen_random_uuid(), 'secret-4711', 1)"
        )
    assert "secret" in str(
        quoted.value
    )  # the control: PostgreSQL does quote it, to whom it shows all rows

    with structlog_as_in_production(), pytest.raises(grpc.aio.AioRpcError) as caught:
        await employees.upsert(ROW)

    logged = capfd.readouterr().err
    assert "call failed" in logged
    assert "CheckViolationError" in logged
    assert "secret" not in logged + str(caught.value)


@contextmanager
def structlog_as_in_production() -> Iterator[None]:
    configure_logs("employee_exp")
    structlog.configure(cache_logger_on_first_use=False)  # or the loggers would stay as they are
    try:
        yield
    finally:
        structlog.reset_defaults()
