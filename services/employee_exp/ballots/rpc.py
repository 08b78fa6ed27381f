"""cxm.employee_exp.v1.BallotService."""

from cxm.employee_exp.v1 import ballots_pb2 as pb
from cxm.employee_exp.v1.ballots_pb2_grpc import (
    BallotServiceServicer,
    add_BallotServiceServicer_to_server,
)
from services.employee_exp.ballots import convert
from services.employee_exp.ballots.answering import BallotTaker, FindLanguage
from services.employee_exp.ballots.flushing import BallotFlusher
from services.employee_exp.sealing.wave_keys import WaveKeys
from services.kit.process import Process
from services.kit.rights.access import Action
from services.kit.rpc.needs import Scope, TreeSource, needs
from services.kit.rpc.servicing import Context, check_count
from services.kit.service import Shared

MOST_ANSWERS = 60


class BallotRpc(BallotServiceServicer):
    """Answers whoever holds a link; the link is all the right it takes."""

    def __init__(self, directory: TreeSource, taker: BallotTaker) -> None:
        self.directory = directory
        self.taker = taker

    @needs(Action.SUBMIT, Scope.ANYONE, is_watched=False)
    async def FindBallot(
        self, request: pb.FindBallotRequest, context: Context
    ) -> pb.FindBallotResponse:
        """Spends nothing."""
        return convert.found_ballot(await self.taker.find(request.token))

    @needs(Action.SUBMIT, Scope.ANYONE, is_watched=False)
    async def KeepBallot(
        self, request: pb.KeepBallotRequest, context: Context
    ) -> pb.KeepBallotResponse:
        """In the place of what was kept before."""
        check_count(len(request.answers) or 1, largest=MOST_ANSWERS, what="answers")
        state = await self.taker.keep(request.token, convert.given(request.answers))
        return pb.KeepBallotResponse(state=convert.LINK_STATES[state])

    @needs(Action.SUBMIT, Scope.ANYONE, is_watched=False)
    async def SendBallot(
        self, request: pb.SendBallotRequest, context: Context
    ) -> pb.SendBallotResponse:
        """Once; nobody finds a sent ballot again."""
        check_count(len(request.answers), largest=MOST_ANSWERS, what="answers")
        state, taken = await self.taker.send(request.token, convert.given(request.answers))
        return pb.SendBallotResponse(state=convert.LINK_STATES[state], taken=taken)


def wire(
    process: Process, shared: Shared, keys: WaveKeys, find_language: FindLanguage
) -> BallotFlusher:
    """Answer cxm.employee_exp.v1.BallotService, and flush; returns what flushes for the last time."""
    taker = BallotTaker(shared.database, keys, find_language)
    flusher = BallotFlusher(shared.database, keys)
    process.serve(
        "cxm.employee_exp.v1.BallotService",
        add_BallotServiceServicer_to_server,
        BallotRpc(shared.directory, taker),
    )
    process.background(flusher.run)
    return flusher
