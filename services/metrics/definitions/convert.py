"""Protobuf <-> definitions."""

from collections.abc import Mapping

from cxm.metrics.v1 import definitions_pb2 as pb
from services.kit.errors import Invalid
from services.metrics.answer_log.layout import Layout
from services.metrics.definitions.domain.calculation import CalculationKind, calculation_of
from services.metrics.definitions.domain.definitions import Definition, Unit
from services.metrics.definitions.domain.drafts import Draft, DraftStatistic, QuestionName

_STATISTIC = {pb.Statistic.Value(f"STATISTIC_{kind.value}"): kind for kind in DraftStatistic}
_UNIT = {unit: pb.Unit.Value(f"UNIT_{unit.value}") for unit in Unit}


def definition(value: Definition, surveys: Mapping[str, Layout]) -> pb.Definition:
    """`surveys` by id: a question is told by keys."""
    return pb.Definition(
        key=value.key,
        version=value.version,
        name=value.name,
        unit=_UNIT[value.unit],
        higher_is_better=value.higher_is_better,
        formula=value.formula,
        denominator=value.denominator,
        minimum_base=value.minimum_base,
        secondary=value.secondary,
        built_in=value.is_built_in,
        calculation=_calculation(value, surveys),
    )


def _calculation(value: Definition, surveys: Mapping[str, Layout]) -> pb.Calculation | None:
    known = calculation_of(value)
    if known is None:
        return None
    message = pb.Calculation(
        kind=pb.CalculationKind.Value(f"CALCULATION_KIND_{known.kind.value}"),
        answers=known.answers,
        against=known.against,
    )
    if known.kind not in (CalculationKind.RATE, CalculationKind.HEADCOUNT_RATE):
        with_all = known.with_dont_know
        message.denominator = pb.DENOMINATOR_ALL if with_all else pb.DENOMINATOR_VALID
    if value.question_kind is not None:
        message.question_kind = value.question_kind
    elif value.item is not None and (layout := surveys.get(value.item.survey_id)) is not None:
        keys = {question_id: key for key, question_id in layout.questions.items()}
        key = keys.get(value.item.question_id, "")
        message.question.survey, message.question.question = layout.key, key
        message.question.option = value.item.option
    return message


def draft(message: pb.MetricDraft) -> Draft:
    """A draft as it was sent; an unknown statistic is a share, which needs answers. Invalid without one or an item."""
    if message.statistic == pb.STATISTIC_UNSPECIFIED:
        raise Invalid("the statistic is missing", reason="STATISTIC_MISSING", field=["statistic"])
    return Draft(
        key=message.key,
        name=message.name,
        reads=_reads(message),
        statistic=_STATISTIC.get(message.statistic, DraftStatistic.SHARE),
        answers=tuple(message.answers),
        against=tuple(message.against),
        top=message.top,
        with_dont_know=message.denominator == pb.DENOMINATOR_ALL,
        minimum_base=message.minimum_base,
        higher_is_better=message.higher_is_better,
    )


def _reads(message: pb.MetricDraft) -> str | QuestionName:
    match message.WhichOneof("item"):
        case "kind":
            return message.kind
        case "question":
            asked = message.question
            return QuestionName(asked.survey, asked.question, asked.option)
    raise Invalid(
        "name what it reads: a kind of question, or a question of a survey",
        reason="ITEM_MISSING",
        field=["item"],
    )
