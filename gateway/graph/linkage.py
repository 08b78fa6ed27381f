"""How scores of customers and of staff go together under a department."""

from datetime import date
from enum import Enum
from typing import Annotated

import strawberry

from cxm.metrics.v1 import linkage_pb2 as pb
from cxm.profile.v1 import profile_pb2
from gateway.calls.days import date_of, day_of
from gateway.graph.scores.values import Interval
from gateway.request.context import Info
from services.kit.rpc.fields import optional

POINT_COST = 6
"""Values of one point."""


@strawberry.enum(
    description="How long a period of a linkage is; calendar units of the organisation."
)
class LinkageInterval(Enum):
    MONTH = strawberry.enum_value(1, description="Calendar months.")
    QUARTER = strawberry.enum_value(2, description="Calendar quarters.")
    YEAR = strawberry.enum_value(3, description="Calendar years.")


@strawberry.enum(description="What may be said of a link. None of them is a cause.")
class LinkVerdict(Enum):
    TOO_FEW_DEPARTMENTS = strawberry.enum_value(
        1, description="Fewer than 20 departments: there are points, and no coefficient."
    )
    NO_CLEAR_LINK = strawberry.enum_value(
        2, description="None is clear between departments or within them; a weak one may be there."
    )
    TOGETHER = strawberry.enum_value(
        3,
        description="A clear link between departments or within them. It does not show which comes first.",
    )


@strawberry.enum(description="What to mind of a linkage, beside that no cause is shown.")
class LinkageLimit(Enum):
    SAME_SOURCE = strawberry.enum_value(
        1,
        description="Some answers that count as those of customers have a segment of staff: the same people may have "
        "answered both, and then a link says little.",
    )
    ONE_PERIOD = strawberry.enum_value(
        2, description="Both scores are known in one period only: nothing is told of changes."
    )
    NO_HEADCOUNTS = strawberry.enum_value(
        3,
        description="Of some department the number of employees is not known, so size is not taken out.",
    )
    ONE_VALUE = strawberry.enum_value(
        4,
        description="One of the scores has the same value in all departments and periods: there is no coefficient.",
    )


@strawberry.enum(description="Which two things a correlation is of.")
class LinkKind(Enum):
    LEVEL = strawberry.enum_value(
        1,
        description="Staff in a period and customers `lag` periods later, by ranks (Spearman). At a lag it is no "
        "evidence of what comes first: what lasts makes it too.",
    )
    LEVEL_GIVEN_HEADCOUNT = strawberry.enum_value(
        2, description="The same, the log of headcounts taken out."
    )
    BETWEEN = strawberry.enum_value(3, description="The means of departments.")
    WITHIN = strawberry.enum_value(
        4,
        description="What departments differ from their own mean, less what all did in the period.",
    )
    STAFF_AHEAD = strawberry.enum_value(
        5,
        description="Staff, and customers `lag` periods later, given customers and the log of headcounts of before.",
    )
    STAFF_AHEAD_WITHIN = strawberry.enum_value(
        6, description="The same, of differences as in WITHIN."
    )
    CUSTOMERS_AHEAD = strawberry.enum_value(
        7, description="Customers, and staff later, given staff of before."
    )
    CUSTOMERS_AHEAD_WITHIN = strawberry.enum_value(
        8, description="The same, of differences as in WITHIN."
    )
    LEAD = strawberry.enum_value(
        9,
        description="Within departments: staff with later customers, less customers with later staff; -2 to 2, above 0 "
        "where staff lead.",
    )


@strawberry.type(description="One correlation, with what is known of it.")
class LinkCoefficient:
    kind: LinkKind = strawberry.field(description="Of what.")
    lag: int = strawberry.field(description="In periods, 0 to 3.")
    r: float = strawberry.field(description="-1 to 1; 0 for none.")
    interval: Interval = strawberry.field(
        description="95 %: Fisher's where each department has one value, else Student's with departments as clusters."
    )
    p_value: float = strawberry.field(
        description="Two-sided, of this link alone, by Student's t; 0 to 1. Of n departments not below 2 / n!, the "
        "chance of their two extreme orders."
    )
    adjusted_p_value: float = strawberry.field(
        description="Benjamini-Hochberg over one family, whatever was asked for: all links of nps, csat and ces with "
        "enps, engagement, burnout, participationRate and turnoverRate, and those of this pair; 0 to 1."
    )
    departments: int = strawberry.field(description="20 and up.")
    pairs: int = strawberry.field(description="Pairs of values.")


@strawberry.type(
    description="How many units the score of customers is higher where that of staff is one unit higher: of a mixed "
    "model with a level for each department and one for each period."
)
class LinkSlope:
    value: float = strawberry.field(description="Units of `cx` for one unit of `ex`.")
    interval: Interval = strawberry.field(description="95 %.")


