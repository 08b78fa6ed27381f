"""The ids of imported rows."""

from collections.abc import Sequence
from functools import partial

from services.kit.db.database import Pool, reaching
from services.kit.db.row_security import transaction_about
from services.kit.imports.identity import KeyedIds
from services.kit.rights.access import Viewer
from services.survey.attribution.submission import Submission
from services.survey.importing import storage
from services.survey.importing.records.recording import Recording
from services.survey.importing.row_names import ImportedRow
from services.survey.responses.domain.ids import import_id, importer_of


class RowIds:
    """Gives rows their ids by what they are named in their file (`kit.imports.identity.row_name`)."""

    def __init__(self, pool: Pool, key: bytes) -> None:
        self.pool = pool
        self.key = key
        self.ids = KeyedIds(partial(import_id, key), self._imported_before)

    async def assign(
        self, viewer: Viewer, rows: Sequence[ImportedRow], recording: Recording | None = None
    ) -> list[Submission]:
        """The responses, each with its id in the place of its name, as rows of the subject that imports them and of the
        import that is recorded."""
        ids = await self.ids.of([row.former or row.name for row in rows])
        if any(row.former for row in rows):
            ids = await self._now_or_formerly(rows, ids)
        importer = importer_of(self.key, viewer.subject)
        number = recording.number if recording else None
        return [
            row.sent._replace(id=new, importer=importer, import_number=number)
            for row, new in zip(rows, ids, strict=True)
        ]

    async def has_former(self) -> bool:
        """Whether rows without ids may be stored that were known by how they are spelt."""
        with reaching("responses"):
            return await storage.meant_since(self.pool) is not None

    async def _now_or_formerly(self, rows: Sequence[ImportedRow], ids: list[str]) -> list[str]:
        """Ids made of former names where a response was stored under them in time, else those of what rows mean."""
        with reaching("responses"):
            since = await storage.meant_since(self.pool)
            old: set[str] = set()
            if since is not None:
                async with (
                    self.pool.acquire() as connection,
                    transaction_about(connection, responses=ids),
                ):
                    old = await storage.stored_before(connection, ids, since)
        return [
            id_ if id_ in old or not row.former else self.ids.make(row.name)
            for row, id_ in zip(rows, ids, strict=True)
        ]

    async def _imported_before(self, names: Sequence[str]) -> set[str]:
        """Those that are ids: of rows stored when a row's name was its id."""
        with reaching("responses"):
            since = await storage.keyed_since(self.pool)
            if since is None:
                return set()
            async with (
                self.pool.acquire() as connection,
                transaction_about(connection, responses=names),
            ):
                return await storage.stored_before(connection, names, since)
