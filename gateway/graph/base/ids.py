"""Relay's global ids, and cursors that nobody but the viewer they were made for can use."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from hashlib import blake2b

from services.kit.errors import Invalid

_SEAL_BYTES = 9  # 72 bits: guessing is hopeless, and base64 of it needs no padding


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


class Cursors:
    """Places in lists, sealed with a secret and the viewer's subject."""

    def __init__(self, secret: bytes) -> None:
        self.secret = blake2b(secret, digest_size=32, person=b"cxm cursors").digest()

    def seal(self, subject: str, listing: str, key: str) -> str:
        """The cursor of a key in a list, for one viewer."""
        return urlsafe_b64encode(self._mac(subject, listing, key) + key.encode()).decode()

    def open(self, subject: str, listing: str, cursor: str) -> str:
        """The key behind a cursor; Invalid if it is no cursor, or of another viewer or list."""
        try:
            raw = urlsafe_b64decode(cursor.encode())
            key = raw[_SEAL_BYTES:].decode()
        except (BadBase64, ValueError) as error:
            raise _bad_cursor() from error
        if not hmac.compare_digest(raw[:_SEAL_BYTES], self._mac(subject, listing, key)):
            raise _bad_cursor()
        return key

    def _mac(self, subject: str, listing: str, key: str) -> bytes:
        message = "\0".join((listing, subject, key)).encode()
        return blake2b(message, digest_size=_SEAL_BYTES, key=self.secret).digest()


def _bad_cursor() -> Invalid:
    return Invalid(
        "this cursor does not belong to this list and viewer: use endCursor of the page before",
        reason="BAD_CURSOR",
        field=["after"],
    )
