from hypothesis import given
from hypothesis import strategies as st

from services.survey.domain.envelopes import MOST_BYTES, MOST_RESPONSES, packed

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
