"""Fields of messages that may be absent."""

from typing import Any

from google.protobuf.message import Message


def optional(message: Message, field: str) -> Any:
    """The value of a field, None where it was not sent."""
    return getattr(message, field) if message.HasField(field) else None


def optionals(message: Message, *fields: str) -> list[Any]:
    """The values of several fields, in their order; None for each that was not sent."""
    has = message.HasField
    return [getattr(message, field) if has(field) else None for field in fields]
