"""Between the contract's messages and the directory."""

from cxm.profile.v1 import events_pb2 as events
from cxm.profile.v1 import profile_pb2 as pb
from services.kit.letters import composed
from services.kit.rights.tree import Department, Placement, Term, Touchpoint, Tree
from services.kit.rpc.fields import optional
from services.profile.directory.domain.closing import Closed, ClosingOrder
from services.profile.directory.domain.departments import DepartmentItem
from services.profile.directory.domain.organization import Stage
from services.profile.directory.domain.touchpoints import TouchpointItem


def department(state: Department) -> pb.Department:
    """A department with its whole history."""
    return pb.Department(
        id=state.id,
        key=state.key,
        name=state.name,
        revision=state.revision,
        placements=[_placement(entry) for entry in state.placements.ranges],
        former_names=state.former_names,
        closed_from_day=None if state.closing is None else state.closing.from_day,
        merged_into_id=None if state.closing is None else state.closing.into_id,
    )


def touchpoint(state: Touchpoint) -> pb.Touchpoint:
    """A touchpoint with its whole history."""
    return pb.Touchpoint(
        id=state.id,
        key=state.key,
        name=state.name,
        revision=state.revision,
        channel=state.channel,
        terms=[_term(entry) for entry in state.terms.ranges],
    )


def department_changed(state: Department) -> events.DepartmentChanged:
    """What is announced of a department: all of it."""
    return events.DepartmentChanged(department=department(state))


def touchpoint_changed(state: Touchpoint) -> events.TouchpointChanged:
    """What is announced of a touchpoint: all of it."""
    return events.TouchpointChanged(touchpoint=touchpoint(state))


def organization(tree: Tree) -> pb.Organization:
    return pb.Organization(time_zone=tree.zone.key, root_id=tree.root_id)


def stage(state: Stage) -> pb.Stage:
    return pb.Stage(key=state.key, name=state.name, position=state.position)


def closing(request: pb.CloseDepartmentRequest) -> ClosingOrder:
    """What is asked for."""
    from_day = None if request.reopen else request.from_day
    into = None if request.reopen else optional(request, "merge_into")
    return ClosingOrder(request.department, from_day, into, request.dry_run)


def closed(change: Closed) -> pb.CloseDepartmentResponse:
    """What it changed, or would change."""
    return pb.CloseDepartmentResponse(
        department=department(change.department),
        moved_departments=sorted(child.key for child in change.children),
        moved_touchpoints=sorted(item.key for item in change.touchpoints),
    )


def department_item(item: pb.DepartmentItem) -> DepartmentItem:
    """An item as sent; spaces around a name, and letters in two pieces, are nobody's intention."""
    return DepartmentItem(composed(item.key), composed(item.name.strip()), optional(item, "parent"))


def touchpoint_item(item: pb.TouchpointItem) -> TouchpointItem:
    """As department_item."""
    return TouchpointItem(
        composed(item.key),
        composed(item.name.strip()),
        composed(item.department),
        item.stage,
        composed(item.channel.strip()),
        optional(item, "from_day"),
    )


def _placement(entry: Placement) -> pb.Placement:
    return pb.Placement(parent_id=entry.parent_id, from_day=entry.from_day, to_day=entry.to_day)


def _term(entry: Term) -> pb.Term:
    return pb.Term(
        department_id=entry.department_id,
        stage=entry.stage,
        from_day=entry.from_day,
        to_day=entry.to_day,
    )
