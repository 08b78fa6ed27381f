"""What is told of an open wave, and the questions that come with the product."""

from datetime import UTC, datetime

import pytest

from services.employee_exp.waves.domain.standard import standard_questions
from services.employee_exp.waves.domain.wave import (
    LANGUAGES,
    Wave,
    WaveDraft,
    WaveKind,
    WaveQuestionKind,
    WaveState,
    check_draft_state,
    check_openable,
    spent_shown,
)
from services.kit.errors import Conflict


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


def test_an_imported_wave_is_not_said_to_have_been_opened() -> None:
    draft = WaveDraft(
        kind=WaveKind.CENSUS, language="en", languages=("en",), name="x", questions=(), k=5
    )
    wave = Wave("id", "x", WaveState.RELEASED, draft, 1, imported=True)

    for check in (
        check_draft_state,
        lambda given: check_openable(given, datetime(2026, 1, 1, tzinfo=UTC)),
    ):
        with pytest.raises(Conflict, match="imported: it never changes") as refused:
            check(wave)
        assert refused.value.reason == "WAVE_IMPORTED"
