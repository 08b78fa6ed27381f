"""Numbers and places for everything that responses name, before they are packed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from cxm.survey.v1.events_pb2 import ScoredAnswer
from services.metrics.answer_log.dictionary import DEPARTMENT, Key, Names
from services.metrics.answer_log.layout import Value, answers_of
from services.metrics.answer_log.surveys import Catalog

Given = Mapping[str, Mapping[str, set[Value]]]
"""What was answered, by survey and question id."""


async def learn(
    names: Names,
    catalog: Catalog,
    departments: Iterable[str],
    dimensions: Iterable[Key],
    given: Given,
) -> None:
    """Give numbers to everything named, asking the owner for surveys; NotFound or Unavailable as `Catalog.know`."""
    await catalog.know(given)
    for survey_id, questions in given.items():
        layout = catalog.layouts[survey_id]
        if not all(layout.holds(question, values) for question, values in questions.items()):
            await catalog.ask([survey_id])
    await names.intern(DEPARTMENT, departments)
    await names.intern_sets(dimensions)


def values_given(answers: Iterable[tuple[str, Sequence[ScoredAnswer]]]) -> Given:
    """What these answers to surveys say."""
    given = defaultdict[str, dict[str, set[Value]]](dict)
    for survey_id, scored in answers:
        questions = given[survey_id]
        for answer in scored:
            questions.setdefault(answer.question_id, set()).update(answers_of(answer))
    return given
