"""Between the contract's messages and employments."""

from collections.abc import Iterable

from cxm.batch.v1 import batch_pb2 as batch
from cxm.employee_exp.v1 import employee_exp_pb2 as pb
from cxm.employee_exp.v1 import events_pb2 as events
from services.employee_exp.employment.domain.upserts import Outcome
from services.employee_exp.employment.domain.employment import Employment, StintItem


def stint_item(item: pb.StintItem) -> StintItem:
    """An item as sent; the spaces around an id are nobody's intention."""
    left_day = item.left_day if item.HasField("left_day") else None
    return StintItem(item.employee.strip(), item.department.strip(), item.started_day, left_day)


def employment(state: Employment) -> events.Employment:
    """An employment as it is announced: without the external id."""
    stints = [
        events.Stint(
            department_id=stint.department_id,
            started_day=stint.started_day,
            left_day=stint.left_day,
        )
        for stint in state.stints
    ]
    return events.Employment(employee_id=state.employee_id, revision=state.revision, stints=stints)


def results(outcomes: Iterable[Outcome]) -> list[batch.ItemResult]:
    """One result per item, in the order of the items."""
    return [_result(outcome) for outcome in outcomes]


def _result(outcome: Outcome) -> batch.ItemResult:
    failure = outcome.refusal
    if failure is not None:
        refusal = batch.Refusal(field=failure.field, reason=failure.reason, message=failure.message)
        return batch.ItemResult(status=batch.ITEM_STATUS_REFUSED, refusals=[refusal])
    stored = batch.ITEM_STATUS_STORED if outcome.is_changed else batch.ITEM_STATUS_ALREADY_STORED
    return batch.ItemResult(id=outcome.employee_id, status=stored)
