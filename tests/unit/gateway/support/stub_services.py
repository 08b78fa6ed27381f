"""Stub services: gRPC servers that answer with what a test puts in, and record who asked what."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from cxm.audit.v1 import audit_pb2, audit_pb2_grpc
from cxm.batch.v1.batch_pb2 import (
    ITEM_STATUS_ALREADY_STORED,
    ITEM_STATUS_REFUSED,
    ITEM_STATUS_STORED,
    ImportProgress,
    ItemResult,
    Refusal,
)
from cxm.employee_exp.v1 import (
    ballots_pb2,
    employee_exp_pb2,
    employee_exp_pb2_grpc,
    releases_pb2,
    waves_pb2,
)
from cxm.metrics.v1 import alerts_pb2, drivers_pb2, linkage_pb2, scores_pb2, targets_pb2
from cxm.operate.v1 import operate_pb2, operate_pb2_grpc
from cxm.profile.v1 import (
    consents_pb2,
    customers_pb2,
    grants_pb2,
    grants_pb2_grpc,
    interactions_pb2,
    points_pb2,
    privacy_pb2,
    profile_pb2,
    profile_pb2_grpc,
    purchases_pb2,
    segments_pb2,
    sessions_pb2,
    sites_pb2,
    subscriptions_pb2,
    users_pb2,
)
from cxm.survey.v1 import (
    import_pb2,
    import_pb2_grpc,
    invitations_pb2,
    invitations_pb2_grpc,
    reading_pb2,
    responses_pb2,
    responses_pb2_grpc,
    surveys_pb2,
    surveys_pb2_grpc,
)
from services.kit.clock import new_id
from services.kit.errors import Denied, NotFound, Unauthenticated
from services.kit.rights.access import ANONYMOUS, Role, Viewer
from services.kit.rpc.servicing import Context, viewer


def department(key: str, parent: str | None = "root") -> profile_pb2.Department:
    place = profile_pb2.Placement(parent_id=None if parent is None else f"id-{parent}")
    return profile_pb2.Department(id=f"id-{key}", key=key, name=key.title(), placements=[place])


def touchpoint(key: str, owner: str) -> profile_pb2.Touchpoint:
    term = profile_pb2.Term(department_id=f"id-{owner}", stage="purchase")
    return profile_pb2.Touchpoint(
        id=f"id-{key}", key=key, name=key.title(), channel="EMAIL", terms=[term]
    )


def nps(value: float, base: int) -> scores_pb2.Score:
    return scores_pb2.Score(
        metric="nps",
        version=1,
        status=scores_pb2.SCORE_STATUS_OK,
        value=value,
        base=base,
        interval=scores_pb2.Interval(low=value - 1, high=value + 1, method="adjusted Wald"),
        distribution=[scores_pb2.Bucket(value=9, label="9", count=base)],
    )


def survey(key: str) -> surveys_pb2.Survey:
    question = surveys_pb2.Question(
        id="q1", key="recommend", kind=surveys_pb2.QUESTION_KIND_NPS, text="How likely?"
    )
    return surveys_pb2.Survey(
        id=f"id-{key}", key=key, title=key.title(), public=True, version=1, questions=[question]
    )


@dataclass
class StubSession:
    """A session and the secrets that open it; `is_due`: the next secret replaces them."""

    session: sessions_pb2.Session
    secrets: set[bytes]
    provider_session: str
    sign_in: str
    is_due: bool = False


@dataclass
class StubServices:
    """What the services know, and what was asked of them."""

    departments: list[profile_pb2.Department] = field(default_factory=list)
    touchpoints: list[profile_pb2.Touchpoint] = field(default_factory=list)
    surveys: list[surveys_pb2.Survey] = field(default_factory=list)
    scores: list[scores_pb2.Score] = field(default_factory=list)
    points: list[scores_pb2.TrendPoint] = field(default_factory=list)
    groups: list[scores_pb2.Group] = field(default_factory=list)
    change_parts: scores_pb2.ChangeParts | None = None
    weighted: scores_pb2.GetWeightedScoreResponse = field(
        default_factory=scores_pb2.GetWeightedScoreResponse
    )
    analyses: list[drivers_pb2.DriverAnalysis] = field(default_factory=list)
    alerts: list[alerts_pb2.Alert] = field(default_factory=list)
    linkage: linkage_pb2.GetLinkageResponse = field(default_factory=linkage_pb2.GetLinkageResponse)
    targets: list[targets_pb2.Target] = field(default_factory=list)
    pieces: list[bytes] = field(default_factory=list)  # of every export
    audit: dict[str, list[audit_pb2.AuditEntry]] = field(default_factory=dict)
    health: dict[str, operate_pb2.GetHealthResponse] = field(default_factory=dict)
    grants: dict[str, list[grants_pb2.GrantItem]] = field(default_factory=dict)  # by subject
    users: dict[str, users_pb2.StoredUser] = field(default_factory=dict)  # by subject
    sessions: list[StubSession] = field(default_factory=list)
    customers: list[customers_pb2.StoredCustomer] = field(default_factory=list)
    erasures: list[privacy_pb2.StoredErasure] = field(default_factory=list)  # newest first
    subscriptions: list[subscriptions_pb2.StoredSubscription] = field(default_factory=list)
    purchases: list[purchases_pb2.StoredPurchase] = field(default_factory=list)  # newest first
    conflicts: list[customers_pb2.Conflict] = field(default_factory=list)
    person_changes: list[customers_pb2.PersonChange] = field(default_factory=list)  # newest first
    balance: int = 0
    ledger: list[points_pb2.StoredPoints] = field(default_factory=list)  # newest first
    sites: dict[str, sites_pb2.FindSiteResponse] = field(default_factory=dict)
    verdicts: list[consents_pb2.ConsentVerdict] = field(default_factory=list)
    consents: list[consents_pb2.StoredConsent] = field(default_factory=list)  # newest first
    timelines: dict[int, list[interactions_pb2.TimelineInteraction]] = field(default_factory=dict)
    whereabouts: dict[int, interactions_pb2.GetWhereaboutsResponse] = field(default_factory=dict)
    customer_responses: list[reading_pb2.ReadContext] = field(default_factory=list)
    interaction_kinds: list[interactions_pb2.InteractionKind] = field(default_factory=list)
    segments: list[segments_pb2.StoredSegment] = field(default_factory=list)
    identifier_kinds: list[customers_pb2.IdentifierKind] = field(default_factory=list)
    responses: dict[str, tuple[str, bytes]] = field(
        default_factory=dict
    )  # with a secret, by id: survey and content
    withdrawn: set[str] = field(default_factory=set)  # ids of responses
    ends_before: str = ""
    """The call of a ballot before which its link leads to nothing any more."""
    ballots: dict[str, ballots_pb2.FindBallotResponse] = field(
        default_factory=dict
    )  # what a link asks, by token
    hidden: set[str] = field(default_factory=set)  # ids of departments without scores
    failures: dict[str, Exception] = field(default_factory=dict)  # by RPC
    hold: asyncio.Event | None = None  # while set to an event: scorecards wait for it
    imports: list[ImportProgress] = field(default_factory=list)  # sent once a file has arrived
    files: list[bytes] = field(default_factory=list)
    waves: list[waves_pb2.Wave] = field(default_factory=list)
    released: dict[str, releases_pb2.DepartmentResults] = field(
        default_factory=dict
    )  # by department
    wave_changes: dict[str, scores_pb2.Change] = field(default_factory=dict)  # by statistic
    asked: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    viewers: list[Viewer] = field(default_factory=list)
    traceparents: list[str] = field(default_factory=list)
    waiting: asyncio.Event = field(default_factory=asyncio.Event)
    cancelled: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, name: str, request: Any, reply: Any, context: Context) -> Any:
        """Take a file, and tell of its rows; fails as the test wants after it has taken the header."""
        header = (await anext(request)).part.header
        self.note(name, header, context)
        yield reply(progress=ImportProgress())
        self.files.append(b"".join([message.part.data async for message in request]))
        for progress in self.imports:
            yield reply(progress=progress)
        if self.hold:
            self.waiting.set()
            try:
                await self.hold.wait()
            except asyncio.CancelledError:
                self.cancelled.set()
                raise

    def note(self, name: str, request: Any, context: Context) -> None:
        """Remember a call; raise what the test wants it to raise."""
        self.asked[name].append(request)
        self.viewers.append(viewer(context))
        metadata = dict(context.invocation_metadata() or ())
        self.traceparents.append(str(metadata.get("traceparent", "")))
        if name in self.failures:
            raise self.failures[name]


class Grants(grants_pb2_grpc.GrantServiceServicer):
    def __init__(self, services: StubServices) -> None:
        self.services = services

    async def GetOwnGrants(self, request: Any, context: Context) -> Any:
        self.services.note("GetOwnGrants", request, context)
        own = self.services.grants.get(viewer(context).subject, [])
        return grants_pb2.GetOwnGrantsResponse(grants=own)

    async def ListHeads(self, request: Any, context: Context) -> Any:
        raise NotImplementedError  # employee_exp asks, the gateway does not

    async def ListGrants(self, request: Any, context: Context) -> Any:
        self.services.note("ListGrants", request, context)
        items = [item for given in self.services.grants.values() for item in given]
        stored = [
            grants_pb2.StoredGrant(key=f"g{number}", grant=item)
            for number, item in enumerate(items)
        ]
        return grants_pb2.ListGrantsResponse(grants=stored, total=len(stored))

    async def UpsertGrants(self, request: Any, context: Context) -> Any:
        self.services.note("UpsertGrants", request, context)
        stored = ItemResult(id="g0", status=ITEM_STATUS_STORED)
        return grants_pb2.UpsertGrantsResponse(results=[stored for _ in request.items])

    async def RevokeGrants(self, request: Any, context: Context) -> Any:
        self.services.note("RevokeGrants", request, context)
        return grants_pb2.RevokeGrantsResponse(revoked=len(request.keys))


class Audit(audit_pb2_grpc.AuditServiceServicer):
    """The audit log of one service."""

    def __init__(self, services: StubServices, name: str) -> None:
        self.services = services
        self.name = name

    async def ListAuditEntries(self, request: Any, context: Context) -> Any:
        self.services.note(f"ListAuditEntries {self.name}", request, context)
        entries = sorted(
            self.services.audit.get(self.name, []), key=lambda e: e.at.seconds, reverse=True
        )
        if request.HasField("before"):
            entries = [e for e in entries if e.at.seconds < request.before.at.seconds]
        return audit_pb2.ListAuditEntriesResponse(
            entries=entries[: request.first], more=len(entries) > request.first
        )


class Operate(operate_pb2_grpc.OperateServiceServicer):
    """How far one service is."""

    def __init__(self, services: StubServices, name: str) -> None:
        self.services = services
        self.name = name

    async def GetHealth(self, request: Any, context: Context) -> Any:
        self.services.note(f"GetHealth {self.name}", request, context)
        return self.services.health.get(self.name, operate_pb2.GetHealthResponse())

    async def ReplayDeadLetters(self, request: Any, context: Context) -> Any:
        self.services.note(f"ReplayDeadLetters {self.name}", request, context)
        return operate_pb2.ReplayDeadLettersResponse()


class Directory(profile_pb2_grpc.DirectoryServiceServicer):
    def __init__(self, services: StubServices) -> None:
        self.services = services

    def ImportDepartments(self, request: Any, context: Context) -> Any:
        reply = profile_pb2.ImportDepartmentsResponse
        return self.services.take("ImportDepartments", request, reply, context)

    def ImportTouchpoints(self, request: Any, context: Context) -> Any:
        reply = profile_pb2.ImportTouchpointsResponse
        return self.services.take("ImportTouchpoints", request, reply, context)

    async def GetOrganization(self, request: Any, context: Context) -> Any:
        self.services.note("GetOrganization", request, context)
        organization = profile_pb2.Organization(time_zone="Europe/Riga", root_id="id-root")
        return profile_pb2.GetOrganizationResponse(organization=organization)

    async def BatchGetDepartments(self, request: Any, context: Context) -> Any:
        self.services.note("BatchGetDepartments", request, context)
        found = [
            item
            for item in self.services.departments
            if item.id in request.ids
            or item.key in request.keys
            or (request.root and not item.placements[0].HasField("parent_id"))
        ]
        return profile_pb2.BatchGetDepartmentsResponse(departments=reversed(found))

    async def ListDepartments(self, request: Any, context: Context) -> Any:
        self.services.note("ListDepartments", request, context)
        found = [
            item
            for item in sorted(self.services.departments, key=lambda item: item.key)
            if not request.HasField("parent_id")
            or item.placements[0].parent_id == request.parent_id
        ]
        later = [item for item in found if item.key > request.after]
        listed = later[: request.first]
        seen = {item.id: item for item in self.services.departments}
        above = [item.placements[0].parent_id if item.placements else "" for item in listed]
        parents = [id_ if id_ in seen else "" for id_ in above] if request.with_parents else []
        return profile_pb2.ListDepartmentsResponse(
            departments=listed,
            more=len(later) > request.first,
            total=len(found) if request.count else None,
            parents=[seen[id_] for id_ in dict.fromkeys(parents) if id_],
            parent_ids=parents,
        )

    async def ListTouchpoints(self, request: Any, context: Context) -> Any:
        self.services.note("ListTouchpoints", request, context)
        found = [
            item
            for item in self.services.touchpoints
            if item.terms[0].department_id == request.department_id
        ]
        return profile_pb2.ListTouchpointsResponse(touchpoints=found[: request.first])

    async def BatchGetTouchpoints(self, request: Any, context: Context) -> Any:
        self.services.note("BatchGetTouchpoints", request, context)
        found = [
            item
            for item in self.services.touchpoints
            if item.id in request.ids or item.key in request.keys
        ]
        return profile_pb2.BatchGetTouchpointsResponse(touchpoints=found)

    async def ReadDirectory(self, request: Any, context: Context) -> AsyncIterator[Any]:
        self.services.note("ReadDirectory", request, context)
        yield profile_pb2.ReadDirectoryResponse()

    async def UpsertDepartments(self, request: Any, context: Context) -> Any:
        self.services.note("UpsertDepartments", request, context)
        if not any(grant.role is Role.ADMIN for grant in viewer(context).grants):
            raise Denied("your role does not allow this")
        results = [_result(item.key, item.name) for item in request.items]
        return profile_pb2.UpsertDepartmentsResponse(results=results)

    async def UpsertTouchpoints(self, request: Any, context: Context) -> Any:
        self.services.note("UpsertTouchpoints", request, context)
        results = [_result(item.key, item.name) for item in request.items]
        return profile_pb2.UpsertTouchpointsResponse(results=results)

    async def MoveDepartment(self, request: Any, context: Context) -> Any:
        self.services.note("MoveDepartment", request, context)
        moved = department(request.department, request.parent)
        return profile_pb2.MoveDepartmentResponse(department=moved)

    async def CloseDepartment(self, request: Any, context: Context) -> Any:
        self.services.note("CloseDepartment", request, context)
        closed = department(request.department, request.merge_into)
        if not request.reopen:
            closed.closed_from_day = request.from_day
        return profile_pb2.CloseDepartmentResponse(department=closed, moved_departments=["c"])


class Surveys(surveys_pb2_grpc.SurveyServiceServicer):
    def __init__(self, services: StubServices) -> None:
        self.services = services

    async def BatchGetSurveys(self, request: Any, context: Context) -> Any:
        self.services.note("BatchGetSurveys", request, context)
        found = [
            item
            for item in self.services.surveys
            if item.id in request.ids or item.key in request.keys
        ]
        return surveys_pb2.BatchGetSurveysResponse(surveys=found)

    async def ListSurveys(self, request: Any, context: Context) -> Any:
        self.services.note("ListSurveys", request, context)
        return surveys_pb2.ListSurveysResponse(surveys=self.services.surveys[: request.first])

    async def GetStandardItems(self, request: Any, context: Context) -> Any:
        self.services.note("GetStandardItems", request, context)
        item = surveys_pb2.Question(
            key="fast",
            kind=surveys_pb2.QUESTION_KIND_RATING,
            text="I was served fast.",
            scale=surveys_pb2.Scale(low=1, high=5),
            item="fast",
        )
        return surveys_pb2.GetStandardItemsResponse(questions=[item])

    async def CreateSurvey(self, request: Any, context: Context) -> Any:
        self.services.note("CreateSurvey", request, context)
        return surveys_pb2.CreateSurveyResponse(survey=request.survey)

    async def UpdateSurvey(self, request: Any, context: Context) -> Any:
        self.services.note("UpdateSurvey", request, context)
        changed = survey(request.key)
        changed.questions.extend(request.questions.questions)
        return surveys_pb2.UpdateSurveyResponse(survey=changed)

    async def ChangeSurveyState(self, request: Any, context: Context) -> Any:
        self.services.note("ChangeSurveyState", request, context)
        changed = survey(request.key)
        changed.state, changed.closes_at = request.state, request.closes_at
        return surveys_pb2.ChangeSurveyStateResponse(survey=changed)


class Invitations(invitations_pb2_grpc.InvitationServiceServicer):
    def __init__(self, services: StubServices) -> None:
        self.services = services

    async def CreateInvitations(self, request: Any, context: Context) -> Any:
        self.services.note("CreateInvitations", request, context)
        made = [
            invitations_pb2.Invitation(token=f"token {n}", expires_at="2030-01-01T00:00:00Z")
            for n in range(len(request.targets) or request.count)
        ]
        return invitations_pb2.CreateInvitationsResponse(invitations=made)


class Responses(responses_pb2_grpc.ResponseServiceServicer):
    def __init__(self, services: StubServices) -> None:
        self.services = services

    async def SubmitResponses(self, request: Any, context: Context) -> Any:
        self.services.note("SubmitResponses", request, context)
        if viewer(context) is ANONYMOUS and any(s.survey == "staff" for s in request.submissions):
            raise Unauthenticated("this needs a bearer token")
        results = [self._result(item) for item in request.submissions]
        receipts = [
            "" if item.status == ITEM_STATUS_REFUSED else f"receipt of {item.id}"
            for item in results
        ]
        return responses_pb2.SubmitResponsesResponse(results=results, receipts=receipts)

    def _result(self, item: Any) -> ItemResult:
        """Stored once, if it is not to be refused; under the same id nothing else is."""
        result = _result(item.id, item.answers[0].text)
        if result.status == ITEM_STATUS_REFUSED or not item.HasField("secret"):
            return result
        sent = (item.survey, item.SerializeToString())
        known = self.services.responses.setdefault(item.id, sent)
        if known is sent:
            return result
        if known == sent or item.id in self.services.withdrawn:
            return ItemResult(id=item.id, status=ITEM_STATUS_ALREADY_STORED)
        refusal = Refusal(field=["id"], reason="ID_CONFLICT", message="other content")
        return ItemResult(id=item.id, status=ITEM_STATUS_REFUSED, refusals=[refusal])

    async def GetForm(self, request: Any, context: Context) -> Any:
        """Of the survey that is named; of a stored response that of its survey, of an unknown one of the first."""
        self.services.note("GetForm", request, context)
        named = request.survey
        if request.response:
            first = self.services.surveys[0].key
            named, _ = self.services.responses.get(request.response, (first, b""))
        for asked in self.services.surveys:
            if asked.key == named and request.response not in self.services.withdrawn:
                form = responses_pb2.Form(
                    survey=asked.key,
                    title=asked.title,
                    language=asked.language,
                    texts=asked.texts,
                    questions=asked.questions,
                )
                return responses_pb2.GetFormResponse(form=form)
        raise NotFound("there is nothing to answer here", reason="NO_FORM")

    async def CorrectResponse(self, request: Any, context: Context) -> Any:
        self.services.note("CorrectResponse", request, context)
        return responses_pb2.CorrectResponseResponse(changed=True)

    async def WithdrawResponse(self, request: Any, context: Context) -> Any:
        self.services.note("WithdrawResponse", request, context)
        self.services.withdrawn.add(request.id)
        return responses_pb2.WithdrawResponseResponse(changed=False)


class ResponseImports(import_pb2_grpc.ResponseImportServiceServicer):
    def __init__(self, services: StubServices) -> None:
        self.services = services

    def ImportResponses(self, request: Any, context: Context) -> Any:
        reply = import_pb2.ImportResponsesResponse
        return self.services.take("ImportResponses", request, reply, context)

    async def ListImports(self, request: Any, context: Context) -> Any:
        self.services.note("ListImports", request, context)
        known = import_pb2.Import(id=new_id(), kind="responses", state=import_pb2.IMPORT_STATE_DONE)
        return import_pb2.ListImportsResponse(imports=[known], more=True)

    async def TakeBackImport(self, request: Any, context: Context) -> Any:
        self.services.note("TakeBackImport", request, context)
        known = import_pb2.Import(id=request.id, state=import_pb2.IMPORT_STATE_TAKEN_BACK)
        stays = import_pb2.StayingResponses(reason="CORRECTED_SINCE", responses=1, message="x")
        return import_pb2.TakeBackImportResponse(taken_back=known, withdrawn=2, stays=[stays])


class Employees(employee_exp_pb2_grpc.EmployeeServiceServicer):
    def __init__(self, services: StubServices) -> None:
        self.services = services

    def ImportEmployees(self, request: Any, context: Context) -> Any:
        reply = employee_exp_pb2.ImportEmployeesResponse
        return self.services.take("ImportEmployees", request, reply, context)

    async def CorrectStint(self, request: Any, context: Context) -> Any:
        self.services.note("CorrectStint", request, context)
        return employee_exp_pb2.CorrectStintResponse(changed=True)

    async def RemoveStint(self, request: Any, context: Context) -> Any:
        self.services.note("RemoveStint", request, context)
        return employee_exp_pb2.RemoveStintResponse(changed=False)

    async def SetEmployeeDetails(self, request: Any, context: Context) -> Any:
        self.services.note("SetEmployeeDetails", request, context)
        results = [_result("employee", item.employee) for item in request.items]
        return employee_exp_pb2.SetEmployeeDetailsResponse(results=results)

    async def EraseEmployee(self, request: Any, context: Context) -> Any:
        self.services.note("EraseEmployee", request, context)
        return employee_exp_pb2.EraseEmployeeResponse(erased=True)

    async def UpsertEmployees(self, request: Any, context: Context) -> Any:
        self.services.note("UpsertEmployees", request, context)
        results = [_result("stint", item.department) for item in request.items]
        return employee_exp_pb2.UpsertEmployeesResponse(results=results)


def _result(id_: str, content: str) -> ItemResult:
    """Stored, unless the content says otherwise."""
    if content != "refuse":
        return ItemResult(id=id_, status=ITEM_STATUS_STORED)
    refusal = Refusal(field=["dont_know", "0"], reason="REFUSED_BY_TEST", message="as asked")
    return ItemResult(id=id_, status=ITEM_STATUS_REFUSED, refusals=[refusal])
