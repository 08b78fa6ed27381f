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
    description="What a metric reads: either `kind`, or `standardItem`, or `survey` and `question` (and `option`)."
)
class MetricItemInput:
    kind: QuestionKind | None = strawberry.field(
        default=None,
        description="The first question of this kind in each survey that is in the scorecard: NPS, CSAT, CES "
        "or CES1, which always have the same scale.",
    )
    standard_item: str | None = strawberry.field(
        default=None,
        description="Key of a standard item: whatever asks it in the surveys that are in the scorecard; some survey "
        "that was open does.",
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
    description="One of the items of an index: either `standardItem`, or `survey` and `question` (and `option`)."
)
class IndexItemInput:
    standard_item: str | None = strawberry.field(
        default=None, description="Key of a standard item; some survey that was open asks it."
    )
    survey: str | None = strawberry.field(
        default=None, description="Key of a survey: one for all questions of an index."
    )
    question: str | None = strawberry.field(
        default=None, description="Key of one of its questions."
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
    item: MetricItemInput | None = strawberry.field(
        default=None, description="What it reads; absent only with `items`."
    )
    items: list[IndexItemInput] | None = strawberry.field(
        default=None,
        description="An index, instead of `item`: 2 to 12 items of one scale, each once. Each response is one score, "
        "the mean over the items it answers, where it answers two thirds of them or more; the value is the mean of "
        "these. SHARE, TOP_BOX and MEAN only.",
    )
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
    for place, item in enumerate(given.items or ()):
        draft.items.append(_index_item(item, place))
    if given.item is not None:
        _set_item(draft, given.item)
    elif not draft.items:
        raise _item_missing()
    return draft


def _index_item(item: IndexItemInput, place: int) -> pb.ItemName:
    """A standard item or a question; Invalid for both, or none."""
    is_question = any(part is not None for part in (item.survey, item.question, item.option))
    if item.standard_item is not None and not is_question:
        return pb.ItemName(standard_item=item.standard_item)
    if item.standard_item is None and item.survey is not None and item.question is not None:
        named = pb.QuestionRef(survey=item.survey, question=item.question, option=item.option or "")
        return pb.ItemName(question=named)
    raise Invalid(
        "name either a standard item, or a survey and a question of it",
        reason="ITEM_MISSING",
        field=["items", str(place)],
    )


def _minimum_base(given: int) -> int:
    """Zero says "default" in the contract; here it is out of range like every number below ten."""
    return given or -1


def _set_item(draft: pb.MetricDraft, item: MetricItemInput) -> None:
    """A kind, a standard item or a question; Invalid for two of them, or none."""
    is_question = any(part is not None for part in (item.survey, item.question, item.option))
    named = sum((item.kind is not None, item.standard_item is not None, is_question))
    if named == 1 and item.kind is not None:
        draft.kind = item.kind.name
    elif named == 1 and item.standard_item is not None:
        draft.standard_item = item.standard_item
    elif named == 1 and item.survey is not None and item.question is not None:
        draft.question.survey = item.survey
        draft.question.question = item.question
        draft.question.option = item.option or ""
    else:
        raise _item_missing()


def _item_missing() -> Invalid:
    return Invalid(
        "name either a kind of question, a standard item, or a survey and a question of it; or the items of an index",
        reason="ITEM_MISSING",
        field=["item"],
    )
