"""Upserting stints: stored and announced in one transaction, or rehearsed."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from services.employee_exp.employment import storage
from services.employee_exp.employment.announcing import EmploymentAnnouncer, Whole
from services.employee_exp.employment.details.detailing import DetailsKeeper
from services.employee_exp.employment.details.sealed_details import SealedDetails
from services.employee_exp.employment.domain.details import Details
from services.employee_exp.employment.domain.employment import Employment, StintItem
from services.employee_exp.employment.domain.upserts import (
    EmploymentChange,
    distinct_stints,
    upsert_stints,
)
from services.kit.clock import new_id
from services.kit.db.database import Database, reaching
from services.kit.directory.copy import DirectoryCopy
from services.kit.events.outbox import Outbox
from services.kit.items import ItemOutcome
from services.kit.rights.access import Action, Viewer
from services.kit.rights.audit.entries import Actor, AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_entries
from services.kit.rights.tree import Tree

ValueT = TypeVar("ValueT")

MOST_REHEARSED = 200_000
"""Employees of one dry run that are remembered, the last ones: some 100 MB."""


class EmploymentEditor:
    """Departments are asked of the own copy of the directory, and of profile where it lacks them.

    What it does raises Unavailable if a department is not known and profile is away, or PostgreSQL is.
    """

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        directory: DirectoryCopy,
        sealed: SealedDetails,
    ) -> None:
        self.database = database
        self.announcer = EmploymentAnnouncer(database, outbox)
        self.directory = directory
        self.details = DetailsKeeper(database, directory, sealed)

    async def upsert(
        self, who: Viewer, items: Sequence[StintItem], *, whole: Whole | None = None
    ) -> Sequence[ItemOutcome]:
        """Store what may be stored, in one transaction, as a part of a whole or by itself.

        Rights are asked for each item.
        """
        employees = await self.prepare(who, items)
        with reaching("employments"):
            return await self._upsert(items, employees, who, whole)

    async def prepare(self, who: Viewer, items: Sequence[StintItem]) -> set[str]:
        """External ids; the departments of the items are known after it, where they exist."""
        by_name, _ = distinct_stints(items, self.directory.tree.today_number)
        keys = sorted({item.department for item in by_name.values()})
        await self.directory.know_visible(who, keys=keys)
        return {item.employee for item in by_name.values()}

    async def _upsert(
        self,
        items: Sequence[StintItem],
        employees: Collection[str],
        who: Viewer,
        whole: Whole | None,
    ) -> Sequence[ItemOutcome]:
        async with self.database.write.begin() as session:
            await storage.lock_employments(session)
            known = await storage.find_employments(session, employees)
            details = await self.details.find(session, who, known, items)
            upserted = upsert_stints(
                self.directory.tree, known, items, who, new_id, crowded=details.crowded()
            )
            await self.keep(session, who, upserted.changed, whole=whole)
            return await self.details.keep(session, who, details, upserted.outcomes)

    async def keep(
        self,
        session: AsyncSession,
        who: Viewer,
        changes: Sequence[EmploymentChange],
        *,
        deed_of: Callable[[EmploymentChange], Deed] = lambda _: Deed.EMPLOYMENT_CHANGED,
        whole: Whole | None = None,
    ) -> None:
        """Store, write down and announce employments in a transaction that has looked for them, once in it."""
        if not changes:
            return
        await storage.put_employments(session, {c.employee: c.after for c in changes})
        await write_entries(session, self._entries(who, changes, deed_of))
        await self.announcer.announce(session, [change.after for change in changes], whole)

    def _entries(
        self,
        who: Viewer,
        changes: Iterable[EmploymentChange],
        deed_of: Callable[[EmploymentChange], Deed],
    ) -> list[AuditEntry]:
        """One of each employee, by our own id."""
        tree = self.directory.tree
        at = tree.clock()
        entries = []
        for change in changes:
            deed = deed_of(change)
            actor = _actor(who, tree, deed, _changed_in(change))
            entries.append(AuditEntry(at, actor, deed, (change.after.employee_id,)))
        return entries

    async def announce_all(self, session: AsyncSession) -> None:
        """Announce every employment as it is now; who knows one already changes nothing."""
        employments = await storage.all_employments(session)
        await self.announcer.announce(session, employments.values())


class Rehearsal:
    """What upserting a file would come to, batch by batch, as far as the viewer may know; nothing is stored.

    A batch is judged by what is stored and by what the batches before it would have stored.
    """

    def __init__(self, editor: EmploymentEditor) -> None:
        self.editor = editor
        self.after: dict[str, Employment] = {}
        self.details: dict[str, Details] = {}

    async def upsert(self, who: Viewer, items: Sequence[StintItem]) -> Sequence[ItemOutcome]:
        """As the editor's."""
        employees = await self.editor.prepare(who, items)
        with reaching("employments"):
            async with self.editor.database.write() as session:
                stored = await storage.find_employments(session, employees)
                details = await self.editor.details.find(session, who, stored, items)
        details = replace(details, known={**details.known, **_of(self.details, employees)})
        upserted = upsert_stints(
            self.editor.directory.tree,
            stored | _of(self.after, employees),
            items,
            who,
            new_id,
            crowded=details.crowded(),
            is_rehearsal=True,
        )
        _remember(self.after, {change.employee: change.after for change in upserted.changed})
        _remember(self.details, details.after(upserted.outcomes))
        return details.told(upserted.outcomes)


def _of(remembered: Mapping[str, ValueT], employees: Iterable[str]) -> dict[str, ValueT]:
    return {name: remembered[name] for name in employees if name in remembered}


def _remember(remembered: dict[str, ValueT], more: Mapping[str, ValueT]) -> None:
    for name, value in more.items():
        remembered.pop(name, None)
        remembered[name] = value
    while len(remembered) > MOST_REHEARSED:
        del remembered[next(iter(remembered))]


def _actor(who: Viewer, tree: Tree, deed: Deed, department_id: str | None) -> Actor:
    """With the grant to correct, where it is a correction and there is one: who stored a stint needs none."""
    if deed is Deed.EMPLOYMENT_CORRECTED:
        actor = actor_of(who, Action.CORRECT_EMPLOYEES, tree, department_id)
        if actor.grant is not None:
            return actor
    return actor_of(who, Action.WRITE_EMPLOYEES, tree, department_id)


def _changed_in(change: EmploymentChange) -> str | None:
    """The department of the first stint that is another now, or gone."""
    former = change.before.stints if change.before else ()
    new = (s for s in change.after.stints if change.changes(s.started_day))
    gone = (s for s in former if s not in change.after.stints)
    return next((stint.department_id for stint in (*new, *gone)), None)
