"""Responses as a file: cxm.survey.v1.ResponseExportService."""

from collections.abc import AsyncIterator, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from cxm.survey.v1 import export_pb2 as pb
from cxm.survey.v1.export_pb2_grpc import (
    ResponseExportServiceServicer,
    add_ResponseExportServiceServicer_to_server,
)
from services.kit.clock import day_date
from services.kit.db.database import Database, reaching
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import Invalid, NotFound
from services.kit.exports.csv import Value
from services.kit.exports.formats import find_writer
from services.kit.imports.files import check_delimiter
from services.kit.process import Process
from services.kit.rights.access import Action, Viewer, named_department, visible_departments
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_entries
from services.kit.rights.tree import Tree
from services.kit.rpc.needs import Scope, needs
from services.kit.rpc.servicing import Context, viewer
from services.kit.service import Shared
from services.survey.domain.text import can_be_a_key
from services.survey.exporting import storage as export_storage
from services.survey.exporting.mapping import mapping_of
from services.survey.exporting.sheet import ExportedResponse, ExportSheet, local_times
from services.survey.responses.domain.ids import row_id
from services.survey.surveys import storage as survey_storage
from services.survey.surveys.domain.surveys import Survey

EARLIEST, LATEST = 0, 65_535  # days; responses lie between 2000 and tomorrow


class ResponseExport(ResponseExportServiceServicer):
    """Reads as the `read` role, under row-level security, in one snapshot."""

    def __init__(self, database: Database, directory: DirectoryCopy, key: bytes) -> None:
        self.database = database
        self.directory = directory
        self.key = key

    @needs(Action.READ_RESPONSES, Scope.NAMED_DEPARTMENT)
    async def ExportResponses(
        self, request: pb.ExportResponsesRequest, context: Context
    ) -> AsyncIterator[pb.ExportResponsesResponse]:
        """Responses that count for the department or one under it today, as the viewer may see them."""
        asking = viewer(context)
        await self.directory.know_visible(asking, keys=[request.department])
        tree = self.directory.tree
        root = named_department(request.department, asking, Action.READ_RESPONSES, tree)
        days = _days(request)
        write = find_writer(dict(pb.FileFormat.items()), request.format, request.locale)
        with reaching("responses"):
            async with self.database.read() as session, session.begin():
                visible = visible_departments(asking, Action.READ_RESPONSES, tree)
                await export_storage.show_departments(session, visible)
                survey = await self._survey(session, request.survey)
                await self._write_audit(asking, root, survey, tree)
                versions = await survey_storage.versions_of(session, survey)
                found = export_storage.responses(
                    session, [v.version_id for v in versions], tree.subtree(root), days
                )
                sheet = ExportSheet(versions)
                rows = _rows(sheet, survey.key, found, tree, self.key)
                async for piece in write(sheet.header, rows):
                    yield pb.ExportResponsesResponse(data=piece)

    @needs(Action.READ_SURVEYS, Scope.ANY_DEPARTMENT)
    async def GetExportMapping(
        self, request: pb.GetExportMappingRequest, context: Context
    ) -> AsyncIterator[pb.GetExportMappingResponse]:
        """Says of a survey what ListSurveys does."""
        try:
            delimiter = check_delimiter(request.delimiter or ",")
        except ValueError as error:
            raise Invalid(str(error), reason="INVALID_DELIMITER", field=["delimiter"]) from error
        with reaching("surveys"):
            async with self.database.read() as session:
                survey = await self._survey(session, request.survey)
                versions = await survey_storage.versions_of(session, survey)
        yield pb.GetExportMappingResponse(data=mapping_of(versions, delimiter).encode())

    async def _write_audit(self, who: Viewer, root: str, survey: Survey, tree: Tree) -> None:
        """Before the first row leaves; the role that reads the rows cannot write."""
        actor = actor_of(who, Action.READ_RESPONSES, tree, root)
        keys = (tree.departments[root].key, survey.key)
        entry = AuditEntry(tree.clock(), actor, Deed.RESPONSES_EXPORTED, (root,), keys)
        async with self.database.write.begin() as session:
            await write_entries(session, [entry])

    async def _survey(self, session: AsyncSession, key: str) -> Survey:
        found = await survey_storage.surveys_by_key(session, [key] if can_be_a_key(key) else [])
        if key not in found:
            raise NotFound("no such survey", reason="UNKNOWN_SURVEY", field=["survey"])
        return found[key]


def _days(request: pb.ExportResponsesRequest) -> tuple[int, int]:
    if not EARLIEST <= request.from_day < request.to_day <= LATEST:
        raise Invalid(
            "the period is empty or lies before 1970: `from` is included, `to` is excluded and later",
            reason="PERIOD_EMPTY",
            field=["period"],
        )
    return request.from_day, request.to_day


async def _rows(
    sheet: ExportSheet,
    survey: str,
    found: AsyncIterator[list[ExportedResponse]],
    tree: Tree,
    key: bytes,
) -> AsyncIterator[list[Sequence[Value]]]:
    async for batch in found:
        yield [
            (
                row_id(key, given.id),
                *_fixed(given, survey, sheet, tree),
                *sheet.answers(given),
                *local_times(given, tree.zone),
            )
            for given in batch
        ]


def _fixed(
    response: ExportedResponse, survey: str, sheet: ExportSheet, tree: Tree
) -> Sequence[Value]:
    department = tree.departments[response.department_id]
    touchpoint = tree.touchpoints.get(response.touchpoint_id or "")
    return (
        survey,
        sheet.versions[response.version_id].version,
        department.key,
        department.name,
        touchpoint.key if touchpoint else None,
        response.stage,
        response.channel,
        response.segment,
        response.language,
        day_date(response.local_day),
        response.occurred_at,
        response.received_at,
    )


def wire(process: Process, shared: Shared, customer_key: bytes) -> None:
    """Answer cxm.survey.v1.ResponseExportService."""
    process.serve(
        "cxm.survey.v1.ResponseExportService",
        add_ResponseExportServiceServicer_to_server,
        ResponseExport(shared.database, shared.directory, customer_key),
    )
