"""What a dry run of a file remembers of the purchases above, for what came back of them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from struct import Struct
from typing import Final

from services.kit.imports.identity import KEYS_IN_MEMORY, LastSaid
from services.profile.purchases.domain import Sold, StoredPurchase

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
MARK: Final = Struct("<q")
SOLD: Final = Struct("<qqq")


class SoldBefore:
    """Purchases by their marks, in flat memory however many there are."""

    def __init__(self, most_in_memory: int = KEYS_IN_MEMORY) -> None:
        self.said = LastSaid(most_in_memory)

    def add(self, sales: Iterable[StoredPurchase]) -> None:
        """Remember purchases; of one mark the first."""
        for sale in sales:
            if self.said.of(MARK.pack(sale.key.mark)) is None:
                self.keep({sale.key.mark: Sold(sale.key.at, sale.cents)})

    def find(self, marks: Collection[int]) -> dict[int, Sold]:
        """Those that are remembered; a change of them is to be kept."""
        found = ((mark, self.said.of(MARK.pack(mark))) for mark in marks)
        return {mark: _unpack(said) for mark, said in found if said is not None}

    def keep(self, sold: Mapping[int, Sold]) -> None:
        """Remember purchases as they are now."""
        for mark, each in sold.items():
            said = SOLD.pack((each.at - EPOCH) // MICROSECOND, each.cents, each.returned)
            self.said.say(MARK.pack(mark), said)


def _unpack(said: bytes) -> Sold:
    at, cents, returned = SOLD.unpack(said)
    return Sold(EPOCH + at * MICROSECOND, cents, returned)
