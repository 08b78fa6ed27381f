"""Protobuf <-> scores."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from cxm.metrics.v1 import events_pb2, export_pb2
from cxm.metrics.v1 import scores_pb2 as pb
from services.kit.rpc.fields import optionals
from services.metrics.answer_log import dictionary
from services.metrics.answer_log.log import StandingChange
from services.metrics.definitions.domain.definitions import Definition
from services.metrics.domain.periods import WAVE, WHOLE_PERIOD
from services.metrics.domain.scope import Cut
from services.metrics.formulas.comparison import Change, Verdict
from services.metrics.formulas.scores import Interval, Score, Status
from services.metrics.scores.affected import Metrics
from services.metrics.scores.breakdown import CHILD, Group
from services.metrics.scores.reader import SURVEY
from services.metrics.scores.scoring import Scorecard, ScoreQuery

ScoreChanged = events_pb2.ScoreChanged
LEVEL = 0.95
MOST_DEPARTMENTS = 1_000
"""In one message; the server takes 1 MiB."""
INTERVALS: Mapping[int, str] = {
    pb.CALENDAR_INTERVAL_DAY: "DAY",
    pb.CALENDAR_INTERVAL_WEEK: "WEEK",
    pb.CALENDAR_INTERVAL_MONTH: "MONTH",
    pb.CALENDAR_INTERVAL_QUARTER: "QUARTER",
}
TREND_INTERVALS = {**INTERVALS, pb.CALENDAR_INTERVAL_WAVE: WAVE}
EXPORT_INTERVALS = {pb.CALENDAR_INTERVAL_UNSPECIFIED: WHOLE_PERIOD, **INTERVALS}
DIMENSIONS: Mapping[int, str] = {
    pb.DIMENSION_CHILD_DEPARTMENT: CHILD,
    pb.DIMENSION_TOUCHPOINT: "touchpoint",
    pb.DIMENSION_STAGE: "stage",
    pb.DIMENSION_CHANNEL: "channel",
    pb.DIMENSION_SEGMENT: "segment",
    pb.DIMENSION_SURVEY: SURVEY,
    pb.DIMENSION_LANGUAGE: "language",
}
FORMATS = dict(export_pb2.FileFormat.items())
_STATUS = {status: pb.ScoreStatus.Value(f"SCORE_STATUS_{status.value}") for status in Status}
_VERDICT = {verdict: pb.Verdict.Value(f"VERDICT_{verdict.value}") for verdict in Verdict}


def query(scope: pb.Scope) -> ScoreQuery:
    """What is asked of each department, not checked yet."""
    names = dictionary.DIMENSIONS
    survey, *values = optionals(scope.filter, "survey", *names)
    dimensions = {
        name: value for name, value in zip(names, values, strict=True) if value is not None
    }
    return ScoreQuery(
        from_day=scope.from_day,
        to_day=scope.to_day,
        subtree=scope.include_subtree,
        as_it_was=scope.tree == pb.TREE_READING_AS_IT_WAS,
        filter=Cut(survey, dimensions),
    )


def compare_to(request: pb.GetScorecardsRequest) -> tuple[int, int] | None:
    """The days [from, to) to compare with, not checked yet."""
    if not request.HasField("compare_to"):
        return None
    return request.compare_to.from_day, request.compare_to.to_day


def scorecard(card: Scorecard) -> pb.Scorecard:
    return pb.Scorecard(
        department_id=card.department_id,
        moves_in_period=card.moves_in_period,
        scores=[score(metric, value, change) for metric, value, change in card.scores],
    )


def group(metric: Definition, shown: Group) -> pb.Group:
    return pb.Group(id=shown.id, key=shown.key, label=shown.label, score=score(metric, shown.score))


def trend_point(metric: Definition, from_day: int, to_day: int, value: Score) -> pb.TrendPoint:
    return pb.TrendPoint(from_day=from_day, to_day=to_day, score=score(metric, value))


def score(metric: Definition, value: Score, change: Change | None = None) -> pb.Score:
    is_counting, is_withheld = (
        value.status is status for status in (Status.COUNTING, Status.WITHHELD)
    )
    return pb.Score(
        metric=metric.key,
        version=metric.version,
        status=_STATUS[Status.NO_DATA if is_counting or is_withheld else value.status],
        is_counting=is_counting,
        is_withheld=is_withheld,
        counted_in=value.counted_in,
        wave=value.wave,
        value=value.value,
        base=value.base,
        interval=_interval(value.interval),
        distribution=[
            pb.Bucket(value=bucket.value, label=bucket.label, count=bucket.count)
            for bucket in value.distribution
        ],
        secondary=value.secondary,
        secondary_interval=_interval(value.secondary_interval),
        change=_change(change) if change else None,
    )


def wave_changes(changes: Mapping[str, Mapping[str, Change]]) -> pb.GetWaveChangesResponse:
    """By department and statistic."""
    return pb.GetWaveChangesResponse(
        changes=[
            pb.WaveChanges(
                department_id=department,
                by_statistic={name: _change(change) for name, change in each.items()},
            )
            for department, each in changes.items()
        ]
    )


def _interval(interval: Interval | None) -> pb.Interval | None:
    if interval is None:
        return None
    return pb.Interval(low=interval.low, high=interval.high, method=interval.method, level=LEVEL)


def _change(change: Change) -> pb.Change:
    return pb.Change(
        delta=change.difference.delta,
        interval=_interval(change.difference.interval),
        p_value=change.difference.p_value,
        adjusted_p_value=change.adjusted_p_value,
        verdict=_VERDICT[change.verdict],
    )


def score_changed(
    changes: Sequence[StandingChange], affected: Mapping[str, Metrics], at: datetime
) -> Iterator[ScoreChanged]:
    """The event, in as many messages as it needs; none if it affects no department."""
    departments = [
        events_pb2.AffectedDepartment(department_id=department, metrics=sorted(metrics or ()))
        for department, metrics in affected.items()
    ]
    standings = [
        events_pb2.ChangedStanding(
            department_id=change.department_id, survey_id=change.survey_id, revision=change.revision
        )
        for change in changes
    ]
    most = max(len(departments), len(standings)) if departments else 0
    for start in range(0, most, MOST_DEPARTMENTS):
        message = ScoreChanged(
            standings=standings[start : start + MOST_DEPARTMENTS],
            departments=departments[start : start + MOST_DEPARTMENTS],
        )
        message.at.FromDatetime(at)
        yield message


def score_changed_everywhere(metrics: Metrics, at: datetime) -> ScoreChanged:
    """The event of every department."""
    everywhere = events_pb2.AffectedEverywhere(metrics=sorted(metrics or ()))
    message = ScoreChanged(everywhere=everywhere)
    message.at.FromDatetime(at)
    return message
