"""Protobuf -> rows of employment."""

from cxm.employee_exp.v1 import events_pb2 as events
from services.kit.rpc.fields import optional
from services.metrics.employment.tables import KeptEmployment, KeptStint, WholePart


def kept(employment: events.Employment) -> KeptEmployment:
    """An employee's stints; one that another follows the same day is a transfer, not a leaving."""
    starts = {stint.started_day for stint in employment.stints}
    stints = tuple(
        KeptStint(
            started_day=stint.started_day,
            left_day=optional(stint, "left_day"),
            department_id=stint.department_id,
            leaving=stint.HasField("left_day") and stint.left_day not in starts,
        )
        for stint in employment.stints
    )
    return KeptEmployment(employment.employee_id, employment.revision, stints)


def part(changed: events.EmploymentsChanged) -> WholePart | None:
    """The part of a whole that a message is."""
    if not changed.HasField("part"):
        return None
    return WholePart(changed.part.whole_id, changed.part.number, changed.part.parts)
