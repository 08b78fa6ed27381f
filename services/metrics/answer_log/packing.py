"""The bytes of the answer log: journal records as they come, blocks by column.

A response is a day (u16, days since 1970-01-01), a dimension set (u32), a sign (+1 given, -1 taken back) and
one byte per question: an index into the question's codes, 255 for not answered. Both forms start with the
number of questions, since layouts grow.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from struct import Struct

import numpy as np
from numpy.typing import NDArray

NOT_ANSWERED = 255
RECORD_HEAD = Struct("<HIb")
BLOCK_HEAD = Struct("<BI")
COMPRESSION_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Tuples:
    """Responses by column: day[n], dimension_set[n], sign[n], codes[question, n]."""

    day: NDArray[np.uint16]
    dimension_set: NDArray[np.uint32]
    sign: NDArray[np.int8]
    codes: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.day)

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_] | slice) -> "Tuples":
        """Some of the responses, in the order given."""
        return Tuples(
            self.day[rows], self.dimension_set[rows], self.sign[rows], self.codes[:, rows]
        )

    def by_day(self) -> "Tuples":
        """The same responses in the order of days."""
        if np.all(self.day[:-1] <= self.day[1:]):
            return self
        return self.take(np.argsort(self.day, kind="stable"))


def empty() -> Tuples:
    """No responses to no questions."""
    return Tuples(
        np.empty(0, np.uint16),
        np.empty(0, np.uint32),
        np.empty(0, np.int8),
        np.empty((0, 0), np.uint8),
    )


def record(day: int, dimension_set: int, sign: int, codes: bytes | bytearray) -> bytes:
    """One response of a journal row."""
    return RECORD_HEAD.pack(day, dimension_set, sign) + codes


def journal_row(questions: int, records: Sequence[bytes]) -> bytes:
    """A journal row of records that answer the same number of questions."""
    return bytes((questions,)) + b"".join(records)


def read_journal_row(row: bytes) -> Tuples:
    """The responses of a journal row."""
    questions = row[0]
    fields = [("day", "<u2"), ("set", "<u4"), ("sign", "i1"), ("codes", "u1", (questions,))]
    table = np.frombuffer(row, dtype=np.dtype(fields), offset=1)
    return Tuples(
        table["day"].copy(),
        table["set"].copy(),
        table["sign"].copy(),
        np.ascontiguousarray(table["codes"].T),
    )


def read_journal_rows(rows: Sequence[bytes]) -> Tuples:
    """The responses of several journal rows."""
    if len({row[0] for row in rows}) == 1:
        return read_journal_row(b"".join([rows[0], *(row[1:] for row in rows[1:])]))
    return join([read_journal_row(row) for row in rows])


def to_journal_row(tuples: Tuples) -> bytes:
    """A journal row of responses by column."""
    records = [
        record(day, dimension_set, sign, codes.tobytes())
        for day, dimension_set, sign, codes in zip(
            tuples.day.tolist(),
            tuples.dimension_set.tolist(),
            tuples.sign.tolist(),
            tuples.codes.T,
            strict=True,
        )
    ]
    return journal_row(len(tuples.codes), records)


def to_block(tuples: Tuples) -> bytes:
    """A block of responses that were all given: columns in the order of days, compressed."""
    ordered = tuples.by_day()
    columns = [ordered.day, ordered.dimension_set, ordered.codes]
    body = b"".join(np.ascontiguousarray(column).tobytes() for column in columns)
    head = BLOCK_HEAD.pack(len(ordered.codes), len(ordered))
    return head + zlib.compress(body, COMPRESSION_LEVEL)


def read_block(block: bytes) -> Tuples:
    """The responses of a block."""
    questions, count = BLOCK_HEAD.unpack_from(block)
    body = zlib.decompress(block[BLOCK_HEAD.size :])
    codes = np.frombuffer(body, np.uint8, questions * count, offset=6 * count)
    return Tuples(
        np.frombuffer(body, "<u2", count),
        np.frombuffer(body, "<u4", count, offset=2 * count),
        np.ones(count, np.int8),
        codes.reshape(questions, count),
    )


def join(parts: Sequence[Tuples]) -> Tuples:
    """Responses of several parts as one; questions a part did not know are not answered."""
    if len(parts) == 1:
        return parts[0]
    questions = max((len(part.codes) for part in parts), default=0)
    return Tuples(
        np.concatenate([np.empty(0, np.uint16), *(part.day for part in parts)]),
        np.concatenate([np.empty(0, np.uint32), *(part.dimension_set for part in parts)]),
        np.concatenate([np.empty(0, np.int8), *(part.sign for part in parts)]),
        np.concatenate(
            [np.empty((questions, 0), np.uint8), *(_widened(p, questions) for p in parts)], axis=1
        ),
    )


def _widened(part: Tuples, questions: int) -> NDArray[np.uint8]:
    missing = questions - len(part.codes)
    if not missing:
        return part.codes
    return np.pad(part.codes, ((0, missing), (0, 0)), constant_values=NOT_ANSWERED)
