"""Details of employees: found, and kept in the transaction of what is stored beside them."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from services.employee_exp.employment import storage
from services.employee_exp.employment.details.sealed_details import SealedDetails
from services.employee_exp.employment.domain.detailed_items import Detailed, DetailedItems
from services.employee_exp.employment.domain.details import (
    NO_DETAILS,
    Details,
    DetailsItem,
    check_details,
    too_many_attributes,
)
from services.employee_exp.employment.domain.employment import Employment, check_employee
from services.employee_exp.employment.domain.upserts import covers
from services.kit.db.database import Database, reaching
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import Failure, Invalid, NotFound
from services.kit.items import ItemOutcome, conclude, distinct
from services.kit.rights.access import Action, Viewer
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_entries
from services.kit.rights.tree import Tree

UNKNOWN = NotFound(
    "no such employee, or one who works where you may not look: record a stint first",
    reason="UNKNOWN_EMPLOYEE",
    field=["employee"],
)
REPEATED = Invalid(
    "an item before this one has the same employee and other details: send each once",
    reason="DUPLICATE",
    field=["employee"],
)


class DetailsKeeper:
    """Details are read here to be changed, and told to nobody."""

    def __init__(self, database: Database, directory: DirectoryCopy, sealed: SealedDetails) -> None:
        self.database = database
        self.directory = directory
        self.sealed = sealed

    async def find(
        self,
        session: AsyncSession,
        who: Viewer,
        known: Mapping[str, Employment],
        items: Sequence[Detailed],
    ) -> DetailedItems:
        """The items beside the details of those employees whom the viewer may change; they are named already."""
        tree = self.directory.tree
        said = {item.employee for item in items if item.details is not None}
        ids = {
            employee: job.employee_id
            for employee, job in known.items()
            if employee in said and covers(tree, job, who)
        }
        found = await storage.find_details(session, ids.values()) if ids else {}
        opened = self.sealed.open_all(found.items())
        details = {e: opened.get(id_, NO_DETAILS) for e, id_ in ids.items()}
        unopened = {e for e, id_ in ids.items() if id_ not in opened}
        return DetailedItems(details, items, unopened)

    async def keep(
        self,
        session: AsyncSession,
        who: Viewer,
        detailed: DetailedItems,
        outcomes: Sequence[ItemOutcome],
    ) -> tuple[ItemOutcome, ...]:
        """Store the details of items that are not refused; their employees are there. How the items ended with them."""
        after = detailed.after(outcomes)
        if after:
            ids = detailed.ids(outcomes)
            await self._put(session, {ids[employee]: now for employee, now in after.items()})
            entries = _entries(who, self.directory.tree, (ids[employee] for employee in after))
            await write_entries(session, entries)
        return detailed.told(outcomes)

    async def set(self, who: Viewer, items: Sequence[DetailsItem]) -> Sequence[ItemOutcome]:
        """Store the details of employees who are known, in one transaction."""
        with reaching("employments"):
            async with self.database.write.begin() as session:
                await storage.lock_employments(session)
                known = await storage.find_employments(session, {item.employee for item in items})
                detailed = await self.find(session, who, known, items)
                judged = _judge(self.directory.tree, known, detailed, items, who)
                return await self.keep(session, who, detailed, judged)

    async def _put(self, session: AsyncSession, details: Mapping[str, Details]) -> None:
        sealed = {id_: self.sealed.seal(id_, now) for id_, now in details.items()}
        await storage.put_details(session, sealed)


def _judge(
    tree: Tree,
    known: Mapping[str, Employment],
    detailed: DetailedItems,
    items: Sequence[DetailsItem],
    who: Viewer,
) -> tuple[ItemOutcome, ...]:
    check = partial(_check, crowded=detailed.crowded())
    by_name, malformed = distinct(items, lambda item: item.employee, check, REPEATED)
    ids = {
        employee: known[employee].employee_id
        for employee in by_name
        if employee in known and covers(tree, known[employee], who)
    }
    refused: dict[str, Failure] = dict.fromkeys(by_name.keys() - ids.keys(), UNKNOWN)
    return conclude((item.employee for item in items), malformed, refused, ids, ())


def _check(item: DetailsItem, crowded: set[str]) -> None:
    check_employee(item.employee)
    check_details(item.details)
    if item.employee in crowded:
        raise too_many_attributes()


def _entries(who: Viewer, tree: Tree, ids: Iterable[str]) -> list[AuditEntry]:
    """One of each employee, by our own id."""
    actor, at = actor_of(who, Action.WRITE_EMPLOYEES, tree), tree.clock()
    return [AuditEntry(at, actor, Deed.EMPLOYEE_DETAILS_CHANGED, (id_,)) for id_ in ids]
