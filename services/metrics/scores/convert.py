"""Protobuf <-> scores."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from cxm.metrics.v1 import events_pb2, export_pb2
from cxm.metrics.v1 import scores_pb2 as pb
from services.kit.rpc.fields import optionals
from services.metrics.answer_log import dictionary
from services.metrics.answer_log.log import StandingChange
from services.metrics.definitions.domain.definitions import OF_PERSONS, Definition
from services.metrics.domain.periods import WAVE, WHOLE_PERIOD
from services.metrics.domain.scope import Cut
from services.metrics.formulas.differences.change_parts import ChangePart, ChangeParts
from services.metrics.formulas.differences.comparison import Change, Finding, Verdict
from services.metrics.formulas.differences.rest import Rest
from services.metrics.formulas.scores import IndexMade, Interval, Score, Status
from services.metrics.scores.affected import Metrics
from services.metrics.scores.breakdown import CHILD, Group, NamedPart
from services.metrics.scores.reader import SURVEY
from services.metrics.scores.scoring import Scorecard, ScoreQuery
from services.metrics.scores.weighting import WeightedScore, WeightingGap

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
_FINDING = {finding: pb.Finding.Value(f"FINDING_{finding.value}") for finding in Finding}
_GAP = {gap: pb.WeightingGap.Value(f"WEIGHTING_GAP_{gap.value}") for gap in WeightingGap}
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


def compare_to(
    request: pb.GetScorecardsRequest | pb.GetBreakdownRequest,
) -> tuple[int, int] | None:
    """The days [from, to) to compare with, not checked yet."""
    if not request.HasField("compare_to"):
        return None
    return request.compare_to.from_day, request.compare_to.to_day


def has_rest(request: pb.GetScorecardsRequest) -> bool:
    """Whether the rest of parents is asked for and can be told: of whole departments, each under one parent."""
    scope = request.scope
    return request.with_rest and scope.include_subtree and scope.tree != pb.TREE_READING_AS_IT_WAS


def scorecard(card: Scorecard) -> pb.Scorecard:
    return pb.Scorecard(
        department_id=card.department_id,
        moves_in_period=card.moves_in_period,
        scores=[score(s.metric, s.score, s.change, s.rest) for s in card.scores],
        has_rest=card.has_parent,
    )


def group(metric: Definition, shown: Group) -> pb.Group:
    value = score(metric, shown.score, rest=shown.rest)
    found = pb.Group(id=shown.id, key=shown.key, label=shown.label, score=value)
    if shown.places is not None:
        ranked = shown.places
        found.places.CopyFrom(pb.Places(best=ranked.best, worst=ranked.worst, of=ranked.of))
    return found


def change_parts(parts: ChangeParts[str], named: Sequence[NamedPart]) -> pb.ChangeParts:
    return pb.ChangeParts(
        delta=parts.delta,
        rate=parts.rate,
        mix=parts.mix,
        parts=[_change_part(each.part, each.id, each.key, each.label) for each in named],
        others=_change_part(parts.others) if parts.others else None,
    )


def _change_part(part: ChangePart, id_: str = "", key: str = "", label: str = "") -> pb.ChangePart:
    return pb.ChangePart(
        id=id_,
        key=key,
        label=label,
        rate=part.rate,
        mix=part.mix,
        weight_before=part.weight_before,
        weight=part.weight,
    )


def trend_point(metric: Definition, from_day: int, to_day: int, value: Score) -> pb.TrendPoint:
    return pb.TrendPoint(from_day=from_day, to_day=to_day, score=score(metric, value))


def score(
    metric: Definition, value: Score, change: Change | None = None, rest: Rest | None = None
) -> pb.Score:
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
        interval=interval(value.interval),
        distribution=[
            pb.Bucket(value=bucket.value, label=bucket.label, count=bucket.count)
            for bucket in value.distribution
        ],
        secondary=value.secondary,
        secondary_interval=interval(value.secondary_interval),
        change=_change(change) if change else None,
        rest=_rest(rest) if rest else None,
        worked=value.sample.worked if value.sample else "",
        index=_index(value.index) if value.index else None,
        basis=pb.BASIS_PURCHASE if metric.reads_purchases else pb.BASIS_UNSPECIFIED,
        counts_persons=metric.statistic in OF_PERSONS,
        elsewhere=value.elsewhere,
    )


def _index(made: IndexMade) -> pb.IndexMade:
    return pb.IndexMade(items=made.items, alpha=made.alpha, complete=made.complete)


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


def weighted_score(weighted: WeightedScore) -> pb.GetWeightedScoreResponse:
    found = weighted.found
    return pb.GetWeightedScoreResponse(
        value=found.value if found else None,
        interval=interval(found.interval) if found else None,
        gap=_GAP[weighted.gap] if weighted.gap else pb.WEIGHTING_GAP_UNSPECIFIED,
        headcount=weighted.headcount,
        left_out=weighted.left_out,
    )


def interval(value: Interval | None) -> pb.Interval | None:
    if value is None:
        return None
    return pb.Interval(low=value.low, high=value.high, method=value.method, level=LEVEL)


def _rest(rest: Rest) -> pb.Rest:
    return pb.Rest(value=rest.value, base=rest.base, change=_change(rest.change))


def _change(change: Change) -> pb.Change:
    return pb.Change(
        delta=change.difference.delta,
        interval=interval(change.difference.interval),
        p_value=change.difference.p_value,
        adjusted_p_value=change.adjusted_p_value,
        verdict=_VERDICT[change.verdict],
        finding=_FINDING[change.finding],
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
