"""Erasing customers: asking for it, counting, deciding, and letting an erased identifier be stored again."""

from enum import Enum

import strawberry

from cxm.profile.v1 import customers_pb2
from cxm.profile.v1 import privacy_pb2 as pb
from gateway.graph.base.identifiers import IdentifierInput
from gateway.graph.base.mutations import Input, UserError, mutate
from gateway.graph.customers.numbers import number_of
from gateway.graph.privacy.types import PrivacyRequest, request_of
from gateway.request.context import Context, Info
from services.kit.errors import Invalid

_REASON = "For people, 1 to 500 characters"
_ID = "`PrivacyRequest.id`."


@strawberry.input(
    description="A response that names no customer, by what shows that somebody sent it."
)
class AnswerReceiptInput:
    response_id: strawberry.ID = strawberry.field(description="Its id.")
    receipt: str = strawberry.field(description="As `submitResponse` gave it.")


@strawberry.input(
    description="Whom to erase: one of `externalId`, `number` and `identifier`, and `answers`; or `answers` alone."
)
class RequestErasureInput:
    external_id: str | None = strawberry.field(
        default=None,
        description="As responses name the customer, who need not have a profile; blanks around it are part of it.",
    )
    number: str | None = strawberry.field(
        default=None, description="Of any of its aliases; admins only."
    )
    identifier: IdentifierInput | None = strawberry.field(default=None, description="Any other.")
    answers: list[AnswerReceiptInput] = strawberry.field(
        default_factory=list, description="Anonymous answers of the same person; at most 100."
    )
    reason: str = strawberry.field(
        description=f"{_REASON}; kept sealed until the customer is erased."
    )


@strawberry.input(description="A request whose counts are of yesterday.")
class CountErasureInput:
    id: strawberry.ID = strawberry.field(description=_ID)


@strawberry.enum(description="What becomes of a request.")
class PrivacyDecision(Enum):
    APPROVE = strawberry.enum_value(True, description="Erase the customer; it cannot be undone.")
    REFUSE = strawberry.enum_value(False, description="Erase nothing; needs a reason.")


@strawberry.input(description="What becomes of a request.")
class DecidePrivacyInput:
    id: strawberry.ID = strawberry.field(description=_ID)
    decision: PrivacyDecision = strawberry.field(description="What becomes of it.")
    reason: str | None = strawberry.field(
        default=None, description="For people, at most 500 characters; needed to refuse."
    )


@strawberry.input(description="An identifier of a customer who was erased and came back.")
class AllowAgainInput:
    identifier: IdentifierInput = strawberry.field(description="It alone may be stored again.")
    reason: str = strawberry.field(description=f"{_REASON}; kept sealed.")


@strawberry.type(description="What became of it.")
class PrivacyRequestPayload:
    request: PrivacyRequest | None = strawberry.field(
        default=None, description="The request as it is now; null when it was refused."
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list,
        description="Why nothing was done, e.g. NOT_FOUND, OWN_REQUEST, NOT_COUNTED, TOO_MANY_REQUESTS.",
    )


@strawberry.type(description="What became of it.")
class AllowAgainPayload:
    changed: bool = strawberry.field(
        default=False, description="False: it might be stored before, or it was refused."
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list, description="Why nothing was done, e.g. NOT_ERASED, STILL_RUNNING."
    )


@strawberry.type
class PrivacyMutation:
    @strawberry.field(
        description="Ask for the erasure of a customer. What it would erase is counted by every service, and another "
        "person approves it. Who asks again for the same person is answered with the open request. Admins and privacy "
        "officers of the whole organisation."
    )
    async def request_erasure(
        self, info: Info, given: Input[RequestErasureInput]
    ) -> PrivacyRequestPayload:
        return await mutate(PrivacyRequestPayload, _request(info.context, given))

    @strawberry.field(
        description="Count anew what a request would erase; nothing is changed. Before it is decided only. Admins and "
        "privacy officers of the whole organisation."
    )
    async def count_erasure(
        self, info: Info, given: Input[CountErasureInput]
    ) -> PrivacyRequestPayload:
        return await mutate(PrivacyRequestPayload, _count(info.context, given))

    @strawberry.field(
        description="Approve a request that was counted, or refuse one. Who asked does not approve, unless nobody else "
        "may. Repeatable. Privacy officers of the whole organisation."
    )
    async def decide_privacy(
        self, info: Info, given: Input[DecidePrivacyInput]
    ) -> PrivacyRequestPayload:
        return await mutate(PrivacyRequestPayload, _decide(info.context, given))

    @strawberry.field(
        description="Let an identifier be stored again that was erased, because its customer came back. Repeatable. "
        "Privacy officers of the whole organisation."
    )
    async def allow_again(self, info: Info, given: Input[AllowAgainInput]) -> AllowAgainPayload:
        return await mutate(AllowAgainPayload, _allow(info.context, given))


async def _request(context: Context, given: RequestErasureInput) -> PrivacyRequestPayload:
    named = (given.external_id, given.number, given.identifier)
    most = sum(each is not None for each in named)
    if most > 1 or (most == 0 and not given.answers):
        message = "name one of externalId, number and identifier, or answers"
        raise Invalid(message, reason="NAME_ONE")
    answers = [
        pb.AnswerReceipt(response_id=each.response_id, receipt=each.receipt)
        for each in given.answers
    ]
    request = pb.RequestErasureRequest(reason=given.reason, answers=answers)
    if given.number is not None:
        request.number = number_of(given.number, "number")
    elif given.identifier is not None:
        request.identifier.CopyFrom(_identifier(given.identifier))
    elif given.external_id is not None:
        named_so = customers_pb2.Identifier(kind="CUSTOMER", value=given.external_id)
        request.identifier.CopyFrom(named_so)
    reply = await context.call("profile", context.clients.privacy.RequestErasure, request)
    return PrivacyRequestPayload(request=request_of(reply.erasure))


async def _count(context: Context, given: CountErasureInput) -> PrivacyRequestPayload:
    request = pb.CountErasureRequest(id=given.id)
    reply = await context.call("profile", context.clients.privacy.CountErasure, request)
    return PrivacyRequestPayload(request=request_of(reply.erasure))


async def _decide(context: Context, given: DecidePrivacyInput) -> PrivacyRequestPayload:
    request = pb.DecideErasureRequest(
        id=given.id,
        approve=given.decision is PrivacyDecision.APPROVE,
        reason=given.reason or "",
    )
    reply = await context.call("profile", context.clients.privacy.DecideErasure, request)
    return PrivacyRequestPayload(request=request_of(reply.erasure))


async def _allow(context: Context, given: AllowAgainInput) -> AllowAgainPayload:
    request = pb.AllowAgainRequest(identifier=_identifier(given.identifier), reason=given.reason)
    reply = await context.call("profile", context.clients.privacy.AllowAgain, request)
    return AllowAgainPayload(changed=reply.changed)


def _identifier(given: IdentifierInput) -> customers_pb2.Identifier:
    return customers_pb2.Identifier(kind=given.kind, value=given.value)
