"""Employees: who worked where, and until when."""

from collections.abc import Sequence
from datetime import date

import strawberry

from cxm.employee_exp.v1 import employee_exp_pb2 as pb
from gateway.calls.days import day_of
from gateway.graph.base.batch import UpsertPayload, check_items, make_directly, upsert_results
from gateway.graph.base.mutations import Input, mutate
from gateway.request.context import Context, Info

NAMES = {"employee": "id", "started_day": "startedOn", "left_day": "leftOn"}


@strawberry.input(
    description="One employee's time in one department. A stint followed by another the same day is a "
    "transfer, not a leaving."
)
class EmployeeInput:
    id: strawberry.ID = strawberry.field(description="The organisation's own id of the employee.")
    department: str = strawberry.field(description="Key of the department.")
    started_on: date = strawberry.field(description="First day employed here.")
    left_on: date | None = strawberry.field(
        default=None,
        description="First day not employed here; absent: still here. A leaving counts on the day before, the last "
        "day employed.",
    )


make_directly(EmployeeInput)


@strawberry.input(description="1 to 1,000 stints, in any order.")
class UpsertEmployeesInput:
    employees: list[EmployeeInput] = strawberry.field(
        description="One per stint; a stint is known by employee and first day."
    )


@strawberry.type(description="What became of each stint. A bad one harms no neighbour.")
class UpsertEmployeesPayload(UpsertPayload):
    pass


@strawberry.type
class EmployeeMutation:
    @strawberry.field(
        description="Record who worked where, and until when; turnoverRate is taken from it. "
        "Repeatable: the same input changes nothing twice."
    )
    async def upsert_employees(
        self, info: Info, given: Input[UpsertEmployeesInput]
    ) -> UpsertEmployeesPayload:
        work = _upsert_employees(info.context, given.employees)
        return await mutate(UpsertEmployeesPayload, work, NAMES)


async def _upsert_employees(
    context: Context, employees: Sequence[EmployeeInput]
) -> UpsertEmployeesPayload:
    check_items(employees, "employees")
    request = pb.UpsertEmployeesRequest(items=map(_stint_item, employees))
    reply = await context.call("employee_exp", context.clients.employment.UpsertEmployees, request)
    keys = [item.id for item in employees]
    return UpsertEmployeesPayload(results=upsert_results(reply.results, keys, NAMES))


def _stint_item(item: EmployeeInput) -> pb.StintItem:
    return pb.StintItem(
        employee=item.id,
        department=item.department,
        started_day=day_of(item.started_on),
        left_day=None if item.left_on is None else day_of(item.left_on),
    )
