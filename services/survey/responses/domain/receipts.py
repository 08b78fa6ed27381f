"""Receipts: by which a response's sender may change it."""

import hmac

RECEIPT_BYTES = 16


def receipt(key: bytes, response_id: str) -> str:
    """The receipt of a response: 128 bits that only we can make, so none is kept.

    `key` is the deployment's; a tag in front keeps receipts apart from customers' hashes.
    """
    return hmac.digest(key, b"receipt\n" + response_id.encode(), "sha256")[:RECEIPT_BYTES].hex()


def is_receipt(key: bytes, response_id: str, given: str) -> bool:
    """Whether a receipt is the one of a response; compared in constant time."""
    return hmac.compare_digest(receipt(key, response_id).encode(), given.encode("utf-8", "replace"))
