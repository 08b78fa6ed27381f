"""Employees: who worked where, and until when."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import strawberry

from cxm.employee_exp.v1 import employee_exp_pb2 as pb
from gateway.calls.days import day_of
from gateway.graph.base.batch import UpsertPayload, check_items, make_directly, upsert_results
from gateway.graph.base.mutations import Input, UserError, mutate
from gateway.request.context import Context, Info

NAMES = {"employee": "id", "started_day": "startedOn", "left_day": "leftOn"}


_ID = "The organisation's own id of the employee."
_DEPARTMENT = "Key of the department."
_STARTED_ON = "First day employed here."
_LEFT_ON = "First day not employed here; absent: still here. A leaving counts on the day before, the last day employed."


@strawberry.input(
    description="One employee's time in one department. A stint followed by another the same day is a "
    "transfer, not a leaving."
)
class EmployeeInput:
    id: strawberry.ID = strawberry.field(description=_ID)
    department: str = strawberry.field(description=_DEPARTMENT)
    started_on: date = strawberry.field(description=_STARTED_ON)
    left_on: date | None = strawberry.field(default=None, description=_LEFT_ON)


make_directly(EmployeeInput)


@strawberry.input(description="Where and when a stint was.")
class CorrectedStintInput:
    department: str = strawberry.field(description=_DEPARTMENT)
    started_on: date = strawberry.field(description=_STARTED_ON)
    left_on: date | None = strawberry.field(default=None, description=_LEFT_ON)


@strawberry.input(description="1 to 1,000 stints, in any order.")
class UpsertEmployeesInput:
    employees: list[EmployeeInput] = strawberry.field(
        description="One per stint; a stint is known by employee and first day."
    )


@strawberry.type(description="What became of each stint. A bad one harms no neighbour.")
class UpsertEmployeesPayload(UpsertPayload):
    pass


@strawberry.input(description="A stint as it should have been.")
class CorrectStintInput:
    id: strawberry.ID = strawberry.field(description=_ID)
    started_on: date = strawberry.field(description="Its first day as it is stored.")
    correct: CorrectedStintInput = strawberry.field(
        description="All of it, as it should have been."
    )


@strawberry.input(description="A stint that never was.")
class RemoveStintInput:
    id: strawberry.ID = strawberry.field(description=_ID)
    started_on: date = strawberry.field(description="Its first day as it is stored.")


@strawberry.type(description="What became of a correction or a removal.")
class ChangeStintPayload:
    changed: bool = strawberry.field(
        default=False, description="False when it was so already, and when it was refused."
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list,
        description="Why it was refused: UNKNOWN_STINT (none, or the employee works where you may not look), OVERLAP, "
        "FORBIDDEN (somebody else stored it), or as in upsertEmployees.",
    )


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

    @strawberry.field(
        description="Say anew where and when one stint was, its first day too; turnoverRate follows. For admins and "
        "analysts; others correct what they stored themselves. Repeatable."
    )
    async def correct_stint(
        self, info: Info, given: Input[CorrectStintInput]
    ) -> ChangeStintPayload:
        wanted = EmployeeInput(
            id=given.id,
            department=given.correct.department,
            started_on=given.correct.started_on,
            left_on=given.correct.left_on,
        )
        request = pb.CorrectStintRequest(
            started_day=day_of(given.started_on), stint=_stint_item(wanted)
        )
        work = _change(info.context, info.context.clients.employment.CorrectStint, request)
        return await mutate(ChangeStintPayload, work, NAMES)

    @strawberry.field(
        description="Remove one stint as if it had never been stored; turnoverRate follows. For whom as correctStint. "
        "Repeatable."
    )
    async def remove_stint(self, info: Info, given: Input[RemoveStintInput]) -> ChangeStintPayload:
        request = pb.RemoveStintRequest(employee=given.id, started_day=day_of(given.started_on))
        work = _change(info.context, info.context.clients.employment.RemoveStint, request)
        return await mutate(ChangeStintPayload, work, NAMES)


async def _upsert_employees(
    context: Context, employees: Sequence[EmployeeInput]
) -> UpsertEmployeesPayload:
    check_items(employees, "employees")
    request = pb.UpsertEmployeesRequest(items=map(_stint_item, employees))
    reply = await context.call("employee_exp", context.clients.employment.UpsertEmployees, request)
    keys = [item.id for item in employees]
    return UpsertEmployeesPayload(results=upsert_results(reply.results, keys, NAMES))


async def _change(context: Context, method: Any, request: Any) -> ChangeStintPayload:
    reply = await context.call("employee_exp", method, request)
    return ChangeStintPayload(changed=reply.changed)


def _stint_item(item: EmployeeInput) -> pb.StintItem:
    return pb.StintItem(
        employee=item.id,
        department=item.department,
        started_day=day_of(item.started_on),
        left_day=None if item.left_on is None else day_of(item.left_on),
    )
