"""Secrets, by which the sender of a response is known again."""

import hmac

SECRET_BYTES = 16


def secret_hash(key: bytes, response_id: str, secret: str) -> bytes:
    """What is kept of the secret a response was sent with: keyed, so that the database alone lets nobody guess it."""
    said = f"secret\n{response_id}\n{secret}".encode("utf-8", "surrogatepass")
    return hmac.digest(key, said, "sha256")[:SECRET_BYTES]
