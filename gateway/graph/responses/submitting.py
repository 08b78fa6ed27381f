"""Submitting responses, one or up to 1,000 at once."""

import asyncio
from collections.abc import Sequence

import strawberry
from uuid_utils import uuid7

from cxm.batch.v1.batch_pb2 import ItemResult
from cxm.survey.v1 import responses_pb2 as pb
from gateway.calls.submissions import ALONE_FROM
from gateway.graph.base.batch import SubmitStatus, check_items, make_directly, make_on_reading
from gateway.graph.base.mutations import CAMEL_CASE, Input, UserError, mutate, refusals, user_error
from gateway.graph.base.node import as_graphql
from gateway.graph.base.scalars import DateTime
from gateway.request.admission import LARGE_BODY, NO_TOKEN
from gateway.request.context import Context, Info


@strawberry.input(
    description="The answer to one question: exactly one of score, text, choices and dontKnow."
)
class AnswerInput:
    question: str = strawberry.field(description="Its key; each question once.")
    score: int | None = strawberry.field(
        default=None,
        description="NPS: 0 to 10. CSAT and CES1: 1 to 5. CES: 1 to 7. RATING: on its scale.",
    )
    text: str | None = strawberry.field(
        default=None, description="TEXT: at most 10,000 characters. Personal data."
    )
    choices: list[str] | None = strawberry.field(
        default=None,
        description="Keys of the chosen options, each once. SINGLE_CHOICE: exactly one. "
        "MULTIPLE_CHOICE: at least one.",
    )
    dont_know: bool | None = strawberry.field(
        default=None, description="True where the question allows it; false is the same as absent."
    )


@strawberry.input(
    description="One response. An id is stored once: used again it is ALREADY_STORED. That the content is another one "
    "(ID_CONFLICT) is told to who sends the secret of the first call, or has a token to submit with."
)
class SubmitResponseInput:
    survey: str = strawberry.field(description="Key of the survey.")
    answers: list[AnswerInput] = strawberry.field(description="At least one.")
    id: strawberry.ID | None = strawberry.field(
        default=None,
        description="A UUID of any version, made by the client at random: the same id is stored once, so a call "
        "can be repeated until it is answered. Those of imported rows are refused. Absent: made here.",
    )
    touchpoint: str | None = strawberry.field(
        default=None,
        description="Key; its owner on the response's day is the department the response counts for.",
    )
    department: str | None = strawberry.field(
        default=None, description="Key; overrides the touchpoint's owner."
    )
    customer: str | None = strawberry.field(
        default=None,
        description="Any external id of the customer; kept only as a keyed hash. Absent: anonymous.",
    )
    channel: str | None = strawberry.field(
        default=None, description="E.g. EMAIL; absent: the touchpoint's."
    )
    segment: str | None = strawberry.field(default=None, description="Segment of the customer.")
    language: str | None = strawberry.field(
        default=None, description="E.g. lv, a BCP 47 tag; kept as sent."
    )
    occurred_at: DateTime | None = strawberry.field(
        default=None,
        description="When the experience was; 2000-01-01 to one day ahead. Absent: now.",
    )
    invitation: str | None = strawberry.field(
        default=None,
        description="One-time token, from createInvitations: it needs no bearer token, is spent by this "
        "response, and what it fixes counts instead of what is sent here.",
    )
    secret: str | None = strawberry.field(
        default=None,
        description="16 to 128 random characters, made by the client for this response and kept by it. A call that is "
        "repeated with it is given the receipt again, or ID_CONFLICT where the content is another one.",
    )


@strawberry.input(description="1 to 1,000 responses.")
class SubmitResponsesInput:
    responses: list[SubmitResponseInput] = strawberry.field(description="In any order.")


make_directly(AnswerInput)
make_directly(SubmitResponseInput, answers=AnswerInput)
make_on_reading(SubmitResponsesInput, "responses", SubmitResponseInput)


MOST_ON_LOOP = 20
"""Responses that are made on the event loop; with 200 answers each they hold it 30 ms."""


RECEIPT = (
    "By which its sender corrects or withdraws the response: keep it, and keep it secret. Given once, by the call that "
    "stored the response, and to who repeats it with its secret; null otherwise."
)


@strawberry.type(description="One submitted questionnaire.")
class Response:
    id: strawberry.ID = strawberry.field(description="Its plain UUID: the one sent, or made here.")


@strawberry.type(description="What became of a response.")
class SubmitResponsePayload:
    response: Response | None = strawberry.field(
        default=None, description="Stored now or before; null when it was refused."
    )
    receipt: str | None = strawberry.field(default=None, description=RECEIPT)
    user_errors: list[UserError] = strawberry.field(
        default_factory=list, description="Why it was refused."
    )


@strawberry.type(description="What became of one response of a batch.")
class SubmitResult:
    index: int = strawberry.field(description="Place of the response in the input, from 0.")
    id: strawberry.ID | None = strawberry.field(
        description="Its plain UUID; null when it was refused before it had one."
    )
    status: SubmitStatus = strawberry.field(description="Whether it is in the store now.")
    receipt: str | None = strawberry.field(description=RECEIPT)
    user_errors: list[UserError] = strawberry.field(description="Empty unless REFUSED.")


@strawberry.type(description="What became of each response. One bad response harms no neighbour.")
class SubmitResponsesPayload:
    results: list[SubmitResult] = strawberry.field(
        default_factory=list,
        description="One per response, in the order of the input; empty when the call as a whole was "
        "refused.",
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list,
        description="Why the call as a whole was refused, e.g. EMPTY; nothing was stored.",
    )


