"""Kinds of interactions: those there are, and own ones."""

from enum import Enum

import strawberry

from cxm.profile.v1 import interactions_pb2 as pb
from gateway.graph.base.batch import UpsertPayload, check_items, upsert_results
from gateway.graph.base.mutations import Input, mutate
from gateway.request.context import Context, Info


@strawberry.enum(description="Who acts in an interaction.")
class InteractionDirection(Enum):
    BY_CUSTOMER = strawberry.enum_value(
        pb.INTERACTION_DIRECTION_BY_CUSTOMER, description="The customer, as when one calls."
    )
    BY_US = strawberry.enum_value(
        pb.INTERACTION_DIRECTION_BY_US, description="We, as when we deliver."
    )
    ABOUT = strawberry.enum_value(
        pb.INTERACTION_DIRECTION_ABOUT,
        description="Neither: something that concerns the customer, as a need.",
    )


@strawberry.type(description="A kind of interactions of customers.")
class InteractionKind:
    key: str = strawberry.field(description="A-Z, 0-9 and _, at most 30 characters.")
    name: str | None = strawberry.field(
        description="For people; null for one that is built in, which has the same name for all."
    )
    direction: InteractionDirection = strawberry.field(description="Who acts; it never changes.")
    contact: bool = strawberry.field(
        description="The customer and we met: it ends silence; it never changes."
    )
    details: list[str] = strawberry.field(description="Keys that interactions of it may have.")
    built_in: bool = strawberry.field(description="It is there in every organisation.")


@strawberry.input(description="A kind of interactions of the organisation's own.")
class InteractionKindInput:
    key: str = strawberry.field(
        description="A-Z, 0-9 and _, at most 30 characters, e.g. TEST_DRIVE."
    )
    name: str = strawberry.field(description="For people, 1 to 100 characters.")
    direction: InteractionDirection = strawberry.field(
        description="Who acts; it cannot change later."
    )
    contact: bool = strawberry.field(
        description="Whether the customer and we meet, which ends silence; it cannot change later."
    )
    details: list[str] | None = strawberry.field(
        default=None,
        description="Keys that interactions of it may have, at most 20; later only more."
        " Words of a list, no free text.",
    )


@strawberry.input(description="1 to 200 kinds of interactions.")
class UpsertInteractionKindsInput:
    kinds: list[InteractionKindInput] = strawberry.field(description="Kinds to make or to rename.")


@strawberry.type(description="What became of each kind.")
class UpsertInteractionKindsPayload(UpsertPayload):
    pass


@strawberry.type
class InteractionKindQuery:
    @strawberry.field(
        description="Kinds of interactions: 24 that are built in, in the order of a journey, then own ones. Null when "
        "profile is away.",
        graphql_type=list[InteractionKind] | None,
    )
    async def interaction_kinds(self, info: Info) -> list[InteractionKind] | None:
        method = info.context.clients.interactions.ListInteractionKinds
        reply = await info.context.call("profile", method, pb.ListInteractionKindsRequest())
        return [
            InteractionKind(
                key=kind.key,
                name=kind.name or None,
                direction=InteractionDirection(kind.direction),
                contact=kind.contact,
                details=list(kind.details),
                built_in=kind.built_in,
            )
            for kind in reply.kinds
        ]


@strawberry.type
class InteractionKindMutation:
    @strawberry.field(
        description="Make kinds of interactions, at most 200, rename them, or let them have more details. Repeatable. "
        "Admins and analysts of the whole organisation."
    )
    async def upsert_interaction_kinds(
        self, info: Info, given: Input[UpsertInteractionKindsInput]
    ) -> UpsertInteractionKindsPayload:
        return await mutate(UpsertInteractionKindsPayload, _upsert(info.context, given))


async def _upsert(
    context: Context, given: UpsertInteractionKindsInput
) -> UpsertInteractionKindsPayload:
    check_items(given.kinds, "kinds")
    kinds = [
        pb.InteractionKind(
            key=kind.key,
            name=kind.name,
            direction=pb.InteractionDirection.Value(f"INTERACTION_DIRECTION_{kind.direction.name}"),
            contact=kind.contact,
            details=kind.details or (),
        )
        for kind in given.kinds
    ]
    request = pb.UpsertInteractionKindsRequest(kinds=kinds)
    method = context.clients.interactions.UpsertInteractionKinds
    reply = await context.call("profile", method, request)
    keys = [kind.key for kind in given.kinds]
    return UpsertInteractionKindsPayload(results=upsert_results(reply.results, keys))
