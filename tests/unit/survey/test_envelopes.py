from hypothesis import given
from hypothesis import strategies as st

from cxm.survey.v1.events_pb2 import RecordedResponse, ResponsesRecorded
from services.survey import facts
from services.survey.domain.envelopes import MOST_BYTES, MOST_RESPONSES, packed


def test_an_envelope_holds_1_000_responses() -> None:
    parts = list(packed([1] * 2_001))

    assert [part.stop - part.start for part in parts] == [MOST_RESPONSES, MOST_RESPONSES, 1]


@given(st.lists(st.integers(1, 200_000), max_size=30))
def test_envelopes_hold_everything_in_order_and_never_too_much(sizes: list[int]) -> None:
    envelopes = [sizes[part] for part in packed(sizes)]

    head = len(facts.envelope_head(2**63 - 1))
    assert [size for envelope in envelopes for size in envelope] == sizes
    assert all(envelopes)
    assert all(head + sum(envelope) <= MOST_BYTES for envelope in envelopes)


def test_a_head_and_joined_facts_are_read_as_one_envelope() -> None:
    responses = [RecordedResponse(response_id=str(n), sign=1) for n in range(3)]
    parts = [ResponsesRecorded(responses=[r]).SerializeToString() for r in responses]

    envelope = ResponsesRecorded.FromString(facts.envelope_head(7) + b"".join(parts))

    assert envelope == ResponsesRecorded(envelope=7, responses=responses)
