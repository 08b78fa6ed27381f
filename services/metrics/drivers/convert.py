"""Protobuf <-> analyses of drivers."""

from cxm.metrics.v1 import drivers_pb2 as pb
from cxm.metrics.v1 import scores_pb2
from services.kit.clock import instant_text
from services.metrics.answer_log.layout import Layout
from services.metrics.drivers.asking import AnalysisDraft
from services.metrics.drivers.domain import (
    Analysis,
    AnalysisState,
    Asked,
    Direction,
    DriverFound,
    Found,
    Quadrant,
    WeightStatus,
    quadrants,
    satisfied,
)
from services.metrics.formulas.drivers.weights import DriverMethod, Estimate
from services.metrics.formulas.scores import Interval
from services.metrics.scores import convert as scores

_METHOD = {each: pb.DriverMethod.Value(f"DRIVER_METHOD_{each.value}") for each in DriverMethod}
_METHOD_OF: dict[int, DriverMethod] = {number: each for each, number in _METHOD.items()}
_STATE = {each: pb.AnalysisState.Value(f"ANALYSIS_STATE_{each.value}") for each in AnalysisState}
_STATUS = {each: pb.WeightStatus.Value(f"WEIGHT_STATUS_{each.value}") for each in WeightStatus}
_QUADRANT = {each: pb.Quadrant.Value(f"QUADRANT_{each.value}") for each in Quadrant}
_DIRECTION = {each: pb.Direction.Value(f"DIRECTION_{each.value}") for each in Direction}
BOOTSTRAP = "bootstrap"
GURLAND = "Gurland"


def draft(request: pb.StartDriverAnalysisRequest, department_id: str) -> AnalysisDraft:
    """What is asked for, not checked yet; a method that is not known is none."""
    named = request.WhichOneof("outcome")
    return AnalysisDraft(
        id=request.id,
        department_id=department_id,
        survey=request.survey,
        metric=request.metric if named == "metric" else None,
        question=request.question if named == "question" else None,
        drivers=list(request.drivers),
        method=_METHOD_OF.get(request.method),
        query=scores.query(request.scope),
    )


def analysis(value: Analysis, layout: Layout | None) -> pb.DriverAnalysis:
    """An analysis; `layout` is its survey as it is now, None where it is not known here."""
    asked, progress = value.asked, value.progress
    keys = {id_: key for key, id_ in layout.questions.items()} if layout else {}
    message = pb.DriverAnalysis(
        id=asked.id,
        department_id=asked.department_id,
        survey_id=asked.survey_id,
        survey=layout.key if layout else "",
        metric=asked.metric,
        outcome_id=asked.outcome,
        outcome=keys.get(asked.outcome, ""),
        scope=_scope(asked),
        method=_METHOD[asked.method],
        state=_STATE[progress.state],
        progress=progress.done,
        asked_by=asked.asked_by,
        asked_at=instant_text(asked.asked_at),
        ended_at=instant_text(progress.ended_at) if progress.ended_at else "",
        failure=progress.failure,
        drivers=[pb.Driver(question_id=id_, question=keys.get(id_, "")) for id_ in asked.drivers],
    )
    if value.found is not None:
        _add_found(message, value.found)
    return message


def _add_found(message: pb.DriverAnalysis, found: Found) -> None:
    message.status = _STATUS[found.status]
    message.answered, message.base = found.answered, found.base
    if found.explained is not None and found.chance is not None and found.r_squared is not None:
        message.explained = found.explained.value
        message.explained_interval.CopyFrom(_interval(found.explained, GURLAND))
        message.p_value, message.r_squared = found.chance, found.r_squared
    for each, driver, quadrant in zip(
        message.drivers, found.drivers, quadrants(found), strict=True
    ):
        _add_driver(each, driver, found.base)
        if quadrant is not None:
            each.quadrant = _QUADRANT[quadrant]


def _add_driver(message: pb.Driver, driver: DriverFound, base: int) -> None:
    told = satisfied(driver, base)
    if told is not None:
        message.satisfied = told[0]
        message.satisfied_interval.CopyFrom(_told(told[1]))
    if driver.weight is not None and driver.share is not None:
        message.weight, message.share = driver.weight.value, driver.share.value
        message.weight_interval.CopyFrom(_interval(driver.weight))
        message.share_interval.CopyFrom(_interval(driver.share))
    if driver.correlation is not None and driver.direction is not None:
        message.correlation = driver.correlation.value
        message.correlation_interval.CopyFrom(_interval(driver.correlation))
        message.direction = _DIRECTION[driver.direction]


def _interval(estimate: Estimate, method: str = BOOTSTRAP) -> scores_pb2.Interval:
    return _told(Interval(estimate.low, estimate.high, method))


def _told(interval: Interval) -> scores_pb2.Interval:
    found = scores.interval(interval)
    assert found is not None
    return found


def _scope(asked: Asked) -> scores_pb2.Scope:
    as_it_was = scores_pb2.TREE_READING_AS_IT_WAS
    return scores_pb2.Scope(
        from_day=asked.period.from_day,
        to_day=asked.period.to_day,
        include_subtree=asked.subtree,
        tree=as_it_was if asked.as_it_was else scores_pb2.TREE_READING_TODAY,
        filter=scores_pb2.Filter(**asked.filters) if asked.filters else None,
    )
