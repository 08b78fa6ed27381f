"""From a draft to a definition: which question it names, and what can be answered to it."""

from services.kit.errors import Invalid
from services.metrics.answer_log.kinds import FIXED_CODES
from services.metrics.answer_log.layout import Layout
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.definitions.domain.definitions import Definition, ItemRef
from services.metrics.definitions.domain.drafts import (
    Draft,
    DraftItem,
    QuestionName,
    StandardItemName,
    define,
)
from services.metrics.definitions.domain.index_drafts import check_index, index_item
from services.metrics.definitions.items import index_items
from services.metrics.formulas.index import least_answered

Path = tuple[str, ...]
ITEM: Path = ("item",)


def define_metric(surveys: SurveyCopy, draft: Draft) -> Definition:
    """Version 1 of a draft; Invalid, naming the field, where it makes no sense over what it reads."""
    reads = draft.reads
    if isinstance(reads, str):
        return define(draft, _kind_item(reads))
    if not isinstance(reads, tuple):
        return define(draft, _item(surveys, reads, ITEM))
    check_index(reads)
    items = [_item(surveys, name, ("items", str(n))) for n, name in enumerate(reads)]
    definition = define(draft, index_item(items))
    _check_once(surveys, definition)
    _check_together(surveys, definition)
    return definition


def _item(surveys: SurveyCopy, name: QuestionName | StandardItemName, at: Path) -> DraftItem:
    if isinstance(name, StandardItemName):
        return _standard_item(surveys, name.key, at)
    return _question_item(surveys, name, at)


def _kind_item(kind: str) -> DraftItem:
    codes = FIXED_CODES.get(kind)
    if codes is None:
        raise Invalid(
            f"questions of this kind share no scale: name one question, or one of {', '.join(FIXED_CODES)}",
            reason="NO_COMMON_SCALE",
            field=["item", "kind"],
        )
    return DraftItem(f"first {kind} question of each survey in the scorecard", codes, kind=kind)


def _standard_item(surveys: SurveyCopy, key: str, at: Path) -> DraftItem:
    """A standard item as surveys ask it; what none asks yet has no answers to count."""
    layouts = surveys.by_number.values()
    asked = next((layout.by_item[key] for layout in layouts if key in layout.by_item), None)
    if asked is None:
        known = sorted({item for layout in layouts for item in layout.by_item})
        raise Invalid(
            f"no survey that was open asks the standard item {key}; asked are: {', '.join(known) or 'none'}",
            reason="UNKNOWN_ITEM",
            field=[*at, "standard_item"],
        )
    label = f"standard item {key} of each survey in the scorecard"
    return DraftItem(label, asked[0].codes, standard_item=key)


def _question_item(surveys: SurveyCopy, name: QuestionName, at: Path) -> DraftItem:
    layout = next((each for each in surveys.by_number.values() if each.key == name.survey), None)
    if layout is None:
        raise Invalid(
            f"there is no survey {name.survey}", reason="UNKNOWN_SURVEY", field=[*at, "survey"]
        )
    question_id = layout.questions.get(name.question)
    if question_id is None:
        raise Invalid(
            f"the survey {name.survey} asks no question {name.question}; it asks: "
            f"{', '.join(layout.questions)}",
            reason="UNKNOWN_QUESTION",
            field=[*at, "question"],
        )
    item = layout.items.get((question_id, name.option))
    if item is None:
        raise _no_item(layout, question_id, name, at)
    label = f"question {name.question} of the survey {name.survey}"
    if name.option:
        label += f", option {name.option}: 1 chosen, 0 not"
    return DraftItem(label, item.codes, ref=ItemRef(layout.id, question_id, name.option))


def _no_item(layout: Layout, question_id: str, name: QuestionName, at: Path) -> Invalid:
    options = [option for question, option in layout.items if question == question_id and option]
    if options:
        return Invalid(
            f"each option of {name.question} is an item of its own: name one of {', '.join(options)}",
            reason="OPTION_MISSING" if not name.option else "UNKNOWN_OPTION",
            field=[*at, "option"],
        )
    if name.option:
        return Invalid(
            f"{name.question} is no multiple choice: leave out the option",
            reason="UNKNOWN_OPTION",
            field=[*at, "option"],
        )
    return Invalid(
        f"answers to {name.question} are text and not counted",
        reason="NOT_SCORED",
        field=[*at, "question"],
    )


def _check_once(surveys: SurveyCopy, definition: Definition) -> None:
    """Invalid where a survey asks two items of an index by one question: its answers would count twice."""
    for layout in surveys.by_number.values():
        known: set[tuple[str, str]] = set()
        for place, asked in enumerate(index_items(definition, layout)):
            named = {(item.question_id, item.option) for item in asked}
            if not known.isdisjoint(named):
                raise Invalid(
                    f"this item is named twice: a question of the survey {layout.key} asks an item before it, too",
                    reason="ITEM_TWICE",
                    field=["items", str(place)],
                )
            known |= named


def _check_together(surveys: SurveyCopy, definition: Definition) -> None:
    """Invalid unless some survey asks so many of the items of an index that a response can have it."""
    least = least_answered(len(definition.index))
    asked = max(
        sum(map(bool, index_items(definition, layout))) for layout in surveys.by_number.values()
    )
    if asked < least:
        raise Invalid(
            f"an index is of answers of one response: no survey in the scorecard asks {least} of these"
            f" {len(definition.index)} items together",
            reason="ITEMS_APART",
            field=["items"],
        )
