"""The items of an index: several of one scale, each once."""

from collections.abc import Sequence

from services.kit.errors import Invalid
from services.metrics.definitions.domain.drafts import DraftItem, IndexNames, QuestionName
from services.metrics.formulas.scores import DONT_KNOW, number

FEWEST_ITEMS, MOST_ITEMS = 2, 12


def check_index(names: IndexNames) -> None:
    """Invalid for too few or too many items, for one that is named twice, and for questions of two surveys."""
    if len(names) < FEWEST_ITEMS:
        raise Invalid(
            "an index is of two items or more: of one, name it as the item of a metric",
            reason="INDEX_OF_ONE",
            field=["items"],
        )
    if len(names) > MOST_ITEMS:
        raise Invalid(
            f"{len(names)} items: an index has at most {MOST_ITEMS}",
            reason="TOO_MANY_ITEMS",
            field=["items"],
        )
    for place, name in enumerate(names):
        if name in names[:place]:
            raise Invalid(
                "this item is named twice", reason="ITEM_TWICE", field=["items", str(place)]
            )
    surveys = dict.fromkeys(name.survey for name in names if isinstance(name, QuestionName))
    if len(surveys) > 1:
        raise Invalid(
            f"a response answers one survey: {' and '.join(surveys)} have no index together",
            reason="SURVEYS_DIFFER",
            field=["items"],
        )


def index_item(items: Sequence[DraftItem]) -> DraftItem:
    """Items as one, with the scale that they share; Invalid where an answer is no number, or scales differ."""
    scales = [tuple(code for code in item.codes if code != DONT_KNOW) for item in items]
    for place, (item, scale) in enumerate(zip(items, scales, strict=True)):
        if any(number(code) is None for code in scale):
            raise Invalid(
                f"an index is of numbers, and {item.label} is answered with {', '.join(scale)}",
                reason="NO_SCALE",
                field=["items", str(place)],
            )
        if scale != scales[0]:
            raise Invalid(
                f"{item.label} has the scale {_ends(scale)}, and {items[0].label} {_ends(scales[0])}:"
                " an index is of items of one scale",
                reason="SCALES_DIFFER",
                field=["items", str(place)],
            )
    label = f"index of {'; '.join(item.label for item in items)}"
    return DraftItem(
        label, scales[0], index=tuple(item.ref or item.standard_item for item in items)
    )


def _ends(scale: Sequence[str]) -> str:
    return f"{scale[0]} to {scale[-1]}"
