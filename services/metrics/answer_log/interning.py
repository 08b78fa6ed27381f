"""Numbers and places for everything that responses name, before they are packed."""

from collections.abc import Iterable

from services.metrics.answer_log.dictionary import DEPARTMENT, Dictionary, DimensionKey
from services.metrics.answer_log.layout import AnswersGiven
from services.metrics.answer_log.surveys import SurveyCopy


async def intern_named(
    dictionary: Dictionary,
    surveys: SurveyCopy,
    departments: Iterable[str],
    dimensions: Iterable[DimensionKey],
    given: AnswersGiven,
) -> None:
    """Give numbers to everything named, asking the owner for surveys; NotFound or Unavailable as `SurveyCopy.know`."""
    await surveys.know(given)
    for survey_id, questions in given.items():
        layout = surveys.layouts[survey_id]
        if not all(layout.holds(question, values) for question, values in questions.items()):
            await surveys.ask([survey_id])
    await dictionary.intern(DEPARTMENT, departments)
    await dictionary.intern_sets(dimensions)
