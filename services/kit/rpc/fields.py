"""Fields of messages that may be absent. Texts among them are composed (letters.py); verbatims are no such fields."""

from typing import Any

from google.protobuf.message import Message

from services.kit.letters import composed


def optional(message: Message, field: str) -> Any:
    """The value of a field, None where it was not sent."""
    return _value(message, field) if message.HasField(field) else None


def optionals(message: Message, *fields: str) -> list[Any]:
    """The values of several fields, in their order; None for each that was not sent."""
    has = message.HasField
    return [_value(message, field) if has(field) else None for field in fields]


def _value(message: Message, field: str) -> Any:
    value = getattr(message, field)
    return composed(value) if isinstance(value, str) else value
