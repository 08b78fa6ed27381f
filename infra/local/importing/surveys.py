"""The survey an import writes to: found and compared with the mapping, or created."""

from typing import Final

from infra.local.api import Api, ApiRefused
from infra.local.importing.responses import Question
from services.kit.mapping import QUESTION_KINDS, SCALES, Answer, Mapping
from services.kit.sections import MappingInvalid

FIND: Final = (
    "query Survey($key: String!) { survey(key: $key) { questions { key kind dontKnow } } }"
)
CREATE: Final = """mutation Survey($input: CreateSurveyInput!) { createSurvey(input: $input) {
  userErrors { field message code } } }"""


def find_questions(api: Api, survey: str) -> dict[str, Question] | None:
    """Questions by key; None where there is no such survey, or not for this token."""
    found = api.query(FIND, {"key": survey})["survey"]
    if found is None:
        return None
    questions = (Question(q["key"], q["kind"], q["dontKnow"]) for q in found["questions"])
    return {question.key: question for question in questions}


def check_questions(mapping: Mapping, questions: dict[str, Question]) -> None:
    """Refuse a mapping that contradicts the survey as it is."""
    for answer in mapping.answers:
        where = f"[answers.{answer.question}]"
        question = questions.get(answer.question)
        if question is None:
            raise MappingInvalid(
                f'{where}: survey "{mapping.constants["survey"]}" has no such question;'
                f" it has: {', '.join(questions)}"
            )
        if question.kind not in QUESTION_KINDS:
            raise MappingInvalid(f"{where}: this version does not import {question.kind} questions")
        if answer.kind not in (None, question.kind):
            raise MappingInvalid(
                f"{where} kind: the question is {question.kind} in the survey, not {answer.kind}"
            )
        _check_values(where, answer, question)


def planned_questions(mapping: Mapping) -> dict[str, Question]:
    """The questions of a survey that will be created; every one needs a kind."""
    for answer in mapping.answers:
        if answer.kind is None:
            raise MappingInvalid(
                f'[answers.{answer.question}]: "kind" is missing; it is needed because'
                f' survey "{mapping.constants["survey"]}" does not exist yet'
            )
    return {
        answer.question: Question(answer.question, answer.kind or "", answer.allows_dont_know)
        for answer in mapping.answers
    }


def create_survey(api: Api, survey: str, questions: dict[str, Question]) -> None:
    """A survey that is not public; made again by a second run it is the same one."""
    asked = [
        {"key": q.key, "kind": q.kind, "text": q.key, "dontKnow": q.dont_know}
        for q in questions.values()
    ]
    made = {"key": survey, "title": survey, "public": False, "questions": asked}
    payload = api.mutate("createSurvey", CREATE, {"input": made})
    if payload["userErrors"]:
        why = "; ".join(error["message"] for error in payload["userErrors"])
        raise ApiRefused(f'survey "{survey}" could not be created: {why}')


def _check_values(where: str, answer: Answer, question: Question) -> None:
    if answer.values is None:
        return
    if question.kind == "TEXT":
        raise MappingInvalid(
            f"{where} values: the question is TEXT in the survey and has no values"
        )
    scale = SCALES[question.kind]
    for label, score in answer.values.items():
        if isinstance(score, int) and score not in scale:
            span = f"{scale.start} to {scale.stop - 1}"
            raise MappingInvalid(f'{where} values: "{label}" = {score}: {question.kind} is {span}')
