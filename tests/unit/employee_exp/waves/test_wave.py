"""What is told of an open wave, and the questions that come with the product."""

import pytest

from services.employee_exp.waves.domain.standard import standard_questions
from services.employee_exp.waves.domain.wave import LANGUAGES, WaveQuestionKind, spent_shown


@pytest.mark.parametrize(
    ("spent", "sent", "shown"),
    [(0, 100, 0), (9, 100, 0), (10, 100, 10), (486, 652, 480), (99, 99, None), (0, 0, None)],
)
def test_spent_links_are_told_in_tens_from_100_sent_on(
    spent: int, sent: int, shown: int | None
) -> None:
    assert spent_shown(spent, sent) == shown


def test_the_standard_questions_are_in_every_language() -> None:
    questions = list(standard_questions())
    kinds = [question.kind for question in questions]

    assert [kinds.count(kind) for kind in WaveQuestionKind] == [1, 6, 3, 0, 2]
    assert len({question.key for question in questions}) == len(questions)
    for question in questions:
        texts = {"en": question.text, **dict(question.texts)}
        assert set(texts) == set(LANGUAGES)
        assert len(set(texts.values())) == len(LANGUAGES)
