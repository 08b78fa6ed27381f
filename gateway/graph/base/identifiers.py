"""By what customers are known, as it is sent; and instants of facts about them."""

from datetime import UTC

import strawberry
from google.protobuf.timestamp_pb2 import Timestamp

from gateway.graph.base.scalars import DateTime
from services.kit.clock import instant_text
from services.kit.errors import Invalid

KIND = "CUSTOMER, EMAIL, PHONE, CARD, ACCOUNT, DEVICE, or the key of an own kind"


@strawberry.input(description="By what a customer is known.")
class IdentifierInput:
    kind: str = strawberry.field(description=f"{KIND}.")
    value: str = strawberry.field(
        description="In plain text, 1 to 256 characters. E-mail addresses are read without case, phones with or "
        "without the country."
    )


def instant_of(at: Timestamp) -> DateTime:
    """An instant as it is shown."""
    return DateTime(instant_text(at.ToDatetime(UTC)))


def timestamp_of(text: DateTime | None, *field: str) -> Timestamp | None:
    """An instant as it was sent; Invalid, naming the field, for a text that is none."""
    if text is None:
        return None
    at = Timestamp()
    try:
        at.FromJsonString(text)
    except ValueError as error:
        raise Invalid(
            "an instant is written as in RFC 3339, e.g. 2026-11-21T09:30:00Z",
            reason="INVALID_INSTANT",
            field=field,
        ) from error
    return at
