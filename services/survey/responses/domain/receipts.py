"""Receipts, by which a response's sender may change it, and secrets, by which its sender is known again."""

import hmac

from services.survey.responses.domain.ids import is_import_id

RECEIPT_BYTES = 16
SECRET_BYTES = 16


def receipt(key: bytes, response_id: str) -> str:
    """The receipt of a response: 128 bits that only we can make, so none is kept.

    `key` is the deployment's; a tag in front keeps receipts apart from customers' hashes.
    """
    return hmac.digest(key, b"receipt\n" + response_id.encode(), "sha256")[:RECEIPT_BYTES].hex()


def is_receipt(key: bytes, response_id: str, given: str) -> bool:
    """Whether a receipt is the one of a response; compared in constant time. Imported rows have none."""
    if is_import_id(response_id):
        return False
    return hmac.compare_digest(receipt(key, response_id).encode(), given.encode("utf-8", "replace"))


def secret_hash(key: bytes, response_id: str, secret: str) -> bytes:
    """What is kept of the secret a response was sent with: keyed, so that the database alone lets nobody guess it."""
    said = f"secret\n{response_id}\n{secret}".encode("utf-8", "surrogatepass")
    return hmac.digest(key, said, "sha256")[:SECRET_BYTES]
