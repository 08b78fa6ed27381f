"""The bytes of the purchase log: journal records as they come, month blocks by column.

A purchase is the number of the alias it came with (0: nobody's), a day (i16, days since 1970-01-01), a dimension set
(u32), cents, a kind and a sign (+1 announced, -1 taken back). No receipt, no line, no identity.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from struct import Struct
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from services.kit.clock import day_date

KEPT, RETURNED_WHOLE, RETURN = 0, 1, 2
"""Kinds: a purchase of which something was kept; one that was returned as a whole later; what was returned."""
FIRST_DAY, LAST_DAY = -32_768, 32_767
"""The days that a record can have: 1880 to 2059."""
RECORD: Final = np.dtype(
    [
        ("alias", "<u4"),
        ("day", "<i2"),
        ("set", "<u4"),
        ("cents", "<i8"),
        ("kind", "u1"),
        ("sign", "i1"),
    ]
)
COLUMNS: Final = ("alias", "day", "set", "cents", "kind")
WHAT: Final = ("alias", "day", "set", "cents", "kind")
"""What a minus must have in common with the plus that it takes out."""
BLOCK_HEAD: Final = Struct("<I")
COMPRESSION_LEVEL: Final = 1

Purchases = NDArray[np.void]
"""Purchases as records, see RECORD."""


@dataclass(frozen=True, slots=True)
class Purchase:
    """One purchase or return before it is packed. Days since 1970-01-01 in the organisation's time zone."""

    alias: int
    day: int
    dimension_set: int
    cents: int
    kind: int
    sign: int

    def record(self) -> tuple[int, int, int, int, int, int]:
        return self.alias, self.day, self.dimension_set, self.cents, self.kind, self.sign


def pack(purchases: Iterable[Purchase]) -> Purchases:
    """Purchases as records."""
    return np.array([each.record() for each in purchases], RECORD)


def read_rows(rows: Iterable[bytes]) -> Purchases:
    """The purchases of journal rows."""
    return np.frombuffer(b"".join(rows), RECORD)


def join(parts: Sequence[Purchases]) -> Purchases:
    """Purchases of several parts as one."""
    return np.concatenate([np.empty(0, RECORD), *parts])


def net_out(purchases: Purchases) -> Purchases:
    """Let each minus take out one equal plus, by alias and day; minuses that came before their plus stay."""
    ordered = purchases[np.lexsort([purchases[name] for name in reversed(WHAT)])]
    if not len(ordered) or (ordered["sign"] > 0).all():
        return ordered
    is_first = np.ones(len(ordered), np.bool_)
    is_first[1:] = np.logical_or.reduce([np.diff(ordered[name]) != 0 for name in WHAT])
    starts = np.flatnonzero(is_first)
    left = np.add.reduceat(ordered["sign"].astype(np.int64), starts)
    found = np.repeat(ordered[starts], np.abs(left))
    found["sign"] = np.repeat(np.sign(left), np.abs(left))
    return found


def months_of(purchases: Purchases) -> NDArray[np.int64]:
    """Months since year 0 of each purchase."""
    days, rows = np.unique(purchases["day"], return_inverse=True)
    dates = [day_date(day) for day in days.tolist()]
    return np.array([date.year * 12 + date.month - 1 for date in dates], np.int64)[rows]


def to_block(purchases: Purchases) -> bytes:
    """A block of purchases that were all announced, by person: byte by byte of each column, compressed."""
    ordered = purchases[np.lexsort([purchases["day"], purchases["alias"]])]
    columns = [np.diff(ordered["alias"], prepend=ordered["alias"][:0].dtype.type(0))]
    columns += [ordered[name] for name in COLUMNS[1:]]
    planes = [
        np.ascontiguousarray(column).view(np.uint8).reshape(len(ordered), column.itemsize).T
        for column in columns
    ]
    body = b"".join(np.ascontiguousarray(plane).tobytes() for plane in planes)
    return BLOCK_HEAD.pack(len(ordered)) + zlib.compress(body, COMPRESSION_LEVEL)


def read_block(block: bytes) -> Purchases:
    """The purchases of a block."""
    (count,) = BLOCK_HEAD.unpack_from(block)
    body = zlib.decompress(block[BLOCK_HEAD.size :])
    found = np.empty(count, RECORD)
    start = 0
    for name in COLUMNS:
        dtype: np.dtype[Any] = RECORD[name]
        end = start + count * dtype.itemsize
        plane = np.frombuffer(body[start:end], np.uint8).reshape(dtype.itemsize, count)
        found[name] = np.ascontiguousarray(plane.T).view(dtype).ravel()
        start = end
    found["alias"] = np.cumsum(found["alias"], dtype=np.uint32)
    found["sign"] = 1
    return found
