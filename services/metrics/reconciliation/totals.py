"""What the answer log holds adds up to, read from its tables and not from memory."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from services.kit.db.database import Pool
from services.metrics.answer_log.compaction import months_of
from services.metrics.answer_log.dictionary import Dictionary
from services.metrics.answer_log.kinds import QuestionKind
from services.metrics.answer_log.layout import QUESTION, YES_NO, Cell, Item, Layout
from services.metrics.answer_log.packing import Tuples
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.cube.cube import read_partition
from services.metrics.reconciliation.domain import AnswerTotals, ControlTotals, TotalsKey

CODE_SPACE = 256  # a byte
DONT_KNOW = "DONT_KNOW"

Counts = NDArray[np.int64]
"""How often each byte stands at a position: [month, byte]."""


async def total_log(
    pool: Pool, dictionary: Dictionary, surveys: SurveyCopy
) -> dict[TotalsKey, ControlTotals]:
    """The sums of everything in the log, a department and survey at a time."""
    totals: dict[TotalsKey, ControlTotals] = {}
    pairs = await pool.fetch("SELECT department_id, survey_id FROM metrics_standing")
    await dictionary.load()
    await surveys.refresh()
    for department, survey in pairs:
        async with pool.acquire() as connection:
            partition = await read_partition(connection, department, survey)
        layout = surveys.by_number[survey]
        by_month = await asyncio.to_thread(total_by_month, partition.base, layout)
        for month, month_totals in by_month.items():
            totals[dictionary.values[department], layout.id, month] = month_totals
    return totals


def total_by_month(tuples: Tuples, layout: Layout) -> dict[int, ControlTotals]:
    """The sums of responses to one survey, by month."""
    months, place = np.unique(months_of(tuples), return_inverse=True)
    responses = _count(place, tuples.sign, len(months))
    by_position = [
        _count(place * CODE_SPACE + codes, tuples.sign, len(months) * CODE_SPACE).reshape(
            len(months), CODE_SPACE
        )
        for codes in tuples.codes
    ]
    answers: dict[int, list[AnswerTotals]] = defaultdict(list)
    for item in layout.items.values():
        for option, counts, sums in _items(item, by_position, len(months)):
            for row in np.flatnonzero(counts | sums).tolist():
                one = AnswerTotals(item.question_id, option, int(counts[row]), int(sums[row]))
                answers[row].append(one)
    return {
        month: ControlTotals(int(responses[row]), tuple(sorted(answers[row])))
        for row, month in enumerate(months.tolist())
    }


def _count(keyed: NDArray[np.int64], sign: NDArray[np.int8], size: int) -> Counts:
    weights = sign if (sign < 0).any() else None
    return np.bincount(keyed, weights, size).astype(np.int64)


def _items(
    item: Item, by_position: Sequence[Counts], months: int
) -> list[tuple[str, Counts, Counts]]:
    """By option, or for the question itself: answers and the sum of their scores, by month."""

    def count_cell(cell: Cell) -> Counts:
        if cell.position < len(by_position):
            return by_position[cell.position][:, cell.byte]
        return np.zeros(months, np.int64)  # asked later

    by_code = {code: count_cell(cell) for code, cell in item.cells.items()}
    if item.kind == QuestionKind.SINGLE_CHOICE:
        return [(code, counts, counts) for code, counts in by_code.items()]
    if item.option != QUESTION:
        no, yes = (by_code[code] for code in YES_NO)
        return [(item.option, no + yes, yes)]
    scores = np.array([0 if code == DONT_KNOW else int(code) for code in by_code])
    counts = np.stack(list(by_code.values()))
    return [(QUESTION, counts.sum(axis=0), scores @ counts)]
