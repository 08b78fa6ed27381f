"""Changes of departments and touchpoints."""

from collections.abc import Sequence
from datetime import date

import strawberry

from cxm.profile.v1 import profile_pb2 as pb
from gateway.calls.days import day_of
from gateway.graph.base.batch import UpsertPayload, check_items, make_directly, upsert_results
from gateway.graph.base.mutations import Input, UserError, mutate
from gateway.graph.base.node import as_graphql
from gateway.graph.directory.types import Department
from gateway.request.context import Context, Info

NAMES = {"from_day": "from"}


@strawberry.input(description="A department as the organisation names it.")
class DepartmentInput:
    key: str = strawberry.field(description="The organisation's own code; known keys are updated.")
    name: str = strawberry.field(description="For people.")
    parent: str | None = strawberry.field(
        default=None,
        description="Key of the department it hangs under, from today on if that changes; absent only "
        "for the root, and where it reads as null: it stays under what the viewer may not see.",
    )


make_directly(DepartmentInput)


@strawberry.input(description="1 to 1,000 departments, in any order.")
class UpsertDepartmentsInput:
    departments: list[DepartmentInput] = strawberry.field(
        description="A parent may come after its children."
    )


@strawberry.input(description="A touchpoint as the organisation names it.")
class TouchpointInput:
    key: str = strawberry.field(description="The organisation's own code; known keys are updated.")
    name: str = strawberry.field(description="For people.")
    department: str = strawberry.field(description="Key of the department that owns it.")
    stage: str | None = strawberry.field(
        default=None, description="Key of a journey stage, e.g. purchase; absent: none."
    )
    channel: str | None = strawberry.field(
        default=None, description="Default channel of its responses; absent: none."
    )
    from_: date | None = strawberry.field(
        default=None,
        name="from",
        description="From when a changed owner or stage holds; default today. A new touchpoint holds "
        "since ever.",
    )


make_directly(TouchpointInput)


@strawberry.input(description="1 to 1,000 touchpoints, in any order.")
class UpsertTouchpointsInput:
    touchpoints: list[TouchpointInput] = strawberry.field(description="Each key once.")


@strawberry.input(description="Where a department hangs from a day on; all under it comes along.")
class MoveDepartmentInput:
    department: str = strawberry.field(description="Key of what is moved.")
    parent: str = strawberry.field(description="Key of what it hangs under from then on.")
    from_: date = strawberry.field(
        name="from", description="First local day under the new parent; past, today or future."
    )


@strawberry.type(description="What became of a move.")
class MoveDepartmentPayload:
    department: Department | None = strawberry.field(
        default=None, description="The moved department; null when it was refused."
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list, description="Why it was refused."
    )


@strawberry.input(description="From when a department takes nothing new.")
class CloseDepartmentInput:
    department: str = strawberry.field(description="Key of what is closed.")
    from_: date = strawberry.field(
        name="from",
        description="First local day on which nothing new hangs under it or is its own; past, today or future.",
    )
    merge_into: str | None = strawberry.field(
        default=None,
        description="Key of the department that takes its place: the closed one hangs under it from that day on, "
        "for ever, and its departments and touchpoints become those of the other. Absent: it must have none.",
    )
    dry_run: bool = strawberry.field(
        default=False, description="Say what would become of it, and store nothing."
    )


@strawberry.input(description="A closed department that is to take new things again.")
class ReopenDepartmentInput:
    department: str = strawberry.field(description="Its key.")


@strawberry.type(description="What became of a closing, or in a dry run would become of it.")
class CloseDepartmentPayload:
    department: Department | None = strawberry.field(
        default=None, description="As it is then; null when it was refused."
    )
    moved_departments: list[str] = strawberry.field(
        default_factory=list,
        description="Keys of departments that hang under the other one from that day on.",
    )
    moved_touchpoints: list[str] = strawberry.field(
        default_factory=list,
        description="Keys of touchpoints that the other one owns from that day on.",
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list,
        description="Why it was refused, e.g. DEPARTMENT_IN_USE, DEPARTMENT_CLOSED.",
    )


@strawberry.type(description="What became of each department. A bad one harms no neighbour.")
class UpsertDepartmentsPayload(UpsertPayload):
    pass


@strawberry.type(description="What became of each touchpoint. A bad one harms no neighbour.")
class UpsertTouchpointsPayload(UpsertPayload):
    pass


