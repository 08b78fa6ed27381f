"""Surveys over gRPC: cxm.survey.v1.SurveyService."""

from cxm.survey.v1 import surveys_pb2 as pb
from cxm.survey.v1.surveys_pb2_grpc import (
    SurveyServiceServicer,
    add_SurveyServiceServicer_to_server,
)
from services.kit.clock import Clock
from services.kit.db.database import Database, reaching
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import Invalid
from services.kit.process import Process
from services.kit.rights.access import Action
from services.kit.rights.audit.entries import Actor, actor_of
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_count, check_page, viewer
from services.kit.service import Shared
from services.survey.attribution.lookup import DirectoryLookup
from services.survey.domain.text import can_be_a_key
from services.survey.surveys import convert, storage
from services.survey.surveys.cache import SurveyCache
from services.survey.surveys.domain.standard_items import STANDARD_ITEMS
from services.survey.surveys.domain.surveys import Survey
from services.survey.surveys.editing import Editing, state_of

MOST_ASKED = 1_000


class SurveyRpc(SurveyServiceServicer):
    """Surveys are read and written in sessions; a change is seen here at once and elsewhere within seconds."""

    def __init__(
        self,
        database: Database,
        directory: DirectoryCopy,
        editing: Editing,
        cache: SurveyCache,
        now: Clock,
    ) -> None:
        self.database = database
        self.directory = directory
        self.editing = editing
        self.cache = cache
        self.now = now

    @needs(Action.ADD_SURVEYS, Scope.ORGANISATION)
    async def CreateSurvey(
        self, request: pb.CreateSurveyRequest, context: Context
    ) -> pb.CreateSurveyResponse:
        """Create a survey with its first version, once."""
        survey = await self.editing.create(
            self._actor(context, Action.ADD_SURVEYS),
            convert.draft(request),
            convert.first_life(request.survey),
        )
        return pb.CreateSurveyResponse(survey=self._shown(survey))

    @needs(Action.WRITE_SURVEYS, Scope.ORGANISATION)
    async def UpdateSurvey(
        self, request: pb.UpdateSurveyRequest, context: Context
    ) -> pb.UpdateSurveyResponse:
        """Change what a survey says and asks."""
        survey = await self.editing.update(
            self._actor(context, Action.WRITE_SURVEYS), convert.edit(request)
        )
        self.cache.forget(survey.key)
        return pb.UpdateSurveyResponse(survey=self._shown(survey))

    @needs(Action.WRITE_SURVEYS, Scope.ORGANISATION)
    async def ChangeSurveyState(
        self, request: pb.ChangeSurveyStateRequest, context: Context
    ) -> pb.ChangeSurveyStateResponse:
        """Open, pause, close or archive a survey, or schedule its opening."""
        survey = await self.editing.change_state(
            self._actor(context, Action.WRITE_SURVEYS), request.key, convert.life(request)
        )
        self.cache.forget(survey.key)
        return pb.ChangeSurveyStateResponse(survey=self._shown(survey))

    @needs(Action.READ_SURVEYS, Scope.ANY_DEPARTMENT)
    async def ListSurveys(
        self, request: pb.ListSurveysRequest, context: Context
    ) -> pb.ListSurveysResponse:
        """Surveys by key, a page of them."""
        check_page(request.first)
        if request.after and not can_be_a_key(request.after):
            raise Invalid("after is the key of the last survey you saw", field=["after"])
        state, now = state_of(request.state) if request.state else None, self.now()
        with reaching("surveys"):
            async with self.database.read() as session:
                page = await storage.list_surveys(
                    session, request.first + 1, request.after, state, now
                )
                counted = request.count
                total = await storage.count_surveys(session, state, now) if counted else None
        surveys = [self._shown(survey) for survey in page[: request.first]]
        return pb.ListSurveysResponse(surveys=surveys, more=len(page) > request.first, total=total)

    @needs(Action.READ_SURVEYS, Scope.ANY_DEPARTMENT, callers=("metrics",))
    async def BatchGetSurveys(
        self, request: pb.BatchGetSurveysRequest, context: Context
    ) -> pb.BatchGetSurveysResponse:
        """Surveys by id or key; what is absent is left out."""
        check_count(len(request.ids) + len(request.keys), largest=MOST_ASKED, what="ids and keys")
        keys = [key for key in request.keys if can_be_a_key(key)]
        with reaching("surveys"):
            async with self.database.read() as session:
                surveys = await storage.batch_surveys(session, convert.uuids(request.ids), keys)
        return pb.BatchGetSurveysResponse(surveys=[self._shown(survey) for survey in surveys])

    @needs(None, Scope.ANY_TOKEN)
    async def GetStandardItems(
        self, request: pb.GetStandardItemsRequest, context: Context
    ) -> pb.GetStandardItemsResponse:
        """The same for everybody."""
        questions = map(convert.item_message, STANDARD_ITEMS.values())
        return pb.GetStandardItemsResponse(questions=questions)

    def _actor(self, context: Context, action: Action) -> Actor:
        tree = self.directory.tree
        return actor_of(viewer(context), action, tree, tree.root_id)

    def _shown(self, survey: Survey) -> pb.Survey:
        return convert.survey_message(survey, self.now())


def wire(
    process: Process, shared: Shared, lookup: DirectoryLookup, now: Clock
) -> tuple[SurveyCache, Editing]:
    """Answer cxm.survey.v1.SurveyService; returns what the nouns above read and change surveys by."""
    cache = SurveyCache(shared.database.read, now)
    editing = Editing(shared.database, shared.outbox, lookup, now)
    shared.restore(editing.announce_all)
    process.serve(
        "cxm.survey.v1.SurveyService",
        add_SurveyServiceServicer_to_server,
        SurveyRpc(shared.database, shared.directory, editing, cache, now),
    )
    return cache, editing
