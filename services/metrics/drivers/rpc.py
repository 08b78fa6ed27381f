"""gRPC: cxm.metrics.v1.DriverService."""

from cxm.metrics.v1 import drivers_pb2 as pb
from cxm.metrics.v1.drivers_pb2_grpc import (
    DriverServiceServicer,
    add_DriverServiceServicer_to_server,
)
from services.kit.db.database import Sessions, reaching
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import Invalid, NotFound
from services.kit.process import Process
from services.kit.rights.access import Action, Viewer, authorize, may, named_department
from services.kit.rights.audit.entries import actor_of
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_count, viewer
from services.kit.service import Shared
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.drivers import convert, storage
from services.metrics.drivers.asking import DriverAsking
from services.metrics.drivers.domain import Analysis, AnalysisState
from services.metrics.drivers.running import DriverRunner
from services.metrics.scores.rpc import WiredScores


class DriverRpc(DriverServiceServicer):
    """Analyses of departments; who reads the scores of one reads its analyses."""

    def __init__(
        self,
        directory: DirectoryCopy,
        sessions: Sessions,
        surveys: SurveyCopy,
        asking: DriverAsking,
    ) -> None:
        self.directory = directory
        self.sessions = sessions
        self.surveys = surveys
        self.asking = asking

    @needs(Action.ANALYSE_DRIVERS, Scope.NAMED_DEPARTMENT)
    async def StartDriverAnalysis(
        self, request: pb.StartDriverAnalysisRequest, context: Context
    ) -> pb.StartDriverAnalysisResponse:
        """An analysis that is worked on after this call."""
        who, action = viewer(context), Action.ANALYSE_DRIVERS
        await self.directory.know_visible(who, keys=[request.department])
        tree = self.directory.tree
        department = named_department(request.department, who, action, tree)
        actor = actor_of(who, action, tree, department)
        with reaching("analyses"):
            started = await self.asking.start(convert.draft(request, department), actor, tree)
        return pb.StartDriverAnalysisResponse(analysis=self._told(started))

    @needs(Action.ANALYSE_DRIVERS, Scope.NAMED_DEPARTMENT)
    async def CancelDriverAnalysis(
        self, request: pb.CancelDriverAnalysisRequest, context: Context
    ) -> pb.CancelDriverAnalysisResponse:
        """What has ended is no error; absent for whoever may not cancel it."""
        who, action = viewer(context), Action.ANALYSE_DRIVERS
        analysis = await self._find(request.id, who, action)
        tree, department = self.directory.tree, analysis.asked.department_id
        actor = actor_of(who, action, tree, department)
        with reaching("analyses"):
            ended = await self.asking.cancel(analysis, actor, tree)
        return pb.CancelDriverAnalysisResponse(analysis=self._told(ended))

    @needs(Action.READ_SCORES, Scope.NAMED_DEPARTMENT)
    async def GetDriverAnalysis(
        self, request: pb.GetDriverAnalysisRequest, context: Context
    ) -> pb.GetDriverAnalysisResponse:
        """Absent where the scores of its department are not the viewer's to read."""
        analysis = await self._find(request.id, viewer(context), Action.READ_SCORES)
        return pb.GetDriverAnalysisResponse(analysis=self._told(analysis))

    @needs(Action.READ_SCORES, Scope.NAMED_DEPARTMENT)
    async def ListDriverAnalyses(
        self, request: pb.ListDriverAnalysesRequest, context: Context
    ) -> pb.ListDriverAnalysesResponse:
        """The newest first."""
        check_count(request.limit, largest=storage.MOST_KEPT, what="analyses")
        if request.limit < 1:
            raise Invalid("ask for 1 analysis at least", reason="PAGE_SIZE", field=["last"])
        who = viewer(context)
        await self.directory.know_visible(who, ids=[request.department_id])
        authorize(who, Action.READ_SCORES, request.department_id, self.directory.tree)
        await self.surveys.refresh()
        survey = None
        if request.HasField("survey"):
            survey = next(
                (each.id for each in self.surveys.layouts.values() if each.key == request.survey),
                "",
            )
        states = [AnalysisState.DONE] if request.only_done else list(AnalysisState)
        metric = request.metric if request.HasField("metric") else None
        async with self.sessions() as session:
            found = await storage.newest(
                session,
                request.department_id,
                survey,
                metric,
                states,
                request.limit,
                weighed_first=request.only_done,
            )
        return pb.ListDriverAnalysesResponse(analyses=[self._told(each) for each in found])

    async def _find(self, id_: str, who: Viewer, action: Action) -> Analysis:
        """NotFound where there is none and where it is not the viewer's alike: an id says nothing."""
        async with self.sessions() as session:
            analysis = await storage.find(session, id_)
        if analysis is not None:
            department = analysis.asked.department_id
            await self.directory.know_visible(who, ids=[department])
            if may(who, action, department, self.directory.tree):
                return analysis
        raise NotFound("no such analysis", field=["id"])

    def _told(self, analysis: Analysis) -> pb.DriverAnalysis:
        return convert.analysis(analysis, self.surveys.layouts.get(analysis.asked.survey_id))


def wire(process: Process, shared: Shared, scores: WiredScores) -> None:
    """Answer cxm.metrics.v1.DriverService, and work on what is asked for."""
    reader, database, directory = scores.reader, shared.database, shared.directory
    runner = DriverRunner(database, reader.cube, directory, scores.announcer.announce_drivers)
    asking = DriverAsking(database, reader.definitions, reader.surveys, runner.asked.set)
    process.serve(
        "cxm.metrics.v1.DriverService",
        add_DriverServiceServicer_to_server,
        DriverRpc(directory, database.read, reader.surveys, asking),
    )
    process.background(runner.run)
