"""Rows of a file whose responses were withdrawn before: they stay so, and who imports is told how many."""

from collections.abc import Sequence
from typing import Final

from services.kit.db.database import reaching
from services.kit.db.row_security import transaction_about
from services.kit.imports.format.remarks import Counted
from services.kit.rights.access import Viewer
from services.survey.importing import storage
from services.survey.importing.updating import UpdatingPorts, actor_of_update

STAYS_WITHDRAWN: Final = "STAYS_WITHDRAWN"
_ADVICE: Final = "to have {} again, give {} another id, or name another survey"
MESSAGE: Final = Counted(
    f"response was withdrawn before and stays so: {_ADVICE.format('it', 'its row')}",
    f"responses were withdrawn before and stay so: {_ADVICE.format('them', 'each row')}",
)


class WithdrawnRows:
    """Counts them; those that the importer could not withdraw are told to nobody."""

    def __init__(self, ports: UpdatingPorts) -> None:
        self.ports = ports

    async def count(self, viewer: Viewer, ids: Sequence[str]) -> int:
        """How many of these, which are stored, are withdrawn."""
        with reaching("responses"):
            async with (
                self.ports.database.pool.acquire() as connection,
                transaction_about(connection, responses=ids),
            ):
                # Rights are asked below, of whole rows.
                found = await storage.withdrawn_by_id(connection, ids, lambda _: True)
                gone = [id_ for id_, is_withdrawn in found.items() if is_withdrawn]
                rows = await storage.stored_rows(connection, gone) if gone else {}
        departments = {row.response.attribution.department_id for row in rows.values()}
        await self.ports.directory.know_department_ids(departments)
        tree, key = self.ports.directory.tree, self.ports.key
        return sum(actor_of_update(viewer, row, tree, key) is not None for row in rows.values())
