from hypothesis import given
from hypothesis import strategies as st

from cxm.survey.v1.events_pb2 import RecordedResponse, ResponsesRecorded
from services.survey import convert
from services.survey.domain.envelopes import MOST_BYTES, MOST_RESPONSES, packed


def test_an_envelope_holds_1_000_responses() -> None:
    assert [len(part) for part in packed([b"x"] * 2_001)] == [MOST_RESPONSES, MOST_RESPONSES, 1]


@given(st.lists(st.integers(1, 200_000), max_size=30))
def test_envelopes_hold_everything_in_order_and_never_too_much(sizes: list[int]) -> None:
    facts = [bytes(size) for size in sizes]

    envelopes = list(packed(facts))

    assert [fact for part in envelopes for fact in part] == facts
    assert all(part for part in envelopes)
    assert all(len(convert.envelope(2**62, part)) <= MOST_BYTES for part in envelopes)


def test_joined_facts_are_read_as_one_envelope() -> None:
    responses = [RecordedResponse(response_id=str(n), sign=1) for n in range(3)]
    facts = [ResponsesRecorded(responses=[r]).SerializeToString() for r in responses]

    envelope = ResponsesRecorded.FromString(convert.envelope(7, facts))

    assert envelope == ResponsesRecorded(envelope=7, responses=responses)
