"""Scores and definitions of the small services."""

import asyncio
from typing import Any

from cxm.metrics.v1 import definitions_pb2, definitions_pb2_grpc, scores_pb2, scores_pb2_grpc
from services.kit.errors import Conflict, Denied
from services.kit.rights.access import Role
from services.kit.rpc.servicing import Context, viewer
from tests.unit.gateway.house import House


class Scores(scores_pb2_grpc.ScoreServiceServicer):
    def __init__(self, house: House) -> None:
        self.house = house

    async def GetScorecards(self, request: Any, context: Context) -> Any:
        self.house.note("GetScorecards", request, context)
        try:
            if self.house.hold is not None:
                self.house.waiting.set()
                await self.house.hold.wait()
        except asyncio.CancelledError:
            self.house.cancelled.set()
            raise
        cards = [
            scores_pb2.Scorecard(department_id=id_, moves_in_period=1, scores=self.house.scores)
            for id_ in reversed(request.department_ids)
            if id_ not in self.house.hidden
        ]
        return scores_pb2.GetScorecardsResponse(scorecards=cards)

    async def GetTrend(self, request: Any, context: Context) -> Any:
        self.house.note("GetTrend", request, context)
        return scores_pb2.GetTrendResponse(points=self.house.points)

    async def GetBreakdown(self, request: Any, context: Context) -> Any:
        self.house.note("GetBreakdown", request, context)
        return scores_pb2.GetBreakdownResponse(groups=self.house.groups)

    async def FindReadable(self, request: Any, context: Context) -> Any:
        self.house.note("FindReadable", request, context)
        found = {d.key: d.id for d in self.house.departments if d.key in request.keys}
        return scores_pb2.FindReadableResponse(
            ids={key: id_ for key, id_ in found.items() if id_ not in self.house.hidden},
            denied_keys=[key for key, id_ in found.items() if id_ in self.house.hidden],
        )


class Definitions(definitions_pb2_grpc.DefinitionServiceServicer):
    def __init__(self, house: House) -> None:
        self.house = house

    async def RegisterMetric(self, request: Any, context: Context) -> Any:
        self.house.note("RegisterMetric", request, context)
        if not any(grant.role is Role.ADMIN for grant in viewer(context).grants):
            raise Denied("your role does not allow this")
        draft = request.draft
        if draft.key == "nps":
            raise Conflict(
                "nps is a metric of the house", reason="METRIC_IS_BUILT_IN", field=["key"]
            )
        kept = definitions_pb2.Definition(key=draft.key, version=2, name=draft.name)
        return definitions_pb2.RegisterMetricResponse(definition=kept)

    async def ListDefinitions(self, request: Any, context: Context) -> Any:
        self.house.note("ListDefinitions", request, context)
        definition = definitions_pb2.Definition(
            key="nps", version=1, name="Net Promoter Score", unit=definitions_pb2.UNIT_POINTS
        )
        return definitions_pb2.ListDefinitionsResponse(definitions=[definition])
