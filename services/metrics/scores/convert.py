"""Protobuf <-> scores."""

from cxm.metrics.v1 import scores_pb2 as pb
from services.metrics.definitions.domain.definitions import Definition
from services.metrics.domain.scope import Cut
from services.metrics.formulas.comparison import Change, Verdict
from services.metrics.formulas.scores import Interval, Score, Status

_STATUS = {status: pb.ScoreStatus.Value(f"SCORE_STATUS_{status.value}") for status in Status}
_VERDICT = {verdict: pb.Verdict.Value(f"VERDICT_{verdict.value}") for verdict in Verdict}
LEVEL = 0.95


def score(metric: Definition, found: Score, change: Change | None = None) -> pb.Score:
    return pb.Score(
        metric=metric.key,
        version=metric.version,
        status=_STATUS[found.status],
        value=found.value,
        base=found.base,
        interval=_interval(found.interval),
        distribution=[
            pb.Bucket(value=bucket.value, label=bucket.label, count=bucket.count)
            for bucket in found.distribution
        ],
        secondary=found.secondary,
        secondary_interval=_interval(found.secondary_interval),
        change=_change(change) if change else None,
    )


def _interval(found: Interval | None) -> pb.Interval | None:
    if found is None:
        return None
    return pb.Interval(low=found.low, high=found.high, method=found.method, level=LEVEL)


def _change(found: Change) -> pb.Change:
    return pb.Change(
        delta=found.difference.delta,
        interval=_interval(found.difference.interval),
        p_value=found.difference.p_value,
        adjusted_p_value=found.adjusted_p_value,
        verdict=_VERDICT[found.verdict],
    )


def cut(scope: pb.Scope, touchpoint_id: str) -> Cut:
    """What a filter keeps; `touchpoint_id` is the id of the touchpoint it names, "" for none that exists."""
    found = {
        dimension: getattr(scope.filter, dimension)
        for dimension in ("stage", "channel", "segment", "language")
        if scope.filter.HasField(dimension)
    }
    if scope.filter.HasField("touchpoint"):
        found["touchpoint"] = touchpoint_id
    return Cut(scope.filter.survey if scope.filter.HasField("survey") else None, found)