@strawberry.type
class ResponseMutation:
    @strawberry.field(
        description="Store one response. A public survey needs no token. In a score within a second.",
        metadata=NO_TOKEN,
    )
    async def submit_response(
        self, info: Info, given: Input[SubmitResponseInput]
    ) -> SubmitResponsePayload:
        return await mutate(SubmitResponsePayload, _submit_one(info.context, given))

    @strawberry.field(
        description="Store 1 to 1,000 responses, each on its own. A public survey needs no token; without one a call "
        "holds at most 20. "
        "Repeatable with the same ids until it is answered.",
        metadata={**NO_TOKEN, **LARGE_BODY},
    )
    async def submit_responses(
        self,
        info: Info,
        given: Input[SubmitResponsesInput],
    ) -> SubmitResponsesPayload:
        return await mutate(SubmitResponsesPayload, _submit_all(info.context, given.responses))


async def _submit_one(context: Context, response: SubmitResponseInput) -> SubmitResponsePayload:
    (result,) = await _submit(context, [response])
    if result.user_errors or result.id is None:
        return SubmitResponsePayload(user_errors=result.user_errors)
    return SubmitResponsePayload(response=Response(id=result.id), receipt=result.receipt)


async def _submit_all(
    context: Context, responses: Sequence[SubmitResponseInput]
) -> SubmitResponsesPayload:
    check_items(responses, "responses")
    return SubmitResponsesPayload(results=await _submit(context, responses))


async def _submit(context: Context, responses: Sequence[SubmitResponseInput]) -> list[SubmitResult]:
    """Send what can be said in the contract; one result per response, in order."""
    if len(responses) > MOST_ON_LOOP:
        submissions, results = await asyncio.to_thread(_submissions, responses)
    else:
        submissions, results = _submissions(responses)
    if submissions:
        request = pb.SubmitResponsesRequest(submissions=submissions.values())
        reply = await _send(context, request)
        receipts = reply.receipts or [""] * len(submissions)  # a survey of yesterday makes none
        for index, result, receipt in zip(submissions, reply.results, receipts, strict=True):
            results[index] = _result(index, result, receipt)
    return [results[index] for index in range(len(responses))]


def _submissions(
    responses: Sequence[SubmitResponseInput],
) -> tuple[dict[int, pb.Submission], dict[int, SubmitResult]]:
    """What is sent, and what is refused here, by place."""
    refused: dict[int, SubmitResult] = {}
    submissions: dict[int, pb.Submission] = {}
    for index, response in enumerate(responses):
        errors = unclear_answers(response.answers)
        if response.id == "":
            errors.append(_empty_id())
        if errors:
            refused[index] = _refused(index, response, errors)
        else:
            submissions[index] = _submission(response)
    return submissions, refused


async def _send(context: Context, request: pb.SubmitResponsesRequest) -> pb.SubmitResponsesResponse:
    """Send responses in the viewer's name, few of them together with those of others; fails as Context.call does."""
    if len(request.submissions) >= ALONE_FROM:
        method = context.clients.responses.SubmitResponses
        return await context.call("survey", method, request, anonymous=True)
    seconds = context.seconds_left()
    return await context.clients.submissions.submit(context.viewer, request, seconds=seconds)


def unclear_answers(answers: Sequence[AnswerInput]) -> list[UserError]:
    """The contract holds one value per answer: two of them cannot even be sent."""
    return [
        user_error(
            "ONE_VALUE",
            "give exactly one of score, text, choices and dontKnow",
            ["answers", str(index)],
            CAMEL_CASE,
        )
        for index, answer in enumerate(answers)
        if _values(answer) > 1
    ]


def _empty_id() -> UserError:
    """Refused here too: a survey service of the last version reads an empty id as none."""
    message = "an id is a UUID; leave it out to get one"
    return user_error("INVALID_ID", message, ["id"], CAMEL_CASE)


def _values(answer: AnswerInput) -> int:
    given = (answer.score, answer.text, answer.choices)
    return sum(value is not None for value in given) + bool(answer.dont_know)


def _submission(response: SubmitResponseInput) -> pb.Submission:
    return pb.Submission(
        id=str(uuid7()) if response.id is None else response.id,
        survey=response.survey,
        answers=[answer_message(answer) for answer in response.answers],
        touchpoint=response.touchpoint,
        department=response.department,
        customer=response.customer,
        channel=response.channel,
        segment=response.segment,
        language=response.language,
        occurred_at=response.occurred_at,
        invitation=response.invitation,
        secret=response.secret,
    )


def answer_message(answer: AnswerInput) -> pb.Answer:
    message = pb.Answer(question=answer.question)
    if answer.score is not None:
        message.score = answer.score
    elif answer.text is not None:
        message.text = answer.text
    elif answer.choices is not None:
        message.choices.options[:] = answer.choices
        message.choices.SetInParent()  # no choice at all is an answer too, and refused where the rule is
    elif answer.dont_know:
        message.dont_know = True
    return message


def _result(index: int, result: ItemResult, receipt: str) -> SubmitResult:
    return SubmitResult(
        index=index,
        id=strawberry.ID(result.id) if result.id else None,
        status=as_graphql(result.status),
        receipt=receipt or None,
        user_errors=refusals(result.refusals),
    )


def _refused(index: int, response: SubmitResponseInput, errors: list[UserError]) -> SubmitResult:
    return SubmitResult(
        index=index,
        id=response.id or None,
        status=SubmitStatus.REFUSED,
        receipt=None,
        user_errors=errors,
    )
