"""Which items of a survey a definition reads."""

from collections.abc import Sequence

from services.metrics.answer_log.layout import Item, Layout
from services.metrics.definitions.domain.definitions import Definition, IndexItem


def items_read(metric: Definition, layout: Layout) -> Sequence[Item]:
    """Those whose answers count: one, or those of a kind or a standard item where the survey is in the scorecard."""
    if metric.question_kind is not None:
        return layout.counted.get(metric.question_kind, ()) if layout.in_scorecard else ()
    if metric.standard_item:
        return layout.by_item.get(metric.standard_item, ()) if layout.in_scorecard else ()
    if metric.item is not None and metric.item.survey_id == layout.id:
        found = layout.items.get((metric.item.question_id, metric.item.option))
        return () if found is None else (found,)
    return [item for asking in index_items(metric, layout) for item in asking]


def index_items(metric: Definition, layout: Layout) -> tuple[tuple[Item, ...], ...]:
    """What asks each item of an index, in its order: nothing, or several where versions asked it under other keys.

    An index that names a question is of its survey alone; one of standard items is of all surveys of the scorecard.
    """
    return tuple(_index_item(item, layout) for item in metric.index)


def _index_item(item: IndexItem, layout: Layout) -> tuple[Item, ...]:
    if isinstance(item, str):
        return layout.by_item.get(item, ()) if layout.in_scorecard else ()
    found = (
        layout.items.get((item.question_id, item.option)) if item.survey_id == layout.id else None
    )
    return () if found is None else (found,)
