"""Door 1, for files: cxm.survey.v1.ResponseImportService."""

from collections.abc import AsyncIterator

from cxm.survey.v1 import import_pb2 as pb
from cxm.survey.v1 import surveys_pb2
from cxm.survey.v1.import_pb2_grpc import ResponseImportServiceServicer
from services.kit.db.database import Database, reaching
from services.kit.directory import DirectoryCopy
from services.kit.imports.running import Imports, Job
from services.kit.imports.storing import Plan
from services.kit.rights.access import Action, Viewer, authorize
from services.kit.rpc.door import Context, viewer
from services.kit.rpc.needs import Scope, needs
from services.survey.attribution.submitters import may_read_surveys
from services.survey.domain.text import can_be_a_key
from services.survey.importing.plan import plan_responses
from services.survey.responses.domain.responses import Submission
from services.survey.responses.intake import Intake
from services.survey.surveys import storage as survey_storage
from services.survey.surveys.domain.surveys import Survey
from services.survey.surveys.editing import Editing


class ResponseImport(ResponseImportServiceServicer):
    """Batches go through the intake as every other response; the survey may be created on the way."""

    def __init__(
        self, database: Database, directory: DirectoryCopy, editing: Editing, intake: Intake
    ) -> None:
        self.database = database
        self.directory = directory
        self.editing = editing
        self.intake = intake
        self.imports = Imports()

    @needs(Action.SUBMIT, Scope.ANY_DEPARTMENT)
    async def ImportResponses(
        self, request: AsyncIterator[pb.ImportResponsesRequest], context: Context
    ) -> AsyncIterator[pb.ImportResponsesResponse]:
        """Store the responses of a file; nothing before the whole file arrived and can be read."""
        who = viewer(context)

        async def prepare(job: Job) -> Plan[Submission]:
            await self.directory.catch_up()
            survey = await self._survey_for(who, job.mapping.constants["survey"])
            create = self._create_survey
            return plan_responses(job, who, self.directory, survey, create, self.intake)

        parts = (message.part async for message in request)
        async for progress in self.imports.run("responses", parts, prepare):
            yield pb.ImportResponsesResponse(progress=progress)

    async def _create_survey(self, who: Viewer, request: surveys_pb2.CreateSurveyRequest) -> Survey:
        authorize(who, Action.WRITE_SURVEYS, None, self.directory.tree)
        return await self.editing.create(request)

    async def _survey_for(self, who: Viewer, key: str) -> Survey | None:
        """The survey of a key as it is now; None where there is none, or not for this viewer."""
        if not can_be_a_key(key) or not may_read_surveys(who, self.directory.tree):
            return None
        with reaching("surveys"):
            async with self.database.read() as session:
                return (await survey_storage.surveys_by_key(session, [key])).get(key)
