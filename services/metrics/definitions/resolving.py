"""From a draft to a definition: which question it names, and what can be answered to it."""

from services.kit.errors import Invalid
from services.metrics.answer_log.kinds import FIXED_CODES
from services.metrics.answer_log.layout import Layout
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.definitions.domain.definitions import Definition, ItemRef
from services.metrics.definitions.domain.drafts import Draft, DraftItem, QuestionName, define


def define_metric(surveys: SurveyCopy, draft: Draft) -> Definition:
    """Version 1 of a draft; Invalid, naming the field, where it makes no sense over the question it names."""
    reads = draft.reads
    item = _kind_item(reads) if isinstance(reads, str) else _question_item(surveys, reads)
    return define(draft, item)


def _kind_item(kind: str) -> DraftItem:
    codes = FIXED_CODES.get(kind)
    if codes is None:
        raise Invalid(
            f"questions of this kind share no scale: name one question, or one of {', '.join(FIXED_CODES)}",
            reason="NO_COMMON_SCALE",
            field=["item", "kind"],
        )
    return DraftItem(None, f"first {kind} question of each survey in the scorecard", codes)


def _question_item(surveys: SurveyCopy, name: QuestionName) -> DraftItem:
    layout = next((each for each in surveys.by_number.values() if each.key == name.survey), None)
    if layout is None:
        raise Invalid(
            f"there is no survey {name.survey}", reason="UNKNOWN_SURVEY", field=["item", "survey"]
        )
    question_id = layout.questions.get(name.question)
    if question_id is None:
        raise Invalid(
            f"the survey {name.survey} asks no question {name.question}; it asks: "
            f"{', '.join(layout.questions)}",
            reason="UNKNOWN_QUESTION",
            field=["item", "question"],
        )
    item = layout.items.get((question_id, name.option))
    if item is None:
        raise _no_item(layout, question_id, name)
    label = f"question {name.question} of the survey {name.survey}"
    if name.option:
        label += f", option {name.option}: 1 chosen, 0 not"
    return DraftItem(ItemRef(layout.id, question_id, name.option), label, item.codes)


def _no_item(layout: Layout, question_id: str, name: QuestionName) -> Invalid:
    options = [option for question, option in layout.items if question == question_id and option]
    if options:
        return Invalid(
            f"each option of {name.question} is an item of its own: name one of {', '.join(options)}",
            reason="OPTION_MISSING" if not name.option else "UNKNOWN_OPTION",
            field=["item", "option"],
        )
    if name.option:
        return Invalid(
            f"{name.question} is no multiple choice: leave out the option",
            reason="UNKNOWN_OPTION",
            field=["item", "option"],
        )
    return Invalid(
        f"answers to {name.question} are text and not counted",
        reason="NOT_SCORED",
        field=["item", "question"],
    )
