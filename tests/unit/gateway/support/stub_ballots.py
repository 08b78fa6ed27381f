"""A stub of what links of a wave ask: one is spent by what is sent, once."""

from typing import Any

from cxm.employee_exp.v1 import ballots_pb2 as pb
from cxm.employee_exp.v1 import ballots_pb2_grpc
from services.kit.rpc.servicing import Context
from tests.unit.gateway.support.stub_services import StubServices

UNKNOWN = pb.FindBallotResponse(state=pb.LINK_STATE_UNKNOWN)


class Ballots(ballots_pb2_grpc.BallotServiceServicer):
    def __init__(self, services: StubServices) -> None:
        self.services = services

    async def FindBallot(self, request: Any, context: Context) -> Any:
        self.services.note("FindBallot", request, context)
        return self.services.ballots.get(request.token, UNKNOWN)

    async def KeepBallot(self, request: Any, context: Context) -> Any:
        self.services.note("KeepBallot", request, context)
        found = self._answered("KeepBallot", request.token)
        if found.state == pb.LINK_STATE_READY:
            del found.kept[:]
            found.kept.extend(request.answers)
        return pb.KeepBallotResponse(state=found.state)

    async def SendBallot(self, request: Any, context: Context) -> Any:
        self.services.note("SendBallot", request, context)
        found = self._answered("SendBallot", request.token)
        is_taken = found.state == pb.LINK_STATE_READY
        if is_taken:
            spent = pb.FindBallotResponse(state=pb.LINK_STATE_SPENT)
            self.services.ballots[request.token] = found = spent
        return pb.SendBallotResponse(state=found.state, taken=is_taken)

    def _answered(self, rpc: str, token: str) -> pb.FindBallotResponse:
        if self.services.ends_before == rpc:
            self.services.ballots.pop(token, None)
        return self.services.ballots.get(token, UNKNOWN)
