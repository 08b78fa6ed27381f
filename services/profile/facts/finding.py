"""A person for whoever reads facts: its aliases, and which departments' facts the reader may see."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.db.database import Database, reaching
from services.kit.db.row_security import name_rows
from services.kit.rights.access import Action, Viewer, visible_departments
from services.kit.rights.tree import Tree
from services.profile.customers.domain.kinds import CUSTOMER
from services.profile.customers.reading import no_customer
from services.profile.customers.storage import LARGEST_NUMBER
from services.profile.facts import storage

REACHES_BACK: Final = timedelta(days=730)
"""For so long a customer is a department's after its last fact there."""


@dataclass(frozen=True, slots=True)
class ReadScope:
    """Whose facts may be read: of all departments, or of those with these numbers."""

    is_whole: bool
    departments: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person by its aliases. `refs`: under which survey knows it."""

    number: int
    aliases: Sequence[int]
    refs: Sequence[bytes]


class PersonFinder:
    """Unavailable without PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def scope_of(self, who: Viewer, tree: Tree) -> ReadScope:
        """What somebody may read of facts."""
        visible = visible_departments(who, Action.READ_TIMELINES, tree)
        if tree.root_id in visible:
            return ReadScope(is_whole=True)
        with reaching("customers"):
            numbers = await storage.find_departments(self.database.pool)
        return ReadScope(False, [numbers[id_] for id_ in visible if id_ in numbers])

    async def find(self, number: int, scope: ReadScope, now: datetime) -> FoundPerson:
        """The person of an alias; NotFound for none, and for one who had nothing to do with what the reader may see."""
        with reaching("customers"):
            pool = self.database.pool
            known = 0 < number <= LARGEST_NUMBER
            members = await storage.find_person(pool, number) if known else []
            if not members:
                raise no_customer("number")
            aliases = [member.alias for member in members]
            if not scope.is_whole and not await storage.is_reached(
                pool, aliases, scope.departments, now - REACHES_BACK
            ):
                raise no_customer("number")
        refs = [member.ref for member in members if member.kind == CUSTOMER.number]
        return FoundPerson(members[0].person, aliases, refs)

    @asynccontextmanager
    async def reading(self, scope: ReadScope) -> AsyncIterator[AsyncSession]:
        """A transaction that sees facts of the scope, and no others, whatever it asks for."""
        with reaching("customers"):
            async with self.database.read.begin() as session:
                if scope.is_whole:
                    await name_rows(session, all=["on"])
                else:
                    await name_rows(session, departments=map(str, scope.departments))
                yield session
