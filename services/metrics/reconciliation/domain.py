"""Whether two books that go on being written say the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

TotalsKey = tuple[str, str, int]
"""Department id, survey id, and month of the local day: 12 * year + month - 1."""


class AnswerTotals(NamedTuple):
    """Answers to a question, or to one option of a choice: how many, and the sum of their scores."""

    question_id: str
    option: str  # key; "" for the question itself
    given: int
    total: int


class ControlTotals(NamedTuple):
    """What responses add up to; answers by question and option, those that nobody gave left out."""

    responses: int
    answers: tuple[AnswerTotals, ...]


NOTHING = ControlTotals(0, ())
Totals = Mapping[TotalsKey, ControlTotals]


class Quantity(Enum):
    """What is compared."""

    RESPONSES = auto()
    ANSWERS = auto()
    SUM = auto()


class ControlFigure(NamedTuple):
    """One number of a book."""

    key: TotalsKey
    question_id: str
    option: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class FigureDifference:
    """A number that was counted, and is not what is stored."""

    stored: int
    counted: int


def find_differences(
    before: Totals, counted: Totals, after: Totals
) -> Iterator[tuple[ControlFigure, FigureDifference]]:
    """Numbers of a copy that its origin, read before it and again after it, does not explain.

    What the origin did not change meanwhile must be equal, what it changed must lie between.
    """
    for key in {*before, *counted, *after}:
        books = [book.get(key, NOTHING) for book in (before, counted, after)]
        if books[0] == books[1] == books[2]:
            continue
        first, found, last = (_numbers(key, sums) for sums in books)
        for place in {*first, *found, *last}:
            edges = first.get(place, 0), last.get(place, 0)
            if not min(edges) <= found.get(place, 0) <= max(edges):
                yield place, FigureDifference(edges[1], found.get(place, 0))


def _numbers(key: TotalsKey, sums: ControlTotals) -> dict[ControlFigure, int]:
    numbers = {ControlFigure(key, "", "", Quantity.RESPONSES): sums.responses}
    for question_id, option, given, total in sums.answers:
        numbers[ControlFigure(key, question_id, option, Quantity.ANSWERS)] = given
        numbers[ControlFigure(key, question_id, option, Quantity.SUM)] = total
    return numbers
