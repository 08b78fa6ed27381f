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
_EMAIL = "Where links to waves go; empty: none any more; null: as it is. Told to nobody."
_LANGUAGE = (
    "BCP 47 tag of the language to write in, e.g. lv; empty: not known any more; null: as it is."
)
_SUBJECT = (
    "Subject of the employee's sign-in, as grants name it; empty: none any more; null: as it is. So a head's own "
    "answer counts at the department above."
)
_ATTRIBUTES = "By which results of waves may be cut; those that are not named stay as they are."
_LEFT_ON = "First day not employed here; absent: still here. A leaving counts on the day before, the last day employed."


@strawberry.input(description="One thing that is known of an employee, such as the job level.")
class EmployeeAttributeInput:
    name: str = strawberry.field(
        description="At most 64 letters, digits, dots, hyphens and underscores; an employee has at most 20 attributes."
    )
    value: str = strawberry.field(
        description="One line of at most 200 characters; empty: not given any more."
    )


make_directly(EmployeeAttributeInput)


@strawberry.input(
    description="One employee's time in one department. A stint followed by another the same day is a "
    "transfer, not a leaving."
)
class EmployeeInput:
    id: strawberry.ID = strawberry.field(description=_ID)
    department: str = strawberry.field(description=_DEPARTMENT)
    started_on: date = strawberry.field(description=_STARTED_ON)
    left_on: date | None = strawberry.field(default=None, description=_LEFT_ON)
    email: str | None = strawberry.field(default=None, description=_EMAIL)
    language: str | None = strawberry.field(default=None, description=_LANGUAGE)
    subject: str | None = strawberry.field(default=None, description=_SUBJECT)
    attributes: list[EmployeeAttributeInput] | None = strawberry.field(
        default=None, description=_ATTRIBUTES
    )


make_directly(EmployeeInput, attributes=EmployeeAttributeInput)


@strawberry.input(
    description="What one employee is known by beside the id. Kept sealed: no reply, export or log has it."
)
class EmployeeDetailsInput:
    id: strawberry.ID = strawberry.field(description=_ID)
    email: str | None = strawberry.field(default=None, description=_EMAIL)
    language: str | None = strawberry.field(default=None, description=_LANGUAGE)
    subject: str | None = strawberry.field(default=None, description=_SUBJECT)
    attributes: list[EmployeeAttributeInput] | None = strawberry.field(
        default=None, description=_ATTRIBUTES
    )


make_directly(EmployeeDetailsInput, attributes=EmployeeAttributeInput)


@strawberry.input(description="1 to 1,000 employees, each once.")
class SetEmployeeDetailsInput:
    employees: list[EmployeeDetailsInput] = strawberry.field(
        description="Employees of whom stints are recorded."
    )


@strawberry.type(
    description="What became of the details of each employee. A bad one harms no neighbour; UNKNOWN_EMPLOYEE: no such "
    "employee, or one who works where you may not look."
)
class SetEmployeeDetailsPayload(UpsertPayload):
    pass


@strawberry.input(description="An employee who is to be forgotten.")
class EraseEmployeeInput:
    id: strawberry.ID = strawberry.field(description=_ID)


@strawberry.type(description="What became of an erasure.")
class EraseEmployeePayload:
    erased: bool = strawberry.field(default=False, description="False when it was refused.")
    user_errors: list[UserError] = strawberry.field(
        default_factory=list,
        description="Why it was refused: UNKNOWN_EMPLOYEE (nobody is known by this id, or not any more).",
    )


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

    @strawberry.field(
        description="Say where links to waves go, and how results may be cut. The same is taken by upsertEmployees and "
        "by files. Repeatable."
    )
    async def set_employee_details(
        self, info: Info, given: Input[SetEmployeeDetailsInput]
    ) -> SetEmployeeDetailsPayload:
        work = _set_details(info.context, given.employees)
        return await mutate(SetEmployeeDetailsPayload, work, NAMES)

    @strawberry.field(
        description="Forget who an employee is, for good: e-mail address, language, subject and attributes go, the id "
        "becomes a random one, links that were not used end. Stints stay, so turnoverRate is what it was; answers that "
        "were given cannot be found by anybody, and stay. The same id in a later file is a new employee. For admins "
        "and privacy officers."
    )
    async def erase_employee(
        self, info: Info, given: Input[EraseEmployeeInput]
    ) -> EraseEmployeePayload:
        return await mutate(EraseEmployeePayload, _erase(info.context, given.id), NAMES)


async def _set_details(
    context: Context, employees: Sequence[EmployeeDetailsInput]
) -> SetEmployeeDetailsPayload:
    check_items(employees, "employees")
    items = [pb.DetailsItem(employee=item.id, details=_details(item)) for item in employees]
    request = pb.SetEmployeeDetailsRequest(items=items)
    stub = context.clients.employment
    reply = await context.call("employee_exp", stub.SetEmployeeDetails, request)
    keys = [item.id for item in employees]
    return SetEmployeeDetailsPayload(results=upsert_results(reply.results, keys, NAMES))


async def _erase(context: Context, employee: str) -> EraseEmployeePayload:
    request = pb.EraseEmployeeRequest(employee=employee)
    reply = await context.call("employee_exp", context.clients.employment.EraseEmployee, request)
    return EraseEmployeePayload(erased=reply.erased)


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
        details=_details(item) if _has_details(item) else None,
    )


def _has_details(item: EmployeeInput) -> bool:
    said = (item.email, item.language, item.subject, item.attributes)
    return any(each is not None for each in said)


def _details(item: EmployeeInput | EmployeeDetailsInput) -> pb.EmployeeDetails:
    return pb.EmployeeDetails(
        email=item.email,
        language=item.language,
        subject=item.subject,
        attributes={each.name: each.value for each in item.attributes or ()},
    )