@strawberry.type(
    description="Both scores of a department over one period; their bases and intervals are in its scorecard."
)
class LinkagePoint:
    key: str = strawberry.field(description="Key of the department.")
    name: str = strawberry.field(description="Its name.")
    from_: date = strawberry.field(name="from", description="First day, included.")
    to: date = strawberry.field(description="Last day, excluded.")
    customers: float = strawberry.field(description="In the unit of `cx`; of 30 answers or more.")
    staff: float = strawberry.field(
        description="In the unit of `ex`; of employee surveys as it was released."
    )


@strawberry.type(
    description="What links a score of customers and one of staff among the departments under one. A department counts "
    "where it has both, with all under it, and holds no other that counts. No link is a cause."
)
class Linkage:
    verdict: LinkVerdict = strawberry.field(description="What may be said.")
    better_together: bool | None = strawberry.field(
        description="Of the clearest link: true where departments that are better in one are better in the other; null "
        "where none is clear."
    )
    departments: int = strawberry.field(description="How many count, 0 and up.")
    detectable: float | None = strawberry.field(
        description="The smallest correlation between so many departments, each seen once, that is clear (an "
        "`adjustedPValue` below 0.05) in 4 of 5 cases or more, even if none of the links beside it is; a weaker one "
        "may be clear too, in fewer cases. Null where there is no coefficient."
    )
    from_: date = strawberry.field(name="from", description="First day of the first period.")
    to: date = strawberry.field(description="Last day of the last period, excluded.")
    limits: list[LinkageLimit] = strawberry.field(description="What to mind.")
    coefficients: list[LinkCoefficient] = strawberry.field(
        description="Those of 20 departments or more in which both scores vary; else empty."
    )
    within: LinkSlope | None = strawberry.field(
        description="Of changes: against the own mean; null below 20 departments, and of one period."
    )
    between: LinkSlope | None = strawberry.field(
        description="Of levels: between the means of departments; null as `within`."
    )
    points: list[LinkagePoint] = strawberry.field(
        description="By department and period, the latest period first; at most 1,000."
    )
    points_left_out: int = strawberry.field(description="Of earlier periods, beyond 1,000; else 0.")


async def linkage_of(
    root: strawberry.Parent[profile_pb2.Department],
    info: Info,
    cx: Annotated[
        str, strawberry.argument(description="Key of a metric made of answers of customers.")
    ] = "nps",
    ex: Annotated[
        str,
        strawberry.argument(description="Key of a metric of employee surveys, or turnoverRate."),
    ] = "engagement",
    periods: Annotated[
        int,
        strawberry.argument(
            description="How many, 1 to 40; the last one holds the day before `until`."
        ),
    ] = 12,
    interval: Annotated[
        LinkageInterval, strawberry.argument(description="How long each is.")
    ] = LinkageInterval.QUARTER,
    until: Annotated[
        date | None,
        strawberry.argument(description="Excluded; default: today is the last day."),
    ] = None,
) -> Linkage | None:
    """The linkage of a department; its points are paid for as they come."""
    context = info.context
    request = pb.GetLinkageRequest(
        department_id=root.id,
        customers=cx,
        staff=ex,
        interval=pb.LinkageInterval.Value(f"LINKAGE_INTERVAL_{interval.name}"),
        periods=periods,
        until_day=None if until is None else day_of(until),
    )
    reply = await context.call("metrics", context.clients.linkage.GetLinkage, request)
    context.budget.spend(POINT_COST * len(reply.points))
    return _linkage(reply)


def _linkage(reply: pb.GetLinkageResponse) -> Linkage:
    return Linkage(
        verdict=LinkVerdict(reply.verdict),
        better_together=optional(reply, "better_together"),
        departments=reply.departments,
        detectable=optional(reply, "detectable"),
        from_=date_of(reply.from_day),
        to=date_of(reply.to_day),
        limits=[LinkageLimit(limit) for limit in reply.limits],
        coefficients=[_coefficient(link) for link in reply.links],
        within=_slope(reply, "within"),
        between=_slope(reply, "between"),
        points=[_point(point) for point in reply.points],
        points_left_out=reply.points_left_out,
    )


def _coefficient(message: pb.Link) -> LinkCoefficient:
    return LinkCoefficient(
        kind=LinkKind(message.kind),
        lag=message.lag,
        r=message.r,
        interval=optional(message, "interval"),
        p_value=message.p_value,
        adjusted_p_value=message.adjusted_p_value,
        departments=message.departments,
        pairs=message.pairs,
    )


def _slope(reply: pb.GetLinkageResponse, name: str) -> LinkSlope | None:
    slope = optional(reply, name)
    return None if slope is None else LinkSlope(value=slope.value, interval=slope.interval)


def _point(message: pb.LinkagePoint) -> LinkagePoint:
    return LinkagePoint(
        key=message.key,
        name=message.name,
        from_=date_of(message.from_day),
        to=date_of(message.to_day),
        customers=message.customers,
        staff=message.staff,
    )
