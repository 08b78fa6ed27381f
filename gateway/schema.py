"""The public schema. `python -m gateway.schema` prints it; schema.graphql is that print, committed."""

import sys
from collections.abc import Callable
from typing import Annotated, Any

import strawberry
from graphql import (
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLStreamDirective,
    GraphQLType,
    is_input_object_type,
)
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.schema_converter import GraphQLCoreConverter

from gateway.graph.alerts.mutations import AlertMutation
from gateway.graph.alerts.subscription import AlertSubscription
from gateway.graph.audit import AuditQuery
from gateway.graph.base.ids import parse_global_id
from gateway.graph.base.loaders import Loader, Ref
from gateway.graph.base.node import Node
from gateway.graph.base.scalars import SCALARS
from gateway.graph.customers.consenting import ConsentMutation
from gateway.graph.customers.earning import PointMutation
from gateway.graph.customers.loaders import customers
from gateway.graph.customers.mutations import CustomerMutation
from gateway.graph.customers.reading import CustomerQuery
from gateway.graph.directory.loaders import departments, touchpoints
from gateway.graph.directory.mutations import DirectoryMutation
from gateway.graph.directory.types import DirectoryQuery
from gateway.graph.drivers import DriverMutation, DriverQuery
from gateway.graph.employees import EmployeeMutation
from gateway.graph.grants import GrantMutation, GrantQuery
from gateway.graph.health import HealthQuery
from gateway.graph.interactions.kinds import InteractionKindMutation, InteractionKindQuery
from gateway.graph.interactions.mutations import InteractionMutation
from gateway.graph.metrics import MetricMutation
from gateway.graph.operations import OperationMutation, OperationQuery
from gateway.graph.privacy.mutations import PrivacyMutation
from gateway.graph.privacy.reading import PrivacyQuery
from gateway.graph.processes import ProcessQuery
from gateway.graph.purchases.mutations import PurchaseMutation
from gateway.graph.purchases.subscribing import SubscriptionMutation
from gateway.graph.responses.correcting import CorrectionMutation
from gateway.graph.responses.imports import ImportMutation, ImportQuery
from gateway.graph.responses.inviting import InvitationMutation
from gateway.graph.responses.submitting import ResponseMutation
from gateway.graph.scores.scorecard import ScoreQuery
from gateway.graph.scores.subscription import ScoreSubscription
from gateway.graph.segments.mutations import SegmentMutation
from gateway.graph.segments.reading import SegmentQuery
from gateway.graph.sites.mutations import SiteMutation
from gateway.graph.sites.reading import SiteQuery
from gateway.graph.surveys.loaders import surveys
from gateway.graph.surveys.mutations import SurveyMutation
from gateway.graph.surveys.types import SurveyQuery
from gateway.graph.targets import TargetMutation
from gateway.graph.users import UserMutation, UserQuery
from gateway.graph.viewer import ViewerQuery
from gateway.graph.waves.listing import WaveQuery
from gateway.graph.waves.loaders import waves
from gateway.graph.waves.mutations import WaveMutation
from gateway.request.context import Context, Info

LOADERS: dict[str, Callable[[Context], Loader[Ref, Any]]] = {
    "Department": departments,
    "Touchpoint": touchpoints,
    "Survey": surveys,
    "Wave": waves,
    "Customer": customers,
}


@strawberry.type(
    description="Everything that can be read. Without a token the operation is refused: UNAUTHENTICATED."
)
class Query(
    DirectoryQuery,
    SurveyQuery,
    ScoreQuery,
    DriverQuery,
    WaveQuery,
    ViewerQuery,
    GrantQuery,
    UserQuery,
    CustomerQuery,
    SiteQuery,
    InteractionKindQuery,
    SegmentQuery,
    PrivacyQuery,
    AuditQuery,
    ImportQuery,
    OperationQuery,
    HealthQuery,
    ProcessQuery,
):
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
    DirectoryMutation,
    SurveyMutation,
    InvitationMutation,
    EmployeeMutation,
    ResponseMutation,
    CorrectionMutation,
    ImportMutation,
    MetricMutation,
    TargetMutation,
    DriverMutation,
    AlertMutation,
    WaveMutation,
    GrantMutation,
    UserMutation,
    CustomerMutation,
    SiteMutation,
    ConsentMutation,
    PointMutation,
    PurchaseMutation,
    InteractionMutation,
    InteractionKindMutation,
    SubscriptionMutation,
    SegmentMutation,
    PrivacyMutation,
    OperationMutation,
):
    pass


@strawberry.type(
    description="What moves by itself; at /graphql over WebSocket, subprotocol graphql-transport-ws, or over HTTP with "
    "Accept: text/event-stream."
)
class Subscription(ScoreSubscription, AlertSubscription):
    pass


class Schema(strawberry.Schema):
    """Tells `isOneOf` as the specification has it: strawberry's own resolver fails on lists and non-null types. Without
    @stream: lists come in pages.

    All schemas of a process share one description of types, so none may be made without this.
    """

    def _extend_introspection(self) -> None:
        kept = (each for each in self._schema.directives if each is not GraphQLStreamDirective)
        self._schema.directives = tuple(kept)
        described = self._schema.type_map["__Type"]
        assert isinstance(described, GraphQLObjectType)
        described.fields["isOneOf"].resolve = _is_one_of


def _is_one_of(kind: GraphQLType, _info: GraphQLResolveInfo[Any]) -> bool | None:
    if not is_input_object_type(kind):
        return None
    return bool(kind.extensions[GraphQLCoreConverter.DEFINITION_BACKREF].is_one_of)


schema = Schema(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    config=StrawberryConfig(scalar_map=SCALARS, enable_experimental_incremental_execution=True),
)


if __name__ == "__main__":
    sys.stdout.write(schema.as_str() + "\n")
