"""Files of responses: cxm.survey.v1.ResponseImportService."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from cxm.survey.v1 import import_pb2 as pb
from cxm.survey.v1.import_pb2_grpc import (
    ResponseImportServiceServicer,
    add_ResponseImportServiceServicer_to_server,
)
from services.kit.db.database import Database, reaching
from services.kit.db.row_security import transaction_about
from services.kit.directory.copy import DirectoryCopy
from services.kit.events.outbox import Outbox
from services.kit.imports.import_job import Imports, Job
from services.kit.imports.row_batches import Plan
from services.kit.process import Process
from services.kit.rights.access import Action, Viewer, authorize
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_alone
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, check_page, viewer
from services.kit.service import Shared
from services.survey.attribution.submitters import may_read_surveys
from services.survey.domain.text import can_be_a_key
from services.survey.importing import storage
from services.survey.importing.answers.answer_columns import RESPONSES, answers
from services.survey.importing.answers.keys import made_key
from services.survey.importing.counts.counting import is_counted
from services.survey.importing.counts.withdrawing import Withdrawing
from services.survey.importing.exported_rows import ExportedRows
from services.survey.importing.plan import Accept, Assign, UseCases, plan_responses
from services.survey.importing.records import convert
from services.survey.importing.records.recording import Recording
from services.survey.importing.records.taking_back import TakingBack
from services.survey.importing.row_ids import RowIds
from services.survey.importing.row_names import ImportedRow
from services.survey.importing.updating import Updating, UpdatingPorts
from services.survey.importing.withdrawn_rows import WithdrawnRows
from services.survey.responses.intake import Intake
from services.survey.responses.rehearsing import Rehearsing
from services.survey.surveys import storage as survey_storage
from services.survey.surveys.domain.drafts import AT_ONCE, SurveyDraft
from services.survey.surveys.domain.questions import Question
from services.survey.surveys.domain.surveys import Survey
from services.survey.surveys.domain.versions import asked_ever
from services.survey.surveys.editing import Editing


class ResponseImport(ResponseImportServiceServicer):
    """Batches go through the intake as every other response; the survey may be created on the way."""

    def __init__(
        self,
        database: Database,
        directory: DirectoryCopy,
        editing: Editing,
        intake: Intake,
        imports: Imports,
        outbox: Outbox,
    ) -> None:
        key, now = intake.judging.customer_key, intake.judging.now
        self.row_ids = RowIds(database.pool, key)
        self.correcting = UpdatingPorts(database, outbox, directory, key, now)
        self.taking_back = TakingBack(self.correcting)
        self.withdrawn_rows = WithdrawnRows(self.correcting)
        self.database = database
        self.directory = directory
        self.editing = editing
        self.intake = intake
        self.imports = imports

    @needs(Action.SUBMIT, Scope.ANY_DEPARTMENT)
    async def ImportResponses(
        self, request: AsyncIterator[pb.ImportResponsesRequest], context: Context
    ) -> AsyncIterator[pb.ImportResponsesResponse]:
        """Store the responses of a file; nothing before the whole file arrived and can be read."""
        who = viewer(context)
        self.intake.room.check(has_token=True)
        recording = Recording(self.database.pool)

        async def prepare(job: Job) -> Plan[ImportedRow]:
            await self.directory.catch_up()
            survey = await self._survey_for(who, job.mapping.constants["survey"])
            key = survey.key if survey else made_key(job.mapping.constants["survey"])
            assign = partial(self.row_ids.assign, recording=recording)
            make = self._rehearsal if job.dry_run else self._use_cases
            use_cases = make(who, assign)
            if "id" not in job.columns.fields and await self.row_ids.has_former():
                use_cases = replace(use_cases, has_former=True)
            former: Sequence[Question] = ()
            if job.mapping.has("response"):
                versions = await self._versions_of(survey)
                former = asked_ever(versions)
                use_cases = self._comparing(use_cases, versions, job)
            elif job.update:
                use_cases = self._updating(who, use_cases, is_rehearsal=job.dry_run)
            plan = plan_responses(job, who, self.directory, survey, use_cases, former)
            if not job.dry_run and can_be_a_key(key):
                await self._write_audit(who, key)
                with reaching("imports"):
                    counted = is_counted(job.mapping)
                    await recording.begin(who, job.file.name, key, is_counted=counted)
            return plan

        parts = (message.part async for message in request)
        told = self.imports.run(RESPONSES, parts, prepare, who.subject)
        async for progress in recording.following(told):
            yield pb.ImportResponsesResponse(progress=progress)

    @needs(Action.SUBMIT, Scope.ANY_DEPARTMENT)
    async def ListImports(
        self, request: pb.ListImportsRequest, context: Context
    ) -> pb.ListImportsResponse:
        """Imports that can be known afterwards, the newest first."""
        check_page(request.first)
        found, more = await self.taking_back.list_imports(
            viewer(context), request.first, request.after
        )
        return pb.ListImportsResponse(imports=map(convert.import_message, found), more=more)

    @needs(Action.SUBMIT, Scope.ANY_DEPARTMENT)
    async def TakeBackImport(
        self, request: pb.TakeBackImportRequest, context: Context
    ) -> pb.TakeBackImportResponse:
        """Withdraw what an import stored, for some seconds."""
        await self.directory.catch_up()
        taken = await self.taking_back.take_back(
            viewer(context), request.id, dry_run=request.dry_run
        )
        return convert.taken_back(taken)

    async def _write_audit(self, who: Viewer, survey: str) -> None:
        """Of a file that can be imported, before its first row is stored; of other responses there are no entries."""
        tree = self.directory.tree
        actor = actor_of(who, Action.SUBMIT, tree)
        entry = AuditEntry(tree.clock(), actor, Deed.RESPONSES_IMPORTED, keys=(survey,))
        with reaching("the audit log"):
            await write_alone(self.database.pool, entry)

    def _use_cases(self, who: Viewer, assign: Assign) -> UseCases:
        return UseCases(
            self._create_survey,
            assign,
            lambda _: self.intake.accept,
            self._rehearsing,
            partial(self._look, who),
            self.withdrawn_rows.count,
        )

    def _rehearsal(self, who: Viewer, assign: Assign) -> UseCases:
        async def create_nothing(_: Viewer, __: SurveyDraft) -> None: ...

        return UseCases(
            create_nothing,
            assign,
            self._rehearsing,
            self._rehearsing,
            partial(self._look, who),
            self.withdrawn_rows.count,
        )

    async def _look(self, who: Viewer, ids: Sequence[str]) -> Mapping[str, bool]:
        """What is out of sight is as absent: a count of 0 would tell, and leave no trace, what others imported."""
        sees = self.intake.judging.sees(who)
        with reaching("responses"):
            async with (
                self.database.pool.acquire() as connection,
                transaction_about(connection, responses=ids),
            ):
                return await storage.withdrawn_by_id(connection, ids, sees)

    def _rehearsing(self, planned: Survey | None) -> Accept:
        return Rehearsing(self.intake.judging, self.intake.writer, planned).accept

    def _updating(self, who: Viewer, use_cases: UseCases, *, is_rehearsal: bool) -> UseCases:
        """Those of an import that corrects what is stored with other answers."""

        def accepting(planned: Survey | None) -> Accept:
            take = use_cases.accepting(planned)
            return Updating(take, self.correcting, is_rehearsal=is_rehearsal).accept

        withdrawing = Withdrawing(who, self.correcting, is_rehearsal=is_rehearsal)
        return replace(use_cases, accepting=accepting, withdrawing=withdrawing)

    def _comparing(self, use_cases: UseCases, versions: Sequence[Survey], job: Job) -> UseCases:
        """Those of rows of the own export, which are the responses that they show."""
        mapped = [answer.question for answer in answers(job.mapping)]
        rows = ExportedRows(
            use_cases.assign,
            self.correcting,
            versions,
            mapped,
            update=job.update,
            is_rehearsal=job.dry_run,
        )

        def accepting(planned: Survey | None) -> Accept:
            return rows.accepting(use_cases.accepting(planned))

        def rehearsing(planned: Survey | None) -> Accept:
            return rows.accepting(use_cases.rehearsing(planned))

        return replace(use_cases, assign=rows.assign, accepting=accepting, rehearsing=rehearsing)

    async def _versions_of(self, survey: Survey | None) -> list[Survey]:
        if survey is None:
            return []
        with reaching("surveys"):
            async with self.database.read() as session:
                return await survey_storage.versions_of(session, survey)

    async def _create_survey(self, who: Viewer, draft: SurveyDraft) -> None:
        tree = self.directory.tree
        authorize(who, Action.ADD_SURVEYS, None, tree)
        actor = actor_of(who, Action.ADD_SURVEYS, tree, tree.root_id)
        await self.editing.create(actor, draft, AT_ONCE)

    async def _survey_for(self, who: Viewer, name: str) -> Survey | None:
        """The survey of a key, else of the key made from it, as it is now; None: none, or none for this viewer."""
        keys = [key for key in dict.fromkeys((name, made_key(name))) if can_be_a_key(key)]
        if not keys or not may_read_surveys(who, self.directory.tree):
            return None
        with reaching("surveys"):
            async with self.database.read() as session:
                found = await survey_storage.surveys_by_key(session, keys)
        return next((found[key] for key in keys if key in found), None)


def wire(
    process: Process, shared: Shared, editing: Editing, intake: Intake, imports: Imports
) -> None:
    """Answer cxm.survey.v1.ResponseImportService."""
    process.serve(
        "cxm.survey.v1.ResponseImportService",
        add_ResponseImportServiceServicer_to_server,
        ResponseImport(shared.database, shared.directory, editing, intake, imports, shared.outbox),
    )
