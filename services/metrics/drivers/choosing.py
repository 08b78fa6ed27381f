"""From the names a request gives to the questions of a survey that are read."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.kit.errors import Invalid
from services.metrics.answer_log.kinds import QuestionKind
from services.metrics.answer_log.layout import QUESTION, Item, Layout
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.definitions.domain.definitions import Definition
from services.metrics.definitions.items import items_read
from services.metrics.drivers.domain import FEWEST_DRIVERS

SCALES = frozenset(
    {
        QuestionKind.NPS,
        QuestionKind.CSAT,
        QuestionKind.CES,
        QuestionKind.CES1,
        QuestionKind.RATING,
    }
)
"""Kinds whose answers are numbers."""
SERVICE_QUALITY = ("available", "competent", "fast", "personal", "relevant")
"""The standard items that are the drivers where none are named."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The outcome and the drivers, by question id."""

    layout: Layout
    outcome: str
    drivers: tuple[str, ...]


async def find_survey(surveys: SurveyCopy, key: str) -> Layout:
    """The survey of a key; Invalid if there is none."""
    await surveys.refresh()
    for layout in surveys.layouts.values():
        if layout.key == key:
            return layout
    raise Invalid(f"there is no survey {key}", reason="UNKNOWN_SURVEY", field=["survey"])


def choose(layout: Layout, outcome: Definition | str, drivers: Sequence[str]) -> Chosen:
    """The questions of an outcome, a metric or a question's key, and of drivers by key; Invalid for what cannot be."""
    outcome_id = (
        _scale(layout, outcome, ["question"])
        if isinstance(outcome, str)
        else _read_by(layout, outcome)
    )
    if not drivers:
        return Chosen(layout, outcome_id, _of_service_quality(layout, outcome_id))
    ids = [_scale(layout, key, ["drivers", str(at)]) for at, key in enumerate(drivers)]
    for at, question_id in enumerate(ids):
        if question_id == outcome_id or question_id in ids[:at]:
            raise Invalid(
                f"{drivers[at]} is named twice: a driver is named once, and is not the outcome",
                reason="DRIVER_REPEATED",
                field=["drivers", str(at)],
            )
    return Chosen(layout, outcome_id, tuple(ids))


def _of_service_quality(layout: Layout, outcome_id: str) -> tuple[str, ...]:
    asked = frozenset(layout.questions.values()) - {outcome_id}
    found = [
        item.question_id
        for key in SERVICE_QUALITY
        for item in layout.by_item.get(key, ())
        if item.question_id in asked
    ]
    if len(found) < FEWEST_DRIVERS:
        raise Invalid(
            f"name the drivers: the survey {layout.key} asks fewer than {FEWEST_DRIVERS} of the standard items"
            f" {', '.join(SERVICE_QUALITY)}",
            reason="DRIVERS_MISSING",
            field=["drivers"],
        )
    return tuple(found)


def item_of(layout: Layout, question_id: str) -> Item | None:
    """Where the answers to a question stand; None while nobody could answer it."""
    return layout.items.get((question_id, QUESTION))


def _scale(layout: Layout, key: str, field: list[str]) -> str:
    question_id = layout.questions.get(key)
    if question_id is None:
        raise Invalid(
            f"the survey {layout.key} asks no question {key}; it asks: {', '.join(layout.questions)}",
            reason="UNKNOWN_QUESTION",
            field=field,
        )
    item = item_of(layout, question_id)
    if item is None or item.kind not in SCALES:
        raise Invalid(
            f"answers to {key} are no numbers on a scale: name questions of the kinds {', '.join(sorted(SCALES))}",
            reason="NOT_A_SCALE",
            field=field,
        )
    return question_id


def _read_by(layout: Layout, metric: Definition) -> str:
    """The question of a survey that a metric reads: one that is asked now, and answered on a scale."""
    asked = frozenset(layout.questions.values())
    for item in () if metric.is_index else items_read(metric, layout):
        if item.question_id in asked and item.kind in SCALES:
            return item.question_id
    raise Invalid(
        f"{metric.key} reads no question on a scale of the survey {layout.key}: name another metric, or a question",
        reason="METRIC_NOT_ASKED",
        field=["metric"],
    )
