"""What profile announces of customers: purchases, and which aliases are one person."""

from collections.abc import Awaitable, Callable, Sequence, Set

from cxm.profile.v1.events_pb2 import PersonsChanged, PurchasesRecorded
from services.kit import clock
from services.kit.db.database import Pool
from services.kit.events.consumer import Apply, Delivery
from services.kit.events.streams import METRICS_COPIES_PERSONS, METRICS_RECORDS_PURCHASES
from services.kit.process import Process
from services.kit.service import Shared
from services.metrics.answer_log.dictionary import Dictionary
from services.metrics.customers import convert, storage
from services.metrics.customers.compaction import PurchaseCompactor
from services.metrics.customers.log import PurchaseLog

AnnouncePurchases = Callable[[Set[str] | None], Awaitable[None]]
"""Called with the departments whose purchases were counted; None: any, for persons were joined or parted."""


def record_purchases(log: PurchaseLog, announce: AnnouncePurchases) -> Apply:
    """Count envelopes, a batch at a time; redelivered ones change nothing but are announced again."""

    async def apply(deliveries: Sequence[Delivery]) -> None:
        envelopes = [convert.envelope(PurchasesRecorded.FromString(d.payload)) for d in deliveries]
        await announce(await log.apply(envelopes))

    return apply


def copy_persons(pool: Pool, announce: AnnouncePurchases) -> Apply:
    """Keep who is who; events may come twice and in any order."""

    async def apply(deliveries: Sequence[Delivery]) -> None:
        messages = [PersonsChanged.FromString(delivery.payload) for delivery in deliveries]
        await storage.put_persons(pool, convert.moved(messages))
        await announce(None)

    return apply


def wire(
    process: Process, shared: Shared, dictionary: Dictionary, announce: AnnouncePurchases
) -> None:
    """Count purchases and copy persons as they are announced; compact in the background."""
    pool = shared.database.pool
    log = PurchaseLog(pool, dictionary, clock.now)
    shared.consume(METRICS_RECORDS_PURCHASES, record_purchases(log, announce))
    shared.consume(METRICS_COPIES_PERSONS, copy_persons(pool, announce))
    process.background(PurchaseCompactor(pool).run)
