"""Receipts of responses, by which their sender may change them, or have them erased."""

import hmac

RECEIPT_BYTES = 16


def answer_receipt(key: bytes, response_id: str) -> str:
    """The receipt of a response: 128 bits that only we can make, so none is kept.

    `key` is the deployment's, that of customers' hashes; a tag in front keeps receipts apart from these.
    """
    return hmac.digest(key, b"receipt\n" + response_id.encode(), "sha256")[:RECEIPT_BYTES].hex()


def is_answer_receipt(key: bytes, response_id: str, given: str) -> bool:
    """Whether a receipt is the one of a response; compared in constant time. Of imported rows nobody has one."""
    wanted = answer_receipt(key, response_id)
    return hmac.compare_digest(wanted.encode(), given.encode("utf-8", "replace"))
