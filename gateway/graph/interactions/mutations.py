"""Recording what customers did, and taking it back."""

import strawberry
from google.protobuf.timestamp_pb2 import Timestamp

from cxm.batch.v1.batch_pb2 import ITEM_STATUS_STORED
from cxm.profile.v1 import interactions_pb2 as pb
from cxm.profile.v1.customers_pb2 import Identifier
from gateway.graph.base.batch import REFUSED, UpsertPayload, check_items, upsert_results
from gateway.graph.base.identifiers import IdentifierInput
from gateway.graph.base.mutations import Input, UserError, mutate, user_error
from gateway.graph.base.scalars import DateTime
from gateway.request.context import Context, Info
from services.kit.errors import Invalid

NAMES = {"items": "interactions"}
_SOURCE = "The system that knows it, e.g. crm; at most 100 characters."
_ID = "Its id there, 1 to 200 characters."


@strawberry.input(description="A detail of an interaction.")
class InteractionDetailInput:
    name: str = strawberry.field(description="A key that its kind declares, e.g. topic.")
    value: str = strawberry.field(
        description="A word of a list, 1 to 100 characters; no free text: people write names into that."
    )


@strawberry.input(
    description="What happened between a customer and us. Customer, time, source and id make it one: the same again is "
    "stored once; at another time it is another."
)
class InteractionInput:
    customer: IdentifierInput | None = strawberry.field(
        default=None,
        description="Who; one that is not known yet becomes a customer. Absent: nobody in particular.",
    )
    kind: str = strawberry.field(
        description="Key of one of `interactionKinds`, or a name of Segment's, e.g. Order Completed."
    )
    at: DateTime = strawberry.field(
        description="When; in the months that interactions are kept (24, unless set otherwise)."
    )
    id: str = strawberry.field(description=_ID)
    source: str | None = strawberry.field(default=None, description=_SOURCE)
    department: str | None = strawberry.field(
        default=None,
        description="Key of the department it counts for; absent: who owned the touchpoint on that day.",
    )
    touchpoint: str | None = strawberry.field(
        default=None, description="Key of the touchpoint; its stage is the interaction's."
    )
    channel: str | None = strawberry.field(
        default=None, description="E.g. PHONE, at most 64 characters; absent: the touchpoint's."
    )
    details: list[InteractionDetailInput] | None = strawberry.field(
        default=None, description="At most 20, of 2 KiB in all; each name once."
    )


@strawberry.input(description="1 to 1,000 interactions, in any order.")
class RecordInteractionsInput:
    interactions: list[InteractionInput] = strawberry.field(description="What happened.")


@strawberry.type(
    description="What became of each interaction; the key of a result is its id. A bad one harms no neighbour; an "
    "instant that is none refuses the call."
)
class RecordInteractionsPayload(UpsertPayload):
    pass


@strawberry.input(description="An interaction as it was recorded.")
class WithdrawnInteractionInput:
    customer: IdentifierInput | None = strawberry.field(
        default=None, description="Who; absent: nobody in particular."
    )
    at: DateTime = strawberry.field(description="When it was.")
    id: str = strawberry.field(description=_ID)
    source: str | None = strawberry.field(default=None, description=_SOURCE)


@strawberry.input(description="1 to 1,000 interactions.")
class WithdrawInteractionsInput:
    interactions: list[WithdrawnInteractionInput] = strawberry.field(description="Which.")


@strawberry.type(description="What became of it.")
class WithdrawInteractionsPayload:
    withdrawn: int = strawberry.field(
        default=0, description="How many were there, and are gone now."
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list, description="Why others could not be looked for, or nothing was done."
    )


@strawberry.type
class InteractionMutation:
    @strawberry.field(
        description="Store what customers did, and what was done with or for them. Each counts for a department, a "
        "stage and a channel that never change. Repeatable. Admins, analysts and integrations, of the department."
    )
    async def record_interactions(
        self, info: Info, given: Input[RecordInteractionsInput]
    ) -> RecordInteractionsPayload:
        return await mutate(RecordInteractionsPayload, _record(info.context, given), NAMES)

    @strawberry.field(
        description="Take interactions back for good; what is not there is passed over. Repeatable. Admins and "
        "analysts of the whole organisation."
    )
    async def withdraw_interactions(
        self, info: Info, given: Input[WithdrawInteractionsInput]
    ) -> WithdrawInteractionsPayload:
        return await mutate(WithdrawInteractionsPayload, _withdraw(info.context, given))


async def _record(context: Context, given: RecordInteractionsInput) -> RecordInteractionsPayload:
    check_items(given.interactions, "interactions")
    items = [_item(index, each) for index, each in enumerate(given.interactions)]
    request = pb.RecordInteractionsRequest(items=items)
    method = context.clients.interactions.RecordInteractions
    reply = await context.call("profile", method, request)
    ids = [each.id for each in given.interactions]
    return RecordInteractionsPayload(results=upsert_results(reply.results, ids, NAMES))


async def _withdraw(
    context: Context, given: WithdrawInteractionsInput
) -> WithdrawInteractionsPayload:
    check_items(given.interactions, "interactions")
    names = [
        pb.InteractionName(
            customer=_identifier(each.customer),
            at=_timestamp(index, each.at),
            source=each.source or "",
            id=each.id,
        )
        for index, each in enumerate(given.interactions)
    ]
    request = pb.WithdrawInteractionsRequest(interactions=names)
    method = context.clients.interactions.WithdrawInteractions
    reply = await context.call("profile", method, request)
    errors = [
        user_error(
            refusal.reason, refusal.message, ["interactions", str(index), *refusal.field], {}
        )
        for index, result in enumerate(reply.results)
        if result.status == REFUSED
        for refusal in result.refusals
    ]
    stored = sum(result.status == ITEM_STATUS_STORED for result in reply.results)
    return WithdrawInteractionsPayload(withdrawn=stored, user_errors=errors)


def _item(index: int, given: InteractionInput) -> pb.InteractionItem:
    details = {detail.name: detail.value for detail in given.details or ()}
    if len(details) < len(given.details or ()):
        message = "a detail has two values: send each once"
        path = ["interactions", str(index), "details"]
        raise Invalid(message, reason="REPEATED", field=path)
    return pb.InteractionItem(
        customer=_identifier(given.customer),
        kind=given.kind,
        at=_timestamp(index, given.at),
        source=given.source or "",
        id=given.id,
        department=given.department or "",
        touchpoint=given.touchpoint or "",
        channel=given.channel or "",
        details=details,
    )


def _identifier(given: IdentifierInput | None) -> Identifier | None:
    return None if given is None else Identifier(kind=given.kind, value=given.value)


def _timestamp(index: int, at: DateTime) -> Timestamp:
    message = Timestamp()
    try:
        message.FromJsonString(at)
    except ValueError as error:
        raise Invalid(
            "an instant is written as in RFC 3339, e.g. 2026-11-21T09:30:00Z",
            reason="INVALID_INSTANT",
            field=["interactions", str(index), "at"],
        ) from error
    return message
