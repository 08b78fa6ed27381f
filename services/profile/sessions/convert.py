"""Between the contract's messages and sessions."""

from cxm.profile.v1 import sessions_pb2 as pb
from cxm.profile.v1.grants_pb2 import GrantItem
from services.kit.clock import day_number
from services.kit.rights.access import Grant
from services.profile.sessions.domain import Session


def session_message(session: Session) -> pb.Session:
    """A session as the contract has it."""
    message = pb.Session(
        id=session.id,
        subject=session.subject,
        grants=map(_grant_message, session.grants or ()),
        has_own_grants=session.grants is not None,
    )
    message.ends_at.FromDatetime(session.ends_at)
    return message


def _grant_message(grant: Grant) -> GrantItem:
    return GrantItem(
        role=grant.role,
        department=grant.department or "",
        from_day=None if grant.from_on is None else day_number(grant.from_on),
        to_day=None if grant.to_on is None else day_number(grant.to_on),
    )
