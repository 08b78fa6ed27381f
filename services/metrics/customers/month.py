"""The purchases of one department and month in memory, and who made them."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from services.metrics.customers.packing import KEPT, RETURN, Purchases, join, net_out
from services.metrics.customers.persons import Persons
from services.metrics.formulas.customers.sales import SaleCounts

Rows = NDArray[np.bool_]
LARGEST = np.iinfo(np.int64).max


class Month:
    """Purchases by person, each minus beside the plus that it waits for; never changed, so it may be remembered."""

    def __init__(self, purchases: Purchases) -> None:
        self.purchases = net_out(purchases)
        self.known: tuple[int, BitMap] | None = None

    def with_more(self, news: Purchases) -> "Month":
        """The same with what was announced since."""
        return Month(join([self.purchases, news]))

    def persons(self, persons: Persons) -> BitMap:
        """Who bought here and kept something, as persons are now."""
        if self.known is None or self.known[0] != persons.revision:
            self.known = persons.revision, persons.of(self._aliases)
        return self.known[1]

    def persons_of(self, rows: Rows, persons: Persons) -> BitMap:
        """The same of some rows."""
        return persons.of(_aliases(self.purchases[rows]))

    @cached_property
    def _aliases(self) -> BitMap:
        return _aliases(self.purchases)

    @cached_property
    def counts(self) -> SaleCounts:
        """Of all rows; buyers are left out."""
        return counts_of(self.purchases)

    def rows(self, from_day: int, to_day: int, sets: Rows | None) -> Rows:
        """Which purchases were made on the days [from_day, to_day), with one of these dimension sets."""
        day = self.purchases["day"]
        rows: Rows = (day >= from_day) & (day < to_day)
        return rows if sets is None else rows & sets[self.purchases["set"]]


def counts_of(purchases: Purchases) -> SaleCounts:
    """Of some purchases; buyers are left out, for they do not add up."""
    cents = purchases["cents"] * purchases["sign"].astype(np.int64)
    is_return = purchases["kind"] == RETURN
    bought = ~is_return
    return SaleCounts(
        int(purchases["sign"][bought].sum(dtype=np.int64)),
        int(cents[bought].sum()),
        _squares(purchases["cents"][bought], purchases["sign"][bought]),
        int(cents[is_return].sum()),
    )


def _squares(cents: NDArray[np.int64], signs: NDArray[np.int8]) -> int:
    """The sum of squares, exactly; where 64 bits may not hold it, number by number."""
    largest = max(map(abs, (int(cents.min(initial=0)), int(cents.max(initial=0)))))
    if largest**2 * len(cents) <= LARGEST:
        return int((cents * cents * signs).sum())
    return sum(each**2 * sign for each, sign in zip(cents.tolist(), signs.tolist(), strict=True))


def _aliases(purchases: Purchases) -> BitMap:
    kept = (purchases["kind"] == KEPT) & (purchases["sign"] > 0) & (purchases["alias"] > 0)
    return BitMap(np.unique(purchases["alias"][kept]))
