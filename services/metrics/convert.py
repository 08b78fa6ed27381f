"""Protobuf <-> domain and tables."""

from cxm.employee_exp.v1.events_pb2 import Employment
from cxm.metrics.v1 import metrics_pb2 as pb
from services.metrics.domain.definitions import Definition, Unit
from services.metrics.domain.scores import Score, Status
from services.metrics.tables import Stint

_STATUS = {status: pb.ScoreStatus.Value(f"SCORE_STATUS_{status.value}") for status in Status}
_UNIT = {unit: pb.Unit.Value(f"UNIT_{unit.value}") for unit in Unit}


def definition(found: Definition) -> pb.Definition:
    return pb.Definition(
        key=found.key,
        version=found.version,
        name=found.name,
        unit=_UNIT[found.unit],
        higher_is_better=found.higher_is_better,
        formula=found.formula,
        denominator=found.denominator,
        minimum_base=found.minimum_base,
    )


def score(metric: Definition, found: Score) -> pb.Score:
    interval = found.interval
    return pb.Score(
        metric=metric.key,
        version=metric.version,
        status=_STATUS[found.status],
        value=found.value,
        base=found.base,
        interval=pb.Interval(low=interval.low, high=interval.high, method=interval.method)
        if interval
        else None,
        distribution=[
            pb.Bucket(value=bucket.value, label=bucket.label, count=bucket.count)
            for bucket in found.distribution
        ],
    )


def stints(employment: Employment) -> list[Stint]:
    """Rows of an employee's stints; one that another follows the same day is a transfer, not a leaving."""
    starts = {stint.started_day for stint in employment.stints}
    return [
        Stint(
            employee_id=employment.employee_id,
            started_day=stint.started_day,
            left_day=stint.left_day if stint.HasField("left_day") else None,
            department_id=stint.department_id,
            leaving=stint.HasField("left_day") and stint.left_day not in starts,
        )
        for stint in employment.stints
    ]
