"""External ids of rows that have none in their file."""

import hmac
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from services.employee_exp.employment import storage
from services.employee_exp.employment.domain.employment import StintItem
from services.employee_exp.employment.row_names import NamedStint
from services.kit.db.database import Database, reaching
from services.kit.items import ItemOutcome
from services.kit.rights.access import Viewer

Store = Callable[[Viewer, Sequence[StintItem]], Awaitable[Sequence[ItemOutcome]]]
StoreNamed = Callable[[Viewer, Sequence[NamedStint]], Awaitable[Sequence[ItemOutcome]]]


def keyed_id(key: bytes, name: str) -> str:
    """128 bits of an HMAC: nobody but the deployment can make it."""
    return hmac.digest(key, b"import\n" + name.encode(), "sha256")[:16].hex()


class EmployeeRowIds:
    """Gives rows external ids by what they are named in their file; who was imported before keeps the former one."""

    def __init__(self, database: Database, key: bytes) -> None:
        self.database = database
        self.key = key

    def before(self, store: Store) -> StoreNamed:
        """Stores rows that are named, under their ids."""

        async def store_named(who: Viewer, rows: Sequence[NamedStint]) -> Sequence[ItemOutcome]:
            ids = await self._ids(rows)
            stints = [replace(row.stint, employee=id_) for row, id_ in zip(rows, ids, strict=True)]
            return await store(who, stints)

        return store_named

    async def _ids(self, rows: Sequence[NamedStint]) -> list[str]:
        """In the order of the rows; a former name may be an id itself, of before ids were keyed."""
        keyed = [keyed_id(self.key, row.former) for row in rows]
        with reaching("employments"):
            async with self.database.write() as session:
                former = await storage.find_former(session, [row.former for row in rows], keyed)
        return [
            next(
                (id_ for id_ in (row.former, once) if id_ in former),
                keyed_id(self.key, row.stint.employee),
            )
            for row, once in zip(rows, keyed, strict=True)
        ]
