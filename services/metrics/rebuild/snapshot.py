"""Every response that survey stores, taken over by column and packed into blocks."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cxm.survey.v1.events_pb2 import ScoredAnswer
from cxm.survey.v1.reconciliation_pb2 import StreamFactsResponse
from services.metrics.answer_log.compaction import months_of
from services.metrics.answer_log.convert import answers_of, collect_answers, key_of
from services.metrics.answer_log.dictionary import DEPARTMENT, Dictionary
from services.metrics.answer_log.interning import intern_named
from services.metrics.answer_log.layout import Layout
from services.metrics.answer_log.packing import NOT_ANSWERED, Tuples, join, to_block
from services.metrics.answer_log.surveys import SurveyCopy


class Block(NamedTuple):
    """A row of metrics_block."""

    department_id: int
    survey_id: int
    month: int
    responses: int
    answers: bytes


class Snapshot:
    """What came so far; in memory, about 17 bytes per response with three questions, and 45 while they are packed."""

    def __init__(self, dictionary: Dictionary, surveys: SurveyCopy) -> None:
        self.dictionary = dictionary
        self.surveys = surveys
        self.parts: dict[int, list[tuple[NDArray[np.int32], Tuples]]] = defaultdict(list)
        self.responses = 0

    async def add(self, message: StreamFactsResponse) -> None:
        """Take responses over; errors as `intern_named`."""
        survey = np.array(message.survey, np.int64)
        answer = np.array(message.answer, np.int64)
        pairs = _pairs(survey, answer)
        await intern_named(
            self.dictionary,
            self.surveys,
            message.department_ids,
            map(key_of, message.dimensions),
            collect_answers((message.survey_ids[s], message.answers[a].answers) for s, a in pairs),
        )
        numbers = [self.dictionary.known(DEPARTMENT)[id_] for id_ in message.department_ids]
        sets = [self.dictionary.sets[key_of(dimensions)] for dimensions in message.dimensions]
        department = np.array(numbers, np.int32)[np.array(message.department, np.int64)]
        dimension_set = np.array(sets, np.uint32)[np.array(message.dimension_set, np.int64)]
        day = np.array(message.local_day, np.uint16)
        for place, survey_id in enumerate(message.survey_ids):
            layout = self.surveys.layouts[survey_id]
            rows = np.flatnonzero(survey == place)
            given, of_row = np.unique(answer[rows], return_inverse=True)
            codes = [answer_bytes(layout, message.answers[a].answers) for a in given.tolist()]
            table = np.frombuffer(b"".join(codes), np.uint8).reshape(len(codes), len(layout.widths))
            sign = np.ones(len(rows), np.int8)
            tuples = Tuples(day[rows], dimension_set[rows], sign, table[of_row].T)
            self.parts[layout.survey].append((department[rows], tuples))
        self.responses += len(survey)

    async def pack(self) -> list[Block]:
        """The blocks of everything that came; what came is forgotten."""
        blocks: list[Block] = []
        while self.parts:
            survey, parts = self.parts.popitem()
            blocks += await asyncio.to_thread(lambda s, p: list(blocks_of(s, p)), survey, parts)
        return blocks


def _pairs(survey: NDArray[np.int64], answer: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Each pair of places once."""
    both = np.unique(survey << 32 | answer)
    return [(pair >> 32, pair & 0xFFFFFFFF) for pair in both.tolist()]


def answer_bytes(layout: Layout, answers: Sequence[ScoredAnswer]) -> bytes:
    """The bytes of a response that gave these answers, which all have their places."""
    codes = bytearray([NOT_ANSWERED]) * len(layout.widths)
    for answer in answers:
        for value in answers_of(answer):
            cell = layout.cells[answer.question_id][value]
            codes[cell.position] = cell.byte
    return bytes(codes)


def blocks_of(survey: int, parts: Sequence[tuple[NDArray[np.int32], Tuples]]) -> Iterator[Block]:
    """The responses to a survey, in blocks by department and month."""
    department = np.concatenate([numbers for numbers, _ in parts])
    tuples = join([part for _, part in parts])
    order = np.argsort(department, kind="stable")
    for of_department in _runs(department[order]):
        rows = tuples.take(order[of_department]).by_day()
        number = int(department[order[of_department.start]])
        months = months_of(rows)
        for of_month in _runs(months):
            block = rows.take(of_month)
            month = int(months[of_month.start])
            yield Block(number, survey, month, len(block), to_block(block))


def _runs(values: NDArray[np.integer[Any]]) -> Iterator[slice]:
    """Where the same value stands side by side."""
    borders = [0, *(np.flatnonzero(np.diff(values)) + 1).tolist(), len(values)]
    return (slice(low, high) for low, high in pairwise(borders) if low < high)
