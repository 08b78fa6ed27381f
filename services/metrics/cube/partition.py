"""A partition: the responses of one department and survey in memory, and the ways to count them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

import numpy as np
from numpy.typing import NDArray

from services.metrics.answer_log.layout import Item
from services.metrics.answer_log.packing import Tuples, empty, join
from services.metrics.cube.joint import JointItems
from services.metrics.cube.series import Counts, Days, Keep, Series, SeriesStore, Sums, codes_of

MERGE_FROM = 512
CODE_SPACE = 256  # a byte
ALL: tuple[int, ...] = ()

_stamps = count(1)


def _stamp() -> int:
    """Names one content of responses: another content has another stamp."""
    return next(_stamps)


@dataclass(slots=True)
class Partition:
    """The responses of one department and survey, as of a revision of its standing row."""

    revision: int
    base: Tuples
    tail: Tuples
    base_stamp: int = field(default_factory=_stamp)
    tail_stamp: int = field(default_factory=_stamp)
    used_by_base: tuple[int, Counts] = (
        0,
        np.zeros(0, np.int64),
    )  # responses by dimension set, and of which stamp

    def append(self, news: Tuples, revision: int) -> None:
        """Add what the journal brought; the tail is merged before it grows long."""
        self.revision = revision
        self.tail = join([self.tail, news]).by_day()
        self.tail_stamp = _stamp()
        if len(self.tail) > max(MERGE_FROM, len(self.base) // 8):
            self.base = join([self.base, self.tail]).by_day()
            self.tail = empty()
            self.base_stamp = _stamp()

    def before(self, edges: Days, item: Item, keep: Keep | None, store: SeriesStore) -> Sums:
        """Answers to an item before each of these days: [edge, code]."""
        found = _series(self.base, self.base_stamp, item, keep, store).before(edges)
        if len(self.tail):
            found = found + _series(self.tail, self.tail_stamp, item, keep, store).before(edges)
        return found

    def by_group(self, edges: Days, item: Item, groups: NDArray[np.int32], many: int) -> Counts:
        """Answers to an item between two days: [group, code].

        `groups` has the group of each dimension set; those of group `many` do not count.
        """
        return _by_group(self.base, edges, item, groups, many) + _by_group(
            self.tail, edges, item, groups, many
        )

    def joint_before(
        self, edges: Days, joint: JointItems, keep: Keep | None, store: SeriesStore
    ) -> Sums:
        """Sums of items side by side before each of these days: [edge, sum]."""
        found = _joint_series(self.base, self.base_stamp, joint, keep, store).before(edges)
        if len(self.tail):
            tail = _joint_series(self.tail, self.tail_stamp, joint, keep, store)
            found = found + tail.before(edges)
        return found

    def joint_by_group(
        self, edges: Days, joint: JointItems, groups: NDArray[np.int32], many: int
    ) -> Counts:
        """Sums of items side by side between two days: [group, sum]; groups as in `by_group`."""
        found = np.zeros((many, joint.width), np.int64)
        for part in (self.base, self.tail):
            low, high = np.searchsorted(part.day, edges)
            if low < high:
                found += joint.by_group(part.take(slice(low, high)), groups, many)
        return found

    def by_period(self, edges: Days, item: Item) -> Counts:
        """Answers to an item between each two of these days: [period, code]."""
        return _by_period(self.base, edges, item) + _by_period(self.tail, edges, item)

    def used_sets(self, many: int) -> NDArray[np.bool_]:
        """Which dimension sets, by number below `many`, some response has that was not taken back."""
        if self.used_by_base[0] != self.base_stamp:
            self.used_by_base = (self.base_stamp, _by_set(self.base))
        counts = np.zeros(many, np.int64)
        for found in (self.used_by_base[1], _by_set(self.tail)):
            counts[: len(found)] += found
        used: NDArray[np.bool_] = counts > 0
        return used

    def count(self, edges: Days, widths: Sequence[int]) -> Counts:
        """Answers by period and code; codes of all positions side by side."""
        return _count(self.base, edges, widths) + _count(self.tail, edges, widths)


def _by_set(part: Tuples) -> Counts:
    """Responses by dimension set."""
    counts: Counts = np.bincount(part.dimension_set, part.sign).astype(np.int64)
    return counts


def _series(part: Tuples, stamp: int, item: Item, keep: Keep | None, store: SeriesStore) -> Series:
    key = (stamp, item.position, len(item.codes), keep.key if keep is not None else ALL)
    return store.get(key, lambda: Series.of(part, item, keep))


def _joint_series(
    part: Tuples, stamp: int, joint: JointItems, keep: Keep | None, store: SeriesStore
) -> Series:
    key = (stamp, joint.name, joint.key, keep.key if keep is not None else ALL)
    return store.get(key, lambda: joint.series(part, keep))


def _by_group(
    part: Tuples, edges: Days, item: Item, groups: NDArray[np.int32], many: int
) -> Counts:
    low, high = np.searchsorted(part.day, edges)
    rows = part.take(slice(low, high))
    width = len(item.codes) + 1  # one more for not answered
    codes = np.minimum(codes_of(rows, item), width - 1)
    keyed = groups[rows.dimension_set] * width + codes
    weights = rows.sign if (rows.sign < 0).any() else None
    counted = np.bincount(keyed, weights, (many + 1) * width)
    counts: Counts = counted.reshape(many + 1, width)[:many, :-1].astype(np.int64)
    return counts


def _by_period(part: Tuples, edges: Days, item: Item) -> Counts:
    periods, width = len(edges) - 1, len(item.codes) + 1  # one more for not answered
    low, high = np.searchsorted(part.day, edges[[0, -1]])
    rows = part.take(slice(low, high))
    cell = np.searchsorted(edges[1:-1], rows.day, side="right")
    keyed = cell * width + np.minimum(codes_of(rows, item), width - 1)
    weights = rows.sign if (rows.sign < 0).any() else None
    counted = np.bincount(keyed, weights, periods * width)
    counts: Counts = counted.reshape(periods, width)[:, :-1].astype(np.int64)
    return counts


def _count(part: Tuples, edges: Days, widths: Sequence[int]) -> Counts:
    """Answers of responses in the order of days: [period, code]."""
    periods = len(edges) - 1
    low, high = np.searchsorted(part.day, edges[[0, -1]])
    cell = np.searchsorted(edges[1:-1], part.day[low:high], side="right")
    sign = part.sign[low:high]
    weights = sign if (sign < 0).any() else None
    columns: list[NDArray[np.generic]] = [np.zeros((periods, 0))]
    for position, width in enumerate(widths):
        if position < len(part.codes):
            keyed = cell * CODE_SPACE + part.codes[position, low:high]
            counted = np.bincount(keyed, weights, periods * CODE_SPACE)
            columns.append(counted.reshape(periods, CODE_SPACE)[:, :width])
        else:
            columns.append(np.zeros((periods, width)))
    counts: Counts = np.concatenate(columns, axis=1).astype(np.int64)
    return counts
