"""Ids of responses: as clients make them, of imported rows, and as exports show them.

The last two are keyed: by nobody but the deployment can they be made, or turned back.
"""

import hmac
import re
from hashlib import blake2b
from uuid import UUID

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_ROW = re.compile(r"[0-9a-f]{32}", re.ASCII)
_VERSION, _VARIANT = 14, 19  # places of the digits that say what kind of UUID it is
_ROUNDS = 4
_HALF = 8


def read_id(text: str) -> str | None:
    """The id in its one spelling; None if it is no UUID."""
    return text.lower() if _UUID.fullmatch(text) else None


def import_id(key: bytes, name: str) -> str:
    """The id of an imported row of this name: 121 bits of an HMAC, in a form that no other UUID has."""
    said = hmac.digest(key, b"import\n" + name.encode(), "sha256")[:16].hex()
    variant = "f" if int(said[16], 16) % 2 else "e"
    return f"{said[:8]}-{said[8:12]}-8{said[13:16]}-{variant}{said[17:20]}-{said[20:]}"


def importer_of(key: bytes, subject: str) -> int:
    """What is kept of whose import a row is: 64 bits of an HMAC, by which nobody else's subject is known again."""
    digest = hmac.digest(key, b"importer\n" + subject.encode("utf-8", "surrogatepass"), "sha256")
    return int.from_bytes(digest[:8], signed=True) or 1  # 0: nobody's


def is_import_id(response_id: str) -> bool:
    """Whether an id is an imported row's: version 8 (of one's own making), variant 111 (reserved, so nobody's)."""
    return response_id[_VERSION] == "8" and response_id[_VARIANT] in "ef"


def row_id(key: bytes, response_id: str) -> str:
    """What an export shows in the place of a response's id: the same each time, and no help to find the id.

    The halves of the id are mixed in four rounds of a keyed hash (Luby and Rackoff), so `shown_id` finds the way back.
    """
    left, right = _halves(UUID(response_id).bytes)
    for number in range(_ROUNDS):
        left, right = right, left ^ _round(key, number, right)
    return f"{left:016x}{right:016x}"


def is_row_id(text: str) -> bool:
    """Whether a text is what `row_id` makes."""
    return _ROW.fullmatch(text) is not None


def shown_id(key: bytes, row: str) -> str | None:
    """The id of the response that an export shows as this row; None if it shows none so."""
    if not is_row_id(row):
        return None
    left, right = _halves(bytes.fromhex(row))
    for number in reversed(range(_ROUNDS)):
        left, right = right ^ _round(key, number, left), left
    return str(UUID(int=left << 8 * _HALF | right))


def _halves(block: bytes) -> tuple[int, int]:
    return int.from_bytes(block[:_HALF]), int.from_bytes(block[_HALF:])


def _round(key: bytes, number: int, half: int) -> int:
    made = blake2b(
        half.to_bytes(_HALF), digest_size=_HALF, key=key, person=b"export row %d" % number
    )
    return int.from_bytes(made.digest())
