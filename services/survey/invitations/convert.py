"""Protobuf <-> invitations."""

from datetime import datetime

from cxm.survey.v1 import invitations_pb2 as pb
from services.kit.clock import instant_text
from services.kit.rpc.fields import optional, optionals
from services.survey.attribution.submission import Submission
from services.survey.invitations.inviting import NewInvitations
from services.survey.surveys.convert import offers

# In the order of Submission.
OPTIONAL_FIELDS = ("touchpoint", "department", "customer", "channel", "segment", "language")


def new_invitations(request: pb.CreateInvitationsRequest) -> NewInvitations:
    """What is asked for: targets as the responses they will be."""
    targets = tuple(map(_target, request.targets))
    expires_at = optional(request, "expires_at")
    return NewInvitations(
        request.survey, request.count, targets, expires_at, offers(request.offers)
    )


def _target(message: pb.InvitationTarget) -> Submission:
    return Submission("", "", (), *optionals(message, *OPTIONAL_FIELDS))


def invitation(token: str, expires_at: datetime) -> pb.Invitation:
    return pb.Invitation(token=token, expires_at=instant_text(expires_at))
