"""Making one-time invitations."""

from types import MappingProxyType

import strawberry

from cxm.survey.v1 import invitations_pb2 as pb
from gateway.graph.base.mutations import Input, Names, UserError, mutate
from gateway.graph.base.node import as_graphql
from gateway.graph.base.offers import OffersInput, offers_message
from gateway.graph.base.scalars import DateTime
from gateway.request.context import Context, Info

NAMES: Names = MappingProxyType({"targets": "for"})


@strawberry.input(
    description="What an invitation fixes for the response given to it; the respondent cannot change it. With "
    "neither department nor touchpoint the respondent may name what is offered."
)
class InvitationTargetInput:
    customer: str | None = strawberry.field(
        default=None, description="Any external id; kept only as a keyed hash."
    )
    department: str | None = strawberry.field(default=None, description="Key.")
    touchpoint: str | None = strawberry.field(default=None, description="Key.")
    channel: str | None = strawberry.field(default=None, description="E.g. EMAIL.")
    segment: str | None = strawberry.field(default=None, description="Of the customer.")
    language: str | None = strawberry.field(
        default=None, description="E.g. lv, a BCP 47 tag; kept as sent."
    )


@strawberry.input(description="Invitations to make: either a count, or whom they are for.")
class CreateInvitationsInput:
    survey: str = strawberry.field(description="Key of the survey.")
    count: int | None = strawberry.field(
        default=None, description="1 to 1,000 invitations that fix nothing."
    )
    targets: list[InvitationTargetInput] | None = strawberry.field(
        default=None, name="for", description="1 to 1,000; an invitation for each."
    )
    expires_at: DateTime | None = strawberry.field(
        default=None, description="At most two years ahead; absent: in 90 days."
    )
    offers: OffersInput | None = strawberry.field(
        default=None,
        description="What their respondents may name beside what the survey offers: at most 50 departments and "
        "touchpoints each, for which the caller may submit.",
    )


@strawberry.type(description="A one-time invitation. Its token is shown only now.")
class Invitation:
    token: str = strawberry.field(
        description="192 random bits, for SubmitResponseInput.invitation. It is kept nowhere."
    )
    expires_at: DateTime = strawberry.field(description="The instant itself is too late.")


@strawberry.type(description="The invitations made: all or none.")
class CreateInvitationsPayload:
    invitations: list[Invitation] = strawberry.field(
        default_factory=list, description="In the order they were asked for; empty when refused."
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list, description="Why none was made."
    )


@strawberry.type
class InvitationMutation:
    @strawberry.field(
        description="Make one-time invitations, by which a survey takes responses without a token. Needs the "
        "right to submit for the departments they name; each call makes new ones."
    )
    async def create_invitations(
        self, info: Info, given: Input[CreateInvitationsInput]
    ) -> CreateInvitationsPayload:
        return await mutate(CreateInvitationsPayload, _create(info.context, given), NAMES)


async def _create(context: Context, given: CreateInvitationsInput) -> CreateInvitationsPayload:
    request = pb.CreateInvitationsRequest(
        survey=given.survey,
        count=given.count or 0,
        targets=map(_target, given.targets or ()),
        expires_at=given.expires_at,
        offers=offers_message(given.offers),
    )
    reply = await context.call("survey", context.clients.invitations.CreateInvitations, request)
    return CreateInvitationsPayload(invitations=as_graphql(reply.invitations))


def _target(target: InvitationTargetInput) -> pb.InvitationTarget:
    return pb.InvitationTarget(
        customer=target.customer,
        department=target.department,
        touchpoint=target.touchpoint,
        channel=target.channel,
        segment=target.segment,
        language=target.language,
    )
