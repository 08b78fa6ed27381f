"""Protobuf <-> answers and what became of links."""

from collections.abc import Iterable

from cxm.employee_exp.v1 import ballots_pb2 as pb
from services.employee_exp.ballots.answering import FoundBallot, LinkState
from services.employee_exp.waves.convert import question_message, text_messages, timestamp

LINK_STATES = {
    LinkState.UNKNOWN: pb.LINK_STATE_UNKNOWN,
    LinkState.READY: pb.LINK_STATE_READY,
    LinkState.SPENT: pb.LINK_STATE_SPENT,
    LinkState.CLOSED: pb.LINK_STATE_CLOSED,
}


def given(messages: Iterable[pb.BallotAnswer]) -> list[tuple[str, int | str]]:
    """Answers as they are sent; one without a value is none."""
    return [
        (message.question, message.text if message.HasField("text") else message.score)
        for message in messages
        if message.WhichOneof("value")
    ]


def found_ballot(found: FoundBallot) -> pb.FindBallotResponse:
    """What a link asks."""
    message = pb.FindBallotResponse(state=LINK_STATES[found.state])
    if found.wave is None:
        return message
    draft = found.wave.draft
    message.MergeFrom(
        pb.FindBallotResponse(
            name=draft.name,
            names=text_messages(draft.names),
            language=draft.language,
            languages=draft.languages,
            preferred_language=found.language,
            questions=map(question_message, draft.questions),
            k=draft.k,
            closes_at=timestamp(draft.closes_at),
            kept=[_answer(question, value) for question, value in found.kept.items()],
        )
    )
    return message


def _answer(question: str, value: int | str) -> pb.BallotAnswer:
    if isinstance(value, str):
        return pb.BallotAnswer(question=question, text=value)
    return pb.BallotAnswer(question=question, score=value)
