"""External ids of rows that have none in their file."""

import hmac
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace
from functools import partial

from services.employee_exp.employment import storage
from services.employee_exp.employment.domain.employment import StintItem
from services.kit.db.database import Database, reaching
from services.kit.imports.identity import KeyedIds
from services.kit.items import ItemOutcome
from services.kit.rights.access import Viewer

Store = Callable[[Viewer, Sequence[StintItem]], Awaitable[Sequence[ItemOutcome]]]


def keyed_id(key: bytes, name: str) -> str:
    """128 bits of an HMAC: nobody but the deployment can make it."""
    return hmac.digest(key, b"import\n" + name.encode(), "sha256")[:16].hex()


class EmployeeRowIds:
    """Gives rows external ids by what they are named in their file."""

    def __init__(self, database: Database, key: bytes) -> None:
        self.database = database
        self.ids = KeyedIds(partial(keyed_id, key), self._imported_before)

    def before(self, store: Store) -> Store:
        """Stores rows that are named, under their ids."""

        async def store_named(who: Viewer, items: Sequence[StintItem]) -> Sequence[ItemOutcome]:
            ids = await self.ids.of([item.employee for item in items])
            named = [replace(item, employee=new) for item, new in zip(items, ids, strict=True)]
            return await store(who, named)

        return store_named

    async def _imported_before(self, names: Sequence[str]) -> Collection[str]:
        with reaching("employments"):
            async with self.database.write() as session:
                return await storage.find_unkeyed(session, names)
