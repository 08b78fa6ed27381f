"""Forgetting who an employee is, while the stints stay."""

from collections.abc import Awaitable, Callable, Sequence
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from services.employee_exp.employment import storage
from services.employee_exp.employment.domain.employment import check_employee
from services.kit.db.database import Database, reaching
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import NotFound
from services.kit.rights.access import Action, Viewer
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_entries

UNKNOWN = NotFound(
    "nobody is known by this id: look for another spelling; who was erased is not known any more",
    reason="UNKNOWN_EMPLOYEE",
    field=["employee"],
)

Forget = Callable[[AsyncSession, str], Awaitable[None]]
"""What another noun does in the same transaction, when an employee is erased; it gets our own id."""


class EmployeeEraser:
    """Cannot be undone: the same external id in a later file is a new employee."""

    def __init__(
        self, database: Database, directory: DirectoryCopy, forget: Sequence[Forget] = ()
    ) -> None:
        self.database = database
        self.directory = directory
        self.forget = forget

    async def erase(self, who: Viewer, employee: str) -> None:
        """Forget who is known by this id; NotFound where nobody is, also after the first call. Nothing is announced:
        no stint changes."""
        check_employee(employee)
        tree = self.directory.tree
        actor = actor_of(who, Action.ERASE_EMPLOYEES, tree)
        with reaching("employments"):
            async with self.database.write.begin() as session:
                await storage.lock_employments(session)
                known = (await storage.find_employments(session, [employee])).get(employee)
                if known is None:
                    raise UNKNOWN
                id_ = known.employee_id
                await storage.erase_employee(session, id_, employee, f"erased-{uuid4()}")
                for forget in self.forget:
                    await forget(session, id_)
                entry = AuditEntry(tree.clock(), actor, Deed.EMPLOYEE_ERASED, (id_,))
                await write_entries(session, [entry])
