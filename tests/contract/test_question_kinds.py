"""Every kind of question that the contract knows is known by all who read kinds."""

import pytest

from cxm.survey.v1 import surveys_pb2 as pb
from gateway.graph.base.questions import QuestionKind as GraphKind
from services.employee_exp.releases.releasing import KINDS as FIGURES
from services.employee_exp.waves.domain.wave import WaveQuestionKind
from services.metrics.answer_log.convert import KINDS, question_asked
from services.metrics.answer_log.layout import missing_places
from services.survey.surveys.domain.questions import CHOICES, SCORES, QuestionKind

PREFIX = "QUESTION_KIND_"
CONTRACT = {
    name.removeprefix(PREFIX): number for name, number in pb.QuestionKind.items() if number != 0
}


def test_survey_has_the_kinds_of_the_contract() -> None:
    assert {kind.name: kind.value for kind in QuestionKind} == CONTRACT


def test_metrics_has_the_kinds_of_the_contract() -> None:
    assert {kind.name: number for number, kind in KINDS.items()} == CONTRACT


def test_the_graph_has_the_kinds_of_the_contract() -> None:
    assert set(GraphKind.__members__) == set(CONTRACT)


@pytest.mark.parametrize("kind", list(QuestionKind), ids=lambda kind: kind.name)
def test_survey_knows_what_answers_a_kind_takes(kind: QuestionKind) -> None:
    own = {QuestionKind.TEXT, QuestionKind.RATING}
    assert (kind in SCORES) + (kind in CHOICES) + (kind in own) == 1


@pytest.mark.parametrize("name", sorted(set(CONTRACT) - {"TEXT"}))
def test_metrics_counts_a_kind_unless_it_is_text(name: str) -> None:
    question = pb.Question(
        id="q",
        kind=pb.QuestionKind.Value(PREFIX + name),
        scale=pb.Scale(low=0, high=5),
        options=[pb.Option(key="a"), pb.Option(key="b")],
    )

    assert missing_places(question_asked(question), [])


def test_every_kind_of_a_wave_has_figures_or_is_a_text() -> None:
    assert set(FIGURES) == set(WaveQuestionKind) - {WaveQuestionKind.TEXT}
