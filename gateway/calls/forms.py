"""What respondents are asked, and what they answer: in nobody's name, as strangers send it over the API."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import grpc

from cxm.batch.v1.batch_pb2 import ITEM_STATUS_REFUSED, ITEM_STATUS_STORED
from cxm.survey.v1 import responses_pb2 as pb
from cxm.survey.v1 import surveys_pb2
from gateway.errors import failure_of
from services.kit.errors import Late, NotFound
from services.kit.rights.access import ANONYMOUS

if TYPE_CHECKING:
    from gateway.calls.clients import Clients

SECONDS = 10.0
SUBMITTING_SECONDS = 30.0
_KIND = "QUESTION_KIND_"

Value: TypeAlias = int | str | bool | tuple[str, ...]
"""A score, a text, True for "don't know", keys of chosen options."""
Answers: TypeAlias = Mapping[str, Value]
"""By the keys of questions."""


class Text(NamedTuple):
    """A text of the survey's author, and the same in other languages by BCP 47 tag."""

    plain: str
    others: Mapping[str, str]

    def said(self, language: str) -> str:
        """In a language, else as it was written first."""
        return self.others.get(language, self.plain)


@dataclass(frozen=True, slots=True)
class FormOption:
    """One answer that a choice offers."""

    key: str
    text: Text


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """One question; `kind`: the contract's name; low and high: of a RATING; options: of a choice.

    `item`: the standard item that it asks, empty for none.
    """

    key: str
    kind: str
    text: Text
    dont_know: bool
    low: int
    high: int
    options: tuple[FormOption, ...]
    item: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """What a respondent is asked; `language` of the plain texts, empty where nobody said it."""

    survey: str
    title: Text
    language: str
    questions: tuple[FormQuestion, ...]
    invited_language: str

    @property
    def languages(self) -> tuple[str, ...]:
        """What it can be answered in, its own first; empty where nobody said."""
        texts = (self.title, *(question.text for question in self.questions))
        others = sorted({tag for text in texts for tag in text.others})
        return (self.language, *others) if self.language or others else ()


class Place(NamedTuple):
    """Where an answer is given: the key of a survey, and what the link names."""

    survey: str
    touchpoint: str | None = None
    department: str | None = None
    invitation: str | None = None


class Proof(NamedTuple):
    """The id of a response, and the secret by which its sender is known again."""

    id: str
    secret: str


class AnswerRefused(NamedTuple):
    """Why an answer was not stored; `question`: its place in the form, where it is about one."""

    reason: str
    question: str | None


class CodeSpent(Exception):
    """The response of this code was removed, or answers another survey: what is sent now needs another code."""


class Forms:
    """Asks survey, which holds all rules; every failure is raised as the Failure it reported."""

    def __init__(self, clients: "Clients") -> None:
        self.clients = clients

    async def open(self, place: Place) -> Form:
        """What is asked there; NotFound where nothing can be answered now."""
        request = pb.GetFormRequest(**place._asdict())
        return _form(await self._call(self.clients.responses.GetForm, request))

    async def open_again(self, proof: Proof) -> Form:
        """What a stored response answered; NotFound where there is none."""
        request = pb.GetFormRequest(response=proof.id, secret=proof.secret)
        return _form(await self._call(self.clients.responses.GetForm, request))

    async def submit(
        self, place: Place, proof: Proof, answers: Answers, language: str
    ) -> list[AnswerRefused]:
        """Store a response once, however often it is sent; why it was refused, empty where it is stored.

        CodeSpent where the proof is of a response that was removed, or of another survey.
        """
        submission = pb.Submission(
            id=proof.id,
            secret=proof.secret,
            answers=_messages(answers),
            language=language or None,
            **place._asdict(),
        )
        request = pb.SubmitResponsesRequest(submissions=[submission])
        reply = await self.clients.submissions.submit(
            ANONYMOUS, request, seconds=SUBMITTING_SECONDS
        )
        (result,) = reply.results
        if result.status == ITEM_STATUS_STORED:
            return []
        has_changed = any(refusal.reason == "ID_CONFLICT" for refusal in result.refusals)
        if has_changed or result.status != ITEM_STATUS_REFUSED:  # it was sent before
            await self._check_own(place, proof)
            if has_changed:
                await self.correct(proof, answers)
            return []
        keys = list(answers)
        return [AnswerRefused(each.reason, _question(each.field, keys)) for each in result.refusals]

    async def correct(self, proof: Proof, answers: Answers) -> None:
        """Replace the answers of a response."""
        request = pb.CorrectResponseRequest(
            id=proof.id, secret=proof.secret, answers=_messages(answers)
        )
        await self._call(self.clients.responses.CorrectResponse, request)

    async def withdraw(self, proof: Proof) -> None:
        """Erase a response for good."""
        request = pb.WithdrawResponseRequest(id=proof.id, secret=proof.secret)
        await self._call(self.clients.responses.WithdrawResponse, request)

    async def _check_own(self, place: Place, proof: Proof) -> None:
        try:
            stored = await self.open_again(proof)
        except NotFound as error:
            raise CodeSpent from error
        if stored.survey != place.survey:
            raise CodeSpent

    async def _call(self, method: Any, request: Any) -> Any:
        metadata = self.clients.metadata(ANONYMOUS, "survey")
        try:
            async with asyncio.timeout(SECONDS):
                return await method(request, timeout=SECONDS, metadata=metadata)
        except grpc.aio.AioRpcError as error:
            raise failure_of(error, "survey") from error
        except TimeoutError as error:
            raise Late("the survey service did not answer in time") from error


def _form(reply: pb.GetFormResponse) -> Form:
    form = reply.form
    return Form(
        form.survey,
        _text(form.title, form.texts),
        form.language,
        tuple(map(_question_asked, form.questions)),
        form.invited_language,
    )


def _question_asked(question: surveys_pb2.Question) -> FormQuestion:
    kind = surveys_pb2.QuestionKind.Name(question.kind).removeprefix(_KIND)
    options = tuple(FormOption(o.key, _text(o.text, o.texts)) for o in question.options)
    return FormQuestion(
        question.key,
        kind,
        _text(question.text, question.texts),
        question.dont_know,
        question.scale.low,
        question.scale.high,
        options,
        question.item,
    )


def _text(plain: str, others: Iterable[surveys_pb2.Text]) -> Text:
    return Text(plain, {text.language: text.text for text in others})


def _messages(answers: Answers) -> list[pb.Answer]:
    return [_message(question, value) for question, value in answers.items()]


def _message(question: str, value: Value) -> pb.Answer:
    if value is True:
        return pb.Answer(question=question, dont_know=True)
    if isinstance(value, tuple):
        return pb.Answer(question=question, choices=pb.Choices(options=value))
    if isinstance(value, str):
        return pb.Answer(question=question, text=value)
    return pb.Answer(question=question, score=value)


def _question(path: Iterable[str], keys: list[str]) -> str | None:
    """The question that a refusal of an answer is about."""
    first, *rest = [*path, ""]
    return keys[int(rest[0])] if first == "answers" and rest[0].isdigit() else None
