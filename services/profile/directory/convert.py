"""Between the contract's messages and the directory."""

from collections.abc import Iterable

from cxm.batch.v1 import batch_pb2 as batch
from cxm.profile.v1 import profile_pb2 as pb
from services.kit.rights.tree import Department, Placement, Term, Touchpoint
from services.profile.directory.domain.departments import DepartmentItem
from services.profile.directory.domain.organization import Stage
from services.profile.directory.domain.touchpoints import TouchpointItem
from services.profile.domain.batches import Outcome


def department(state: Department) -> pb.Department:
    """A department with its whole history."""
    return pb.Department(
        id=state.id,
        key=state.key,
        name=state.name,
        revision=state.revision,
        placements=[_placement(entry) for entry in state.placements.ranges],
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


def stage(state: Stage) -> pb.Stage:
    return pb.Stage(key=state.key, name=state.name, position=state.position)


def department_item(item: pb.DepartmentItem) -> DepartmentItem:
    """An item as sent; the spaces around a name are nobody's intention."""
    parent = item.parent if item.HasField("parent") else None
    return DepartmentItem(item.key, item.name.strip(), parent)


def touchpoint_item(item: pb.TouchpointItem) -> TouchpointItem:
    """As department_item."""
    from_day = item.from_day if item.HasField("from_day") else None
    return TouchpointItem(
        item.key, item.name.strip(), item.department, item.stage, item.channel.strip(), from_day
    )


def results(outcomes: Iterable[Outcome]) -> list[batch.ItemResult]:
    """One result per item, in the order of the items."""
    return [_result(outcome) for outcome in outcomes]


def _result(outcome: Outcome) -> batch.ItemResult:
    failure = outcome.refusal
    if failure is not None:
        refusal = batch.Refusal(field=failure.field, reason=failure.reason, message=failure.message)
        return batch.ItemResult(status=batch.ITEM_STATUS_REFUSED, refusals=[refusal])
    stored = batch.ITEM_STATUS_STORED if outcome.is_changed else batch.ITEM_STATUS_ALREADY_STORED
    return batch.ItemResult(id=outcome.id, status=stored)


def _placement(entry: Placement) -> pb.Placement:
    return pb.Placement(parent_id=entry.parent_id, from_day=entry.from_day, to_day=entry.to_day)


def _term(entry: Term) -> pb.Term:
    return pb.Term(
        department_id=entry.department_id,
        stage=entry.stage,
        from_day=entry.from_day,
        to_day=entry.to_day,
    )
