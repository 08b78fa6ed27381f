"""Items read side by side in each response: what an index needs, as sums that add up over days and departments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from services.metrics.answer_log.layout import Item
from services.metrics.answer_log.packing import Tuples
from services.metrics.cube.series import Counts, Keep, Series, codes_of
from services.metrics.formulas.index import IndexSums, divisor_of, least_answered

CODE_SPACE = 256  # a byte
NO_NUMBER = -1
AT_ONCE = 16_384  # responses: what is added up then stays in the caches of a core
BEFORE, AFTER = 3, 3  # sums beside those of each item


@dataclass(frozen=True, slots=True)
class JointItems:
    """The items of an index as one survey asks them: what asks each, nothing or several that no response answers both.

    `points`: what an answer counts, by its code; codes without are as if nothing was answered.
    """

    name: str
    items: tuple[tuple[Item, ...], ...]
    points: Mapping[str, int]
    key: tuple[tuple[int, ...], ...] = field(init=False)

    def __post_init__(self) -> None:
        places = [tuple(item.position for item in asking) for asking in self.items]
        object.__setattr__(self, "key", tuple(places))

    @property
    def width(self) -> int:
        """How many sums there are of a response."""
        return BEFORE + len(self.items) + AFTER

    @property
    def is_enough(self) -> bool:
        """Whether a response to the survey can answer as many items as it has to."""
        return sum(map(bool, self.items)) >= least_answered(len(self.items))

    def columns(self, part: Tuples) -> Counts:
        """The sums of each response, [sum, response]; those taken back are negative."""
        points = self._table(part, self.points)
        answered = points != NO_NUMBER
        given = answered.sum(axis=0, dtype=np.int64)
        is_counted = given >= least_answered(len(self.items))
        divisor = divisor_of(len(self.items))
        score = (points * answered).sum(axis=0) * (divisor // np.maximum(given, 1)) * is_counted
        complete = given == len(self.items)
        told = points * complete
        found = np.empty((self.width, len(part)), np.int64)
        found[0], found[1], found[2] = is_counted, score, score * score
        found[3], found[BEFORE + 1 : -2] = complete, told
        found[-2], found[-1] = (told * told).sum(axis=0), told.sum(axis=0) ** 2
        if (part.sign < 0).any():
            found *= part.sign
        return found

    def _table(self, part: Tuples, values: Mapping[str, int]) -> Counts:
        """What each response's answer to each item stands for, [item, response]."""
        found = np.full((len(self.items), len(part)), NO_NUMBER, np.int64)
        for place, asking in enumerate(self.items):
            for item in asking:
                by_code = np.full(CODE_SPACE, NO_NUMBER, np.int64)
                by_code[: len(item.codes)] = [values.get(code, NO_NUMBER) for code in item.codes]
                np.maximum(found[place], by_code[codes_of(part, item)], out=found[place])
        return found

    def series(self, part: Tuples, keep: Keep | None) -> Series:
        """The running sums of responses in the order of days."""
        kept = part if keep is None else part.take(keep.sets[part.dimension_set])
        day = kept.day
        starts = np.flatnonzero(np.append(True, day[1:] != day[:-1])[: len(day)])
        ends = np.append(starts, len(day))
        return Series(day[starts], self._sums_until(kept, ends))

    def by_group(self, part: Tuples, groups: NDArray[np.int32], many: int) -> Counts:
        """The sums by group, [group, sum]; `groups` has the group of each dimension set, `many` is none."""
        group_of = groups[part.dimension_set]
        order = np.argsort(group_of, kind="stable")
        borders = np.searchsorted(group_of[order], np.arange(many + 1))
        return np.diff(self._sums_until(part.take(order), borders), axis=0)

    def _sums_until(self, part: Tuples, ends: NDArray[np.intp]) -> Counts:
        """What the first responses sum to, up to each of these numbers of them: [end, sum]."""
        found = np.zeros((len(ends), self.width), np.int64)
        total = np.zeros(self.width, np.int64)
        for low in range(0, len(part), AT_ONCE):
            sums = np.cumsum(self.columns(part.take(slice(low, low + AT_ONCE))), axis=1)
            here = (ends > low) & (ends <= low + sums.shape[1])
            found[here] = total + sums[:, ends[here] - low - 1].T
            total = total + sums[:, -1]
        return found


def index_sums(sums: Sequence[int]) -> IndexSums:
    """The sums of one cell, named."""
    responses, total, squares, complete, *items = sums
    *item_totals, answers_squared, sums_squared = items
    return IndexSums(
        responses, total, squares, complete, tuple(item_totals), answers_squared, sums_squared
    )
