"""Saying what is done about an alert."""

import strawberry

from cxm.metrics.v1 import alerts_pb2 as pb
from gateway.graph.alerts.types import Alert, AlertAction, alert_of
from gateway.graph.base.mutations import Input, UserError, mutate
from gateway.request.context import Context, Info


@strawberry.input(description="What is done about an alert, in the place of what was said before.")
class AcknowledgeAlertInput:
    id: strawberry.ID = strawberry.field(description="`Alert.id`.")
    action: AlertAction = strawberry.field(description="What is done.")


@strawberry.type(description="What became of it.")
class AcknowledgeAlertPayload:
    alert: Alert | None = strawberry.field(
        default=None, description="As it is now; null when it was refused."
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list, description="Why it was refused, e.g. UNKNOWN_ALERT."
    )


@strawberry.type
class AlertMutation:
    @strawberry.field(
        description="Say what is done about an alert, also of one that is over. Repeatable. Admins, and heads of its "
        "department or of one above it."
    )
    async def acknowledge_alert(
        self, info: Info, given: Input[AcknowledgeAlertInput]
    ) -> AcknowledgeAlertPayload:
        return await mutate(AcknowledgeAlertPayload, _acknowledge(info.context, given))


async def _acknowledge(context: Context, given: AcknowledgeAlertInput) -> AcknowledgeAlertPayload:
    request = pb.AcknowledgeAlertRequest(
        id=given.id, action=pb.AlertAction.Value(f"ALERT_ACTION_{given.action.name}")
    )
    reply = await context.call("metrics", context.clients.alerts.AcknowledgeAlert, request)
    return AcknowledgeAlertPayload(alert=alert_of(reply.alert))
