"""Requests to erase a customer as they are read: how far they are, who decided, counts and receipts."""

from datetime import UTC
from enum import Enum

import strawberry
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from cxm.profile.v1 import privacy_pb2 as pb
from gateway.graph.base.paging import PageInfo
from gateway.graph.base.scalars import DateTime
from services.kit.clock import instant_text


@strawberry.enum(description="How far a request is.")
class ErasureState(Enum):
    REQUESTED = strawberry.enum_value(
        pb.ERASURE_STATE_REQUESTED, description="What it would erase is being counted."
    )
    COUNTED = strawberry.enum_value(
        pb.ERASURE_STATE_COUNTED, description="Every service has counted: it can be decided."
    )
    APPROVED = strawberry.enum_value(
        pb.ERASURE_STATE_APPROVED, description="It begins in some seconds."
    )
    REFUSED = strawberry.enum_value(
        pb.ERASURE_STATE_REFUSED,
        description="Nothing was erased. By `service:profile`: no service knows the id that was asked for.",
    )
    RUNNING = strawberry.enum_value(
        pb.ERASURE_STATE_RUNNING,
        description="Nothing new is stored with the identifiers; services erase.",
    )
    DONE = strawberry.enum_value(
        pb.ERASURE_STATE_DONE, description="All receipts are there, and nothing is found any more."
    )


@strawberry.type(description="Rows of one table.")
class ErasedTable:
    table: str = strawberry.field(description="Name of the table in the service's database.")
    erased: int = strawberry.field(description="Rows that are gone.")
    blanked: int = strawberry.field(
        description="Rows that stay, and say nothing of the person any more."
    )
    kept: int = strawberry.field(description="Rows that stay as they are.")
    why: str | None = strawberry.field(
        description="Why rows stay, for people; null where none does."
    )


@strawberry.type(description="What one service erased, or would erase.")
class ErasureReceipt:
    service: str = strawberry.field(description="Which service.")
    at: DateTime = strawberry.field(description="When it was erased, or counted.")
    tables: list[ErasedTable] = strawberry.field(description="By name.")
    digest: str | None = strawberry.field(
        description="HMAC-SHA-256 over this receipt and the one before it of the same service, in hex; null of a count."
    )


@strawberry.type(description="A request to erase one customer, or answers.")
class PrivacyRequest:
    id: strawberry.ID = strawberry.field(description="For `decidePrivacy` and `privacyRequest`.")
    state: ErasureState = strawberry.field(description="How far it is.")
    number: str | None = strawberry.field(
        description="The number of the customer; once it is done it is nobody's. Null: an id that only survey may "
        "know, of responses that came before the customer, or answers alone."
    )
    aliases: int = strawberry.field(
        description="How many the customer had when it was counted or ordered; 0 once it is done."
    )
    answers: int = strawberry.field(
        description="How many responses are asked for by receipt; 0 once it is done."
    )
    requested_by: str = strawberry.field(description="Subject of who asked.")
    requested_at: DateTime = strawberry.field(description="When.")
    due_at: DateTime = strawberry.field(description="By when it is answered: 30 days later.")
    reason: str | None = strawberry.field(
        description="Why it was asked for; null once it is done, for it may name the customer."
    )
    decided_by: str | None = strawberry.field(
        description="Subject of who decided; null: nobody has."
    )
    decided_at: DateTime | None = strawberry.field(description="When; null: nobody has.")
    decision: str | None = strawberry.field(
        description="What was said with the decision; null: nothing, or it is done."
    )
    sole: bool = strawberry.field(
        description="Who asked approved it too, for nobody else may approve."
    )
    formerly_linked: list[str] = strawberry.field(
        description="Numbers of customers that ended links led to: they are not erased. Empty once it is done."
    )
    counts: list[ErasureReceipt] = strawberry.field(
        description="What would be erased, by service; a service that has not counted yet is not there."
    )
    receipts: list[ErasureReceipt] = strawberry.field(
        description="What was erased, by service; a service that is not done is not there."
    )
    done_at: DateTime | None = strawberry.field(
        description="When the last receipt was there; null: not yet."
    )
    held_until: DateTime | None = strawberry.field(
        description="Until when backups may hold what was erased: 35 days after it was done; null: it is not done."
    )


@strawberry.type(description="A page of requests, the newest first.")
class PrivacyRequestList:
    requests: list[PrivacyRequest] = strawberry.field(description="The requests.")
    total_count: int = strawberry.field(description="How many there are, on all pages.")
    page_info: PageInfo = strawberry.field(description="Where this page stands.")


def request_of(message: pb.StoredErasure) -> PrivacyRequest:
    """A request as it is shown."""
    return PrivacyRequest(
        id=strawberry.ID(message.id),
        state=ErasureState(message.state),
        number=str(message.number) if message.number else None,
        aliases=message.aliases,
        answers=message.answers,
        requested_by=message.requested_by,
        requested_at=_instant(message.requested_at),
        due_at=_instant(message.due_at),
        reason=message.reason or None,
        decided_by=message.decided_by or None,
        decided_at=_optional(message, "decided_at"),
        decision=message.decision or None,
        sole=message.sole,
        formerly_linked=[str(number) for number in message.formerly_linked],
        counts=[_receipt_of(each) for each in message.counts],
        receipts=[_receipt_of(each) for each in message.receipts],
        done_at=_optional(message, "done_at"),
        held_until=_optional(message, "held_until"),
    )


def _receipt_of(message: pb.ErasureReceipt) -> ErasureReceipt:
    return ErasureReceipt(
        service=message.service,
        at=_instant(message.at),
        tables=[
            ErasedTable(
                table=each.table,
                erased=each.erased,
                blanked=each.blanked,
                kept=each.kept,
                why=each.why or None,
            )
            for each in message.tables
        ],
        digest=message.digest.hex() or None,
    )


def _optional(message: Message, name: str) -> DateTime | None:
    return _instant(getattr(message, name)) if message.HasField(name) else None


def _instant(at: Timestamp) -> DateTime:
    return DateTime(instant_text(at.ToDatetime(UTC)))
