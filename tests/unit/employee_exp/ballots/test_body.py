"""A ballot as bytes: what goes in comes out, and none is longer than the longest."""

from hypothesis import given
from hypothesis import strategies as st

from services.employee_exp.ballots.domain.body import Ballot, longest, pack, unpack
from services.employee_exp.waves.domain.wave import SCORES, WaveQuestion, WaveQuestionKind

QUESTIONS = (
    *(WaveQuestion(kind.name.lower(), kind, "?") for kind in WaveQuestionKind),
    WaveQuestion("more", WaveQuestionKind.TEXT, "?"),
)


@st.composite
def ballots(draw: st.DrawFn) -> Ballot:
    answers: dict[str, int | str] = {}
    for question in QUESTIONS:
        if draw(st.booleans()):
            continue
        if question.kind == WaveQuestionKind.TEXT:
            text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
            answers[question.key] = text
        else:
            scores = list(SCORES[WaveQuestionKind(question.kind)])
            answers[question.key] = draw(st.sampled_from(scores))
    categories = (draw(st.integers(0, 65_535)), draw(st.integers(0, 100)))
    return Ballot(draw(st.integers(0, 2**32 - 1)), categories, answers)


@given(ballots())
def test_a_ballot_says_the_same_when_it_is_read(ballot: Ballot) -> None:
    content = pack(ballot, QUESTIONS)

    assert unpack(content, QUESTIONS, 2) == ballot
    assert len(content) <= longest(QUESTIONS, 2)


def test_the_longest_ballot_has_a_length_that_is_known() -> None:
    texts = {"text": "😀" * 500, "more": "š" * 1000}
    numbers = {"enps": 10, "agreement": 5, "burnout": 5, "sensitive": 1}

    full = pack(Ballot(7, (1, 2), {**texts, **numbers}), QUESTIONS)

    assert len(full) == longest(QUESTIONS, 2)
    assert len(pack(Ballot(7, (1, 2), {}), QUESTIONS)) < len(full)


def test_what_was_answered_is_in_no_text_of_a_ballot() -> None:
    assert "secret" not in repr(Ballot(7, (1,), {"more": "secret"}))
