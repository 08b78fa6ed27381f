"""The export doors of the small services."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from cxm.metrics.v1.export_pb2 import ExportScoresResponse
from cxm.metrics.v1.export_pb2_grpc import ScoreExportServiceServicer
from cxm.survey.v1.export_pb2 import ExportResponsesResponse
from cxm.survey.v1.export_pb2_grpc import ResponseExportServiceServicer
from services.kit.rpc.servicing import Context
from tests.unit.gateway.house import House


class ResponseExports(ResponseExportServiceServicer):
    def __init__(self, house: House) -> None:
        self.house = house

    async def ExportResponses(self, request: Any, context: Context) -> AsyncIterator[Any]:
        self.house.note("ExportResponses", request, context)
        for piece in self.house.pieces:
            yield ExportResponsesResponse(data=piece)
        if "ExportResponses at the end" in self.house.failures:
            raise self.house.failures["ExportResponses at the end"]
        if self.house.hold is not None:
            try:
                self.house.waiting.set()
                await self.house.hold.wait()
            except asyncio.CancelledError:
                self.house.cancelled.set()
                raise


class ScoreExports(ScoreExportServiceServicer):
    def __init__(self, house: House) -> None:
        self.house = house

    async def ExportScores(self, request: Any, context: Context) -> AsyncIterator[Any]:
        self.house.note("ExportScores", request, context)
        for piece in self.house.pieces:
            yield ExportScoresResponse(data=piece)
