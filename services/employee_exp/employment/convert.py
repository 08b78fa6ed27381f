"""Between the contract's messages and employments."""

from cxm.employee_exp.v1 import employee_exp_pb2 as pb
from cxm.employee_exp.v1 import events_pb2 as events
from services.employee_exp.employment.domain.employment import Employment, StintItem
from services.kit.letters import composed
from services.kit.rpc.fields import optional


def stint_item(item: pb.StintItem) -> StintItem:
    """An item as sent; the spaces around an id are nobody's intention."""
    return StintItem(
        composed(item.employee.strip()),
        item.department.strip(),
        item.started_day,
        optional(item, "left_day"),
    )


def employee_joined(state: Employment) -> events.EmployeeJoined:
    return events.EmployeeJoined(employment=_employment(state))


def employee_left(state: Employment) -> events.EmployeeLeft:
    return events.EmployeeLeft(employment=_employment(state))


def _employment(state: Employment) -> events.Employment:
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
