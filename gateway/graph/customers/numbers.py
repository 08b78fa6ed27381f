"""Numbers of customers, which are text in the schema: they are names, and grow beyond what GraphQL's Int holds; and
instants."""

from datetime import UTC

from google.protobuf.timestamp_pb2 import Timestamp

from gateway.graph.base.scalars import DateTime
from services.kit.clock import instant_text
from services.kit.errors import Invalid

LONGEST = 18


def number_of(text: str, *field: str) -> int:
    """The number of an alias; Invalid for a text that is none."""
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST):
        message = "a number of a customer has digits only: take it from a customer"
        raise Invalid(message, reason="INVALID_NUMBER", field=list(field))
    return int(text)


def instant_of(at: Timestamp) -> DateTime:
    """An instant as it is shown."""
    return DateTime(instant_text(at.ToDatetime(UTC)))


def timestamp_of(text: DateTime | None, *field: str) -> Timestamp | None:
    """An instant as it is sent; Invalid for a text that is none."""
    if text is None:
        return None
    at = Timestamp()
    try:
        at.FromJsonString(text)
    except ValueError as error:
        raise Invalid(
            "an instant is written as in RFC 3339, e.g. 2026-11-21T09:30:00Z",
            reason="INVALID_INSTANT",
            field=list(field),
        ) from error
    return at
