"""The audit log of a service, as its own role reads it."""

from services.kit.db.database import Database
from services.kit.rights.audit.entries import AuditEntry
from services.kit.rights.audit.storage import AuditFilter, list_entries


async def deeds(database: Database, about: str = "") -> list[AuditEntry]:
    """Entries, the oldest first; of an id or key, or all."""
    async with database.write() as session:
        found = await list_entries(session, 100, None, AuditFilter(about=about))
    return found[::-1]


def told(entry: AuditEntry) -> tuple[str, str, str, tuple[str, ...]]:
    """Who, as what, did what, to what."""
    role = entry.actor.grant.role if entry.actor.grant else ""
    return entry.actor.subject, role, entry.deed, entry.keys or entry.ids
