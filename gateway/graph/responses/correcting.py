"""Correcting and withdrawing responses."""

from typing import Any

import strawberry

from cxm.survey.v1 import responses_pb2 as pb
from gateway.graph.base.mutations import Input, UserError, mutate
from gateway.graph.responses.submitting import AnswerInput, answer_message, unclear_answers
from gateway.request.admission import NO_TOKEN
from gateway.request.context import Context, Info

_ID = "Of the response; for admins and analysts also what an export shows in its column `response`."
_RECEIPT = "As it was given at the submission; absent: the caller has a role that may."


@strawberry.input(
    description="The answers of a response as they should have been. Whom it counts for, and when, stays."
)
class CorrectResponseInput:
    id: strawberry.ID = strawberry.field(description=_ID)
    answers: list[AnswerInput] = strawberry.field(
        description="All of them, to the version of the survey that was answered; at least one."
    )
    receipt: str | None = strawberry.field(default=None, description=_RECEIPT)


@strawberry.input(description="A response that is taken back.")
class WithdrawResponseInput:
    id: strawberry.ID = strawberry.field(description=_ID)
    receipt: str | None = strawberry.field(default=None, description=_RECEIPT)


@strawberry.type(description="What became of a correction or a withdrawal.")
class ChangeResponsePayload:
    changed: bool = strawberry.field(
        default=False, description="False when it was so already, and when it was refused."
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list,
        description="Why it was refused: UNKNOWN_RESPONSE (none, not yours, or not its receipt), "
        "RESPONSE_WITHDRAWN, or as in submitResponse.",
    )


@strawberry.type
class CorrectionMutation:
    @strawberry.field(
        description="Replace the answers of a response; needs its receipt, or an admin or analyst. Scores follow "
        "within a second.",
        metadata=NO_TOKEN,
    )
    async def correct_response(
        self, info: Info, given: Input[CorrectResponseInput]
    ) -> ChangeResponsePayload:
        if errors := unclear_answers(given.answers):
            return ChangeResponsePayload(user_errors=errors)
        request = pb.CorrectResponseRequest(
            id=given.id, receipt=given.receipt, answers=map(answer_message, given.answers)
        )
        work = _change(info.context, info.context.clients.responses.CorrectResponse, request)
        return await mutate(ChangeResponsePayload, work)

    @strawberry.field(
        description="Take a response back and erase what it said; needs its receipt, or an admin. It leaves every "
        "score within a second, and cannot come back.",
        metadata=NO_TOKEN,
    )
    async def withdraw_response(
        self, info: Info, given: Input[WithdrawResponseInput]
    ) -> ChangeResponsePayload:
        request = pb.WithdrawResponseRequest(id=given.id, receipt=given.receipt)
        work = _change(info.context, info.context.clients.responses.WithdrawResponse, request)
        return await mutate(ChangeResponsePayload, work)


async def _change(context: Context, method: Any, request: Any) -> ChangeResponsePayload:
    reply = await context.call("survey", method, request, anonymous=True)
    return ChangeResponsePayload(changed=reply.changed)
