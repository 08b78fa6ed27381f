"""The audit log of a service over gRPC: cxm.audit.v1.AuditService."""

from datetime import UTC
from uuid import UUID

from google.protobuf.timestamp_pb2 import Timestamp

from cxm.audit.v1 import audit_pb2 as pb
from cxm.audit.v1.audit_pb2_grpc import AuditServiceServicer, add_AuditServiceServicer_to_server
from services.kit.db.database import Database, reaching
from services.kit.errors import Invalid
from services.kit.process import Process
from services.kit.rights.access import Action
from services.kit.rights.audit.entries import AuditEntry
from services.kit.rights.audit.storage import AuditFilter, AuditPlace, list_entries
from services.kit.rpc.needs import Scope, TreeSource, needs
from services.kit.rpc.servicing import Context, check_page

LONGEST_FILTER = 256


class AuditRpc(AuditServiceServicer):
    """Reads what the service's own role wrote; nothing here writes."""

    def __init__(self, directory: TreeSource, database: Database) -> None:
        self.directory = directory
        self.database = database

    @needs(Action.READ_AUDIT, Scope.ORGANISATION)
    async def ListAuditEntries(
        self, request: pb.ListAuditEntriesRequest, context: Context
    ) -> pb.ListAuditEntriesResponse:
        """Entries, the newest first."""
        check_page(request.first)
        place = _place(request.before) if request.HasField("before") else None
        if max(len(request.subject), len(request.about), len(request.deeds)) > LONGEST_FILTER:
            message = f"a filter has at most {LONGEST_FILTER} characters, or deeds"
            raise Invalid(message, reason="FILTER_TOO_LONG")
        if "\0" in "".join((request.subject, request.about, *request.deeds)):
            return pb.ListAuditEntriesResponse()
        wanted = AuditFilter(request.subject, tuple(request.deeds), request.about)
        with reaching("the audit log"):
            async with self.database.write() as session:
                found = await list_entries(session, request.first + 1, place, wanted)
        entries = [_message(entry) for entry in found[: request.first]]
        return pb.ListAuditEntriesResponse(entries=entries, more=len(found) > request.first)


def _place(message: pb.AuditPlace) -> AuditPlace:
    try:
        return AuditPlace(message.at.ToDatetime(UTC), str(UUID(message.id)))
    except ValueError as error:
        raise Invalid(
            "this is no place in the log", reason="BAD_CURSOR", field=["before"]
        ) from error


def _message(entry: AuditEntry) -> pb.AuditEntry:
    at, grant = Timestamp(), entry.actor.grant
    at.FromDatetime(entry.at)
    return pb.AuditEntry(
        id=entry.id,
        at=at,
        subject=entry.actor.subject,
        role=grant.role if grant else "",
        department=(grant.department or "") if grant else "",
        deed=entry.deed,
        ids=entry.ids,
        keys=entry.keys,
    )


def serve_audit(process: Process, directory: TreeSource, database: Database) -> None:
    """Answer cxm.audit.v1.AuditService."""
    servicer = AuditRpc(directory, database)
    process.serve("cxm.audit.v1.AuditService", add_AuditServiceServicer_to_server, servicer)
