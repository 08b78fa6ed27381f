"""What the page of an employee says: five languages, whole sentences, the same values in each."""

from string import Formatter

import pytest

from cxm.employee_exp.v1.waves_pb2 import WaveQuestionKind
from gateway.browsers.languages import LANGUAGES
from gateway.respondents.staff.fields import KINDS
from gateway.respondents.staff.levels import AGREEMENT, BURNOUT, YES_NO
from gateway.respondents.staff.sentences import _TABLE, StaffPhrase


@pytest.mark.parametrize("sentence", list(StaffPhrase))
def test_a_sentence_is_there_in_every_language_with_the_same_values(sentence: StaffPhrase) -> None:
    said = _TABLE[sentence]
    fields = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in said]

    assert len(set(said)) == len(LANGUAGES)
    assert all(each == fields[0] for each in fields)
    assert all(text == text.strip() for text in said)


@pytest.mark.parametrize(("levels", "scores"), [(AGREEMENT, 5), (BURNOUT, 5), (YES_NO, 2)])
def test_no_two_levels_are_called_alike(levels: list[object], scores: int) -> None:
    for place in range(len(LANGUAGES)):
        assert len({level.words[place] for level in levels}) == scores  # type: ignore[attr-defined]


def test_the_page_has_a_form_for_every_kind() -> None:
    kinds = {name for name, number in WaveQuestionKind.items() if number}

    assert {f"WAVE_QUESTION_KIND_{kind}" for kind in KINDS} == kinds
