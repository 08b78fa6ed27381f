"""Imports of responses as they are known afterwards, and taking one back."""

from datetime import UTC
from enum import Enum

import strawberry

from cxm.survey.v1 import import_pb2 as pb
from gateway.graph.base.mutations import Input, UserError, mutate
from gateway.graph.base.paging import After, First, PageInfo, page_info_of, page_request
from gateway.graph.base.scalars import DateTime
from gateway.request.context import Context, Info
from services.kit.clock import instant_text

LISTING = "Import"


@strawberry.enum(description="How far an import is.")
class ImportState(Enum):
    RUNNING = strawberry.enum_value(pb.IMPORT_STATE_RUNNING, description="It goes on: ask again.")
    DONE = strawberry.enum_value(
        pb.IMPORT_STATE_DONE, description="All rows are stored, refused or left out."
    )
    CUT = strawberry.enum_value(
        pb.IMPORT_STATE_CUT, description="It came to no end; what it stored is there."
    )
    TAKEN_BACK = strawberry.enum_value(
        pb.IMPORT_STATE_TAKEN_BACK,
        description="What it stored is withdrawn, but for what stays.",
    )


@strawberry.type(description="An import of a file, as it is known afterwards; no dry run is.")
class Import:
    id: strawberry.ID = strawberry.field(description="Its own, as in the last line of the import.")
    kind: str = strawberry.field(description="What the rows are: responses.")
    file_name: str = strawberry.field(description="As it was sent, at most 200 characters.")
    survey: str = strawberry.field(description="Key of the survey that was answered.")
    subject: str = strawberry.field(description="Who imported it.")
    started_at: DateTime = strawberry.field(
        description="When its first row was about to be stored."
    )
    state: ImportState = strawberry.field(description="How far it is.")
    rows: int = strawberry.field(description="In the file.")
    stored: int = strawberry.field(
        description="Rows whose responses it stored, whatever became of them since."
    )
    corrected: int = strawberry.field(description="Rows that were stored with other answers.")
    already_stored: int = strawberry.field(description="Rows that were stored before.")
    refused: int = strawberry.field(description="Rows that are not stored.")
    left_out: int = strawberry.field(
        description="Rows that the mapping leaves out, totals, the header again, and rows with a count of 0."
    )
    joined: int = strawberry.field(description="Rows that became part of the response of another.")


@strawberry.type(description="A page of imports, the newest first.")
class ImportList:
    imports: list[Import] = strawberry.field(description="The imports.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")


@strawberry.input(description="An import that is taken back.")
class TakeBackImportInput:
    id: strawberry.ID = strawberry.field(description="Of the import.")
    dry_run: bool = strawberry.field(
        default=False,
        description="Say what would be withdrawn and what would stay; change nothing.",
    )


@strawberry.type(description="Responses that stay when an import is taken back, and why.")
class StayingResponses:
    reason: str = strawberry.field(
        description="CORRECTED_SINCE, NOT_YOUR_DEPARTMENT or CORRECTED_BY_IMPORT."
    )
    count: int = strawberry.field(description="How many.")
    message: str = strawberry.field(description="For people: why, and what to do.")


@strawberry.type(description="What became of an import that is taken back.")
class TakeBackImportPayload:
    taken_back: Import | None = strawberry.field(
        default=None, description="The import as it is now; null where it was refused."
    )
    withdrawn: int = strawberry.field(
        default=0, description="Responses, by this call; in a dry run those that would be."
    )
    remaining: int = strawberry.field(
        default=0,
        description="Responses that are to be withdrawn still: send the same again until it is 0.",
    )
    stays: list[StayingResponses] = strawberry.field(
        default_factory=list, description="What is not withdrawn; told once nothing remains."
    )
    user_errors: list[UserError] = strawberry.field(
        default_factory=list,
        description="Why it was refused: UNKNOWN_IMPORT (none of responses, or not yours), IMPORT_RUNNING.",
    )


@strawberry.type
class ImportQuery:
    @strawberry.field(
        description="Imports of responses, the newest first: one's own, for admins of the whole organisation all. "
        "For roles that import, null for others."
    )
    async def imports(
        self, info: Info, first: First = None, after: After = None
    ) -> ImportList | None:
        page = page_request(info, LISTING, first, after)
        context = info.context
        method = context.clients.response_import.ListImports
        request = pb.ListImportsRequest(first=page.first, after=page.after)
        reply = await context.call("survey", method, request)
        place = page_info_of(
            reply.imports,
            lambda each: context.cursor(LISTING, each.id),
            more=reply.more,
            is_later=bool(page.after),
        )
        return ImportList(imports=[_shown(each) for each in reply.imports], page_info=place)


@strawberry.type
class ImportMutation:
    @strawberry.field(
        description="Withdraw the responses that an import stored and nobody corrected since; scores follow within a "
        "second. By who imported it, where they may still submit, or an admin of the whole organisation. Works for "
        "some seconds: while `remaining` is not 0, send the same again. What was withdrawn does not come back: the "
        "same rows are stored again under other ids or in another survey only."
    )
    async def take_back_import(
        self, info: Info, given: Input[TakeBackImportInput]
    ) -> TakeBackImportPayload:
        return await mutate(TakeBackImportPayload, _take_back(info.context, given))


async def _take_back(context: Context, given: TakeBackImportInput) -> TakeBackImportPayload:
    method = context.clients.response_import.TakeBackImport
    request = pb.TakeBackImportRequest(id=given.id, dry_run=given.dry_run)
    reply = await context.call("survey", method, request)
    return TakeBackImportPayload(
        taken_back=_shown(reply.taken_back),
        withdrawn=reply.withdrawn,
        remaining=reply.remaining,
        stays=[
            StayingResponses(reason=each.reason, count=each.responses, message=each.message)
            for each in reply.stays
        ],
    )


def _shown(message: pb.Import) -> Import:
    return Import(
        id=strawberry.ID(message.id),
        kind=message.kind,
        file_name=message.file_name,
        survey=message.survey,
        subject=message.subject,
        started_at=DateTime(instant_text(message.started_at.ToDatetime(UTC))),
        state=ImportState(message.state),
        rows=message.rows,
        stored=message.stored,
        corrected=message.corrected,
        already_stored=message.already_stored,
        refused=message.refused,
        left_out=message.left_out,
        joined=message.joined,
    )
