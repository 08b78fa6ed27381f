"""Invitations over gRPC."""

from typing import Any

from cxm.survey.v1 import invitations_pb2
from services.kit.rights.access import Role
from tests.service.survey.support.running import SurveyService


async def invite(
    service: SurveyService,
    *targets: invitations_pb2.InvitationTarget,
    role: Role = Role.ANALYST,
    department: str | None = None,
    **fields: Any,
) -> list[str]:
    """Tokens of new invitations to `internal`, which is not public."""
    request = invitations_pb2.CreateInvitationsRequest(
        **({"survey": "internal", "targets": targets} | fields)
    )
    reply = await service.invitations.CreateInvitations(
        request, metadata=service.bearer(role, department)
    )
    return [invitation.token for invitation in reply.invitations]
