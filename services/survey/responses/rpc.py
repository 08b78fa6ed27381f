"""Door 1: cxm.survey.v1.SurveyService."""

from collections.abc import AsyncIterator

from cxm.survey.v1 import survey_pb2 as pb
from cxm.survey.v1.survey_pb2_grpc import SurveyServiceServicer
from services.kit.db.database import Database, reaching
from services.kit.directory import DirectoryCopy
from services.kit.errors import Denied, Invalid, Unauthenticated
from services.kit.events.outbox import Outbox
from services.kit.imports.running import Imports, Job
from services.kit.imports.storing import Plan
from services.kit.rights.access import ANONYMOUS, Action, Viewer, authorize, visible_roots
from services.kit.rpc.door import Context, check_count, check_page, viewer
from services.survey.attribution.lookup import Places
from services.survey.attribution.submitters import may_read_surveys
from services.survey.domain.text import can_be_a_key
from services.survey.importing.plan import plan_responses
from services.survey.invitations.inviting import Inviting
from services.survey.responses.correcting import Asked, Correcting
from services.survey.responses.domain.body import receipt
from services.survey.responses.domain.outcome import IN_STORE
from services.survey.responses.domain.responses import Submission
from services.survey.responses.intake import Intake
from services.survey.surveys import convert
from services.survey.surveys import storage as survey_storage
from services.survey.surveys.domain.surveys import Survey
from services.survey.surveys.editing import Editing, state_of

MOST_SUBMISSIONS = 1_000
MOST_ASKED = 1_000


