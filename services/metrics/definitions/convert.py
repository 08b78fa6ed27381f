"""Protobuf <-> definitions."""

from collections.abc import Iterable, Iterator, Mapping

from cxm.metrics.v1 import definitions_pb2 as pb
from services.kit.errors import Invalid
from services.metrics.answer_log.layout import Layout
from services.metrics.definitions.domain.calculation import CalculationKind, calculation_of
from services.metrics.definitions.domain.definitions import Definition, IndexItem, ItemRef, Unit
from services.metrics.definitions.domain.drafts import (
    Draft,
    DraftStatistic,
    QuestionName,
    Reads,
    StandardItemName,
)

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
    elif value.standard_item:
        message.standard_item = value.standard_item
    elif value.item is not None and (named := _question(value.item, surveys)) is not None:
        message.question.CopyFrom(named)
    message.items.extend(_item_names(value.index, surveys))
    return message


def _question(item: ItemRef, surveys: Mapping[str, Layout]) -> pb.QuestionRef | None:
    """A question by keys; None where its survey is not copied yet."""
    layout = surveys.get(item.survey_id)
    if layout is None:
        return None
    keys = {question_id: key for key, question_id in layout.questions.items()}
    key = keys.get(item.question_id, "")
    return pb.QuestionRef(survey=layout.key, question=key, option=item.option)


def _item_names(items: Iterable[IndexItem], surveys: Mapping[str, Layout]) -> Iterator[pb.ItemName]:
    for item in items:
        if isinstance(item, str):
            yield pb.ItemName(standard_item=item)
        elif (named := _question(item, surveys)) is not None:
            yield pb.ItemName(question=named)


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


def _reads(message: pb.MetricDraft) -> Reads:
    if message.items:
        if message.WhichOneof("item") is not None:
            raise Invalid(
                "it reads one item, or the items of an index: leave one of the two out",
                reason="ITEM_AND_ITEMS",
                field=["items"],
            )
        return tuple(_index_name(item, place) for place, item in enumerate(message.items))
    match message.WhichOneof("item"):
        case "kind":
            return message.kind
        case "standard_item":
            return StandardItemName(message.standard_item)
        case "question":
            return _question_name(message.question)
    raise Invalid(
        "name what it reads: a kind of question, a standard item, a question of a survey, or several items",
        reason="ITEM_MISSING",
        field=["item"],
    )


def _index_name(item: pb.ItemName, place: int) -> StandardItemName | QuestionName:
    match item.WhichOneof("item"):
        case "standard_item":
            return StandardItemName(item.standard_item)
        case "question":
            return _question_name(item.question)
    raise Invalid(
        "name a standard item, or a question of a survey",
        reason="ITEM_MISSING",
        field=["items", str(place)],
    )


def _question_name(asked: pb.QuestionRef) -> QuestionName:
    return QuestionName(asked.survey, asked.question, asked.option)
