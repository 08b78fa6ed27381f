"""Instants of messages, as the schema tells them and takes them."""

from datetime import UTC
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from strawberry.utils.str_converters import to_camel_case

from gateway.graph.base.scalars import DateTime
from services.kit.clock import instant_text
from services.kit.errors import Invalid


def instant_of(message: Any, field: str) -> DateTime | None:
    """The instant in a field of a message; None where it has none."""
    if not message.HasField(field):
        return None
    return DateTime(instant_text(getattr(message, field).ToDatetime(UTC)))


def timestamp_of(given: DateTime | None, field: str) -> Timestamp | None:
    """An instant as it was sent in a field; Invalid if it is none."""
    if given is None:
        return None
    at = Timestamp()
    try:
        at.FromJsonString(given)
    except ValueError as error:
        raise Invalid(
            f"{to_camel_case(field)} is no time with an offset: send it like 2026-01-31T09:30:00Z or ...+02:00",
            reason="INVALID_TIME",
            field=[field],
        ) from error
    return at
