"""What other services announce of erasures: counts and receipts."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from cxm.survey.v1.events_pb2 import ErasureCounted, ErasureReported
from services.kit.errors import Broken, NotFound
from services.kit.events.consumer import Handler, in_session
from services.kit.events.streams import ERASURE_COUNTED, ERASURE_REPORTED, PROFILE_TAKES_RECEIPTS
from services.kit.rights.audit.entries import AuditEntry, Deed
from services.kit.rights.audit.storage import write_entries
from services.kit.sealing.receipts import ErasureReceipt, is_signed
from services.kit.service import SharedStores
from services.profile.privacy import storage
from services.profile.privacy.convert import receipt_of
from services.profile.privacy.domain import SERVICES, Erasure, ErasureState
from services.profile.privacy.ordering import ITSELF


def finds_something(count: ErasureReceipt) -> bool:
    """Whether a service has anything of whom it counted."""
    return any(table.erased or table.blanked for table in count.tables)


async def refuse_of_nobody(session: AsyncSession, erasure: Erasure, at: datetime) -> None:
    """End a request for an id that no service knows: there is nothing to decide."""
    refused = replace(
        erasure,
        state=ErasureState.REFUSED,
        decided_by=ITSELF.subject,
        decided_at=at,
        asked_refs=(),
        responses=(),
        refs=(),
    )
    await storage.put_erasure(session, refused)
    await write_entries(session, [AuditEntry(at, ITSELF, Deed.ERASURE_REFUSED, (erasure.id,))])


def handlers(key: bytes) -> dict[str, Handler]:
    """Counts move a request on once all are there; receipts are kept as they came first. `key`: of their digests."""

    async def take_count(session: AsyncSession, event: ErasureCounted) -> None:
        count = receipt_of(event.count)
        erasure = await storage.find_erasure(session, UUID(count.request), lock=True)
        if erasure is None or erasure.state is not ErasureState.REQUESTED:
            return
        if erasure.round != event.round:
            return
        await storage.add_receipt(session, count)
        counts = [r for r in await storage.list_receipts(session, [erasure.id]) if not r.digest]
        if set(SERVICES) - {each.service for each in counts}:
            return
        if erasure.alias or any(map(finds_something, counts)):
            await storage.put_erasure(session, replace(erasure, state=ErasureState.COUNTED))
        else:
            await refuse_of_nobody(session, erasure, count.at)

    async def take_receipt(session: AsyncSession, event: ErasureReported) -> None:
        receipt = receipt_of(event.receipt)
        if not is_signed(key, receipt):
            raise Broken("a receipt was changed, or signed with another key")
        if await storage.find_erasure(session, UUID(receipt.request)) is None:
            raise NotFound("a receipt of a request that is not here")
        await storage.add_receipt(session, receipt)

    return {
        ERASURE_COUNTED: Handler(ErasureCounted, take_count),
        ERASURE_REPORTED: Handler(ErasureReported, take_receipt),
    }


def wire(shared: SharedStores, key: bytes) -> None:
    """Take what other services announce; `key`: that of customers' hashes."""
    shared.consume(PROFILE_TAKES_RECEIPTS, in_session(shared.database.write, handlers(key)))
