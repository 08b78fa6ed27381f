"""Protobuf -> rows of employment."""

from cxm.employee_exp.v1.events_pb2 import Employment
from services.kit.rpc.fields import optional
from services.metrics.employment.tables import KeptEmployment, Stint


def kept(employment: Employment) -> KeptEmployment:
    """An employee's stints; one that another follows the same day is a transfer, not a leaving."""
    starts = {stint.started_day for stint in employment.stints}
    stints = tuple(
        Stint(
            employee_id=employment.employee_id,
            started_day=stint.started_day,
            left_day=optional(stint, "left_day"),
            department_id=stint.department_id,
            leaving=stint.HasField("left_day") and stint.left_day not in starts,
        )
        for stint in employment.stints
    )
    return KeptEmployment(employment.employee_id, employment.revision, stints)