@strawberry.type
class DirectoryMutation:
    @strawberry.field(
        description="Create departments, or change their names and parents. Repeatable: the same input "
        "changes nothing twice."
    )
    async def upsert_departments(
        self, info: Info, given: Input[UpsertDepartmentsInput]
    ) -> UpsertDepartmentsPayload:
        work = _upsert_departments(info.context, given.departments)
        return await mutate(UpsertDepartmentsPayload, work)

    @strawberry.field(
        description="Create touchpoints, or change their name, owner, stage and channel. Repeatable."
    )
    async def upsert_touchpoints(
        self, info: Info, given: Input[UpsertTouchpointsInput]
    ) -> UpsertTouchpointsPayload:
        work = _upsert_touchpoints(info.context, given.touchpoints)
        return await mutate(UpsertTouchpointsPayload, work, NAMES)

    @strawberry.field(
        description="Hang a department under another from a local day on. Answers stay with the "
        "department they were given for. Admins only."
    )
    async def move_department(
        self, info: Info, given: Input[MoveDepartmentInput]
    ) -> MoveDepartmentPayload:
        return await mutate(MoveDepartmentPayload, _move_department(info.context, given), NAMES)

    @strawberry.field(
        description="Close a department from a local day on, or merge it into another. Its answers stay its own, and "
        "count for what it hangs under; a response that still names it is taken. Repeatable. Admins only."
    )
    async def close_department(
        self, info: Info, given: Input[CloseDepartmentInput]
    ) -> CloseDepartmentPayload:
        request = pb.CloseDepartmentRequest(
            department=given.department,
            from_day=day_of(given.from_),
            merge_into=given.merge_into,
            dry_run=given.dry_run,
        )
        return await mutate(CloseDepartmentPayload, _close_department(info.context, request), NAMES)

    @strawberry.field(
        description="Let a closed department take new things again. It stays where it hangs, and what went to another "
        "department stays there. Repeatable. Admins only."
    )
    async def reopen_department(
        self, info: Info, given: Input[ReopenDepartmentInput]
    ) -> CloseDepartmentPayload:
        request = pb.CloseDepartmentRequest(department=given.department, reopen=True)
        return await mutate(CloseDepartmentPayload, _close_department(info.context, request), NAMES)


async def _upsert_departments(
    context: Context, departments: Sequence[DepartmentInput]
) -> UpsertDepartmentsPayload:
    check_items(departments, "departments")
    items = [pb.DepartmentItem(key=d.key, name=d.name, parent=d.parent) for d in departments]
    request = pb.UpsertDepartmentsRequest(items=items)
    reply = await context.call("profile", context.clients.directory.UpsertDepartments, request)
    keys = [item.key for item in departments]
    return UpsertDepartmentsPayload(results=upsert_results(reply.results, keys))


async def _upsert_touchpoints(
    context: Context, touchpoints: Sequence[TouchpointInput]
) -> UpsertTouchpointsPayload:
    check_items(touchpoints, "touchpoints")
    request = pb.UpsertTouchpointsRequest(items=map(_touchpoint_item, touchpoints))
    reply = await context.call("profile", context.clients.directory.UpsertTouchpoints, request)
    keys = [item.key for item in touchpoints]
    return UpsertTouchpointsPayload(results=upsert_results(reply.results, keys, NAMES))


async def _move_department(context: Context, given: MoveDepartmentInput) -> MoveDepartmentPayload:
    request = pb.MoveDepartmentRequest(
        department=given.department, parent=given.parent, from_day=day_of(given.from_)
    )
    reply = await context.call("profile", context.clients.directory.MoveDepartment, request)
    return MoveDepartmentPayload(department=as_graphql(reply.department))


async def _close_department(
    context: Context, request: pb.CloseDepartmentRequest
) -> CloseDepartmentPayload:
    reply = await context.call("profile", context.clients.directory.CloseDepartment, request)
    return CloseDepartmentPayload(
        department=as_graphql(reply.department),
        moved_departments=list(reply.moved_departments),
        moved_touchpoints=list(reply.moved_touchpoints),
    )


def _touchpoint_item(item: TouchpointInput) -> pb.TouchpointItem:
    return pb.TouchpointItem(
        key=item.key,
        name=item.name,
        department=item.department,
        stage=item.stage or "",
        channel=item.channel or "",
        from_day=None if item.from_ is None else day_of(item.from_),
    )
