"""Relay's global ids."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64

from services.kit.errors import Invalid


def global_id(kind: str, local: str) -> str:
    """The id of an object across all types: base64 of type and local id."""
    return urlsafe_b64encode(f"{kind}:{local}".encode()).decode()


def parse_global_id(value: str) -> tuple[str, str]:
    """Type and local id; Invalid for anything this API never gave out."""
    try:
        kind, separator, local = urlsafe_b64decode(value.encode()).decode().partition(":")
    except (BadBase64, ValueError) as error:
        raise _bad_id() from error
    if not separator or not kind or not local:
        raise _bad_id()
    return kind, local


def _bad_id() -> Invalid:
    return Invalid("this is no id of this API: use one that a query returned", field=["id"])
