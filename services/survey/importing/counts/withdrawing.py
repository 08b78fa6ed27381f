"""Responses of a file that it has no more: withdrawn as by hand, many at a time."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from services.kit.db.database import reaching
from services.kit.db.row_security import transaction_about
from services.kit.rights.access import Viewer
from services.kit.rights.audit import storage as audit_storage
from services.kit.rights.audit.entries import Actor, AuditEntry, Deed
from services.survey.importing import storage
from services.survey.importing.storage import StoredRow
from services.survey.importing.updating import UpdatingPorts, actor_of_update
from services.survey.responses.domain.ids import row_id
from services.survey.responses.withdrawal import withdraw_locked
from services.survey.surveys import storage as survey_storage
from services.survey.surveys.domain.surveys import Survey

AT_ONCE = 1_000  # in a transaction


class JudgedSurplus(NamedTuple):
    """A response that may be withdrawn, and by whom by what right."""

    id: str
    actor: Actor


class Withdrawing:
    """By the right that corrects rows of files. `is_rehearsal`: withdraws nothing and says what it would.

    `spares_corrected`: what was corrected stays.
    """

    def __init__(
        self,
        viewer: Viewer,
        ports: UpdatingPorts,
        *,
        is_rehearsal: bool,
        spares_corrected: bool = False,
    ) -> None:
        self.viewer = viewer
        self.database, self.outbox, self.directory, self.key, self.now = ports
        self.is_rehearsal = is_rehearsal
        self.spares_corrected = spares_corrected
        self.versions: dict[str, Survey] = {}

    async def judge(self, ids: Sequence[str]) -> dict[str, JudgedSurplus]:
        """Those that the viewer may withdraw, by id."""
        judged: dict[str, JudgedSurplus] = {}
        for start in range(0, len(ids), AT_ONCE):
            judged |= await self._judge(ids[start : start + AT_ONCE])
        return judged

    async def _judge(self, ids: Sequence[str]) -> dict[str, JudgedSurplus]:
        with reaching("responses"):
            async with (
                self.database.pool.acquire() as connection,
                transaction_about(connection, responses=ids),
            ):
                stored = await storage.stored_rows(connection, ids)
            await self._learn_versions({row.response.version_id for row in stored.values()})
        departments = {row.response.attribution.department_id for row in stored.values()}
        await self.directory.know_department_ids(departments)
        judged = {}
        for id_, row in stored.items():
            actor = actor_of_update(self.viewer, row, self.directory.tree, self.key)
            if actor is not None:
                judged[id_] = JudgedSurplus(id_, actor)
        return judged

    async def withdraw(self, surplus: Sequence[JudgedSurplus]) -> int:
        """Erase what they said and take them out of the scores; how many were not withdrawn before."""
        if self.is_rehearsal:
            return len(surplus)
        withdrawn = 0
        with reaching("responses"):
            for start in range(0, len(surplus), AT_ONCE):
                withdrawn += await self._withdraw(surplus[start : start + AT_ONCE])
        self.outbox.filled.set()
        return withdrawn

    async def _withdraw(self, surplus: Sequence[JudgedSurplus]) -> int:
        actors = {each.id: each.actor for each in surplus}
        async with (
            self.database.pool.acquire() as connection,
            transaction_about(connection, responses=actors),
        ):
            locked = await storage.stored_rows(connection, list(actors), lock=True)
            there = [
                row
                for row in locked.values()
                if not row.response.withdrawn and not (self.spares_corrected and row.is_corrected)
            ]
            await withdraw_locked(connection, [row.response for row in there], self.versions)
            entries = [self._entry(row, actors[row.response.id]) for row in there]
            await audit_storage.write_on_driver(connection, *entries)
        return len(there)

    def _entry(self, row: StoredRow, actor: Actor) -> AuditEntry:
        shown, key = row_id(self.key, row.response.id), self._version(row).key
        return AuditEntry(self.now(), actor, Deed.RESPONSE_WITHDRAWN, ids=(shown,), keys=(key,))

    def _version(self, row: StoredRow) -> Survey:
        return self.versions[row.response.version_id]

    async def _learn_versions(self, ids: set[str]) -> None:
        async with self.database.read() as session:
            for id_ in ids - self.versions.keys():
                self.versions[id_] = await survey_storage.version(session, UUID(id_))
