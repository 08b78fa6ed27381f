"""Where a department hangs, and whose a touchpoint is, today."""

from cxm.profile.v1 import profile_pb2 as pb
from gateway.graph.base.loaders import Ref
from gateway.graph.directory import loaders
from gateway.request.context import Context

LARGEST_DEPTH = 100
"""No organisation is that deep: a walk upwards that gets here goes round in circles."""


def _holds(item: pb.Placement | pb.Term, day: int) -> bool:
    return (not item.HasField("from_day") or item.from_day <= day) and (
        not item.HasField("to_day") or day < item.to_day
    )


async def parent_of(context: Context, department: pb.Department) -> pb.Department | None:
    """The department it hangs under today; None for the root and above what the viewer may see."""
    if loaders.is_root(department):
        return None
    day = await loaders.today(context)
    place = next(place for place in department.placements if _holds(place, day))
    return await loaders.departments(context).load(Ref(id=place.parent_id))


async def ancestors_of(context: Context, department: pb.Department) -> list[pb.Department]:
    """Those above it today, nearest first, as far as the viewer may see."""
    above: list[pb.Department] = []
    parent = await parent_of(context, department)
    while parent is not None and len(above) < LARGEST_DEPTH:
        above.append(parent)
        parent = await parent_of(context, parent)
    return above


async def term_of(context: Context, touchpoint: pb.Touchpoint) -> pb.Term:
    """Owner and stage of a touchpoint today."""
    day = await loaders.today(context)
    return next(term for term in touchpoint.terms if _holds(term, day))
