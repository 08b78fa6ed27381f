"""What employees are asked in a wave, and what they answer: by a link alone, in nobody's name."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import grpc

from cxm.employee_exp.v1 import ballots_pb2 as pb
from cxm.employee_exp.v1 import waves_pb2
from gateway.calls.forms import SECONDS, Answers, Form, FormQuestion, Text
from gateway.errors import failure_of
from services.kit.errors import Late
from services.kit.rights.access import ANONYMOUS

if TYPE_CHECKING:
    from gateway.calls.clients import Clients

_KIND = "WAVE_QUESTION_KIND_"


class LinkState(StrEnum):
    """What became of a link."""

    UNKNOWN = "UNKNOWN"
    READY = "READY"
    SPENT = "SPENT"
    CLOSED = "CLOSED"


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a link asks; the form is that of a survey, its questions have the kinds of waves."""

    state: LinkState
    form: Form
    k: int
    closes_at: datetime | None
    kept: Answers = field(default_factory=dict)


class Ballots:
    """Asks employee_exp, which holds all rules; every failure is raised as the Failure it reported."""

    def __init__(self, clients: "Clients") -> None:
        self.clients = clients

    async def find(self, token: str) -> Ballot:
        """What a link asks; it spends nothing."""
        reply = await self._call(self.clients.ballots.FindBallot, pb.FindBallotRequest(token=token))
        closes_at = reply.closes_at.ToDatetime(None) if reply.HasField("closes_at") else None
        kept = {each.question: getattr(each, each.WhichOneof("value")) for each in reply.kept}
        return Ballot(_state(reply.state), _form(reply), reply.k, closes_at, kept)

    async def keep(self, token: str, answers: Answers) -> LinkState:
        """Keep answers for later, in the place of those kept before."""
        request = pb.KeepBallotRequest(token=token, answers=_messages(answers))
        reply = await self._call(self.clients.ballots.KeepBallot, request)
        return _state(reply.state)

    async def send(self, token: str, answers: Answers) -> tuple[LinkState, bool]:
        """Send answers and spend the link; and whether it took these answers."""
        request = pb.SendBallotRequest(token=token, answers=_messages(answers))
        reply = await self._call(self.clients.ballots.SendBallot, request)
        return _state(reply.state), reply.taken

    async def _call(self, method: Any, request: Any) -> Any:
        metadata = self.clients.metadata(ANONYMOUS, "employee_exp")
        try:
            async with asyncio.timeout(SECONDS):
                return await method(request, timeout=SECONDS, metadata=metadata)
        except grpc.aio.AioRpcError as error:
            raise failure_of(error, "employee_exp") from error
        except TimeoutError as error:
            raise Late("the employee_exp service did not answer in time") from error


def _state(state: "pb.LinkState.ValueType") -> LinkState:
    return LinkState(pb.LinkState.Name(state).removeprefix("LINK_STATE_"))


def _form(reply: pb.FindBallotResponse) -> Form:
    return Form(
        "",
        _text(reply.name, reply.names),
        reply.language,
        tuple(map(_question, reply.questions)),
        reply.preferred_language,
    )


def _question(question: waves_pb2.WaveQuestion) -> FormQuestion:
    kind = waves_pb2.WaveQuestionKind.Name(question.kind).removeprefix(_KIND)
    text = _text(question.text, question.texts)
    return FormQuestion(question.key, kind, text, dont_know=False, low=0, high=0, options=())


def _text(plain: str, others: Iterable[waves_pb2.WaveText]) -> Text:
    return Text(plain, {text.language: text.text for text in others})


def _messages(answers: Answers) -> list[pb.BallotAnswer]:
    return [
        pb.BallotAnswer(question=key, text=value)
        if isinstance(value, str)
        else pb.BallotAnswer(question=key, score=int(value))  # type: ignore[arg-type]
        for key, value in answers.items()
    ]
