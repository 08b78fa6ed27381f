"""Door 1: cxm.survey.v1.InvitationService."""

from cxm.survey.v1 import invitations_pb2 as pb
from cxm.survey.v1.invitations_pb2_grpc import InvitationServiceServicer
from services.kit.rpc.door import Context, viewer
from services.survey.invitations.inviting import Inviting
from services.survey.surveys import convert


class InvitationRpc(InvitationServiceServicer):
    """Invitations are made here and found by the intake."""

    def __init__(self, inviting: Inviting) -> None:
        self.inviting = inviting

    async def CreateInvitations(
        self, request: pb.CreateInvitationsRequest, context: Context
    ) -> pb.CreateInvitationsResponse:
        """Make one-time invitations; all or none."""
        made = await self.inviting.create(viewer(context), request)
        return pb.CreateInvitationsResponse(
            invitations=[convert.invitation(token, expires_at) for token, expires_at in made]
        )
