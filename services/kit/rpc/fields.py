"""Fields of messages that may be absent."""

from typing import Any

from google.protobuf.message import Message


def optional(message: Message, field: str) -> Any:
    """The value of a field, None where it was not sent."""
    return getattr(message, field) if message.HasField(field) else None
