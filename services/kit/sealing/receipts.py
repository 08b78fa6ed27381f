"""Receipts of an erasure: what a service erased, in a chain that shows when one of them was changed or left out."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from services.kit.clock import instant_text

ABOUT: Final = b"cxm erasure receipt\n"
"""So that no other hash under the same key is the digest of a receipt."""


@dataclass(frozen=True, slots=True)
class ErasedTable:
    """Rows of a table that are gone, that stay without the person, and that stay as they are.

    `why`: of those that stay.
    """

    table: str
    erased: int = 0
    blanked: int = 0
    kept: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class ErasureReceipt:
    """What a service erased for a request; of a count what it would erase, without digests.

    `previous`: the digest of the receipt that the service gave before, empty of its first.
    """

    request: str
    service: str
    at: datetime
    tables: Sequence[ErasedTable]
    previous: bytes = b""
    digest: bytes = b""


def sign_receipt(key: bytes, receipt: ErasureReceipt) -> ErasureReceipt:
    """The receipt with its digest: HMAC-SHA-256 of the digest before it and of all that it says."""
    return replace(receipt, digest=_digest(key, receipt))


def is_signed(key: bytes, receipt: ErasureReceipt) -> bool:
    """Whether the digest is that of this receipt."""
    return hmac.compare_digest(receipt.digest, _digest(key, receipt))


def is_chain(key: bytes, receipts: Sequence[ErasureReceipt]) -> bool:
    """Whether these are receipts of one service from its first on, none changed and none left out."""
    before = [b"", *(receipt.digest for receipt in receipts)]
    return all(
        receipt.previous == digest and is_signed(key, receipt)
        for receipt, digest in zip(receipts, before, strict=False)
    )


def _digest(key: bytes, receipt: ErasureReceipt) -> bytes:
    head = (receipt.request, receipt.service, instant_text(receipt.at, "microseconds"))
    rows = ((t.table, t.erased, t.blanked, t.kept, t.why) for t in receipt.tables)
    said = "\n".join("\t".join(map(str, line)) for line in (head, *rows))
    return hmac.digest(key, ABOUT + receipt.previous + said.encode(), "sha256")
