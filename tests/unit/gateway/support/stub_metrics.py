"""Scores and definitions of the stub services."""

import asyncio
from typing import Any

from cxm.metrics.v1 import (
    alerts_pb2,
    alerts_pb2_grpc,
    definitions_pb2,
    definitions_pb2_grpc,
    drivers_pb2,
    drivers_pb2_grpc,
    linkage_pb2_grpc,
    scores_pb2,
    scores_pb2_grpc,
    targets_pb2,
    targets_pb2_grpc,
)
from services.kit.errors import Conflict, Denied, NotFound
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
        return scores_pb2.GetBreakdownResponse(
            groups=self.services.groups, change_parts=self.services.change_parts
        )

    async def GetWeightedScore(self, request: Any, context: Context) -> Any:
        self.services.note("GetWeightedScore", request, context)
        return self.services.weighted

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


class Alerts(alerts_pb2_grpc.AlertServiceServicer):
    """Those that the test has, all of any department; `more` where there are more than were asked for."""

    def __init__(self, services: StubServices) -> None:
        self.services = services

    async def ListAlerts(self, request: Any, context: Context) -> Any:
        self.services.note("ListAlerts", request, context)
        found = [
            alert
            for alert in self.services.alerts
            if not request.HasField("open") or request.open is (alert.ended_at == "")
            if not request.after or alert.id < request.after
        ]
        return alerts_pb2.ListAlertsResponse(
            alerts=found[: request.first], more=len(found) > request.first
        )

    async def AcknowledgeAlert(self, request: Any, context: Context) -> Any:
        self.services.note("AcknowledgeAlert", request, context)
        found = [alert for alert in self.services.alerts if alert.id == request.id]
        if not found:
            raise NotFound("no such alert", reason="UNKNOWN_ALERT", field=["id"])
        alert = alerts_pb2.Alert()
        alert.CopyFrom(found[0])
        alert.action, alert.acknowledged_by = request.action, "dev:ann"
        alert.acknowledged_at = "2026-11-29T13:00:00Z"
        return alerts_pb2.AcknowledgeAlertResponse(alert=alert)


class Linkages(linkage_pb2_grpc.LinkageServiceServicer):
    def __init__(self, services: StubServices) -> None:
        self.services = services

    async def GetLinkage(self, request: Any, context: Context) -> Any:
        self.services.note("GetLinkage", request, context)
        return self.services.linkage


class Targets(targets_pb2_grpc.TargetServiceServicer):
    def __init__(self, services: StubServices) -> None:
        self.services = services

    async def SetTarget(self, request: Any, context: Context) -> Any:
        self.services.note("SetTarget", request, context)
        target = targets_pb2.Target(
            department_id=f"id-{request.department}",
            metric=request.metric,
            version=1,
            value=request.value,
            side=request.side,
            due_day=request.due_day,
            owner=request.owner,
            set_by="dev:ann",
            set_at="2026-01-01T12:00:00Z",
        )
        return targets_pb2.SetTargetResponse(target=target)

    async def RemoveTarget(self, request: Any, context: Context) -> Any:
        self.services.note("RemoveTarget", request, context)
        return targets_pb2.RemoveTargetResponse(removed=True)

    async def ListTargets(self, request: Any, context: Context) -> Any:
        self.services.note("ListTargets", request, context)
        seen = [id_ for id_ in request.department_ids if id_ not in self.services.hidden]
        return targets_pb2.ListTargetsResponse(
            targets=[t for t in self.services.targets if t.department_id in seen],
            denied_ids=[id_ for id_ in request.department_ids if id_ not in seen],
        )


class Drivers(drivers_pb2_grpc.DriverServiceServicer):
    """Analyses are there as long as the test has them; the one that is asked for waits."""

    def __init__(self, services: StubServices) -> None:
        self.services = services

    async def StartDriverAnalysis(self, request: Any, context: Context) -> Any:
        self.services.note("StartDriverAnalysis", request, context)
        analysis = drivers_pb2.DriverAnalysis(
            id=request.id,
            department_id=f"id-{request.department}",
            survey=request.survey,
            metric=request.metric,
            outcome=request.question,
            scope=request.scope,
            method=request.method or drivers_pb2.DRIVER_METHOD_SHAPLEY,
            state=drivers_pb2.ANALYSIS_STATE_WAITING,
            asked_by="dev:ann",
            asked_at="2026-01-01T12:00:00Z",
            drivers=[drivers_pb2.Driver(question=key) for key in request.drivers],
        )
        return drivers_pb2.StartDriverAnalysisResponse(analysis=analysis)

    async def CancelDriverAnalysis(self, request: Any, context: Context) -> Any:
        self.services.note("CancelDriverAnalysis", request, context)
        return drivers_pb2.CancelDriverAnalysisResponse(analysis=self._found(request.id))

    async def GetDriverAnalysis(self, request: Any, context: Context) -> Any:
        self.services.note("GetDriverAnalysis", request, context)
        return drivers_pb2.GetDriverAnalysisResponse(analysis=self._found(request.id))

    async def ListDriverAnalyses(self, request: Any, context: Context) -> Any:
        self.services.note("ListDriverAnalyses", request, context)
        return drivers_pb2.ListDriverAnalysesResponse(analyses=self.services.analyses)

    def _found(self, id_: str) -> drivers_pb2.DriverAnalysis:
        for analysis in self.services.analyses:
            if analysis.id == id_:
                return analysis
        raise NotFound("no such analysis", field=["id"])
