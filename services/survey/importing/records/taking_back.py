"""Taking an import back: what it stored and nobody corrected since is withdrawn, some seconds at a time."""

import asyncio
from typing import Final
from uuid import UUID

from services.kit.db.database import reaching
from services.kit.errors import Conflict, NotFound
from services.kit.rights.access import Action, Viewer, may, visible_roots
from services.kit.rights.audit import storage as audit_storage
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.survey.importing.counts.withdrawing import AT_ONCE, Withdrawing
from services.survey.importing.records import storage
from services.survey.importing.records.domain import (
    ImportRecord,
    ImportState,
    TakenBack,
    staying,
)
from services.survey.importing.updating import UpdatingPorts

WORK_SECONDS = 4.0  # of a call, which has ten
UNKNOWN: Final = (
    "there is no such import of responses, or it is not yours: cxm imports lists those that can be taken back."
    " Departments, touchpoints and employees are changed by a corrected file; a department is closed by closeDepartment"
)


class TakingBack:
    """By who imported it, where they may still submit; by admins of the whole organisation."""

    def __init__(self, ports: UpdatingPorts) -> None:
        self.ports = ports
        self.pool = ports.database.pool

    async def list_imports(
        self, viewer: Viewer, first: int, after: str
    ) -> tuple[list[ImportRecord], bool]:
        """The newest after one of them (id; empty: from the newest on), and whether there are more."""
        with reaching("imports"):
            before = (await self._find(viewer, after)).number if after else None
            subject = None if self._sees_all(viewer) else viewer.subject
            found = await storage.list_imports(self.pool, subject, before, first + 1)
        return found[:first], len(found) > first

    async def take_back(self, viewer: Viewer, id_: str, *, dry_run: bool) -> TakenBack:
        """Withdraw for some seconds, and say what remains. The same call again goes on, and ends with nothing to do."""
        with reaching("imports"):
            record = await self._find(viewer, id_)
            if record.state is ImportState.RUNNING:
                message = "this import goes on still: take it back when it has ended"
                raise Conflict(message, reason="IMPORT_RUNNING", field=["id"])
            stored = await storage.count_stored(self.pool, record.number)
            await self.ports.directory.know_department_ids({each.department_id for each in stored})
            mine = {each.department_id for each in stored if self._may(viewer, record, each)}
            untouched = sum(
                each.responses
                for each in stored
                if each.department_id in mine and not each.is_corrected
            )
            withdrawn = untouched
            if not dry_run:
                withdrawn = await self._withdraw(viewer, record, sorted(mine))
                if 0 < withdrawn < untouched:  # counted once in a call: millions take seconds
                    return TakenBack(record, withdrawn, untouched - withdrawn, ())
                stored = await storage.count_stored(self.pool, record.number)
        corrected = sum(each.responses for each in stored if each.is_corrected)
        rest = [each for each in stored if not each.is_corrected]
        foreign = sum(each.responses for each in rest if each.department_id not in mine)
        remaining = sum(each.responses for each in rest) - foreign
        if not dry_run and not remaining:
            with reaching("imports"):
                await storage.end_import(self.pool, record.number, ImportState.TAKEN_BACK)
                record = await self._find(viewer, id_)
        if remaining and not dry_run:
            return TakenBack(record, withdrawn, remaining, ())
        stays = staying(corrected=corrected, foreign=foreign, corrected_by=record.counts.corrected)
        return TakenBack(record, withdrawn, 0, stays)

    async def _withdraw(self, viewer: Viewer, record: ImportRecord, departments: list[str]) -> int:
        """How many were withdrawn before the time was over, or nothing was left."""
        await self._write_audit(viewer, record)
        withdrawing = Withdrawing(viewer, self.ports, is_rehearsal=False, spares_corrected=True)
        withdrawn = 0
        loop = asyncio.get_running_loop()
        deadline = loop.time() + WORK_SECONDS
        while ids := await storage.find_stored(self.pool, record.number, departments, AT_ONCE):
            judged = await withdrawing.judge(ids)
            if not judged:
                break
            withdrawn += await withdrawing.withdraw([*judged.values()])
            if loop.time() >= deadline:
                break
        return withdrawn

    async def _write_audit(self, viewer: Viewer, record: ImportRecord) -> None:
        """Once for an import, before the first response of it is withdrawn."""
        actor = actor_of(viewer, Action.SUBMIT, self.ports.directory.tree)
        entry = AuditEntry(
            self.ports.now(),
            actor,
            Deed.IMPORT_TAKEN_BACK,
            ids=(record.id,),
            keys=(record.survey,),
        )
        async with self.pool.acquire() as connection, connection.transaction():
            if await storage.begin_taking_back(connection, record.number):
                await audit_storage.write_on_driver(connection, entry)

    async def _find(self, viewer: Viewer, id_: str) -> ImportRecord:
        """NotFound for what is absent and what is another's alike."""
        try:
            record = await storage.find_import(self.pool, str(UUID(id_)))
        except ValueError:
            record = None
        if record is None or not (record.subject == viewer.subject or self._sees_all(viewer)):
            raise NotFound(UNKNOWN, reason="UNKNOWN_IMPORT", field=["id"])
        return record

    def _sees_all(self, viewer: Viewer) -> bool:
        tree = self.ports.directory.tree
        return tree.root_id in visible_roots(viewer, Action.WITHDRAW_RESPONSES, tree)

    def _may(self, viewer: Viewer, record: ImportRecord, stored: storage.StoredCount) -> bool:
        """As withdrawing judges it of each response."""
        tree, department_id = self.ports.directory.tree, stored.department_id
        if may(viewer, Action.CORRECT_RESPONSES, department_id, tree):
            return True
        is_own = record.subject == viewer.subject
        return is_own and may(viewer, Action.SUBMIT, department_id, tree)
