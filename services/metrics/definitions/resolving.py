"""From a draft as it was sent to a definition: which question it names, and what can be answered to it."""

from cxm.metrics.v1 import definitions_pb2 as pb
from services.kit.errors import Invalid
from services.metrics.answer_log.layout import FIXED_CODES, Item, Layout
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.definitions import convert
from services.metrics.definitions.domain.definitions import Definition, ItemRef
from services.metrics.definitions.domain.drafts import define


def definition_of(surveys: SurveyCopy, message: pb.MetricDraft) -> Definition:
    """Version 1 of a draft; Invalid, naming the field, where it makes no sense over the question it names."""
    if message.statistic == pb.STATISTIC_UNSPECIFIED:
        raise Invalid("the statistic is missing", reason="STATISTIC_MISSING", field=["statistic"])
    match message.WhichOneof("item"):
        case "kind":
            codes = _codes_of_kind(message.kind)
            label = f"first {message.kind} question of each survey in the scorecard"
            return define(convert.draft(message, None, label), codes)
        case "question":
            item, label = _item(surveys, message.question)
            return define(convert.draft(message, item[0], label), item[1].codes)
    raise Invalid(
        "name what it reads: a kind of question, or a question of a survey",
        reason="ITEM_MISSING",
        field=["item"],
    )


def _codes_of_kind(kind: str) -> tuple[str, ...]:
    codes = FIXED_CODES.get(kind)
    if codes is None:
        raise Invalid(
            f"questions of this kind share no scale: name one question, or one of {', '.join(FIXED_CODES)}",
            reason="NO_COMMON_SCALE",
            field=["item", "kind"],
        )
    return codes


def _item(surveys: SurveyCopy, ref: pb.QuestionRef) -> tuple[tuple[ItemRef, Item], str]:
    layout = next((each for each in surveys.by_number.values() if each.key == ref.survey), None)
    if layout is None:
        raise Invalid(
            f"there is no survey {ref.survey}", reason="UNKNOWN_SURVEY", field=["item", "survey"]
        )
    question_id = layout.questions.get(ref.question)
    if question_id is None:
        raise Invalid(
            f"the survey {ref.survey} asks no question {ref.question}; it asks: "
            f"{', '.join(layout.questions)}",
            reason="UNKNOWN_QUESTION",
            field=["item", "question"],
        )
    item = layout.items.get((question_id, ref.option))
    if item is None:
        raise _no_item(layout, question_id, ref)
    label = f"question {ref.question} of the survey {ref.survey}"
    if ref.option:
        label += f", option {ref.option}: 1 chosen, 0 not"
    return (ItemRef(layout.id, question_id, ref.option), item), label


def _no_item(layout: Layout, question_id: str, ref: pb.QuestionRef) -> Invalid:
    options = [option for question, option in layout.items if question == question_id and option]
    if options:
        return Invalid(
            f"each option of {ref.question} is an item of its own: name one of {', '.join(options)}",
            reason="OPTION_MISSING" if not ref.option else "UNKNOWN_OPTION",
            field=["item", "option"],
        )
    if ref.option:
        return Invalid(
            f"{ref.question} is no multiple choice: leave out the option",
            reason="UNKNOWN_OPTION",
            field=["item", "option"],
        )
    return Invalid(
        f"answers to {ref.question} are text and not counted",
        reason="NOT_SCORED",
        field=["item", "question"],
    )
