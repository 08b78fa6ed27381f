"""What a survey, or an invitation, lets be named without a token."""

from collections.abc import Sequence

import strawberry

from cxm.profile.v1 import profile_pb2
from cxm.survey.v1 import surveys_pb2 as pb
from gateway.graph.base.loaders import Ref
from gateway.graph.directory.loaders import departments, touchpoints
from gateway.graph.directory.types import Department, Touchpoint
from gateway.request.context import Info
from gateway.request.prices import SHARED_CALL


@strawberry.type(
    description="What a response without a token may name; the department of the survey itself needs no naming."
)
class Offers:
    everything: bool = strawberry.field(description="Whatever there is; then both lists are empty.")

    @strawberry.field(
        description="By key, without those outside what the viewer may see. Null when profile is away.",
        graphql_type=list[Department] | None,
        metadata=SHARED_CALL,
    )
    @staticmethod
    async def departments(
        root: strawberry.Parent[pb.Offers], info: Info
    ) -> Sequence[profile_pb2.Department]:
        info.context.budget.spend(len(root.departments))
        refs = [Ref(key=key) for key in root.departments]
        found = await departments(info.context).load_many(refs)
        return [department for department in found if department is not None]

    @strawberry.field(
        description="As `departments`, null as they are.",
        graphql_type=list[Touchpoint] | None,
        metadata=SHARED_CALL,
    )
    @staticmethod
    async def touchpoints(
        root: strawberry.Parent[pb.Offers], info: Info
    ) -> Sequence[profile_pb2.Touchpoint]:
        info.context.budget.spend(len(root.touchpoints))
        refs = [Ref(key=key) for key in root.touchpoints]
        found = await touchpoints(info.context).load_many(refs)
        return [touchpoint for touchpoint in found if touchpoint is not None]
