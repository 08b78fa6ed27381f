"""A deeper tree, and heads in it."""

from cxm.profile.v1 import grants_pb2, profile_pb2
from tests.service.employee_exp.support.waves import Waves


async def deepen(waves: Waves) -> None:
    """root > sales > north > desk."""
    admin = waves.employees.identities.bearer("profile", "admin")
    items = [
        profile_pb2.DepartmentItem(key=key, name=key.title(), parent=parent)
        for key, parent in (("north", "sales"), ("desk", "north"))
    ]
    request = profile_pb2.UpsertDepartmentsRequest(items=items)
    reply = await waves.employees.profile.UpsertDepartments(request, metadata=admin)
    assert not [refusal for result in reply.results for refusal in result.refusals], reply
    await waves.employees.directory.catch_up()


async def grant(
    waves: Waves,
    subject: str,
    department: str,
    *,
    role: str = "department_head",
    to_day: int | None = None,
) -> None:
    """As profile stores it; a head of the whole organisation is stored by hand, for it takes none any more."""
    item = grants_pb2.GrantItem(subject=subject, role=role, department=department, to_day=to_day)
    if not department:
        await waves.profile.fetch(
            "INSERT INTO profile_grant (id, subject, role, department) VALUES (gen_random_uuid(), $1, $2, '')",
            subject,
            role,
        )
        return
    request = grants_pb2.UpsertGrantsRequest(items=[item])
    admin = waves.employees.identities.bearer("profile", "admin")
    reply = await waves.grants.UpsertGrants(request, metadata=admin)
    assert not reply.results[0].refusals
