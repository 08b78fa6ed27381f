"""The audit log of all services as one: who did what, when, and by which grant."""

import asyncio
from dataclasses import dataclass
from datetime import UTC
from enum import Enum
from typing import Annotated

import strawberry
from google.protobuf.timestamp_pb2 import Timestamp

from cxm.audit.v1 import audit_pb2 as pb
from gateway.graph.base.paging import After, First, PageInfo, page_info_of, page_request
from gateway.graph.base.scalars import DateTime
from gateway.request.context import Context, Info
from services.kit.clock import instant_text
from services.kit.errors import Late, Unavailable

LISTING = "AuditEntry"


@strawberry.enum(description="What was done.")
class AuditDeed(Enum):
    DEPARTMENT_CREATED = strawberry.enum_value(
        "department_created", description="A department, under its first parent."
    )
    DEPARTMENT_CHANGED = strawberry.enum_value("department_changed", description="Its name.")
    DEPARTMENT_MOVED = strawberry.enum_value(
        "department_moved", description="It hangs under another parent, from some day on."
    )
    DEPARTMENT_CLOSED = strawberry.enum_value(
        "department_closed", description="It takes nothing new, or was merged into another."
    )
    DEPARTMENT_REOPENED = strawberry.enum_value(
        "department_reopened", description="It takes new things again."
    )
    ROOT_NAMED = strawberry.enum_value(
        "root_named", description="The name or key of the whole organisation."
    )
    TOUCHPOINT_CREATED = strawberry.enum_value(
        "touchpoint_created", description="A touchpoint; keys are its own and its owner's."
    )
    TOUCHPOINT_CHANGED = strawberry.enum_value(
        "touchpoint_changed",
        description="Its name, channel, owner or stage; a new owner is named after it.",
    )
    SURVEY_CREATED = strawberry.enum_value("survey_created", description="A survey.")
    SURVEY_CHANGED = strawberry.enum_value(
        "survey_changed", description="What it says or asks, or who may answer it."
    )
    SURVEY_PUBLISHED = strawberry.enum_value(
        "survey_published", description="Anybody may answer it from then on."
    )
    SURVEY_STATE_CHANGED = strawberry.enum_value(
        "survey_state_changed", description="It opened, paused, closed, or is to."
    )
    RESPONSE_CORRECTED = strawberry.enum_value(
        "response_corrected", description="Its answers were replaced."
    )
    RESPONSE_WITHDRAWN = strawberry.enum_value(
        "response_withdrawn", description="What it said was erased."
    )
    RESPONSES_IMPORTED = strawberry.enum_value(
        "responses_imported", description="An import of a file began; the key is the survey's."
    )
    IMPORT_TAKEN_BACK = strawberry.enum_value(
        "import_taken_back",
        description="What an import stored was to be withdrawn; the id is the import's, the key the survey's.",
    )
    RESPONSES_EXPORTED = strawberry.enum_value(
        "responses_exported", description="An export began; keys are the department and the survey."
    )
    RESPONSES_READ = strawberry.enum_value(
        "responses_read",
        description="Answers and comments were read on pages; told once a day of a reader and a department, whose key "
        "it names.",
    )
    INVITATIONS_CREATED = strawberry.enum_value(
        "invitations_created", description="One-time invitations; the key is the survey's."
    )
    EMPLOYMENT_CHANGED = strawberry.enum_value(
        "employment_changed",
        description="Where an employee works, or from when to when; the id is our own of the employee.",
    )
    EMPLOYMENT_CORRECTED = strawberry.enum_value(
        "employment_corrected",
        description="A stint was corrected or removed, or replaced by a file; the id is our own of the employee.",
    )
    EMPLOYEE_DETAILS_CHANGED = strawberry.enum_value(
        "employee_details_changed",
        description="What an employee is known by beside the id (address, language, subject, attributes); the id "
        "is our own of the employee.",
    )
    EMPLOYEE_ERASED = strawberry.enum_value(
        "employee_erased",
        description="Who an employee is was erased; the id is our own of the employee.",
    )
    WAVE_CREATED = strawberry.enum_value(
        "wave_created",
        description="A wave was planned, by somebody or by a wave that repeats; the key is the wave's.",
    )
    WAVE_CHANGED = strawberry.enum_value(
        "wave_changed",
        description="The plan of a wave was changed before it opened; the key is the wave's.",
    )
    WAVE_REMOVED = strawberry.enum_value(
        "wave_removed",
        description="The plan of a wave was removed before it opened; the key is the wave's.",
    )
    WAVE_OPENED = strawberry.enum_value(
        "wave_opened",
        description="A wave was opened, by hand or at its time; the key is the wave's.",
    )
    WAVE_CLOSED = strawberry.enum_value(
        "wave_closed",
        description="A wave was closed, by hand or at its time; the key is the wave's.",
    )
    WAVE_IMPORTED = strawberry.enum_value(
        "wave_imported",
        description="Results of a wave that was measured elsewhere were imported and released; the key is the wave's.",
    )
    SCORES_EXPORTED = strawberry.enum_value(
        "scores_exported", description="An export began; the key is the department's."
    )
    METRIC_REGISTERED = strawberry.enum_value(
        "metric_registered", description="A metric of your own, or a new version of one."
    )
    TARGET_SET = strawberry.enum_value(
        "target_set",
        description="A target, or another in its place; keys are the department and the metric.",
    )
    TARGET_REMOVED = strawberry.enum_value(
        "target_removed", description="Keys are the department and the metric."
    )
    DRIVERS_STARTED = strawberry.enum_value(
        "drivers_started", description="An analysis of drivers; the key is the department."
    )
    DRIVERS_CANCELLED = strawberry.enum_value(
        "drivers_cancelled", description="An analysis of drivers; the key is the department."
    )
    ALERT_ACKNOWLEDGED = strawberry.enum_value(
        "alert_acknowledged",
        description="Somebody said what is done about an alert; keys are the department and the metric.",
    )
    RECONCILIATION_STARTED = strawberry.enum_value(
        "reconciliation_started", description="By somebody; the one of every hour is not told."
    )
    REBUILD_STARTED = strawberry.enum_value(
        "rebuild_started", description="What scores are counted from was to be made anew."
    )
    DEAD_LETTERS_REPLAYED = strawberry.enum_value(
        "dead_letters_replayed",
        description="What a service gave up was to be applied again; keys are where it was heard.",
    )
    GRANT_GIVEN = strawberry.enum_value(
        "grant_given",
        description="A right, or other days of one; keys are whose, the role and the department.",
    )
    GRANT_REVOKED = strawberry.enum_value(
        "grant_revoked",
        description="A right was taken away; keys are whose, the role and the department.",
    )
    USER_CHANGED = strawberry.enum_value(
        "user_changed",
        description="A name, an e-mail address or a language, by an admin or at sign-in; the key is whose.",
    )
    USER_REMOVED = strawberry.enum_value(
        "user_removed", description="With the last right; the key is whose."
    )
    CUSTOMERS_LINKED = strawberry.enum_value(
        "customers_linked",
        description="Two aliases were said to be of one customer; keys are their numbers.",
    )
    CUSTOMERS_UNLINKED = strawberry.enum_value(
        "customers_unlinked",
        description="A link between two aliases was ended; keys are their numbers.",
    )
    CUSTOMERS_FORCED = strawberry.enum_value(
        "customers_forced",
        description="Two aliases were joined against a rule; keys are their numbers, the id is the conflict's.",
    )
    CUSTOMER_CONFLICT_SETTLED = strawberry.enum_value(
        "customer_conflict_settled",
        description="It was said what becomes of a conflict; keys are the numbers of two aliases and what was said, "
        "the id is the conflict's.",
    )
    CUSTOMER_REVEALED = strawberry.enum_value(
        "customer_revealed",
        description="A customer was read in plain text; the key is the customer's number.",
    )
    PURCHASES_WITHDRAWN = strawberry.enum_value(
        "purchases_withdrawn",
        description="Purchases were taken back that should not have been recorded; keys are the numbers of their "
        "customers.",
    )
    SITE_CREATED = strawberry.enum_value("site_created", description="A site was made.")
    SITE_CHANGED = strawberry.enum_value(
        "site_changed", description="A site was changed, or paused."
    )
    SITE_ROTATED = strawberry.enum_value("site_rotated", description="A site has another secret.")
    ERASURE_REQUESTED = strawberry.enum_value(
        "erasure_requested",
        description="The erasure of a customer was asked for; the id is the request's.",
    )
    ERASURE_APPROVED = strawberry.enum_value(
        "erasure_approved",
        description="The erasure of a customer was approved; the id is the request's.",
    )
    ERASURE_REFUSED = strawberry.enum_value(
        "erasure_refused",
        description="The erasure of a customer was refused; the id is the request's.",
    )
    ERASURE_DONE = strawberry.enum_value(
        "erasure_done",
        description="Every service has erased a customer; the id is the request's.",
    )
    ERASURE_REAPPLIED = strawberry.enum_value(
        "erasure_reapplied",
        description="After a restore of an older backup an erasure was ordered again; the id is the request's.",
    )
    CUSTOMER_ALLOWED_AGAIN = strawberry.enum_value(
        "customer_allowed_again",
        description="An identifier that was erased may be stored again; the id is that of the request which erased it.",
    )
    IDENTIFIER_KIND_CHANGED = strawberry.enum_value(
        "identifier_kind_changed",
        description="A kind of identifiers was made or renamed; the key is its own.",
    )
    INTERACTIONS_WITHDRAWN = strawberry.enum_value(
        "interactions_withdrawn",
        description="Interactions were taken back; the keys are numbers of the customers' aliases.",
    )
    INTERACTION_KIND_CHANGED = strawberry.enum_value(
        "interaction_kind_changed",
        description="A kind of interactions was made or changed; the key is its own.",
    )
    SEGMENT_CHANGED = strawberry.enum_value(
        "segment_changed",
        description="A segment of customers was made or changed; the key is its own.",
    )
    SEGMENT_REMOVED = strawberry.enum_value(
        "segment_removed",
        description="A segment of customers was removed; the key is its own.",
    )
    SIGNED_IN = strawberry.enum_value(
        "signed_in",
        description="A session of a browser began, by the identity provider; the id is the session's.",
    )
    SIGNED_IN_BY_LINK = strawberry.enum_value(
        "signed_in_by_link", description="A sign-in link was used; the id is the session's."
    )
    SIGNED_OUT = strawberry.enum_value(
        "signed_out", description="A session was ended in its browser; the id is the session's."
    )
    SESSION_STOLEN = strawberry.enum_value(
        "session_stolen",
        description="A session was ended, for a secret came that was replaced long ago; the id is the session's.",
    )
    SESSION_ENDED_BY_PROVIDER = strawberry.enum_value(
        "session_ended_by_provider",
        description="The identity provider ended the session of this subject; the id is the session's.",
    )
    SESSION_DISPLACED = strawberry.enum_value(
        "session_displaced",
        description="The oldest session of a subject made room for a new one; the id is the session's.",
    )
    OTHER = strawberry.enum_value(
        "other",
        description="Of a service newer than this gateway, while a deployment is upgraded; a filter by it finds none.",
    )


