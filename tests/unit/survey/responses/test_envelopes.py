from hypothesis import given
from hypothesis import strategies as st

from services.kit.clock import new_id
from services.kit.events.nats import LARGEST_FACT_BYTES
from services.survey.attribution.domain import Attribution
from services.survey.domain.text import LONGEST_KEY
from services.survey.responses.domain.envelopes import MOST_BYTES, MOST_RESPONSES, packed
from services.survey.responses.events import fact
from services.survey.surveys.domain.drafts import MOST_ITEMS, MOST_OPTIONS
from services.survey.surveys.domain.questions import Option, Question, QuestionKind
from tests.unit.survey.support.surveys import make_survey

HEAD_BYTES = 9  # the field with its number, of eight bytes


def test_an_envelope_holds_1_000_responses() -> None:
    parts = list(packed([1] * 2_001))

    assert [part.stop - part.start for part in parts] == [MOST_RESPONSES, MOST_RESPONSES, 1]


@given(st.lists(st.integers(1, 200_000), max_size=30))
def test_envelopes_hold_everything_in_order_and_never_too_much(sizes: list[int]) -> None:
    envelopes = [sizes[part] for part in packed(sizes)]

    assert [size for envelope in envelopes for size in envelope] == sizes
    assert all(envelopes)
    assert all(HEAD_BYTES + sum(envelope) <= MOST_BYTES for envelope in envelopes)


def test_what_is_announced_of_responses_is_never_too_large_for_the_broker() -> None:
    longest = "\U0001f600" * LONGEST_KEY  # of four bytes each
    options = tuple(Option(longest, "") for _ in range(MOST_OPTIONS))
    choices = -(-MOST_ITEMS // MOST_OPTIONS)
    survey = make_survey(
        questions=tuple(
            Question(
                new_id(),
                str(number),
                QuestionKind.MULTIPLE_CHOICE,
                "",
                dont_know=False,
                options=options,
            )
            for number in range(choices)
        )
    )
    frozen = Attribution(new_id(), 60_000, new_id(), longest, longest, longest, longest)

    image = fact(new_id(), survey, frozen, bytes([1]) * survey.width, sign=-1)

    assert HEAD_BYTES + 2 * len(image) < MOST_BYTES < LARGEST_FACT_BYTES  # a correction is two
