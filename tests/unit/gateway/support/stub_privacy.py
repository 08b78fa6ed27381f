"""Erasures as profile would answer for them."""

from typing import Any

from cxm.profile.v1 import privacy_pb2, privacy_pb2_grpc
from services.kit.errors import NotFound
from services.kit.rpc.servicing import Context
from tests.unit.gateway.support.stub_services import StubServices


class Erasures(privacy_pb2_grpc.PrivacyServiceServicer):
    """Those that a test put in; the newest is answered to who asks for one."""

    def __init__(self, services: StubServices) -> None:
        self.services = services

    def _erasure(self, id_: str) -> privacy_pb2.StoredErasure:
        for erasure in self.services.erasures:
            if erasure.id == id_:
                return erasure
        raise NotFound("no such request", field=["id"])

    async def RequestErasure(self, request: Any, context: Context) -> Any:
        self.services.note("RequestErasure", request, context)
        return privacy_pb2.RequestErasureResponse(erasure=self.services.erasures[0])

    async def CountErasure(self, request: Any, context: Context) -> Any:
        self.services.note("CountErasure", request, context)
        return privacy_pb2.CountErasureResponse(erasure=self._erasure(request.id))

    async def DecideErasure(self, request: Any, context: Context) -> Any:
        self.services.note("DecideErasure", request, context)
        return privacy_pb2.DecideErasureResponse(erasure=self._erasure(request.id))

    async def GetErasure(self, request: Any, context: Context) -> Any:
        self.services.note("GetErasure", request, context)
        return privacy_pb2.GetErasureResponse(erasure=self._erasure(request.id))

    async def ListErasures(self, request: Any, context: Context) -> Any:
        self.services.note("ListErasures", request, context)
        ids = [erasure.id for erasure in self.services.erasures]
        start = ids.index(request.after) + 1 if request.after else 0
        found = self.services.erasures[start : start + request.first]
        more = start + request.first < len(ids)
        return privacy_pb2.ListErasuresResponse(erasures=found, more=more, total=len(ids))

    async def AllowAgain(self, request: Any, context: Context) -> Any:
        self.services.note("AllowAgain", request, context)
        return privacy_pb2.AllowAgainResponse(changed=True)