@strawberry.input(description="Which entries; what is absent leaves out none.")
class AuditFilterInput:
    subject: str | None = strawberry.field(default=None, description="Who did it.")
    deeds: list[AuditDeed] | None = strawberry.field(default=None, description="Any of these.")
    about: str | None = strawberry.field(
        default=None, description="An id or a key of what it was done to."
    )


@strawberry.type(description="One deed. It names ids and keys, never values.", name="AuditEntry")
class AuditLogEntry:
    id: strawberry.ID = strawberry.field(description="Its own.")
    at: DateTime = strawberry.field(description="When it was done.")
    subject: str = strawberry.field(description='Who did it; "anonymous" without a token.')
    role: str | None = strawberry.field(
        description="Of the grant that allowed it; null where none was needed, as with a receipt."
    )
    department: str | None = strawberry.field(
        description="Key, of that grant; null: the whole organisation."
    )
    deed: AuditDeed = strawberry.field(description="What was done.")
    ids: list[str] = strawberry.field(description="Of what it was done to, first the thing itself.")
    keys: list[str] = strawberry.field(
        description="As ids; of a move the new parent's after its own, of an export the department's and the survey's."
    )


@strawberry.type(description="A page of the audit log, the newest first.")
class AuditLog:
    entries: list[AuditLogEntry] = strawberry.field(description="The entries.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")
    missing: list[str] = strawberry.field(
        description="Services that did not answer: what they did is not on this page. Ask again from the start."
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    entries: list[pb.AuditEntry]
    more: bool
    missing: str | None = None


@strawberry.type
class AuditQuery:
    @strawberry.field(
        description="Who did what, when, and by which grant, of all services. For admins and privacy officers of the "
        "whole organisation, null for others."
    )
    async def audit_log(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        filter: Annotated[  # noqa: A002 as the field is called
            AuditFilterInput | None, strawberry.argument(description="Only some.")
        ] = None,
    ) -> AuditLog | None:
        page = page_request(info, LISTING, first, after)
        request = _request(page.first, page.after, filter or AuditFilterInput())
        context = info.context
        context.signed_in()
        answers = await asyncio.gather(
            *(_ask(context, service, request) for service in context.clients.audit)
        )
        merged = sorted((e for a in answers for e in a.entries), key=_place, reverse=True)
        shown = merged[: page.first]
        return AuditLog(
            entries=[_shown(entry) for entry in shown],
            page_info=page_info_of(
                shown,
                lambda entry: context.cursor(LISTING, _key(entry)),
                more=len(merged) > page.first or any(a.more for a in answers),
                is_later=bool(page.after),
            ),
            missing=[answer.missing for answer in answers if answer.missing],
        )


async def _ask(context: Context, service: str, request: pb.ListAuditEntriesRequest) -> _Answer:
    method = context.clients.audit[service].ListAuditEntries
    try:
        reply = await context.call(service, method, request)
    except (Unavailable, Late):
        return _Answer([], more=False, missing=service)
    return _Answer(list(reply.entries), reply.more)


def _request(first: int, after: str, wanted: AuditFilterInput) -> pb.ListAuditEntriesRequest:
    """`after`: the place of the last entry, as _key writes it."""
    request = pb.ListAuditEntriesRequest(
        first=first,
        subject=wanted.subject or "",
        deeds=[str(deed.value) for deed in wanted.deeds or ()],
        about=wanted.about or "",
    )
    if after:
        seconds, nanos, entry_id = after.split(" ")
        at = Timestamp(seconds=int(seconds), nanos=int(nanos))
        request.before.CopyFrom(pb.AuditPlace(at=at, id=entry_id))
    return request


def _place(entry: pb.AuditEntry) -> tuple[int, int, str]:
    return entry.at.seconds, entry.at.nanos, entry.id


def _key(entry: pb.AuditEntry) -> str:
    return " ".join(map(str, _place(entry)))


def _shown(entry: pb.AuditEntry) -> AuditLogEntry:
    return AuditLogEntry(
        id=strawberry.ID(entry.id),
        at=DateTime(instant_text(entry.at.ToDatetime(UTC))),
        subject=entry.subject,
        role=entry.role or None,
        department=entry.department or None,
        deed=_deed(entry.deed),
        ids=list(entry.ids),
        keys=list(entry.keys),
    )


def _deed(name: str) -> AuditDeed:
    try:
        return AuditDeed(name)
    except ValueError:
        return AuditDeed.OTHER
