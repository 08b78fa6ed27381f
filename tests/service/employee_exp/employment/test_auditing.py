"""What the audit log says of employments, and of the departments that an import of them creates."""

from cxm.profile.v1 import profile_pb2
from services.kit.rights.access import Role
from tests.service.employee_exp.conftest import RealProfile
from tests.service.employee_exp.employment.test_importing import DAYS, start
from tests.service.employee_exp.support.employees import Employees
from tests.support.audit import deeds, told


async def test_an_employment_that_changes_is_in_the_log_without_the_external_id(
    employees: Employees,
) -> None:
    for _ in range(2):  # the second changes nothing
        await employees.upsert(("ann", "sales", 0, None), ("bob", "sales", 0, None))
    await employees.upsert(("ann", "sales", 0, 9), bearer=employees.bearer("integration"))

    entries = await deeds(employees.database)
    ids = [
        str(row[0])
        for row in await employees.database.fetch(
            "SELECT id FROM employee_exp_employee ORDER BY external_id"
        )
    ]
    first, second, changed = (told(entry) for entry in entries)
    assert {first, second} == {("test-admin", "admin", "employment_changed", (id_,)) for id_ in ids}
    assert changed == ("test-integration", "integration", "employment_changed", (ids[0],))


async def test_a_department_that_an_import_creates_is_under_the_name_of_who_imports(
    employees: Employees, profile: RealProfile
) -> None:
    content = "id,dept,from,to\n7,New,01/05/2026,\n"

    await start(employees, DAYS, content, "integration", dry_run=True)  # type: ignore[misc]
    await start(employees, DAYS, content, "integration")  # type: ignore[misc]

    *_, created = await deeds(profile.database, "new")
    assert told(created) == (
        "test-integration",
        Role.SERVICE,
        "department_created",
        ("new", "root"),
    )


async def test_only_a_service_says_for_whom_it_acts(
    employees: Employees, profile: RealProfile
) -> None:
    item = profile_pb2.DepartmentItem(key="x", name="X", parent="root")
    request = profile_pb2.UpsertDepartmentsRequest(items=[item], for_subject="somebody-else")

    metadata = employees.identities.bearer("profile", Role.ANALYST)
    await profile.stub.UpsertDepartments(request, metadata=metadata)

    assert [entry.actor.subject for entry in await deeds(profile.database, "x")] == ["test-analyst"]
