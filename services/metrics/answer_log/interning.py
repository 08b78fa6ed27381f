"""Numbers and places for everything that responses name, before they are packed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from cxm.survey.v1.events_pb2 import ScoredAnswer
from services.metrics.answer_log.dictionary import DEPARTMENT, Dictionary, DimensionKey
from services.metrics.answer_log.layout import Value, answers_of
from services.metrics.answer_log.surveys import SurveyCopy

AnswersGiven = Mapping[str, Mapping[str, set[Value]]]
"""What was answered, by survey and question id."""


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


def collect_answers(answers: Iterable[tuple[str, Sequence[ScoredAnswer]]]) -> AnswersGiven:
    """What these answers to surveys say."""
    given = defaultdict[str, dict[str, set[Value]]](dict)
    for survey_id, scored in answers:
        questions = given[survey_id]
        for answer in scored:
            questions.setdefault(answer.question_id, set()).update(answers_of(answer))
    return given
