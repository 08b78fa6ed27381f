"""Between the contract's messages and sessions."""

from cxm.profile.v1 import sessions_pb2 as pb
from cxm.profile.v1.grants_pb2 import GrantItem
from services.kit.clock import day_date, day_number
from services.kit.rights.access import Grant, Role
from services.kit.rpc.fields import optionals
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


def own_grants(message: pb.StartSessionRequest) -> tuple[Grant, ...] | None:
    """Grants that a session has of its own; None: those of its subject."""
    return tuple(map(_grant, message.grants)) if message.has_own_grants else None


def _grant(message: GrantItem) -> Grant:
    from_day, to_day = optionals(message, "from_day", "to_day")
    return Grant(
        Role(message.role),
        message.department or None,
        None if from_day is None else day_date(from_day),
        None if to_day is None else day_date(to_day),
    )


def _grant_message(grant: Grant) -> GrantItem:
    return GrantItem(
        role=grant.role,
        department=grant.department or "",
        from_day=None if grant.from_on is None else day_number(grant.from_on),
        to_day=None if grant.to_on is None else day_number(grant.to_on),
    )
