"""The public schema. `python -m gateway.schema` prints it; schema.graphql is that print, committed."""

import sys
from collections.abc import Callable
from typing import Annotated, Any

import strawberry
from strawberry.dataloader import DataLoader
from strawberry.schema.config import StrawberryConfig

from gateway import loaders
from gateway.context import Context, Info
from gateway.corrections import CorrectionMutation
from gateway.employee_exp import EmployeeMutation
from gateway.ids import parse_global_id
from gateway.invitations import InvitationMutation
from gateway.live.scores import Subscription
from gateway.loaders import Ref
from gateway.metric_changes import MetricMutation
from gateway.metrics import MetricsQuery
from gateway.node import Node
from gateway.operate import OperateMutation
from gateway.profile import ProfileQuery
from gateway.profile_changes import ProfileMutation
from gateway.reconciliation import ReconciliationMutation, ReconciliationQuery
from gateway.responses import ResponseMutation
from gateway.scalars import SCALARS
from gateway.survey import SurveyQuery
from gateway.survey_changes import SurveyMutation
from gateway.viewer import ViewerQuery

LOADERS: dict[str, Callable[[Context], DataLoader[Ref, Any]]] = {
    "Department": loaders.departments,
    "Touchpoint": loaders.touchpoints,
    "Survey": loaders.surveys,
}


@strawberry.type(
    description="Everything that can be read. Without a token every field here is null, with an "
    "UNAUTHENTICATED error."
)
class Query(ProfileQuery, SurveyQuery, MetricsQuery, ViewerQuery, ReconciliationQuery):
    @strawberry.field(
        description="Any object by its global id. Null when absent or not the viewer's to see (the two "
        "look the same), and when its service is away.",
        graphql_type=Node | None,
    )
    async def node(
        self,
        info: Info,
        global_id: Annotated[strawberry.ID, strawberry.argument(name="id", description="Its id.")],
    ) -> Any:
        info.context.signed_in()
        kind, local = parse_global_id(global_id)
        load = LOADERS.get(kind)
        return await load(info.context).load(Ref(id=local)) if load else None


@strawberry.type(
    description="Everything that can be changed. What was expected to go wrong is in userErrors; each can be "
    "repeated with the same input, but createInvitations, which makes new ones, and responses sent without an id."
)
class Mutation(
    ProfileMutation,
    SurveyMutation,
    InvitationMutation,
    EmployeeMutation,
    ResponseMutation,
    CorrectionMutation,
    MetricMutation,
    OperateMutation,
    ReconciliationMutation,
):
    pass


schema = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    config=StrawberryConfig(scalar_map=SCALARS),
)


if __name__ == "__main__":
    sys.stdout.write(schema.as_str() + "\n")
