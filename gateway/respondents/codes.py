"""Codes for paper: by one a response is known, and removed or changed later.

Id and secret of a response are made of its code, so nothing is kept to find it again. Digits and letters are those of
Crockford's Base32: none is taken for another.
"""

import re
import secrets
from hashlib import blake2b
from typing import Final
from uuid import UUID

from gateway.calls.forms import Proof

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 20
"""100 random bits."""
GROUP: Final = 4
_LOOKALIKES: Final = str.maketrans("OIL", "011")
_BETWEEN: Final = re.compile(r"[\s\-\u2010-\u2014.]+")
LONGEST_TYPED: Final = 100


def new_code() -> str:
    """A code nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """As it is written down."""
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def read_code(typed: str) -> str | None:
    """The code that somebody typed, in small letters or without dashes too; None for what is none."""
    code = _BETWEEN.sub("", typed[:LONGEST_TYPED]).upper().translate(_LOOKALIKES)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def proof_of(code: str) -> Proof:
    """The id and the secret of the response that a code is for."""
    return Proof(
        str(UUID(bytes=_made(code, b"cxm id"), version=4)), _made(code, b"cxm secret").hex()
    )


def _made(code: str, purpose: bytes) -> bytes:
    return blake2b(code.encode(), digest_size=16, person=purpose).digest()
