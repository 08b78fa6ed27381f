"""What is announced of purchases: each image of a row, and which purchases were returned as a whole."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple


class RowKey(NamedTuple):
    """By what a purchase is known where it is stored."""

    alias: int
    at: datetime
    mark: int


@dataclass(frozen=True, slots=True)
class PurchaseImage:
    """A purchase or a return as it counts; departments and touchpoints by id, None for what it does not have."""

    key: RowKey
    return_of: int | None
    department_id: str
    touchpoint_id: str | None
    stage: str | None
    channel: str | None
    local_day: int
    cents: int
    is_return: bool
    is_returned_whole: bool = False


@dataclass(frozen=True, slots=True)
class ImageChange:
    """An image that is there from now on (+1), or no more (-1)."""

    image: PurchaseImage
    sign: int


def announced(changes: Iterable[ImageChange], whole: set[RowKey]) -> Iterator[ImageChange]:
    """Changes of rows as they are announced: what was announced as returned whole is taken back as that.

    `whole`: the keys of those; what is taken back leaves it.
    """
    for change in changes:
        key = change.image.key
        if change.sign < 0 and not change.image.is_return and key in whole:
            whole.discard(key)
            yield replace(change, image=replace(change.image, is_returned_whole=True))
        else:
            yield change


def turned(purchases: Iterable[PurchaseImage], whole: set[RowKey]) -> Iterator[ImageChange]:
    """Purchases as they stand, of those that were announced otherwise: taken back, and announced as they are.

    `whole` is brought to how they stand.
    """
    for purchase in purchases:
        key, is_whole = purchase.key, purchase.is_returned_whole
        if (key in whole) == is_whole:
            continue
        (whole.add if is_whole else whole.discard)(key)
        yield ImageChange(replace(purchase, is_returned_whole=not is_whole), -1)
        yield ImageChange(purchase, 1)
