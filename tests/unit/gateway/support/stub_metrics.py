"""Scores and definitions of the stub services."""

import asyncio
from typing import Any

from cxm.metrics.v1 import definitions_pb2, definitions_pb2_grpc, scores_pb2, scores_pb2_grpc
from services.kit.errors import Conflict, Denied
from services.kit.rights.access import Role
from services.kit.rpc.servicing import Context, viewer
from tests.unit.gateway.support.stub_services import StubServices


class Scores(scores_pb2_grpc.ScoreServiceServicer):
    def __init__(self, services: StubServices) -> None:
        self.services = services

    async def GetScorecards(self, request: Any, context: Context) -> Any:
        self.services.note("GetScorecards", request, context)
        try:
            if self.services.hold is not None:
                self.services.waiting.set()
                await self.services.hold.wait()
        except asyncio.CancelledError:
            self.services.cancelled.set()
            raise
        cards = [
            scores_pb2.Scorecard(department_id=id_, moves_in_period=1, scores=self.services.scores)
            for id_ in reversed(request.department_ids)
            if id_ not in self.services.hidden
        ]
        return scores_pb2.GetScorecardsResponse(scorecards=cards)

    async def GetTrend(self, request: Any, context: Context) -> Any:
        self.services.note("GetTrend", request, context)
        return scores_pb2.GetTrendResponse(points=self.services.points)

    async def GetBreakdown(self, request: Any, context: Context) -> Any:
        self.services.note("GetBreakdown", request, context)
        return scores_pb2.GetBreakdownResponse(groups=self.services.groups)

    async def GetWaveChanges(self, request: Any, context: Context) -> Any:
        self.services.note("GetWaveChanges", request, context)
        changes = [
            scores_pb2.WaveChanges(department_id=id_, by_statistic=self.services.wave_changes)
            for id_ in request.department_ids
        ]
        return scores_pb2.GetWaveChangesResponse(changes=changes)

    async def ListFilterValues(self, request: Any, context: Context) -> Any:
        self.services.note("ListFilterValues", request, context)
        return scores_pb2.ListFilterValuesResponse(stages=["purchase"], channels=["EMAIL"])

    async def FindReadable(self, request: Any, context: Context) -> Any:
        self.services.note("FindReadable", request, context)
        found = {d.key: d.id for d in self.services.departments if d.key in request.keys}
        return scores_pb2.FindReadableResponse(
            ids={key: id_ for key, id_ in found.items() if id_ not in self.services.hidden},
            denied_keys=[key for key, id_ in found.items() if id_ in self.services.hidden],
        )


class Definitions(definitions_pb2_grpc.DefinitionServiceServicer):
    def __init__(self, services: StubServices) -> None:
        self.services = services

    async def RegisterMetric(self, request: Any, context: Context) -> Any:
        self.services.note("RegisterMetric", request, context)
        if not any(grant.role is Role.ADMIN for grant in viewer(context).grants):
            raise Denied("your role does not allow this")
        draft = request.draft
        if draft.key == "nps":
            raise Conflict("nps is a built-in metric", reason="METRIC_IS_BUILT_IN", field=["key"])
        kept = definitions_pb2.Definition(key=draft.key, version=2, name=draft.name)
        return definitions_pb2.RegisterMetricResponse(definition=kept)

    async def ListDefinitions(self, request: Any, context: Context) -> Any:
        self.services.note("ListDefinitions", request, context)
        definition = definitions_pb2.Definition(
            key="nps", version=1, name="Net Promoter Score", unit=definitions_pb2.UNIT_POINTS
        )
        counted = definitions_pb2.Calculation(
            kind=definitions_pb2.CALCULATION_KIND_NET,
            question_kind="NPS",
            answers=["9", "10"],
            against=["0"],
            denominator=definitions_pb2.DENOMINATOR_VALID,
        )
        definition.calculation.CopyFrom(counted)
        return definitions_pb2.ListDefinitionsResponse(definitions=[definition])
