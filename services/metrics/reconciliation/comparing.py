"""Reconciliation: what survey stores against what the answer log holds, while both go on.

Survey is added up, then the log, once everything that survey had then was applied, then survey again. A difference is
one only if it shows three times, each time with newer sums: what is taken back and given again in between explains
itself by the next time.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cxm.survey.v1.reconciliation_pb2 import StreamControlTotalsRequest, StreamControlTotalsResponse
from services.kit.db.database import Pool
from services.kit.rpc.asking import asking
from services.kit.rpc.servicing import ServiceIdentity
from services.metrics.answer_log.dictionary import Dictionary
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.answer_log.watermark import Watermarks
from services.metrics.reconciliation.domain import (
    AnswerTotals,
    ControlFigure,
    ControlTotals,
    FigureDifference,
    Totals,
    TotalsKey,
    find_differences,
)
from services.metrics.reconciliation.totals import total_log

if TYPE_CHECKING:
    from cxm.survey.v1.reconciliation_pb2_grpc import ReconciliationServiceAsyncStub

ROUNDS = 3
PAUSE_SECONDS = 2.0
ARRIVAL_SECONDS = 60.0
LONGEST_SUM_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a reconciliation found: keys that either side has, and numbers that differ."""

    compared: int
    differences: dict[ControlFigure, FigureDifference] = field(default_factory=dict)


class Reconciler:
    """Compares; changes nothing."""

    def __init__(
        self,
        pool: Pool,
        dictionary: Dictionary,
        surveys: SurveyCopy,
        watermarks: Watermarks,
        owner: "ReconciliationServiceAsyncStub",
        identity: ServiceIdentity,
    ) -> None:
        self.pool = pool
        self.dictionary = dictionary
        self.surveys = surveys
        self.watermarks = watermarks
        self.owner = owner
        self.identity = identity

    async def reconcile(self) -> Comparison:
        """Compare once, and what differs twice more. Unavailable if survey or the broker is away."""
        watermark, before = await self.read_stored({})
        comparison = Comparison(0)
        for number in range(ROUNDS):
            await asyncio.sleep(number and PAUSE_SECONDS)
            await self.watermarks.wait_applied(watermark, seconds=ARRIVAL_SECONDS)
            log = await total_log(self.pool, self.dictionary, self.surveys)
            watermark, after = await self.read_stored(before)
            differ = dict(find_differences(before, log, after))
            if number:
                differ = {
                    place: d for place, d in differ.items() if place in comparison.differences
                }
            comparison = Comparison(len(after.keys() | log.keys()), differ)
            if not differ:
                break
            before = after
        return comparison

    async def read_stored(self, known: Totals) -> tuple[int, dict[TotalsKey, ControlTotals]]:
        """The last envelope in what survey stores, and its totals; equal ones are those `known`, to save memory."""
        totals_by_key: dict[TotalsKey, ControlTotals] = {}
        watermark = 0
        with asking("the survey service"):
            async for message in self._messages():
                watermark = message.watermark
                for key, totals in _totals(message):
                    same = known.get(key)
                    totals_by_key[key] = same if same == totals else totals
        return watermark, totals_by_key

    def _messages(self) -> AsyncIterator[StreamControlTotalsResponse]:
        call = self.owner.StreamControlTotals(
            StreamControlTotalsRequest(),
            timeout=LONGEST_SUM_SECONDS,
            metadata=self.identity.metadata("survey"),
        )
        return aiter(call)


def _totals(message: StreamControlTotalsResponse) -> list[tuple[TotalsKey, ControlTotals]]:
    return [
        (
            (part.department_id, part.survey_id, part.month),
            ControlTotals(
                part.responses,
                tuple(AnswerTotals(a.question_id, a.option, a.count, a.sum) for a in part.answers),
            ),
        )
        for part in message.totals
    ]
