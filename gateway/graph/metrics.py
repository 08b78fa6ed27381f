"""Metrics of the organisation's own."""

from enum import Enum

import strawberry

from cxm.metrics.v1 import definitions_pb2 as pb
from gateway.graph.base.mutations import Input, UserError, mutate
from gateway.graph.base.node import as_graphql
from gateway.graph.base.questions import QuestionKind
from gateway.graph.scores.values import MetricDefinition
from gateway.request.context import Context, Info
from services.kit.errors import Invalid


@strawberry.enum(description="How answers become a value.")
class MetricStatistic(Enum):
    SHARE = strawberry.enum_value(1, description="Share of the given answers, 0 to 1.")
    TOP_BOX = strawberry.enum_value(
        2, description="Share of the highest answers of the scale, 0 to 1."
    )
    MEAN = strawberry.enum_value(3, description="Mean answer, on the scale of the answers.")
    NET = strawberry.enum_value(
        4, description="Share of the given answers less share of those against, -100 to 100."
    )


@strawberry.enum(description="Who is in the denominator of a share or a net.")
class MetricDenominator(Enum):
    VALID = strawberry.enum_value(1, description="Everyone who answered, but for don't know.")
    ALL = strawberry.enum_value(2, description="Everyone who answered, don't know too.")


@strawberry.input(
    description="What a metric reads: either `kind`, or `survey` and `question` (and `option`)."
)
class MetricItemInput:
    kind: QuestionKind | None = strawberry.field(
        default=None,
        description="The first question of this kind in each survey that is in the scorecard: NPS, CSAT, CES "
        "or CES1, which always have the same scale.",
    )
    survey: str | None = strawberry.field(default=None, description="Key of a survey.")
    question: str | None = strawberry.field(
        default=None, description="Key of one of its questions, in the scorecard or not."
    )
    option: str | None = strawberry.field(
        default=None,
        description="Key of an option of a multiple choice: an item with the answers 1 (chosen) and 0.",
    )


@strawberry.input(
    description="A metric. Under a known key it is the next version: it is used from then on, and scores say "
    "which version they were taken with."
)
class RegisterMetricInput:
    key: str = strawberry.field(
        description="A letter, then letters, digits, _ or -, at most 64; not a key of a built-in metric."
    )
    name: str = strawberry.field(description="For people, 1 to 200 characters.")
    item: MetricItemInput = strawberry.field(description="What it reads.")
    statistic: MetricStatistic = strawberry.field(description="How answers become a value.")
    answers: list[str] = strawberry.field(
        default_factory=list,
        description="SHARE and NET: the answers that count, as in `DistributionBucket.label`: scores, keys of "
        "options, DONT_KNOW (with denominator ALL).",
    )
    against: list[str] = strawberry.field(
        default_factory=list, description="NET: the answers that count against."
    )
    top: int | None = strawberry.field(
        default=None, description="TOP_BOX: how many of the highest answers of the scale count."
    )
    denominator: MetricDenominator = strawberry.field(
        default=MetricDenominator.VALID,
        description="Who is in the denominator; MEAN takes VALID only.",
    )
    minimum_base: int = strawberry.field(
        default=10, description="Below it there is no value; 10 or more."
    )
    higher_is_better: bool = strawberry.field(default=True, description="Which way is up.")


@strawberry.type(description="What became of a metric.")
class RegisterMetricPayload:
    metric: MetricDefinition | None = strawberry.field(
        default=None,
        description="Its newest version; the one before where nothing changed; null when it was refused.",
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list,
        description="Why it was refused, e.g. METRIC_IS_BUILT_IN, UNKNOWN_ANSWER.",
    )


@strawberry.type
class MetricMutation:
    @strawberry.field(
        description="Register a metric, or the next version of one. Scores of all periods are read by it at "
        "once, since answers are kept and not scores; by the version before they are read as key@version. Repeatable. "
        "Admins only."
    )
    async def register_metric(
        self, info: Info, given: Input[RegisterMetricInput]
    ) -> RegisterMetricPayload:
        return await mutate(RegisterMetricPayload, _register(info.context, given))


async def _register(context: Context, given: RegisterMetricInput) -> RegisterMetricPayload:
    request = pb.RegisterMetricRequest(draft=_draft(given))
    reply = await context.call("metrics", context.clients.definitions.RegisterMetric, request)
    context.cache.keep_definitions([reply.definition])
    return RegisterMetricPayload(metric=as_graphql(reply.definition))


def _draft(given: RegisterMetricInput) -> pb.MetricDraft:
    draft = pb.MetricDraft(
        key=given.key,
        name=given.name,
        statistic=pb.Statistic.Value(f"STATISTIC_{given.statistic.name}"),
        answers=given.answers,
        against=given.against,
        top=given.top or 0,
        denominator=pb.Denominator.Value(f"DENOMINATOR_{given.denominator.name}"),
        minimum_base=_minimum_base(given.minimum_base),
        higher_is_better=given.higher_is_better,
    )
    _set_item(draft, given.item)
    return draft


def _minimum_base(given: int) -> int:
    """Zero says "default" in the contract; here it is out of range like every number below ten."""
    return given or -1


def _set_item(draft: pb.MetricDraft, item: MetricItemInput) -> None:
    """A kind or a question; Invalid for both or neither."""
    named = any(part is not None for part in (item.survey, item.question, item.option))
    if item.kind is not None and not named:
        draft.kind = item.kind.name
    elif item.kind is None and item.survey is not None and item.question is not None:
        draft.question.survey = item.survey
        draft.question.question = item.question
        draft.question.option = item.option or ""
    else:
        raise Invalid(
            "name either a kind of question, or a survey and a question of it",
            reason="ITEM_MISSING",
            field=["item"],
        )
