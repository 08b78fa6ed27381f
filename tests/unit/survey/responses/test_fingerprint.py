from itertools import permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.survey.attribution.submission import Answer, Submission
from services.survey.responses.domain.fingerprint import body_hash, keyed
from tests.unit.survey.support.surveys import make_submission

# Digits, separators and tags of the encoding, so that clumsy joining would collide.
text = st.text(alphabet="0123:;-stdaé€", max_size=4)
maybe = st.none() | text
values = st.integers(-2, 12) | text | st.just(True) | st.lists(text, max_size=3).map(tuple)
answers = st.lists(st.builds(Answer, text, values), max_size=3, unique_by=lambda a: a.question)
submissions = st.builds(
    Submission,
    st.just(""),
    text,
    answers.map(tuple),
    maybe,
    maybe,
    st.none(),
    maybe,
    maybe,
    maybe,
    maybe,
    maybe,
    maybe,
    st.booleans(),
    st.none() | st.integers(-1, 1),
)
refs = st.none() | st.sampled_from([b"a" * 16, b"b" * 16])


def said(sent: Submission, ref: bytes | None) -> Any:
    """What the hash stands for: types count, the order of answers does not."""
    given_answers = frozenset(
        (
            a.question,
            type(a.value),
            tuple(sorted(a.value)) if isinstance(a.value, tuple) else a.value,
        )
        for a in sent.answers
    )
    return (
        sent._replace(
            answers=(),
            secret=None,
            imported=False,
            importer=None,
            import_number=None,
            exported=False,
        ),
        given_answers,
        ref,
    )


@given(st.lists(st.tuples(submissions, refs), min_size=20, max_size=20))
def test_of_20_bodies_those_that_differ_have_different_hashes(
    bodies: list[tuple[Submission, bytes | None]],
) -> None:
    by_meaning = {said(*body): body_hash(*body) for body in bodies}

    assert len(set(by_meaning.values())) == len(by_meaning)


@given(submissions, refs)
def test_the_order_of_answers_does_not_count(sent: Submission, ref: bytes | None) -> None:
    hashes = {body_hash(sent._replace(answers=order), ref) for order in permutations(sent.answers)}

    assert len(hashes) == 1


def test_neither_a_secret_nor_the_way_it_came_is_part_of_a_body() -> None:
    sent = make_submission()
    others = [sent._replace(secret="s" * 16), sent._replace(imported=True)]

    assert {body_hash(each, None) for each in others} == {body_hash(sent, None)}


def test_a_string_does_not_run_into_the_next_one() -> None:
    one = make_submission(department="ab", touchpoint="c")
    other = make_submission(department="a", touchpoint="bc")

    assert body_hash(one, None) != body_hash(other, None)


def test_absent_is_not_empty_and_not_another_field() -> None:
    sent = [
        make_submission(department=None),
        make_submission(department=""),
        make_submission(department="-"),
        make_submission(department=None, channel="a"),
        make_submission(department=None, segment="a"),
    ]

    assert len({body_hash(each, None) for each in sent}) == len(sent)


def test_a_score_is_not_its_digits() -> None:
    assert body_hash(make_submission(Answer("why", "9")), None) != body_hash(
        make_submission(Answer("why", 9)), None
    )


def test_the_time_counts_as_it_was_sent() -> None:
    one = make_submission(occurred_at="2026-01-01T00:00:00Z")
    same_instant = make_submission(occurred_at="2026-01-01T00:00:00+00:00")

    assert body_hash(one, None) != body_hash(same_instant, None)


def test_the_id_does_not_count() -> None:
    assert body_hash(make_submission(id="a"), None) == body_hash(make_submission(id="b"), None)


def test_what_is_kept_is_another_under_each_key() -> None:
    plain = body_hash(make_submission(), None)
    kept = {plain, keyed(b"a" * 32, plain), keyed(b"b" * 32, plain)}

    assert len(kept) == 3
    assert {len(each) for each in kept} == {16}
