"""Whether the cells of a wave that was measured elsewhere may be released: all of them, or none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from services.employee_exp.releases.domain.figures.statistics import PARTICIPATION
from services.employee_exp.releases.domain.measured.items import (
    INDICES,
    LEAST,
    Measure,
    Measured,
)
from services.employee_exp.releases.domain.tree import Tree
from services.kit.errors import Conflict, Failure, Invalid

MOST_NAMED: Final = 5
"""Departments that a message names."""
WHOLE: Final = 100
"""Percent."""


@dataclass(frozen=True, slots=True)
class MeasuredCell:
    """One row of a file: an item of a department. `department` is its place in the tree of today."""

    row: int
    department: int
    item: str
    measured: Measured


@dataclass(frozen=True, slots=True)
class WaveTerms:
    """What every row of a wave says alike. Days are days since 1970-01-01 in the organisation's time zone."""

    name: str
    opened_day: int
    closed_day: int


def check_terms(terms: WaveTerms, today: int) -> None:
    """Invalid unless the wave was closed after it was opened, and is over."""
    if terms.closed_day < terms.opened_day:
        raise Invalid(
            "a wave closes after it opens: closed_on must not be before opened_on",
            reason="CLOSED_BEFORE_OPENED",
            field=["closed_on"],
        )
    if terms.closed_day > today:
        raise Invalid(
            "the wave is not over: closed_on must not be after today",
            reason="DAY_OUT_OF_RANGE",
            field=["closed_on"],
        )


def find_measure(item: str, questions: Mapping[str, Measure]) -> Measure:
    """How an item is measured; `questions`: those that are known, by key. Invalid for any other."""
    measure = INDICES.get(item) or questions.get(item)
    if measure is not None:
        return measure
    known = {name.casefold(): name for name in (*questions, *INDICES)}
    near = get_close_matches(item.casefold(), known, 1)
    advice = f"; is it {known[near[0]]}?" if near else ""
    raise Invalid(
        f"an item is one of {', '.join(INDICES)}, or the key of a question about agreement or of a sensitive one,"
        f" of the standard set or of a wave{advice}",
        reason="UNKNOWN_ITEM",
        field=["item"],
    )


def check_cell(cell: MeasuredCell, measure: Measure) -> None:
    """Invalid where the value is not on the scale, the interval not around it, or there are too few people."""
    measured = cell.measured
    if not measure.low <= measured.value <= measure.high:
        raise _out_of_range(measured.value, measure)
    given = [end for end in (measured.low, measured.high) if end is not None]
    if len(given) == 1:
        raise Invalid(
            "an interval has two ends: give low and high, or none of them",
            reason="INTERVAL_INCOMPLETE",
            field=["high" if measured.high is None else "low"],
        )
    if given and not measure.low <= given[0] <= measured.value <= given[1] <= measure.high:
        raise Invalid(
            f"low, value and high come in this order, from {measure.low:g} to {measure.high:g}",
            reason="INTERVAL_MALFORMED",
            field=["low"],
        )
    answered = round(measured.value * measured.people)
    if cell.item == PARTICIPATION and answered < LEAST:
        raise too_few(LEAST, "answered")
    if cell.item != PARTICIPATION and measured.people < measure.least:
        raise too_few(measure.least, "answered")


def judge_wave(
    tree: Tree, cells: Sequence[MeasuredCell], questions: Mapping[str, Measure]
) -> dict[int, Failure]:
    """Why cells of one wave cannot be released, by row; each by itself was checked before."""
    refused: dict[int, Failure] = {}
    by_item: dict[str, dict[int, MeasuredCell]] = {}
    for cell in cells:
        known = by_item.setdefault(cell.item, {})
        if cell.department in known:
            refused[cell.row] = Invalid(
                f"row {known[cell.department].row} has this item of this department: send each once",
                reason="DUPLICATE",
                field=["department"],
            )
        else:
            known[cell.department] = cell
    shown = {d for item, found in by_item.items() if item != PARTICIPATION for d in found}
    for item, found in by_item.items():
        if item == PARTICIPATION:
            refused |= {c.row: ALONE for d, c in found.items() if d not in shown}
        else:
            refused |= _residuals(tree, found, find_measure(item, questions))
    return refused


def _residuals(
    tree: Tree, cells: Mapping[int, MeasuredCell], measure: Measure
) -> Iterator[tuple[int, Failure]]:
    """R3 of one item: who is outside of the nearest released departments below are nobody, or enough."""
    below: dict[int, list[MeasuredCell]] = {place: [] for place in cells}
    released = tree.nearest(frozenset(cells))
    for place, cell in cells.items():
        above = int(tree.parents[place])
        if above >= 0 and (nearest := int(released[above])) >= 0:
            below[nearest].append(cell)
    for place, parts in below.items():
        left = cells[place].measured.people - sum(part.measured.people for part in parts)
        if left < 0:
            yield cells[place].row, _more_below(parts)
        elif parts and 0 < left < measure.residual:
            yield cells[place].row, _too_few_outside(left, measure.residual, parts)


ALONE: Final = Conflict(
    "a participation rate is shown for departments alone of which another item is shown",
    reason="DEPARTMENT_NOT_RELEASED",
    field=["item"],
)
INCOMPLETE: Final = Conflict(
    "another row of this wave is refused, and a wave is released whole or not at all: mend that row",
    reason="WAVE_INCOMPLETE",
    field=["wave"],
)


def too_few(least: int, who: str) -> Invalid:
    return Invalid(
        f"this item is shown for groups of at least {least} people who {who}: leave the row out",
        reason="GROUP_TOO_SMALL",
        field=["n"],
    )


def _more_below(parts: Sequence[MeasuredCell]) -> Conflict:
    return Conflict(
        f"fewer people than in the departments under it together ({_rows(parts)}): n counts those below too",
        reason="MORE_BELOW",
        field=["n"],
    )


def _too_few_outside(left: int, residual: int, parts: Sequence[MeasuredCell]) -> Conflict:
    """The number is the sender's own: the file has it."""
    return Conflict(
        f"{left} of these people are outside of the departments under it that are shown ({_rows(parts)}), who could be"
        f" told by subtracting: it takes nobody or at least {residual}; leave one of those rows out",
        reason="RESIDUAL_TOO_SMALL",
        field=["n"],
    )


def _rows(parts: Sequence[MeasuredCell]) -> str:
    rows = sorted(part.row for part in parts)
    more = " ..." if len(rows) > MOST_NAMED else ""
    return ("row " if len(rows) == 1 else "rows ") + ", ".join(map(str, rows[:MOST_NAMED])) + more


def _out_of_range(value: float, measure: Measure) -> Invalid:
    is_percent = measure.high == 1 and 1 < value <= WHOLE
    advice = f"; {value:g} % is {value / WHOLE:g}" if is_percent else ""
    return Invalid(
        f"value lies between {measure.low:g} and {measure.high:g}{advice}",
        reason="VALUE_OUT_OF_RANGE",
        field=["value"],
    )
