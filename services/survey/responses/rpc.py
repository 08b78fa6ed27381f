"""Responses over gRPC: cxm.survey.v1.ResponseService."""

from cxm.survey.v1 import responses_pb2 as pb
from cxm.survey.v1.responses_pb2_grpc import (
    ResponseServiceServicer,
    add_ResponseServiceServicer_to_server,
)
from services.kit.db.store_room import StoreRoom
from services.kit.process import Process
from services.kit.rights.access import Action
from services.kit.rpc.fields import optionals
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_count, viewer
from services.kit.sealing.answer_receipts import answer_receipt
from services.kit.service import Shared
from services.survey.attribution.labels import Labels
from services.survey.responses import convert
from services.survey.responses.asking import Asking
from services.survey.responses.correcting import Correcting, ResponseClaim
from services.survey.responses.domain.outcome import WITH_RECEIPT
from services.survey.responses.events import announce_lost
from services.survey.responses.intake import Intake
from services.survey.responses.judging import Judging
from services.survey.responses.writer import ResponseWriter

MOST_SUBMISSIONS = 1_000


class ResponseRpc(ResponseServiceServicer):
    """Responses go through the intake; changes of one that is stored take its row's lock."""

    def __init__(self, intake: Intake, correcting: Correcting, customer_key: bytes) -> None:
        self.intake = intake
        self.asking = Asking(intake.judging, correcting)
        self.correcting = correcting
        self.customer_key = customer_key

    @needs(Action.SUBMIT, Scope.ANYONE)
    async def SubmitResponses(
        self, request: pb.SubmitResponsesRequest, context: Context
    ) -> pb.SubmitResponsesResponse:
        """Store responses, each on its own; without a token to public surveys only."""
        check_count(len(request.submissions), largest=MOST_SUBMISSIONS, what="responses")
        submissions = [convert.submission(message) for message in request.submissions]
        outcomes = await self.intake.accept(viewer(context), submissions)
        key = self.customer_key
        return pb.SubmitResponsesResponse(
            results=[convert.result(outcome) for outcome in outcomes],
            receipts=[
                answer_receipt(key, o.id) if o.fate in WITH_RECEIPT else "" for o in outcomes
            ],
        )

    @needs(Action.SUBMIT, Scope.ANYONE)
    async def GetForm(self, request: pb.GetFormRequest, context: Context) -> pb.GetFormResponse:
        """What a respondent is asked; the same NotFound for whatever cannot be answered."""
        if request.response:
            form = await self.asking.again(ResponseClaim(request.response, secret=request.secret))
        else:
            form = await self.asking.ask(convert.asked(request))
        return pb.GetFormResponse(form=convert.form_message(form))

    @needs(Action.CORRECT_RESPONSES, Scope.ANYONE)
    async def CorrectResponse(
        self, request: pb.CorrectResponseRequest, context: Context
    ) -> pb.CorrectResponseResponse:
        """Replace the answers of a response."""
        claim = ResponseClaim(request.id, *optionals(request, "receipt", "secret"))
        answers = convert.answers(request.answers)
        changed = await self.correcting.correct(viewer(context), claim, answers)
        return pb.CorrectResponseResponse(changed=changed)

    @needs(Action.WITHDRAW_RESPONSES, Scope.ANYONE)
    async def WithdrawResponse(
        self, request: pb.WithdrawResponseRequest, context: Context
    ) -> pb.WithdrawResponseResponse:
        """Take a response back and erase what it said."""
        claim = ResponseClaim(request.id, *optionals(request, "receipt", "secret"))
        changed = await self.correcting.withdraw(viewer(context), claim)
        return pb.WithdrawResponseResponse(changed=changed)


def wire(
    process: Process, shared: Shared, judging: Judging, labels: Labels, room: StoreRoom
) -> Intake:
    """Answer cxm.survey.v1.ResponseService; returns what takes responses in."""
    key = judging.customer_key
    writer = ResponseWriter(shared.database.pool, shared.outbox, key)
    intake = Intake(judging, labels, writer, room)
    correcting = Correcting(shared.database, shared.outbox, shared.directory, key, judging.now)
    shared.restore(lambda session: announce_lost(shared.outbox, session, judging.now()))
    process.serve(
        "cxm.survey.v1.ResponseService",
        add_ResponseServiceServicer_to_server,
        ResponseRpc(intake, correcting, key),
    )
    return intake
