"""AES-256-GCM over content of one length: what is sealed tells neither what it says nor how long it is."""

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.kit.errors import Broken, Invalid

NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
LENGTH_BYTES: Final = 4
VERSION: Final = b"\x01"
OVERHEAD: Final = len(VERSION) + NONCE_BYTES + LENGTH_BYTES + TAG_BYTES


class Unopened(Broken):
    """Sealed with another key or about another thing, or changed since; nothing of it is known."""

    reason = "SEAL_BROKEN"


class Seal:
    """Seals under one key.

    Nonces are random, 96 bits: a key seals at most 2**32 times (NIST SP 800-38D, 8.3); a wave has fewer ballots.
    """

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, content: bytes, length: int, about: bytes) -> bytes:
        """`content` padded to `length` bytes, at most 2**32; sealed it is OVERHEAD longer.

        `about` is not in it, and has to be said again to open it: so it cannot be put in another's place.
        Invalid (TOO_LONG) where there is more content than that.
        """
        if len(content) > length:
            raise Invalid(
                f"there is too much to be sealed: {length} bytes at most", reason="TOO_LONG"
            )
        nonce = os.urandom(NONCE_BYTES)
        padded = len(content).to_bytes(LENGTH_BYTES, "big") + content.ljust(length, b"\x00")
        return VERSION + nonce + self._cipher.encrypt(nonce, padded, about)

    def open(self, sealed: bytes, about: bytes) -> bytes:
        """What was sealed; Unopened where this key did not seal it about that."""
        nonce = sealed[1 : 1 + NONCE_BYTES]
        if sealed[:1] != VERSION or len(sealed) < OVERHEAD:
            raise Unopened("this was not sealed here")
        try:
            padded = self._cipher.decrypt(nonce, sealed[1 + NONCE_BYTES :], about)
        except InvalidTag:
            raise Unopened("this was sealed with another key, or changed since") from None
        end = LENGTH_BYTES + int.from_bytes(padded[:LENGTH_BYTES], "big")
        return padded[LENGTH_BYTES:end]


def length_class(size: int, least: int) -> int:
    """The length to pad to where one length for all would be wasteful: `least`, or as often doubled as it takes."""
    length = least
    while length < size:
        length *= 2
    return length
