"""Cursors that nobody but the viewer they were made for can use."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from hashlib import blake2b

from services.kit.errors import Invalid

_SEAL_BYTES = 9  # 72 bits: guessing is hopeless, and base64 of it needs no padding


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
