"""Door 1: cxm.survey.v1.SurveyService."""

from collections.abc import Sequence

from cxm.survey.v1 import survey_pb2 as pb
from cxm.survey.v1.events_pb2 import SurveyChanged
from cxm.survey.v1.survey_pb2_grpc import SurveyServiceServicer
from services.kit.access import ANONYMOUS, Action, Viewer, authorize
from services.kit.database import Database, reaching
from services.kit.directory import DirectoryCopy
from services.kit.errors import Conflict, Denied, Invalid, Unauthenticated
from services.kit.outbox import Outbox
from services.kit.rpc import Context, check_count, check_page, viewer
from services.kit.streams import SURVEY_CHANGED
from services.survey import convert, storage
from services.survey.domain.drafts import SurveyDraft, check_draft, check_size, is_same
from services.survey.domain.refusal import Refusal
from services.survey.domain.surveys import Survey
from services.survey.domain.text import can_be_a_key
from services.survey.intake import Intake
from services.survey.places import Places
from services.survey.reach import may_read_surveys

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

    async def SubmitResponses(
        self, request: pb.SubmitResponsesRequest, context: Context
    ) -> pb.SubmitResponsesResponse:
        """Store responses, each on its own; without a token to public surveys only."""
        check_count(len(request.submissions), largest=MOST_SUBMISSIONS, what="responses")
        submissions = [convert.submission(message) for message in request.submissions]
        outcomes = await self.intake.accept(viewer(context), submissions)
        return pb.SubmitResponsesResponse(results=[convert.result(o) for o in outcomes])

    async def CreateSurvey(
        self, request: pb.CreateSurveyRequest, context: Context
    ) -> pb.CreateSurveyResponse:
        """Create a survey with its first version, once."""
        authorize(viewer(context), Action.WRITE_SURVEYS, None, self.directory.tree)
        draft = convert.draft(request)
        _refuse(check_draft(draft))
        survey = convert.new_survey(draft, await self._default_department(draft.department))
        _refuse(check_size([survey.questions]))
        with reaching("surveys"):
            return pb.CreateSurveyResponse(survey=convert.survey(await self._add(survey, draft)))

    async def ListSurveys(
        self, request: pb.ListSurveysRequest, context: Context
    ) -> pb.ListSurveysResponse:
        """Surveys by key, a page of them."""
        self._authorize_reading(viewer(context))
        check_page(request.first)
        if request.after and not can_be_a_key(request.after):
            raise Invalid("after is the key of the last survey you saw", field=["after"])
        with reaching("surveys"):
            async with self.database.read() as session:
                found = await storage.list_surveys(session, request.first + 1, request.after)
                total = await storage.count_surveys(session) if request.count else None
        surveys = [convert.survey(survey) for survey in found[: request.first]]
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
                found = await storage.batch_surveys(session, convert.uuids(request.ids), keys)
        return pb.BatchGetSurveysResponse(surveys=[convert.survey(survey) for survey in found])

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

    async def _add(self, survey: Survey, draft: SurveyDraft) -> Survey:
        """Store a survey and announce it; one of the same key that says the same is returned instead."""
        async with self.database.write.begin() as session:
            if await storage.add_survey(session, survey):
                fact = SurveyChanged(survey=convert.survey(survey))
                await self.outbox.announce(session, SURVEY_CHANGED, fact)
                return survey
            stored = (await storage.surveys_by_key(session, [draft.key]))[draft.key]
        if not is_same(stored, draft, survey.department_id):
            raise Conflict(
                "another survey has this key: choose another key, or send what is stored",
                reason="KEY_TAKEN",
                field=["key"],
            )
        return stored


def _refuse(refusals: Sequence[Refusal]) -> None:
    """Raise the first of them."""
    for refusal in refusals:
        raise Invalid(refusal.message, reason=refusal.reason, field=refusal.field)
