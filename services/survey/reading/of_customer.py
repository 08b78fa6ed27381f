"""Responses of one customer, for who may read them one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from services.kit.db.database import Database, reaching
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import Invalid
from services.kit.rights.access import Action, Viewer, visible_departments
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_entries
from services.kit.rights.tree import Tree
from services.survey.reading import storage
from services.survey.reading.domain import ReadingPlace
from services.survey.surveys.domain.surveys import Survey
from services.survey.surveys.known_versions import KnownVersions

MOST_REFS: Final = 50
REF_BYTES: Final = 16
MOST_REMEMBERED: Final = 10_000
AHEAD: Final = timedelta(days=2)
"""Nothing is given later."""


@dataclass(frozen=True, slots=True)
class CustomerResponses:
    """A page, and what is needed to show it."""

    rows: Sequence[storage.ReadRow]
    versions: dict[str, Survey]
    tree: Tree


class CustomerReading:
    """Reads as the `read` role, under row-level security, in one snapshot."""

    def __init__(self, database: Database, directory: DirectoryCopy) -> None:
        self.database = database
        self.directory = directory
        self.versions = KnownVersions()
        self.read_on: dict[str, int] = {}  # by subject: the day

    async def page(
        self, viewer: Viewer, refs: Sequence[bytes], after: ReadingPlace | None, first: int
    ) -> CustomerResponses:
        """The newest responses after a place; only those of departments that the viewer reads."""
        if not 1 <= len(refs) <= MOST_REFS or any(len(ref) != REF_BYTES for ref in refs):
            message = f"1 to {MOST_REFS} references of one customer, of {REF_BYTES} bytes each"
            raise Invalid(message, reason="CUSTOMER_REFS", field=["customer_refs"])
        tree = self.directory.tree
        visible = visible_departments(viewer, Action.READ_RESPONSES, tree)
        await self._write_audit(viewer, tree)
        after = after or ReadingPlace(tree.clock() + AHEAD, None)
        with reaching("responses"):
            async with self.database.read() as session, session.begin():
                versions = await self.versions.read(session)
                await storage.show_departments(session, visible)
                rows = await storage.read_of_customer(session, refs, after, first)
        return CustomerResponses(rows, {each.version_id: each for each in versions}, tree)

    async def _write_audit(self, viewer: Viewer, tree: Tree) -> None:
        """Once a day for a reader: not each page, of which there are many."""
        today = tree.today_number
        if self.read_on.get(viewer.subject) == today:
            return
        actor = actor_of(viewer, Action.READ_RESPONSES, tree)
        keys = (
            ()
            if actor.grant is None or actor.grant.department is None
            else (actor.grant.department,)
        )
        entry = AuditEntry(tree.clock(), actor, Deed.RESPONSES_READ, (), keys)
        async with self.database.write.begin() as session:
            await write_entries(session, [entry])
        if len(self.read_on) >= MOST_REMEMBERED:
            self.read_on.clear()
        self.read_on[viewer.subject] = today
