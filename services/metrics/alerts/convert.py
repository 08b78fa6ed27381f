"""Protobuf <-> alerts."""

from collections.abc import Sequence

from cxm.metrics.v1 import alerts_pb2 as pb
from cxm.metrics.v1 import scores_pb2
from cxm.metrics.v1.events_pb2 import AlertRaised
from services.kit.clock import instant_text
from services.kit.rights.access import Action, Viewer, may
from services.kit.rights.tree import Tree
from services.metrics.alerts.domain import Alert, AlertAction, AlertEnd
from services.metrics.formulas.scores import Interval
from services.metrics.scores.convert import interval

_ACTION = {each: pb.AlertAction.Value(f"ALERT_ACTION_{each.value}") for each in AlertAction}
_ACTION_OF: dict[int, AlertAction] = {number: action for action, number in _ACTION.items()}
_END = {each: pb.AlertEnd.Value(f"ALERT_END_{each.value}") for each in AlertEnd}


def action(request: pb.AcknowledgeAlertRequest) -> AlertAction | None:
    """What is done; None for what is not known."""
    return _ACTION_OF.get(request.action)


def alert(value: Alert, who: Viewer, tree: Tree) -> pb.Alert:
    """An alert as a viewer sees it."""
    department = tree.departments[value.department_id]
    return pb.Alert(
        id=value.id,
        department_id=value.department_id,
        metric=value.metric,
        version=value.version,
        rule=pb.AlertRule.Value(f"ALERT_RULE_{value.rule.upper()}"),
        raised_at=instant_text(value.raised_at),
        since_day=value.since_day,
        value=value.value,
        base=value.base,
        value_interval=_interval(value.value_interval),
        usual_interval=_interval(value.usual_interval),
        usual=value.usual.value,
        usual_base=value.usual.base,
        deviation=value.deviation,
        touchpoint=_touchpoint(value.touchpoint, who, tree),
        segment=value.segment,
        acknowledged_at=instant_text(value.acknowledged_at) if value.acknowledged_at else "",
        acknowledged_by=value.acknowledged_by,
        action=_ACTION[value.action] if value.action else pb.ALERT_ACTION_UNSPECIFIED,
        ended_at=instant_text(value.ended_at) if value.ended_at else "",
        end=_END[value.end] if value.end else pb.ALERT_END_UNSPECIFIED,
        department_key=department.key,
        department_name=department.name,
    )


def _interval(value: Interval) -> scores_pb2.Interval | None:
    """None of an alert that was raised before intervals were kept."""
    return interval(value) if value.method else None


def _touchpoint(id_: str, who: Viewer, tree: Tree) -> pb.AlertTouchpoint | None:
    found = tree.touchpoints.get(id_)
    if found is None:
        return None
    owner = found.terms.on(tree.today_number).department_id
    if not may(who, Action.READ_DIRECTORY, owner, tree):
        return None
    return pb.AlertTouchpoint(id=found.id, key=found.key, name=found.name)


def alert_raised(value: Alert, shown_in: Sequence[str]) -> AlertRaised:
    """What is announced of it."""
    message = AlertRaised(
        alert_id=value.id,
        department_id=value.department_id,
        metric=value.metric,
        version=value.version,
        rule=value.rule,
        since_day=value.since_day,
        shown_in=shown_in,
    )
    message.raised_at.FromDatetime(value.raised_at)
    return message
