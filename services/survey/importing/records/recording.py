"""An import that goes on: its responses name it, and what becomes of its rows is noted."""

from collections.abc import AsyncIterator

import structlog

from cxm.batch.v1.batch_pb2 import ImportProgress
from services.kit.clock import new_id
from services.kit.db.database import TROUBLE, Pool
from services.kit.errors import printable
from services.kit.rights.access import Viewer
from services.survey.importing.records import storage
from services.survey.importing.records.domain import Counts, ImportState

log = structlog.get_logger()


class Recording:
    """The record of one import; there is none until it begins, as in a dry run."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.id = ""
        self.number: int | None = None

    async def begin(self, who: Viewer, file_name: str, survey: str, *, is_counted: bool) -> None:
        """Before the first row is stored. `is_counted`: rows stand for many responses."""
        id_, name = new_id(), printable(file_name)
        self.number = await storage.add_import(
            self.pool, id_, who.subject, name, survey, is_counted=is_counted
        )
        self.id = id_

    async def following(self, told: AsyncIterator[ImportProgress]) -> AsyncIterator[ImportProgress]:
        """The same messages, each noted before it is told; an import that ends without the last one was cut."""
        counts, state = Counts(), ImportState.CUT
        try:
            async for progress in told:
                if self.number is not None:
                    counts = _counts(progress)
                    state = ImportState.DONE if progress.done else ImportState.CUT
                    now = ImportState.DONE if progress.done else ImportState.RUNNING
                    await self._note(self.number, now, counts)
                    progress.import_id = self.id
                yield progress
        finally:
            if self.number is not None and state is ImportState.CUT:
                await self._note(self.number, state, counts)

    async def _note(self, number: int, state: ImportState, counts: Counts) -> None:
        """No import ends because this cannot be noted: one that is silent is told as cut."""
        try:
            await storage.set_counts(self.pool, number, state, counts)
        except TROUBLE as error:
            log.warning("import not noted", number=number, error=type(error).__name__)


def _counts(progress: ImportProgress) -> Counts:
    return Counts(
        progress.rows,
        progress.stored,
        progress.corrected,
        progress.already_stored,
        progress.refused,
        progress.left_out,
        progress.joined,
    )
