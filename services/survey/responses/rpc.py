"""Door 1: cxm.survey.v1.ResponseService."""

from cxm.survey.v1 import responses_pb2 as pb
from cxm.survey.v1.responses_pb2_grpc import ResponseServiceServicer
from services.kit.rpc.door import Context, check_count, viewer
from services.survey.responses.correcting import Correcting, ResponseClaim
from services.survey.responses.domain.fingerprint import receipt
from services.survey.responses.domain.outcome import IN_STORE
from services.survey.responses.intake import Intake
from services.survey.surveys import convert

MOST_SUBMISSIONS = 1_000


class ResponseRpc(ResponseServiceServicer):
    """Responses go through the intake; changes of one that is stored take its row's lock."""

    def __init__(self, intake: Intake, correcting: Correcting) -> None:
        self.intake = intake
        self.correcting = correcting

    async def SubmitResponses(
        self, request: pb.SubmitResponsesRequest, context: Context
    ) -> pb.SubmitResponsesResponse:
        """Store responses, each on its own; without a token to public surveys only."""
        check_count(len(request.submissions), largest=MOST_SUBMISSIONS, what="responses")
        submissions = [convert.submission(message) for message in request.submissions]
        outcomes = await self.intake.accept(viewer(context), submissions)
        key = self.intake.customer_key
        return pb.SubmitResponsesResponse(
            results=[convert.result(outcome) for outcome in outcomes],
            receipts=[receipt(key, o.id) if o.fate in IN_STORE else "" for o in outcomes],
        )

    async def CorrectResponse(
        self, request: pb.CorrectResponseRequest, context: Context
    ) -> pb.CorrectResponseResponse:
        """Replace the answers of a response."""
        asked = ResponseClaim(request.id, request.receipt if request.HasField("receipt") else None)
        given = convert.answers(request.answers)
        changed = await self.correcting.correct(viewer(context), asked, given)
        return pb.CorrectResponseResponse(changed=changed)

    async def WithdrawResponse(
        self, request: pb.WithdrawResponseRequest, context: Context
    ) -> pb.WithdrawResponseResponse:
        """Take a response back and erase what it said."""
        asked = ResponseClaim(request.id, request.receipt if request.HasField("receipt") else None)
        changed = await self.correcting.withdraw(viewer(context), asked)
        return pb.WithdrawResponseResponse(changed=changed)
