"""Running sums of the answers to one question: what a read of many periods needs of a partition.

A series is made at its first read, for all responses or for those a filter keeps, and remembered while there is
room. It holds the days on which something was answered, and no others.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.metrics.answer_log.layout import Item
from services.metrics.answer_log.packing import NOT_ANSWERED, Tuples

Counts = NDArray[np.int64]
Days = NDArray[np.uint16]
Sums = NDArray[np.int32] | NDArray[np.int64]

MOST_BYTES = 256 << 20
"""Of all series together, in one process."""
OVERHEAD_BYTES = 400
"""Of one series, besides its numbers."""


@dataclass(frozen=True, slots=True)
class Keep:
    """The dimension sets whose responses count; `key` says the same in few numbers."""

    key: tuple[int, ...]
    sets: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Series:
    """sums[i] holds the answers by code before days[i]; the last row holds all."""

    days: Days
    sums: Sums

    @classmethod
    def of(cls, part: Tuples, item: Item, keep: Keep | None) -> "Series":
        """The series of responses in the order of days."""
        codes = codes_of(part, item)
        answered = codes != NOT_ANSWERED
        if keep is not None:
            answered &= keep.sets[part.dimension_set]
        rows = np.flatnonzero(answered)
        day, sign = part.day[rows], part.sign[rows]
        starts = np.flatnonzero(np.diff(day, prepend=day[:1] - 1)) if len(day) else rows
        place = np.zeros(len(day), np.int64)
        place[starts[1:]] = 1
        keyed = np.cumsum(place) * len(item.codes) + codes[rows]
        cells = len(starts) * len(item.codes)
        by_day = np.bincount(keyed, sign if (sign < 0).any() else None, cells)
        sums = np.zeros((len(starts) + 1, len(item.codes)), np.int32)
        np.cumsum(by_day.reshape(-1, len(item.codes)), axis=0, out=sums[1:], dtype=np.int32)
        return cls(day[starts], sums)

    def before(self, edges: Days) -> Sums:
        """Answers before each of these days: [edge, code]."""
        return self.sums[np.searchsorted(self.days, edges)]

    @property
    def bytes(self) -> int:
        return self.days.nbytes + self.sums.nbytes + OVERHEAD_BYTES


SeriesKey = tuple[int, int | str, int | tuple[tuple[int, ...], ...], tuple[int, ...]]
"""Stamp of the responses, position and number of codes of the item, key of the filter.

Of several items side by side: the name of what reads them so, and their positions.
"""


class SeriesStore:
    """The series read last; those that were not read for longest make room."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self.kept: OrderedDict[SeriesKey, Series] = OrderedDict()

    def get(self, key: SeriesKey, make: Callable[[], Series]) -> Series:
        """The series of a key, made now if it is not there."""
        series = self.kept.get(key)
        if series is not None:
            self.kept.move_to_end(key)
            return series
        series = self.kept[key] = make()
        self.bytes += series.bytes
        while self.bytes > self.most_bytes and len(self.kept) > 1:
            self.bytes -= self.kept.popitem(last=False)[1].bytes
        return series


def codes_of(part: Tuples, item: Item) -> NDArray[np.uint8]:
    """Each response's answer as an index into the item's codes; NOT_ANSWERED for none."""
    positions = {cell.position for cell in item.cells.values()}
    if len(positions) == 1:
        return _column(part, item.position)
    found = np.full(len(part), NOT_ANSWERED, np.uint8)
    for index, code in enumerate(item.codes):
        cell = item.cells[code]
        found[_column(part, cell.position) == cell.byte] = index
    return found


def _column(part: Tuples, position: int) -> NDArray[np.uint8]:
    if position < len(part.codes):
        column: NDArray[np.uint8] = part.codes[position]
        return column
    return np.full(len(part), NOT_ANSWERED, np.uint8)