class SurveyRpc(SurveyServiceServicer):
    """Surveys are read and written in sessions; responses go through the intake."""

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        directory: DirectoryCopy,
        places: Places,
        intake: Intake,
    ) -> None:
        self.database = database
        self.outbox = outbox
        self.directory = directory
        self.places = places
        self.intake = intake
        self.imports = Imports()
        self.editing = Editing(database, outbox, lambda: intake.now())
        self.correcting = Correcting(database, outbox, directory, intake.customer_key)
        self.inviting = Inviting(
            database.pool,
            intake.catalogue,
            places,
            intake.labels,
            intake.customer_key,
            lambda: intake.now(),
        )

    async def SubmitResponses(
        self, request: pb.SubmitResponsesRequest, context: Context
    ) -> pb.SubmitResponsesResponse:
        """Store responses, each on its own; without a token to public surveys only."""
        check_count(len(request.submissions), largest=MOST_SUBMISSIONS, what="responses")
        submissions = [convert.submission(message) for message in request.submissions]
        outcomes = await self.intake.accept(viewer(context), submissions)
        key = self.intake.customer_key
        return pb.SubmitResponsesResponse(
            results=[convert.result(outcome) for outcome in outcomes],
            receipts=[receipt(key, o.id) if o.fate in IN_STORE else "" for o in outcomes],
        )

    async def CorrectResponse(
        self, request: pb.CorrectResponseRequest, context: Context
    ) -> pb.CorrectResponseResponse:
        """Replace the answers of a response."""
        asked = Asked(request.id, request.receipt if request.HasField("receipt") else None)
        given = convert.answers(request.answers)
        changed = await self.correcting.correct(viewer(context), asked, given)
        return pb.CorrectResponseResponse(changed=changed)

    async def WithdrawResponse(
        self, request: pb.WithdrawResponseRequest, context: Context
    ) -> pb.WithdrawResponseResponse:
        """Take a response back and erase what it said."""
        asked = Asked(request.id, request.receipt if request.HasField("receipt") else None)
        changed = await self.correcting.withdraw(viewer(context), asked)
        return pb.WithdrawResponseResponse(changed=changed)

    async def CreateSurvey(
        self, request: pb.CreateSurveyRequest, context: Context
    ) -> pb.CreateSurveyResponse:
        """Create a survey with its first version, once."""
        survey = await self.create_survey(viewer(context), request)
        return pb.CreateSurveyResponse(survey=self._shown(survey))

    async def create_survey(self, who: Viewer, request: pb.CreateSurveyRequest) -> Survey:
        """As CreateSurvey."""
        authorize(who, Action.WRITE_SURVEYS, None, self.directory.tree)
        return await self.editing.create(request, self._default_department)

    async def UpdateSurvey(
        self, request: pb.UpdateSurveyRequest, context: Context
    ) -> pb.UpdateSurveyResponse:
        """Change what a survey says and asks."""
        authorize(viewer(context), Action.WRITE_SURVEYS, None, self.directory.tree)
        survey = await self.editing.update(request, self._default_department)
        self.intake.catalogue.forget(survey.key)
        return pb.UpdateSurveyResponse(survey=self._shown(survey))

    async def ChangeSurveyState(
        self, request: pb.ChangeSurveyStateRequest, context: Context
    ) -> pb.ChangeSurveyStateResponse:
        """Open, pause, close or archive a survey, or schedule its opening."""
        authorize(viewer(context), Action.WRITE_SURVEYS, None, self.directory.tree)
        survey = await self.editing.change_state(request)
        self.intake.catalogue.forget(survey.key)
        return pb.ChangeSurveyStateResponse(survey=self._shown(survey))

    async def CreateInvitations(
        self, request: pb.CreateInvitationsRequest, context: Context
    ) -> pb.CreateInvitationsResponse:
        """Make one-time invitations; all or none."""
        made = await self.inviting.create(viewer(context), request)
        return pb.CreateInvitationsResponse(
            invitations=[convert.invitation(token, expires_at) for token, expires_at in made]
        )

    async def ImportResponses(
        self, request: AsyncIterator[pb.ImportResponsesRequest], context: Context
    ) -> AsyncIterator[pb.ImportResponsesResponse]:
        """Batches go through the intake as every other response; the survey may be created on the way."""
        who = viewer(context)

        async def admit() -> None:
            if who is ANONYMOUS:
                raise Unauthenticated("this needs a bearer token")
            if not visible_roots(who, Action.SUBMIT, self.directory.tree):
                raise Denied("your role does not allow this (submit)")

        async def prepare(job: Job) -> Plan[Submission]:
            await self.directory.catch_up()
            survey = await self._survey_for(who, job.mapping.constants["survey"])
            create = self.create_survey
            return plan_responses(job, who, self.directory, survey, create, self.intake)

        parts = (message.part async for message in request)
        async for progress in self.imports.run("responses", parts, admit, prepare):
            yield pb.ImportResponsesResponse(progress=progress)

    async def _survey_for(self, who: Viewer, key: str) -> Survey | None:
        """The survey of a key as it is now; None where there is none, or not for this viewer."""
        if not can_be_a_key(key) or not may_read_surveys(who, self.directory.tree):
            return None
        with reaching("surveys"):
            async with self.database.read() as session:
                return (await survey_storage.surveys_by_key(session, [key])).get(key)

    async def ListSurveys(
        self, request: pb.ListSurveysRequest, context: Context
    ) -> pb.ListSurveysResponse:
        """Surveys by key, a page of them."""
        self._authorize_reading(viewer(context))
        check_page(request.first)
        if request.after and not can_be_a_key(request.after):
            raise Invalid("after is the key of the last survey you saw", field=["after"])
        state, now = state_of(request.state) if request.state else None, self.intake.now()
        with reaching("surveys"):
            async with self.database.read() as session:
                found = await survey_storage.list_surveys(
                    session, request.first + 1, request.after, state, now
                )
                counted = request.count
                total = await survey_storage.count_surveys(session, state, now) if counted else None
        surveys = [self._shown(survey) for survey in found[: request.first]]
        return pb.ListSurveysResponse(surveys=surveys, more=len(found) > request.first, total=total)

    async def BatchGetSurveys(
        self, request: pb.BatchGetSurveysRequest, context: Context
    ) -> pb.BatchGetSurveysResponse:
        """Surveys by id or key; what is absent is left out."""
        self._authorize_reading(viewer(context))
        check_count(len(request.ids) + len(request.keys), largest=MOST_ASKED, what="ids and keys")
        keys = [key for key in request.keys if can_be_a_key(key)]
        with reaching("surveys"):
            async with self.database.read() as session:
                found = await survey_storage.batch_surveys(
                    session, convert.uuids(request.ids), keys
                )
        return pb.BatchGetSurveysResponse(surveys=[self._shown(survey) for survey in found])

    def _shown(self, survey: Survey) -> pb.Survey:
        return convert.survey(survey, self.intake.now())

    def _authorize_reading(self, viewer: Viewer) -> None:
        if viewer is ANONYMOUS:
            raise Unauthenticated("this needs a bearer token")
        if not may_read_surveys(viewer, self.directory.tree):
            raise Denied("your role does not allow this (read surveys)")

    async def _default_department(self, key: str) -> str | None:
        if not key:
            return None
        department_id = await self.places.know_department(key)
        if department_id is None:
            raise Invalid(
                "there is no such department: name one by its key, or leave it out",
                reason="UNKNOWN_DEPARTMENT",
                field=["department"],
            )
        return department_id
