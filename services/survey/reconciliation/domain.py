"""What a byte of a response's answers counts for."""

from typing import NamedTuple

from services.survey.surveys.domain.questions import DONT_KNOW, NOT_ANSWERED, QuestionKind
from services.survey.surveys.domain.surveys import Survey


class Item(NamedTuple):
    """What answers are added up for: a question that takes scores, or one option of a choice."""

    question_id: str
    option: str  # key; "" for the question itself


class CountedAnswer(NamedTuple):
    """One answer to an item: its score, don't know as 0; of an option 1 where it is chosen, 0 where it is not."""

    item: Item
    value: int


def read_code(survey: Survey, place: int, code: int) -> CountedAnswer | None:
    """The answer at a place of the answers to a version of a survey; None for text and where there is no answer."""
    number = next(n for n, span in enumerate(survey.spans) if place < span.stop)
    question = survey.questions[number]
    if code == NOT_ANSWERED or question.kind is QuestionKind.TEXT:
        return None
    if question.kind is QuestionKind.SINGLE_CHOICE:
        return CountedAnswer(Item(question.id, question.options[code].key), 1)
    if question.kind is QuestionKind.MULTIPLE_CHOICE:
        option = question.options[place - survey.spans[number].start]
        return CountedAnswer(Item(question.id, option.key), code)
    return CountedAnswer(Item(question.id, ""), 0 if code == DONT_KNOW else code)
