"""Survey as tests hold it, and the part of profile it asks."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import grpc

from cxm.batch.v1 import batch_pb2
from cxm.batch.v1.batch_pb2 import ItemResult
from cxm.profile.v1 import profile_pb2
from cxm.profile.v1.profile_pb2_grpc import DirectoryServiceServicer
from cxm.survey.v1 import import_pb2, responses_pb2, surveys_pb2
from cxm.survey.v1.events_pb2 import RecordedResponse, ResponsesRecorded
from services.kit import clock
from services.kit.clock import new_id
from services.kit.directory.copy import DirectoryCopy
from services.kit.events.outbox import Outbox
from services.kit.events.streams import RESPONSES_RECORDED
from services.kit.rights.access import Role
from services.kit.rpc.servicing import Context, Metadata, viewer
from services.survey.responses.intake import Intake
from tests.conftest import Identities
from tests.service.support.import_call import Outcome, load
from tests.support.builders import make_department
from tests.support.database import WholeDatabase

if TYPE_CHECKING:
    from cxm.survey.v1.export_pb2_grpc import ResponseExportServiceAsyncStub
    from cxm.survey.v1.import_pb2_grpc import ResponseImportServiceAsyncStub
    from cxm.survey.v1.invitations_pb2_grpc import InvitationServiceAsyncStub
    from cxm.survey.v1.reading_pb2_grpc import ResponseReadingServiceAsyncStub
    from cxm.survey.v1.reconciliation_pb2_grpc import ReconciliationServiceAsyncStub
    from cxm.survey.v1.responses_pb2_grpc import ResponseServiceAsyncStub
    from cxm.survey.v1.surveys_pb2_grpc import SurveyServiceAsyncStub

STORED = batch_pb2.ITEM_STATUS_STORED
ALREADY_STORED = batch_pb2.ITEM_STATUS_ALREADY_STORED
REFUSED = batch_pb2.ITEM_STATUS_REFUSED

QUESTIONS = [
    surveys_pb2.Question(
        key="recommend", kind=surveys_pb2.QUESTION_KIND_NPS, text="Would you recommend us?"
    ),
    surveys_pb2.Question(
        key="overall", kind=surveys_pb2.QUESTION_KIND_CSAT, text="How was it?", dont_know=True
    ),
    surveys_pb2.Question(key="why", kind=surveys_pb2.QUESTION_KIND_TEXT, text="Why?"),
]


def score(value: int, question: str = "recommend") -> responses_pb2.Answer:
    return responses_pb2.Answer(question=question, score=value)


def words(text: str, question: str = "why") -> responses_pb2.Answer:
    return responses_pb2.Answer(question=question, text=text)


def make_submission(*answers: responses_pb2.Answer, **changes: Any) -> responses_pb2.Submission:
    """A valid submission with an id of its own, or one with other answers and fields; None leaves a field out."""
    state: dict[str, Any] = {"id": new_id(), "survey": "relationship", "department": "sales"}
    fields = {name: value for name, value in (state | changes).items() if value is not None}
    return responses_pb2.Submission(answers=answers or [score(9)], **fields)


def reasons(result: ItemResult) -> list[tuple[str, str]]:
    """Where and why an item was refused."""
    return [(".".join(refusal.field), refusal.reason) for refusal in result.refusals]


class Profile(DirectoryServiceServicer):
    """Profile's answers to what copies lack: it knows what is put into it, and may be away."""

    def __init__(self) -> None:
        self.departments: dict[str, profile_pb2.Department] = {}
        self.touchpoints: dict[str, profile_pb2.Touchpoint] = {}
        self.asked: list[list[str]] = []
        self.away = False

    async def BatchGetDepartments(
        self, request: profile_pb2.BatchGetDepartmentsRequest, context: Context
    ) -> profile_pb2.BatchGetDepartmentsResponse:
        await self._hear([*request.ids, *request.keys], context)
        wanted = {*request.ids, *request.keys}
        found = [d for d in self.departments.values() if wanted & {d.id, d.key}]
        return profile_pb2.BatchGetDepartmentsResponse(departments=found)

    async def BatchGetTouchpoints(
        self, request: profile_pb2.BatchGetTouchpointsRequest, context: Context
    ) -> profile_pb2.BatchGetTouchpointsResponse:
        await self._hear(request.keys, context)
        found = [t for t in self.touchpoints.values() if t.key in request.keys]
        return profile_pb2.BatchGetTouchpointsResponse(touchpoints=found)

    async def ReadDirectory(
        self, request: profile_pb2.ReadDirectoryRequest, context: Context
    ) -> AsyncIterator[profile_pb2.ReadDirectoryResponse]:
        await self._hear([], context)
        yield profile_pb2.ReadDirectoryResponse(departments=self.departments.values())

    async def UpsertDepartments(
        self, request: profile_pb2.UpsertDepartmentsRequest, context: Context
    ) -> profile_pb2.UpsertDepartmentsResponse:
        assert viewer(context).subject == "service:survey"
        for item in request.items:
            self.departments[item.key] = make_department(item.key, item.parent)
            self.departments[item.key].name = item.name
        stored = [ItemResult(status=STORED)] * len(request.items)
        return profile_pb2.UpsertDepartmentsResponse(results=stored)

    async def _hear(self, names: Sequence[str], context: Context) -> None:
        if self.away:
            await context.abort(grpc.StatusCode.UNAVAILABLE, "away")
        self.asked.append(sorted(names))


