"""Erasing a customer: block, wait for who writes, withdraw, walk again, report. Every step may be cut and repeated."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit import clock
from services.kit.db.database import Database, reaching
from services.kit.db.row_security import transaction_about
from services.kit.errors import Unavailable
from services.kit.events.outbox import Outbox
from services.kit.sealing.receipts import ErasedTable, ErasureReceipt, sign_receipt
from services.survey.privacy import storage
from services.survey.privacy.storage import Found
from services.survey.responses.domain.ids import is_import_id
from services.survey.responses.storage import lock_responses
from services.survey.responses.withdrawal import withdraw_locked
from services.survey.surveys import storage as survey_storage
from services.survey.surveys.domain.surveys import Survey

AT_ONCE: Final = 1_000  # responses in a transaction
SERVICE: Final = "survey"
STAYS: Final = (
    "without answers, words and customer; so it does not come back, and scores can be counted anew"
)
LINK_STAYS: Final = "the link of the invitation works still, for nobody in particular"


@dataclass(frozen=True, slots=True)
class Order:
    """Whom to erase: `refs` are keyed hashes; `revision`: of the block on them. `responses`: ids, by receipt."""

    id: str
    revision: int
    refs: Sequence[bytes]
    responses: Sequence[str] = ()


class CustomerEraser:
    """`key`: of the digests of receipts, that of customers' hashes. Unavailable where the same may succeed later."""

    def __init__(self, database: Database, outbox: Outbox, key: bytes, now: clock.Clock) -> None:
        self.database = database
        self.outbox = outbox
        self.key = key
        self.now = now
        self.versions: dict[str, Survey] = {}

    async def count(
        self, request: str, refs: Sequence[bytes], responses: Sequence[str] = ()
    ) -> ErasureReceipt:
        """What would be erased, by table; nothing is changed."""
        with reaching("responses"):
            async with self.database.write() as session:
                found = await storage.count_of(session, refs, sent(responses))
        return ErasureReceipt(request, SERVICE, self.now(), tables_of(found))

    async def lift(self, refs: Sequence[bytes], revision: int) -> None:
        """Let customers be stored again."""
        with reaching("customers"):
            async with self.database.write.begin() as session:
                await storage.block(session, refs, revision, is_blocked=False)

    async def erase(self, order: Order) -> None:
        """Block the customers, then erase what is stored of them. Again it changes nothing."""
        with reaching("responses"):
            async with self.database.write.begin() as session:
                await storage.block(session, order.refs, order.revision)
                await storage.begin(session, UUID(order.id))
                is_over = (await storage.lock_erasure(session, UUID(order.id))).reported_at
            if is_over:
                return
            await self._await_writers()
            while await self._withdraw(order):
                pass
            await self._forget_invited(order)

    async def report(self, session: AsyncSession, order: Order) -> ErasureReceipt:
        """The receipt of an order that was carried out, the same each time.

        Unavailable if something of the customer is found still.
        """
        id_ = UUID(order.id)
        erasure = await storage.lock_erasure(session, id_)
        at = erasure.reported_at
        if at is not None:
            tables = tables_of(erasure.found)
            return ErasureReceipt(order.id, SERVICE, at, tables, erasure.previous, erasure.digest)
        if any(await storage.count_of(session, order.refs, sent(order.responses))):
            raise Unavailable("something was stored meanwhile: erased at the next try")
        number, previous = await storage.lock_chain(session)
        tables = tables_of(erasure.found)
        receipt = sign_receipt(
            self.key, ErasureReceipt(order.id, SERVICE, self.now(), tables, previous)
        )
        await storage.put_receipt(
            session, id_, number + 1, receipt.at, receipt.previous, receipt.digest
        )
        return receipt

    async def _await_writers(self) -> None:
        """Who began to store before the block was there has perhaps not seen it."""
        try:
            for await_writers in (
                storage.await_response_writers,
                storage.await_invitation_writers,
            ):
                async with self.database.write.begin() as session:
                    await await_writers(session)
        except DBAPIError as error:
            cause = error.orig.__cause__ if error.orig else None
            if isinstance(cause, (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError)):
                raise Unavailable("somebody writes for long: erased at the next try") from error
            raise

    async def _withdraw(self, order: Order) -> int:
        """Withdraw some responses; how many were found."""
        async with self.database.pool.acquire() as connection:
            named = sent(order.responses)
            ids = await storage.find_responses(connection, order.refs, named, AT_ONCE)
            if not ids:
                return 0
            async with transaction_about(connection, responses=ids):
                locked = await lock_responses(connection, ids)
                there = [stored for stored in locked if not stored.withdrawn]
                await self._learn_versions({stored.version_id for stored in there})
                said = await storage.count_said(connection, [stored.id for stored in there])
                await withdraw_locked(connection, there, self.versions)
                await storage.add_found(connection, order.id, Found(len(there), *said))
        self.outbox.filled.set()
        return len(ids)

    async def _forget_invited(self, order: Order) -> None:
        async with self.database.pool.acquire() as connection, connection.transaction():
            forgotten = await storage.forget_invited(connection, order.refs)
            await storage.add_found(connection, order.id, Found(invitations=forgotten))

    async def _learn_versions(self, ids: set[str]) -> None:
        async with self.database.read() as session:
            for id_ in ids - self.versions.keys():
                self.versions[id_] = await survey_storage.version(session, UUID(id_))


def sent(responses: Sequence[str]) -> list[str]:
    """Those that somebody sent: a row of a file has no receipt."""
    return [each for each in responses if not is_import_id(each)]


def tables_of(found: Found) -> tuple[ErasedTable, ...]:
    """What was found, by table."""
    return (
        ErasedTable("survey_invitation", blanked=found.invitations, why=LINK_STAYS),
        ErasedTable("survey_response", blanked=found.responses, why=STAYS),
        ErasedTable("survey_secret", erased=found.secrets),
        ErasedTable("survey_verbatim", erased=found.verbatims),
    )
