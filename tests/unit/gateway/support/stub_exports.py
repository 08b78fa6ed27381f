"""The exports of the stub services."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from cxm.metrics.v1.export_pb2 import ExportScoresResponse
from cxm.metrics.v1.export_pb2_grpc import ScoreExportServiceServicer
from cxm.survey.v1.export_pb2 import ExportResponsesResponse, GetExportMappingResponse
from cxm.survey.v1.export_pb2_grpc import ResponseExportServiceServicer
from services.kit.rpc.servicing import Context
from tests.unit.gateway.support.stub_services import StubServices


class ResponseExports(ResponseExportServiceServicer):
    def __init__(self, services: StubServices) -> None:
        self.services = services

    async def ExportResponses(self, request: Any, context: Context) -> AsyncIterator[Any]:
        self.services.note("ExportResponses", request, context)
        for piece in self.services.pieces:
            yield ExportResponsesResponse(data=piece)
        if "ExportResponses at the end" in self.services.failures:
            raise self.services.failures["ExportResponses at the end"]
        if self.services.hold is not None:
            try:
                self.services.waiting.set()
                await self.services.hold.wait()
            except asyncio.CancelledError:
                self.services.cancelled.set()
                raise

    async def GetExportMapping(self, request: Any, context: Context) -> AsyncIterator[Any]:
        self.services.note("GetExportMapping", request, context)
        for piece in self.services.pieces:
            yield GetExportMappingResponse(data=piece)


class ScoreExports(ScoreExportServiceServicer):
    def __init__(self, services: StubServices) -> None:
        self.services = services

    async def ExportScores(self, request: Any, context: Context) -> AsyncIterator[Any]:
        self.services.note("ExportScores", request, context)
        for piece in self.services.pieces:
            yield ExportScoresResponse(data=piece)
