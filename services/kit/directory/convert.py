"""Messages of profile as the tree knows them."""

from cxm.profile.v1 import profile_pb2 as pb
from services.kit.rights.tree import Closing, Department, History, Placement, Term, Touchpoint
from services.kit.rpc.fields import optional


def department(message: pb.Department) -> Department:
    """A department as the tree knows it."""
    places = tuple(
        Placement(
            parent_id=optional(p, "parent_id"),
            from_day=optional(p, "from_day"),
            to_day=optional(p, "to_day"),
        )
        for p in message.placements
    )
    return Department(
        message.id,
        message.key,
        message.name,
        message.revision,
        History(places),
        tuple(message.former_names),
        _closing(message),
    )


def _closing(message: pb.Department) -> Closing | None:
    if not message.HasField("closed_from_day"):
        return None
    return Closing(message.closed_from_day, optional(message, "merged_into_id"))


def touchpoint(message: pb.Touchpoint) -> Touchpoint:
    """A touchpoint as the tree knows it."""
    terms = tuple(
        Term(
            department_id=t.department_id,
            stage=t.stage,
            from_day=optional(t, "from_day"),
            to_day=optional(t, "to_day"),
        )
        for t in message.terms
    )
    return Touchpoint(
        message.id, message.key, message.name, message.revision, message.channel, History(terms)
    )
