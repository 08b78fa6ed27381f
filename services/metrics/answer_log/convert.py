"""Protobuf -> what the answer log counts. Called for every answer: no value is made that is not needed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from cxm.survey.v1 import surveys_pb2 as pb
from cxm.survey.v1.events_pb2 import DimensionSet, ScoredAnswer
from services.metrics.answer_log.dictionary import DimensionKey
from services.metrics.answer_log.kinds import QuestionKind
from services.metrics.answer_log.layout import (
    DONT_KNOW,
    AnswersGiven,
    AnswerValue,
    QuestionAsked,
    SurveyAsked,
)

KINDS = {
    number: QuestionKind(name.removeprefix("QUESTION_KIND_"))
    for name, number in pb.QuestionKind.items()
    if number != pb.QUESTION_KIND_UNSPECIFIED
}
"""Each kind of the contract; this module does not load if the table of kinds lacks one."""


def key_of(dimensions: DimensionSet) -> DimensionKey:
    """The names of a dimension set as an event carries them."""
    return (
        dimensions.touchpoint_id,
        dimensions.stage,
        dimensions.channel,
        dimensions.segment,
        dimensions.language,
    )


def answers_of(answer: ScoredAnswer) -> Sequence[AnswerValue]:
    """What an answer says; of a multiple choice one thing per option."""
    match answer.WhichOneof("value"):
        case "score":
            return (answer.score,)
        case "dont_know":
            return (DONT_KNOW,)
        case "choice":
            return (answer.choice,)
        case _:
            chosen = [(key, True) for key in answer.selection.chosen]
            return chosen + [(key, False) for key in answer.selection.left]


def collect_answers(answers: Iterable[tuple[str, Sequence[ScoredAnswer]]]) -> AnswersGiven:
    """What these answers to surveys (by id) say."""
    by_survey = defaultdict[str, dict[str, set[AnswerValue]]](dict)
    for survey_id, scored in answers:
        questions = by_survey[survey_id]
        for answer in scored:
            questions.setdefault(answer.question_id, set()).update(answers_of(answer))
    return by_survey


def survey_asked(survey: pb.Survey) -> SurveyAsked:
    return SurveyAsked(
        id=survey.id,
        key=survey.key,
        title=survey.title,
        in_scorecard=survey.in_scorecard,
        questions=tuple(question_asked(question) for question in survey.questions),
    )


def question_asked(question: pb.Question) -> QuestionAsked:
    return QuestionAsked(
        id=question.id,
        key=question.key,
        kind=KINDS[question.kind],
        options=tuple(option.key for option in question.options),
        scale=range(question.scale.low, question.scale.high + 1),
        item=question.item,
    )
