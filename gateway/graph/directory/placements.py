"""Where a department hangs, and whose a touchpoint is, today."""

from typing import Final

from cxm.profile.v1 import profile_pb2 as pb
from gateway.graph.base.loaders import Ref
from gateway.graph.directory import loaders
from gateway.request.compiled.readers import Unusual
from gateway.request.context import Context

_PARENTS: Final = "parents"
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


def parent_at_once(department: pb.Department, context: Context) -> pb.Department | None:
    """The same where a list told it; Unusual where it must be asked for."""
    parents = context.told.get(_PARENTS, {})
    if department.id not in parents:
        raise Unusual
    parent: pb.Department | None = parents[department.id]
    return parent


def keep_parents(context: Context, page: pb.ListDepartmentsResponse) -> None:
    """Remember what the departments of a page hang under, where the service told it."""
    known = {parent.id: parent for parent in page.parents}
    told = context.told.setdefault(_PARENTS, {})
    for department, parent_id in zip(page.departments, page.parent_ids, strict=False):
        told[department.id] = known.get(parent_id)


async def ancestors_of(context: Context, department: pb.Department) -> list[pb.Department]:
    """Those above it today, nearest first, as far as the viewer may see."""
    above: list[pb.Department] = []
    parent = await parent_of(context, department)
    while parent is not None and len(above) < LARGEST_DEPTH:
        above.append(parent)
        parent = await parent_of(context, parent)
    return above


def term_at_once(touchpoint: pb.Touchpoint, context: Context) -> pb.Term:
    """As term_of, where the day is known already; Unusual where it is not."""
    day = loaders.today_at_once(context)
    return next(term for term in touchpoint.terms if _holds(term, day))


async def term_of(context: Context, touchpoint: pb.Touchpoint) -> pb.Term:
    """Owner and stage of a touchpoint today."""
    day = await loaders.today(context)
    return next(term for term in touchpoint.terms if _holds(term, day))
