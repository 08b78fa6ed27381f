"""Protobuf -> what the purchase log counts. Called for every purchase."""

from collections.abc import Iterable

from cxm.profile.v1.events_pb2 import PersonsChanged, PurchasesRecorded, RecordedPurchase
from services.kit.errors import Invalid
from services.metrics.answer_log.dictionary import DimensionKey
from services.metrics.customers.log import Envelope, RecordedSale
from services.metrics.customers.packing import FIRST_DAY, KEPT, LAST_DAY, RETURN, RETURNED_WHOLE
from services.metrics.customers.storage import Moved


def envelope(message: PurchasesRecorded) -> Envelope:
    return Envelope(message.envelope, message.generation, tuple(map(_sale, message.purchases)))


def _sale(message: RecordedPurchase) -> RecordedSale:
    if not FIRST_DAY <= message.local_day <= LAST_DAY:
        raise Invalid(f"day {message.local_day} is before 1880 or after 2059", reason="DAYS")
    kind = KEPT
    if message.is_return:
        kind = RETURN
    elif message.is_returned_whole:
        kind = RETURNED_WHOLE
    return RecordedSale(
        message.department_id,
        _key(message),
        message.alias,
        message.local_day,
        message.cents,
        kind,
        message.sign,
    )


def _key(message: RecordedPurchase) -> DimensionKey:
    """The names of a dimension set as an event carries them; a purchase has neither segment nor language."""
    dimensions = message.dimensions
    return (
        dimensions.touchpoint_id,
        dimensions.stage,
        dimensions.channel,
        "",
        "",
    )


def moved(messages: Iterable[PersonsChanged]) -> dict[int, Moved]:
    """By alias the newest that is said of it; that it was erased is the last word."""
    found: dict[int, Moved] = {}
    for message in messages:
        for each in message.moved:
            known = found.get(each.alias)
            is_newer = known is None or (known.person and known.said < message.revision)
            if is_newer or not each.person:
                found[each.alias] = Moved(each.person, message.revision)
    return found
