"""Every kind of question that the contract knows can be answered on a page."""

from cxm.survey.v1 import surveys_pb2 as pb
from gateway.calls.forms import FormQuestion, Text
from gateway.respondents.fields import KINDS
from infra.local.demo import visit
from services.survey.surveys.domain.questions import SCORES

CONTRACT = {
    name.removeprefix("QUESTION_KIND_") for name, number in pb.QuestionKind.items() if number
}


def test_the_page_has_a_form_for_every_kind() -> None:
    assert set(KINDS) == CONTRACT


def test_the_demo_asks_and_answers_every_kind_in_every_language() -> None:
    assert {question["kind"] for question in visit.QUESTIONS} == CONTRACT


def test_the_page_asks_for_the_scores_that_survey_takes() -> None:
    for kind, scores in SCORES.items():
        question = FormQuestion("q", kind.name, Text("", {}), False, 0, 0, ())
        assert KINDS[kind.name].scores(question) == scores
