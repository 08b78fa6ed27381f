"""Every kind of question, from gRPC to the envelope."""

from typing import Any

import pytest

from cxm.survey.v1 import responses_pb2, surveys_pb2
from cxm.survey.v1.events_pb2 import ScoredAnswer, Selection
from tests.service.survey.support.calls import failure_of
from tests.service.survey.support.kinds import QUESTIONS, choice
from tests.service.survey.support.running import (
    ALREADY_STORED,
    STORED,
    SurveyService,
    make_submission,
    reasons,
    score,
)


def submission(*answers: responses_pb2.Answer, **changes: Any) -> responses_pb2.Submission:
    return make_submission(*answers, survey="reasons", **changes)


@pytest.fixture
async def reasons_survey(survey: SurveyService) -> surveys_pb2.Survey:
    return await survey.create("reasons", public=True, questions=QUESTIONS)


async def test_answers_of_every_kind_are_stored_and_announced(
    survey: SurveyService, reasons_survey: surveys_pb2.Survey
) -> None:
    sent = submission(
        score(7, "easy"),
        score(2, "effort"),
        score(4, "stars"),
        choice("main", "time"),
        choice("all", "staff", "price"),
    )

    (result,) = await survey.submit(sent)

    assert result.status == STORED
    stored = await survey.database.fetchval("SELECT answers FROM survey_response")
    assert stored == bytes([7, 2, 4, 1, 1, 0, 1])
    easy, effort, stars, main, several = (question.id for question in reasons_survey.questions)
    (fact,) = await survey.facts()
    assert list(fact.answers) == [
        ScoredAnswer(question_id=easy, score=7),
        ScoredAnswer(question_id=effort, score=2),
        ScoredAnswer(question_id=stars, score=4),
        ScoredAnswer(question_id=main, choice="time"),
        ScoredAnswer(
            question_id=several, selection=Selection(chosen=["price", "staff"], left=["time"])
        ),
    ]


async def test_what_is_not_answered_is_not_announced(
    survey: SurveyService, reasons_survey: surveys_pb2.Survey
) -> None:
    await survey.submit(submission(score(1, "easy")))

    (fact,) = await survey.facts()
    assert [answer.question_id for answer in fact.answers] == [reasons_survey.questions[0].id]


async def test_the_order_of_choices_does_not_count(
    survey: SurveyService, reasons_survey: surveys_pb2.Survey
) -> None:
    sent = submission(choice("all", "price", "time"))
    again = submission(choice("all", "time", "price"), id=sent.id)

    await survey.submit(sent)
    (result,) = await survey.submit(again)

    assert result.status == ALREADY_STORED


async def test_a_choice_that_cannot_be_is_refused(
    survey: SurveyService, reasons_survey: surveys_pb2.Survey
) -> None:
    results = await survey.submit(
        submission(choice("main", "weather")),
        submission(choice("all", "time", "time")),
        submission(choice("all")),
        submission(choice("main", "time", "price")),
        submission(score(5, "stars")),
        submission(choice("easy", "time")),
    )

    assert [reasons(result) for result in results] == [
        [("answers.0.choices.0", "UNKNOWN_CHOICE")],
        [("answers.0.choices.1", "DUPLICATE_CHOICE")],
        [("answers.0.choices", "NO_CHOICE")],
        [("answers.0.choices", "TOO_MANY_CHOICES")],
        [("answers.0.score", "SCORE_OUT_OF_RANGE")],
        [("answers.0.choices", "SCORE_EXPECTED")],
    ]
    assert await survey.stored_ids() == set()


async def test_too_much_to_count_is_refused(survey: SurveyService) -> None:
    options = [surveys_pb2.Option(key=str(n), text="x") for n in range(100)]
    kind = surveys_pb2.QUESTION_KIND_MULTIPLE_CHOICE
    questions = [
        surveys_pb2.Question(key=str(n), kind=kind, text="?", options=options) for n in range(3)
    ]

    failure = await failure_of(survey.create("wide", questions=questions))

    assert failure.reason == "TOO_MANY_ITEMS"
