"""What visitors do, as profile takes it, and what became of it there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp

from cxm.batch.v1.batch_pb2 import ITEM_STATUS_REFUSED, ITEM_STATUS_STORED
from cxm.profile.v1 import customers_pb2, interactions_pb2


@dataclass(frozen=True, slots=True)
class VisitorFact:
    """What a visitor did, as a page sent it."""

    kind: str
    id: str
    at: datetime
    department: str = ""
    touchpoint: str = ""
    channel: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FactFate:
    """What became of a fact: stored now or before, or why not."""

    is_new: bool
    code: str = ""
    message: str = ""
    path: tuple[str, ...] = ()


def item_of(
    source: str, customer: tuple[str, str] | None, fact: VisitorFact
) -> interactions_pb2.InteractionItem:
    """As profile takes it. `customer`: kind and value of an identifier, None: nobody's."""
    at = Timestamp()
    at.FromDatetime(fact.at)
    item = interactions_pb2.InteractionItem(
        kind=fact.kind,
        at=at,
        source=source,
        id=fact.id,
        department=fact.department,
        touchpoint=fact.touchpoint,
        channel=fact.channel,
        details=fact.details,
    )
    if customer is not None:
        kind, value = customer
        item.customer.CopyFrom(customers_pb2.Identifier(kind=kind, value=value))
    return item


def fate_of(result: Any) -> FactFate:
    """Of what profile answered of one item."""
    if result.status == ITEM_STATUS_REFUSED:
        refusal = result.refusals[0]
        return FactFate(False, refusal.reason, refusal.message, tuple(refusal.field))
    return FactFate(result.status == ITEM_STATUS_STORED)
