"""What profile announces of erasures, and what survey announces of its part in them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from cxm.profile.v1.events_pb2 import ErasureAsked, ErasureLifted, ErasureOrdered
from cxm.survey.v1.events_pb2 import ErasureCounted, ErasureReported
from services.kit import clock
from services.kit.db.database import reaching
from services.kit.events.consumer import Apply, Delivery
from services.kit.events.streams import (
    ERASURE_ASKED,
    ERASURE_COUNTED,
    ERASURE_LIFTED,
    ERASURE_ORDERED,
    ERASURE_REPORTED,
    SURVEY_ERASES_CUSTOMERS,
)
from services.kit.service import Shared
from services.survey.privacy.convert import receipt_message
from services.survey.privacy.erasing import CustomerEraser, Order

ORDERS_AT_ONCE = 8  # what is applied within the time that a batch has


def erasing(eraser: CustomerEraser) -> Apply:
    """Carry out what profile announces, one by one; each may come twice and in any order."""

    async def count(payload: bytes) -> None:
        asked = ErasureAsked.FromString(payload)
        found = await eraser.count(asked.id, asked.refs, asked.responses)
        message = ErasureCounted(round=asked.round, count=receipt_message(found))
        with reaching("customers"):
            async with eraser.database.write.begin() as session:
                await eraser.outbox.announce(session, ERASURE_COUNTED, message)

    async def erase(payload: bytes) -> None:
        ordered = ErasureOrdered.FromString(payload)
        order = Order(ordered.id, ordered.revision, ordered.refs, ordered.responses)
        await eraser.erase(order)
        with reaching("customers"):
            async with eraser.database.write.begin() as session:
                receipt = await eraser.report(session, order)
                message = ErasureReported(receipt=receipt_message(receipt))
                await eraser.outbox.announce(session, ERASURE_REPORTED, message)

    async def lift(payload: bytes) -> None:
        lifted = ErasureLifted.FromString(payload)
        await eraser.lift(lifted.refs, lifted.revision)

    handlers: Mapping[str, Callable[[bytes], Awaitable[None]]] = {
        ERASURE_ASKED: count,
        ERASURE_ORDERED: erase,
        ERASURE_LIFTED: lift,
    }

    async def apply(deliveries: Sequence[Delivery]) -> None:
        for delivery in deliveries:
            await handlers[delivery.subject](delivery.payload)

    return apply


def wire(shared: Shared, key: bytes, now: clock.Clock) -> None:
    """Take part in erasures; `key`: that of customers' hashes."""
    eraser = CustomerEraser(shared.database, shared.outbox, key, now)
    shared.consume(SURVEY_ERASES_CUSTOMERS, erasing(eraser), batch=ORDERS_AT_ONCE)
