"""A score weighted by headcounts, beside the pooled one."""

from enum import Enum

import strawberry

from cxm.metrics.v1 import scores_pb2 as pb
from gateway.graph.scores.loaders import Scope
from gateway.graph.scores.values import Interval
from gateway.request.context import Context
from services.kit.rpc.fields import optional


@strawberry.enum(description="What each part of a weighted score counts by.")
class ScoreWeighting(Enum):
    HEADCOUNT = strawberry.enum_value(
        1,
        description="Its employees: of customers those of the last day of the period, or of today; as it was, of a "
        "part that moved away those of its own last day here. Of staff those of the day the wave opened.",
    )


@strawberry.enum(description="Why there is no weighted value.")
class WeightingGap(Enum):
    NOT_APPLICABLE = strawberry.enum_value(
        1,
        description="A rate of employment or participation, a department without its subtree, an employee survey with "
        "a filter.",
    )
    NO_PARTS = strawberry.enum_value(2, description="No child department counts in it.")
    NO_HEADCOUNTS = strawberry.enum_value(
        3,
        description="A part with answers has no employees here, of staff fewer than answers; or a file of staff is "
        "being counted.",
    )
    PART_WITHOUT_SCORE = strawberry.enum_value(
        4, description="A part has too few answers to be shown."
    )
    WITHHELD = strawberry.enum_value(
        5,
        description="A part with employees is withheld. Only released scores are weighted.",
    )
    SEVERAL_WAVES = strawberry.enum_value(
        6, description="The latest waves of the parts are not one."
    )


@strawberry.type(
    description="A score as if as large a part of each department had answered: the sum of value x share of the "
    "employees over child departments, each with all under it, and of customers also what is directly here. It "
    "differs from `Score.value`, where every answer counts alike, when some departments answered more than others."
)
class WeightedScore:
    weighting: ScoreWeighting = strawberry.field(description="What the parts count by.")
    value: float | None = strawberry.field(
        description="In `metric.unit`; null where there is a `gap`."
    )
    interval: Interval | None = strawberry.field(
        description="95 %, in `metric.unit`: of the variances of parts, or of the own interval of a part with fewer "
        "than 30 answers or with equal ones. Of staff with the correction for finite populations, which "
        "`Score.interval` may be without, so it can be narrower. Null where value is, and where everybody answered."
    )
    headcount: int = strawberry.field(
        description="Employees of the parts that count, 0 and up; 0 where value is null."
    )
    left_out: int = strawberry.field(
        description="Employees of parts that nobody answered about, and of staff those directly here, of whom nothing "
        "is released; 0 where value is null."
    )
    gap: WeightingGap | None = strawberry.field(
        description="Why there is no value; null where there is one."
    )


async def load_weighted(
    context: Context, department_id: str, scope: Scope, metric: str
) -> WeightedScore:
    """The weighted score of a department."""
    request = pb.GetWeightedScoreRequest(
        department_id=department_id, scope=scope.message(), metric=metric
    )
    found = await context.call("metrics", context.clients.scores.GetWeightedScore, request)
    return WeightedScore(
        weighting=ScoreWeighting.HEADCOUNT,
        value=optional(found, "value"),
        interval=optional(found, "interval"),
        headcount=found.headcount,
        left_out=found.left_out,
        gap=WeightingGap(found.gap) if found.gap else None,
    )
