"""Upserting stints: stored and announced in one transaction, or rehearsed."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from services.employee_exp.employment import convert, storage
from services.employee_exp.employment.domain.employment import StintItem, is_joining, is_leaving
from services.employee_exp.employment.domain.upserts import (
    EmploymentChange,
    distinct_stints,
    upsert_stints,
)
from services.kit.clock import new_id
from services.kit.db.database import Database, reaching
from services.kit.directory.copy import DirectoryCopy
from services.kit.events.outbox import Outbox
from services.kit.events.streams import EMPLOYEE_JOINED, EMPLOYEE_LEFT
from services.kit.items import ItemOutcome, Upserted
from services.kit.rights.access import Action, Viewer
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_entries


class EmploymentEditor:
    """Departments are asked of the own copy of the directory, and of profile where it lacks them.

    Both methods raise Unavailable if a department is not known and profile is away, or PostgreSQL is.
    """

    def __init__(self, database: Database, outbox: Outbox, directory: DirectoryCopy) -> None:
        self.database = database
        self.outbox = outbox
        self.directory = directory

    async def upsert(self, who: Viewer, items: Sequence[StintItem]) -> Sequence[ItemOutcome]:
        """Store what may be stored, in one transaction; rights are asked for each item."""
        employees = await self._prepare(who, items)
        with reaching("employments"):
            upserted = await self._upsert(items, employees, who)
        return upserted.outcomes

    async def rehearse(self, who: Viewer, items: Sequence[StintItem]) -> Sequence[ItemOutcome]:
        """What upserting them would come to, as far as the viewer may know; nothing is stored."""
        employees = await self._prepare(who, items)
        with reaching("employments"):
            async with self.database.write() as session:
                known = await storage.find_employments(session, employees)
        return upsert_stints(
            self.directory.tree, known, items, who, new_id, is_rehearsal=True
        ).outcomes

    async def _prepare(self, who: Viewer, items: Sequence[StintItem]) -> set[str]:
        """External ids; the departments of the items are known after it, where they exist."""
        by_name, _ = distinct_stints(items, self.directory.tree.today_number)
        keys = sorted({item.department for item in by_name.values()})
        await self.directory.know_visible(who, keys=keys)
        return {item.employee for item in by_name.values()}

    async def _upsert(
        self, items: Sequence[StintItem], employees: Collection[str], who: Viewer
    ) -> Upserted[EmploymentChange]:
        async with self.database.write.begin() as session:
            await storage.lock_employments(session)
            known = await storage.find_employments(session, employees)
            upserted = upsert_stints(self.directory.tree, known, items, who, new_id)
            if upserted.changed:
                after = {change.employee: change.after for change in upserted.changed}
                await storage.put_employments(session, after)
                await write_entries(session, self._entries(who, upserted.changed))
                await self._announce(session, upserted.changed)
        return upserted

    def _entries(self, who: Viewer, changes: Iterable[EmploymentChange]) -> list[AuditEntry]:
        """One of each employee, by our own id."""
        tree = self.directory.tree
        at = tree.clock()
        return [
            AuditEntry(
                at,
                actor_of(who, Action.WRITE_EMPLOYEES, tree, _changed_in(change)),
                Deed.EMPLOYMENT_CHANGED,
                (change.after.employee_id,),
            )
            for change in changes
        ]

    async def announce_all(self, session: AsyncSession) -> None:
        """Announce every employment as it is now; who knows one already changes nothing."""
        employments = await storage.all_employments(session)
        facts = [convert.employee_joined(employment) for employment in employments.values()]
        await self.outbox.announce(session, EMPLOYEE_JOINED, *facts)

    async def _announce(self, session: AsyncSession, changes: Iterable[EmploymentChange]) -> None:
        joined, left = [], []
        for change in changes:
            before = change.before.stints if change.before else ()
            if is_joining(before, change.after.stints):
                joined.append(convert.employee_joined(change.after))
            if is_leaving(before, change.after.stints):
                left.append(convert.employee_left(change.after))
        await self.outbox.announce(session, EMPLOYEE_JOINED, *joined)
        await self.outbox.announce(session, EMPLOYEE_LEFT, *left)


def _changed_in(change: EmploymentChange) -> str | None:
    """The department of the first stint that is another now."""
    stints = (s for s in change.after.stints if change.changes(s.started_day))
    return next((stint.department_id for stint in stints), None)
