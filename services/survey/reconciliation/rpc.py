"""Door 1, for whoever checks what it counted: cxm.survey.v1.ReconciliationService."""

import asyncio
from collections.abc import AsyncIterator, Mapping

from cxm.survey.v1 import reconciliation_pb2 as pb
from cxm.survey.v1.reconciliation_pb2_grpc import (
    ReconciliationServiceServicer,
    add_ReconciliationServiceServicer_to_server,
)
from services.kit.db.database import Database, reaching
from services.kit.directory import DirectoryCopy
from services.kit.process import Process
from services.kit.rights.access import Action
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context
from services.kit.service import Shared
from services.survey.reconciliation import fact_columns as columns
from services.survey.reconciliation import watermark as barrier
from services.survey.reconciliation.totals import sums
from services.survey.surveys import storage as survey_storage
from services.survey.surveys.domain.surveys import Survey

MOST_AT_ONCE = 2  # each holds a connection for as long as it reads


class Reconciliation(ReconciliationServiceServicer):
    """For services in their own name."""

    def __init__(self, database: Database, directory: DirectoryCopy) -> None:
        self.database = database
        self.directory = directory
        self.turn = asyncio.Semaphore(MOST_AT_ONCE)

    @needs(Action.COPY, Scope.ORGANISATION)
    async def FindSettled(
        self, request: pb.FindSettledRequest, context: Context
    ) -> pb.FindSettledResponse:
        """The number up to which every envelope was acknowledged by the broker."""
        with reaching("the outbox"):
            through = await barrier.find_settled(self.database.pool, request.barrier)
            return pb.FindSettledResponse(through=through)

    @needs(Action.COPY, Scope.ORGANISATION)
    async def SumResponses(
        self, request: pb.SumResponsesRequest, context: Context
    ) -> AsyncIterator[pb.SumResponsesResponse]:
        """Sums by department, survey and month, all of one snapshot."""
        with reaching("responses"):
            async with self.turn, barrier.snapshot(self.database.pool) as (number, reader):
                yield pb.SumResponsesResponse(barrier=number)
                async for part in sums(reader, await self._versions()):
                    yield pb.SumResponsesResponse(barrier=number, sums=part)

    @needs(Action.COPY, Scope.ORGANISATION)
    async def StreamFacts(
        self, request: pb.StreamFactsRequest, context: Context
    ) -> AsyncIterator[pb.StreamFactsResponse]:
        """Every response that is not withdrawn, all of one snapshot."""
        with reaching("responses"):
            async with self.turn, barrier.snapshot(self.database.pool) as (number, reader):
                many = await columns.count(reader)
                yield pb.StreamFactsResponse(barrier=number, responses=many)
                async for part in columns.facts(reader, await self._versions(), number):
                    yield part

    async def _versions(self) -> Mapping[str, Survey]:
        """Every version of every survey, by id; one that was answered does not change any more."""
        async with self.database.read() as session:
            found = await survey_storage.all_versions(session)
        return {survey.version_id: survey for survey in found}


def wire(process: Process, shared: Shared) -> None:
    """Answer cxm.survey.v1.ReconciliationService."""
    process.serve(
        "cxm.survey.v1.ReconciliationService",
        add_ReconciliationServiceServicer_to_server,
        Reconciliation(shared.database, shared.directory),
    )
