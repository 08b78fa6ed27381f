"""Correcting, removing and replacing stints: stored and announced in one transaction, or rehearsed."""

from collections.abc import Callable, Sequence

from services.employee_exp.employment import storage
from services.employee_exp.employment.announcing import Whole
from services.employee_exp.employment.domain.corrections import (
    correct_stint,
    remove_stint,
    replace_stints,
)
from services.employee_exp.employment.domain.employment import (
    Employment,
    StintItem,
    check_employee,
    check_item,
)
from services.employee_exp.employment.domain.upserts import EmploymentChange
from services.employee_exp.employment.editing import EmploymentEditor
from services.kit.clock import new_id
from services.kit.db.database import reaching
from services.kit.items import Upserted
from services.kit.rights.access import Viewer
from services.kit.rights.audit.entries import Deed

Judge = Callable[[Employment | None], EmploymentChange | None]


class EmploymentCorrector:
    """All methods raise Unavailable as those of the editor."""

    def __init__(self, editor: EmploymentEditor) -> None:
        self.editor = editor
        self.database = editor.database
        self.directory = editor.directory

    async def correct(self, who: Viewer, started_day: int, item: StintItem) -> bool:
        """Store one stint as it should have been; whether that changed anything. Fails as `correct_stint`."""
        check_item(item, self.directory.tree.today_number)
        await self.directory.know_visible(who, keys=[item.department])
        tree = self.directory.tree
        return await self._change(
            who,
            item.employee,
            lambda known: correct_stint(tree, known, started_day, item, who),
        )

    async def remove(self, who: Viewer, employee: str, started_day: int) -> bool:
        """Remove one stint; whether there was one. Fails as `remove_stint`."""
        check_employee(employee)
        tree = self.directory.tree
        return await self._change(
            who, employee, lambda known: remove_stint(tree, known, employee, started_day, who)
        )

    async def replace(
        self,
        who: Viewer,
        items: Sequence[StintItem],
        *,
        dry_run: bool = False,
        whole: Whole | None = None,
    ) -> Upserted[EmploymentChange]:
        """Let the items be all that is known of their employees; in a dry run nothing is stored."""
        employees = await self.editor.prepare(who, items)
        with reaching("employments"):
            async with self.database.write.begin() as session:
                if not dry_run:
                    await storage.lock_employments(session)
                known = await storage.find_employments(session, employees)
                details = await self.editor.details.find(session, who, known, items)
                replaced = replace_stints(
                    self.directory.tree,
                    known,
                    items,
                    who,
                    new_id,
                    crowded=details.crowded(),
                    is_rehearsal=dry_run,
                )
                if dry_run:
                    return Upserted(details.told(replaced.outcomes), replaced.changed)
                await self.editor.keep(
                    session, who, replaced.changed, deed_of=_deed_of, whole=whole
                )
                outcomes = await self.editor.details.keep(session, who, details, replaced.outcomes)
        return Upserted(outcomes, replaced.changed)

    async def _change(self, who: Viewer, employee: str, judge: Judge) -> bool:
        with reaching("employments"):
            async with self.database.write.begin() as session:
                await storage.lock_employments(session)
                known = await storage.find_employments(session, [employee])
                change = judge(known.get(employee))
                if change is None:
                    return False
                await self.editor.keep(
                    session, who, [change], deed_of=lambda _: Deed.EMPLOYMENT_CORRECTED
                )
                return True


def _deed_of(change: EmploymentChange) -> Deed:
    """Removing a stint, or giving it another first day, is a correction."""
    return Deed.EMPLOYMENT_CORRECTED if change.removed else Deed.EMPLOYMENT_CHANGED
