"""Whether the control totals of two stores that go on being written agree."""

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
    """One number among control totals."""

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
        totals = [each.get(key, NOTHING) for each in (before, counted, after)]
        if totals[0] == totals[1] == totals[2]:
            continue
        first, copy, last = (_figures(key, each) for each in totals)
        for figure in {*first, *copy, *last}:
            edges = first.get(figure, 0), last.get(figure, 0)
            if not min(edges) <= copy.get(figure, 0) <= max(edges):
                yield figure, FigureDifference(edges[1], copy.get(figure, 0))


def _figures(key: TotalsKey, totals: ControlTotals) -> dict[ControlFigure, int]:
    figures = {ControlFigure(key, "", "", Quantity.RESPONSES): totals.responses}
    for question_id, option, count, total in totals.answers:
        figures[ControlFigure(key, question_id, option, Quantity.ANSWERS)] = count
        figures[ControlFigure(key, question_id, option, Quantity.SUM)] = total
    return figures
