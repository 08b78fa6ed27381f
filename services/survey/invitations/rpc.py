"""Invitations over gRPC: cxm.survey.v1.InvitationService."""

from cxm.survey.v1 import invitations_pb2 as pb
from cxm.survey.v1.invitations_pb2_grpc import (
    InvitationServiceServicer,
    add_InvitationServiceServicer_to_server,
)
from services.kit.clock import Clock
from services.kit.process import Process
from services.kit.rights.access import Action
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, viewer
from services.kit.service import Shared
from services.survey.attribution.labels import Labels
from services.survey.attribution.lookup import DirectoryLookup
from services.survey.invitations import convert
from services.survey.invitations.inviting import Inviting
from services.survey.invitations.lookup import InvitationLookup
from services.survey.surveys.cache import SurveyCache


class InvitationRpc(InvitationServiceServicer):
    """Invitations are made here and found by the intake."""

    def __init__(self, inviting: Inviting) -> None:
        self.inviting = inviting

    @needs(Action.SUBMIT, Scope.NAMED_DEPARTMENT)
    async def CreateInvitations(
        self, request: pb.CreateInvitationsRequest, context: Context
    ) -> pb.CreateInvitationsResponse:
        """Make one-time invitations; all or none."""
        made = await self.inviting.create(viewer(context), convert.new_invitations(request))
        return pb.CreateInvitationsResponse(
            invitations=[convert.invitation(token, expires_at) for token, expires_at in made]
        )


def wire(
    process: Process,
    shared: Shared,
    cache: SurveyCache,
    lookup: DirectoryLookup,
    labels: Labels,
    customer_key: bytes,
    now: Clock,
) -> InvitationLookup:
    """Answer cxm.survey.v1.InvitationService; returns what finds invitations by their tokens."""
    pool = shared.database.pool
    tokens = InvitationLookup(pool)
    process.serve(
        "cxm.survey.v1.InvitationService",
        add_InvitationServiceServicer_to_server,
        InvitationRpc(Inviting(pool, cache, lookup, labels, customer_key, now)),
    )
    return tokens
