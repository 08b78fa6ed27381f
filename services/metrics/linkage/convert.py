"""Protobuf <-> linkage."""

from collections.abc import Mapping

from cxm.metrics.v1 import linkage_pb2 as pb
from services.kit.rights.tree import Tree
from services.metrics.formulas.linkage.links import LinkKind, Slope
from services.metrics.formulas.linkage.verdict import JudgedLink, LinkVerdict
from services.metrics.formulas.scores import Interval
from services.metrics.linkage.domain import Linkage, LinkageLimit, LinkagePoint, LinkageQuery
from services.metrics.scores import convert as scores

INTERVALS: Mapping[int, str] = {
    pb.LINKAGE_INTERVAL_MONTH: "MONTH",
    pb.LINKAGE_INTERVAL_QUARTER: "QUARTER",
    pb.LINKAGE_INTERVAL_YEAR: "YEAR",
}
_VERDICT = {each: pb.LinkVerdict.Value(f"LINK_VERDICT_{each.value}") for each in LinkVerdict}
_KIND = {kind: pb.LinkKind.Value(f"LINK_KIND_{kind.value}") for kind in LinkKind}
_LIMIT = {limit: pb.LinkageLimit.Value(f"LINKAGE_LIMIT_{limit.value}") for limit in LinkageLimit}


def query(request: pb.GetLinkageRequest, today: int) -> LinkageQuery:
    """What is asked for, not checked yet."""
    return LinkageQuery(
        customers=request.customers,
        staff=request.staff,
        interval=INTERVALS.get(request.interval),
        periods=request.periods,
        until_day=request.until_day if request.HasField("until_day") else today + 1,
    )


def linkage(found: Linkage, tree: Tree) -> pb.GetLinkageResponse:
    return pb.GetLinkageResponse(
        verdict=_VERDICT[found.verdict],
        better_together=found.is_better_together,
        departments=found.departments,
        detectable=found.detectable,
        links=[_link(each) for each in found.links],
        within=_slope(found.within),
        between=_slope(found.between),
        points=[_point(each, tree) for each in found.points],
        points_left_out=found.points_left_out,
        limits=[_LIMIT[limit] for limit in found.limits],
        from_day=found.edges[0],
        to_day=found.edges[-1],
    )


def _link(judged: JudgedLink) -> pb.Link:
    found = judged.link.found
    return pb.Link(
        kind=_KIND[judged.link.kind],
        lag=judged.link.lag,
        r=found.r,
        interval=scores.interval(found.interval),
        p_value=found.p_value,
        adjusted_p_value=judged.adjusted_p_value,
        departments=found.departments,
        pairs=found.pairs,
    )


def _slope(slope: Slope | None) -> pb.LinkSlope | None:
    if slope is None:
        return None
    interval = scores.interval(Interval(slope.low, slope.high, "t, mixed model"))
    return pb.LinkSlope(value=slope.value, interval=interval)


def _point(point: LinkagePoint, tree: Tree) -> pb.LinkagePoint:
    department = tree.departments[point.department_id]
    return pb.LinkagePoint(
        department_id=point.department_id,
        from_day=point.from_day,
        to_day=point.to_day,
        customers=point.customers,
        staff=point.staff,
        key=department.key,
        name=department.name,
    )
