"""Protobuf <-> targets."""

from cxm.metrics.v1 import scores_pb2
from cxm.metrics.v1 import targets_pb2 as pb
from services.kit.clock import instant_text
from services.metrics.definitions.domain.definitions import Definition
from services.metrics.domain.periods import Period, check_period
from services.metrics.scores import convert as scores
from services.metrics.targets.domain import Target, TargetDraft, TargetSide, TargetStatus
from services.metrics.targets.reading import JudgedTarget, Progress

_SIDE = {side: pb.TargetSide.Value(f"TARGET_SIDE_{side.value}") for side in TargetSide}
_SIDE_OF: dict[int, TargetSide] = {number: side for side, number in _SIDE.items()}
_STATUS = {each: pb.TargetStatus.Value(f"TARGET_STATUS_{each.value}") for each in TargetStatus}


def draft(request: pb.SetTargetRequest, department_id: str) -> TargetDraft:
    """What is asked for, not checked yet; a side that is not known is none."""
    return TargetDraft(
        department_id=department_id,
        metric=request.metric,
        value=request.value,
        side=_SIDE_OF.get(request.side),
        due_day=request.due_day,
        owner=request.owner,
    )


def period(request: pb.ListTargetsRequest) -> Period | None:
    """The days whose scores are judged; Invalid for days that are no period, None for the latest."""
    if not request.HasField("days"):
        return None
    return check_period(request.days.from_day, request.days.to_day)


def is_as_it_was(request: pb.ListTargetsRequest) -> bool:
    return request.tree == scores_pb2.TREE_READING_AS_IT_WAS


def target(value: Target, definition: Definition) -> pb.Target:
    return pb.Target(
        department_id=value.department_id,
        metric=value.metric,
        value=value.value,
        side=_SIDE[value.side],
        due_day=value.due_day,
        owner=value.owner,
        set_by=value.set_by,
        set_at=instant_text(value.set_at),
        version=definition.version,
    )


def judged_target(judged: JudgedTarget) -> pb.Target:
    message = target(judged.target, judged.progress.definition)
    message.progress.CopyFrom(_progress(judged.progress))
    return message


def _progress(progress: Progress) -> pb.TargetProgress:
    score = progress.score
    return pb.TargetProgress(
        status=_STATUS[progress.status],
        from_day=progress.period.from_day,
        to_day=progress.period.to_day,
        value=score.value,
        base=score.base,
        interval=scores.interval(score.interval),
        chance=progress.chance,
    )
