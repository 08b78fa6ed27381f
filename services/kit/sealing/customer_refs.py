"""Keyed hashes, the only form in which what customers are known by is looked for."""

import hmac

REF_BYTES = 16
WORD_BYTES = 8


def customer_ref(key: bytes, customer: str | None) -> bytes | None:
    """HMAC-SHA256 of a customer's id under the deployment's key, cut to 128 bits; None for no customer."""
    return None if customer is None else _ref(key, customer)


def identifier_ref(key: bytes, kind: str, value: str) -> bytes:
    """As customer_ref, of another identifier: HMAC-SHA256 of `alias LF kind LF value`. Of the kind CUSTOMER the ref is
    that of the id alone, so that services find one another's."""
    return _ref(key, value if kind == "CUSTOMER" else f"alias\n{kind}\n{value}")


def word_of(key: bytes, value: str) -> str:
    """Keyed hash of a value that is only compared: 64 bits of the HMAC-SHA256 of `word LF value`, in hex."""
    return hmac.digest(key, f"word\n{value}".encode(), "sha256")[:WORD_BYTES].hex()


def _ref(key: bytes, said: str) -> bytes:
    return hmac.digest(key, said.encode(), "sha256")[:REF_BYTES]
