"""Between the contract's messages and erasures."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from google.protobuf.timestamp_pb2 import Timestamp

from cxm.profile.v1 import privacy_pb2 as pb
from services.kit.errors import Invalid
from services.kit.sealing.receipts import ErasedTable, ErasureReceipt
from services.profile.privacy.domain import ErasureState
from services.profile.privacy.requesting import ShownErasure

PREFIX: Final = "ERASURE_STATE_"


def request_id(text: str, field: str) -> UUID:
    """Invalid if it is no id."""
    try:
        return UUID(text)
    except ValueError as error:
        message = "this is no request: take its id from the list of requests"
        raise Invalid(message, reason="INVALID_ID", field=[field]) from error


def answers_of(answers: Sequence[pb.AnswerReceipt]) -> dict[str, str]:
    """Receipts by the id of the response in its one spelling; Invalid if one is no id."""
    return {
        str(request_id(each.response_id, f"answers.{place}")): each.receipt
        for place, each in enumerate(answers)
    }


def state_of(value: "pb.ErasureState.ValueType") -> str:
    """The name of a state, "" for all; Invalid if there is no such state."""
    if value == pb.ERASURE_STATE_UNSPECIFIED:
        return ""
    if value not in pb.ErasureState.values():
        raise Invalid("there is no such state", reason="INVALID_STATE", field=["state"])
    return ErasureState(pb.ErasureState.Name(value).removeprefix(PREFIX))


def receipt_of(message: pb.ErasureReceipt) -> ErasureReceipt:
    """A receipt as another service announced it."""
    tables = tuple(
        ErasedTable(each.table, each.erased, each.blanked, each.kept, each.why)
        for each in message.tables
    )
    at = message.at.ToDatetime(UTC)
    return ErasureReceipt(
        message.request, message.service, at, tables, message.previous, message.digest
    )


def receipt_message(receipt: ErasureReceipt) -> pb.ErasureReceipt:
    """A receipt as the contract has it."""
    tables = [
        pb.ErasedTable(
            table=each.table,
            erased=each.erased,
            blanked=each.blanked,
            kept=each.kept,
            why=each.why,
        )
        for each in receipt.tables
    ]
    return pb.ErasureReceipt(
        request=receipt.request,
        service=receipt.service,
        at=_instant(receipt.at),
        tables=tables,
        previous=receipt.previous,
        digest=receipt.digest,
    )


def erasure_message(shown: ShownErasure) -> pb.StoredErasure:
    """A request as the contract has it."""
    erasure = shown.erasure
    return pb.StoredErasure(
        id=erasure.id,
        state=pb.ErasureState.Value(f"{PREFIX}{erasure.state}"),
        number=erasure.person,
        aliases=len(erasure.numbers),
        requested_by=erasure.requested_by,
        requested_at=_instant(erasure.requested_at),
        due_at=_instant(erasure.due_at),
        decided_by=erasure.decided_by,
        decided_at=_instant(erasure.decided_at),
        done_at=_instant(erasure.done_at),
        formerly_linked=erasure.formerly,
        counts=map(receipt_message, shown.counts),
        receipts=map(receipt_message, shown.receipts),
        held_until=_instant(erasure.held_until),
        reason=shown.reason,
        decision=shown.decision,
        sole=erasure.is_sole,
        answers=len(erasure.responses),
    )


def _instant(at: datetime | None) -> Timestamp | None:
    if at is None:
        return None
    stamp = Timestamp()
    stamp.FromDatetime(at)
    return stamp
