"""For services that check what they counted: cxm.survey.v1.ReconciliationService."""

import asyncio
from collections.abc import AsyncIterator, Mapping

from cxm.survey.v1 import reconciliation_pb2 as pb
from cxm.survey.v1.reconciliation_pb2_grpc import (
    ReconciliationServiceServicer,
    add_ReconciliationServiceServicer_to_server,
)
from services.kit.db.database import Database, reaching
from services.kit.directory.copy import DirectoryCopy
from services.kit.process import Process
from services.kit.rights.access import Action
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context
from services.kit.service import Shared
from services.survey.reconciliation.fact_columns import count_responses, read_facts
from services.survey.reconciliation.totals import control_totals
from services.survey.reconciliation.watermark import get_watermark, snapshot
from services.survey.surveys import storage as survey_storage
from services.survey.surveys.domain.surveys import Survey

MOST_AT_ONCE = 2  # each holds a connection for as long as it reads


class Reconciliation(ReconciliationServiceServicer):
    """For services in their own name."""

    def __init__(self, database: Database, directory: DirectoryCopy) -> None:
        self.database = database
        self.directory = directory
        self.turn = asyncio.Semaphore(MOST_AT_ONCE)

    @needs(Action.COPY, Scope.ORGANISATION, callers=("metrics",))
    async def GetWatermark(
        self, request: pb.GetWatermarkRequest, context: Context
    ) -> pb.GetWatermarkResponse:
        """The number up to which every envelope was acknowledged by the broker."""
        with reaching("the outbox"):
            through = await get_watermark(self.database.pool, request.watermark)
            return pb.GetWatermarkResponse(through=through)

    @needs(Action.COPY, Scope.ORGANISATION, callers=("metrics",))
    async def StreamControlTotals(
        self, request: pb.StreamControlTotalsRequest, context: Context
    ) -> AsyncIterator[pb.StreamControlTotalsResponse]:
        """Totals by department, survey and month, all of one snapshot."""
        with reaching("responses"):
            async with self.turn, snapshot(self.database.pool) as (watermark, reader):
                yield pb.StreamControlTotalsResponse(watermark=watermark)
                async for part in control_totals(reader, await self._versions()):
                    yield pb.StreamControlTotalsResponse(watermark=watermark, totals=part)

    @needs(Action.COPY, Scope.ORGANISATION, callers=("metrics",))
    async def StreamFacts(
        self, request: pb.StreamFactsRequest, context: Context
    ) -> AsyncIterator[pb.StreamFactsResponse]:
        """Every response that is not withdrawn, all of one snapshot."""
        with reaching("responses"):
            async with self.turn, snapshot(self.database.pool) as (watermark, reader):
                count = await count_responses(reader)
                yield pb.StreamFactsResponse(watermark=watermark, responses=count)
                async for part in read_facts(reader, await self._versions(), watermark):
                    yield part

    async def _versions(self) -> Mapping[str, Survey]:
        """Every version of every survey, by id; one that was answered does not change any more."""
        async with self.database.read() as session:
            surveys = await survey_storage.all_versions(session)
        return {survey.version_id: survey for survey in surveys}


def wire(process: Process, shared: Shared) -> None:
    """Answer cxm.survey.v1.ReconciliationService."""
    process.serve(
        "cxm.survey.v1.ReconciliationService",
        add_ReconciliationServiceServicer_to_server,
        Reconciliation(shared.database, shared.directory),
    )