class SettableClock:
    """The time of a test; the real one until `read` is replaced."""

    def __init__(self) -> None:
        self.read: clock.Clock = clock.now

    def __call__(self) -> datetime:
        return self.read()


@dataclass
class SurveyService:
    """One replica of survey and what stands behind it."""

    surveys: "SurveyServiceAsyncStub"
    invitations: "InvitationServiceAsyncStub"
    responses: "ResponseServiceAsyncStub"
    response_import: "ResponseImportServiceAsyncStub"
    response_reading: "ResponseReadingServiceAsyncStub"
    response_export: "ResponseExportServiceAsyncStub"
    reconciliation: "ReconciliationServiceAsyncStub"
    database: WholeDatabase
    outbox: Outbox
    directory: DirectoryCopy
    profile: Profile
    intake: Intake
    clock: SettableClock
    identities: Identities
    ids: dict[str, str] = field(default_factory=dict)

    def bearer(self, role: Role, department: str | None = None) -> Metadata:
        return self.identities.bearer("survey", role, department)

    async def create(self, key: str, **changes: Any) -> surveys_pb2.Survey:
        """A survey made by an admin."""
        department = changes.pop("department", "")
        state: dict[str, Any] = {"title": key.title(), "in_scorecard": True, "questions": QUESTIONS}
        state["offers"] = surveys_pb2.Offers(everything=True)
        state |= changes
        request = surveys_pb2.CreateSurveyRequest(
            survey=surveys_pb2.Survey(key=key, **state), department=department
        )
        reply = await self.surveys.CreateSurvey(request, metadata=self.bearer(Role.ADMIN))
        return reply.survey

    async def submit(
        self, *submissions: responses_pb2.Submission, metadata: Metadata | None = None
    ) -> Sequence[ItemResult]:
        """Results in order; without metadata as nobody in particular."""
        request = responses_pb2.SubmitResponsesRequest(submissions=submissions)
        reply = await self.responses.SubmitResponses(request, metadata=metadata, timeout=20)
        return reply.results

    async def load(
        self,
        mapping: str,
        content: str | bytes,
        *,
        role: Role = Role.ADMIN,
        dry_run: bool = False,
        update: bool = False,
        metadata: Metadata | None = None,
    ) -> Outcome:
        """Import a file."""
        method, request = self.response_import.ImportResponses, import_pb2.ImportResponsesRequest
        who = metadata or self.bearer(role)
        return await load(method, request, who, mapping, content, dry_run=dry_run, update=update)

    async def envelopes(self) -> list[ResponsesRecorded]:
        """What waits to be published, in order."""
        rows = await self.database.pool.fetch(
            "SELECT id, payload FROM outbox WHERE subject = $1 ORDER BY id", RESPONSES_RECORDED
        )
        envelopes = [ResponsesRecorded.FromString(row["payload"]) for row in rows]
        assert [envelope.envelope for envelope in envelopes] == [row["id"] for row in rows]
        return envelopes

    async def facts(self) -> list[RecordedResponse]:
        """The responses in all envelopes, in order."""
        return [fact for envelope in await self.envelopes() for fact in envelope.responses]

    async def stored_ids(self) -> set[str]:
        rows = await self.database.fetch("SELECT id::text FROM survey_response")
        return {row[0] for row in rows}
