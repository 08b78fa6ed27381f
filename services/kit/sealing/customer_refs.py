"""The only form in which a customer's id is kept."""

import hmac

REF_BYTES = 16


def customer_ref(key: bytes, customer: str | None) -> bytes | None:
    """HMAC-SHA256 of a customer's id under the deployment's key, cut to 128 bits; None for no customer."""
    if customer is None:
        return None
    return hmac.digest(key, customer.encode(), "sha256")[:REF_BYTES]
