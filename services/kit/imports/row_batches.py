"""Batches into the service's own validated path, a few at a time, and what became of every row."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from cxm.batch.v1 import batch_pb2 as batch
from cxm.batch.v1.batch_pb2 import ImportDifference, ImportProgress, ItemResult, RefusedRow
from services.kit.errors import NEEDS_ROOM, Unavailable, printable
from services.kit.imports.batches import Batch, Refusal
from services.kit.imports.cells import quote
from services.kit.imports.format.remarks import Counted, Remarks

PATIENCE_SECONDS: Final = 30.0
FIRST_DELAY_SECONDS: Final = 0.1
LAST_DELAY_SECONDS: Final = 2.0
REFUSALS_AT_ONCE: Final = 100
MOST_DIFFERENCES: Final = 1_000  # of an import, in messages of as many as refusals
LONGEST_MESSAGE: Final = 2_000
MOST_NAMES: Final = 10
DEPARTMENTS_UNUSED: Final = "DEPARTMENTS_UNUSED"
UNUSED: Final = Counted(
    "created department has no stored row, for all that name it were refused",
    "created departments have no stored row, for all that name them were refused",
)

ItemT = TypeVar("ItemT")


async def _nothing(_: int) -> None:
    """Nothing is left to do."""


@dataclass(slots=True)
class Plan(Generic[ItemT]):
    """Where the batches go. What is created on the way is complete once they were all taken.

    In a dry run `store` says what would become of the items and stores nothing.
    """

    batches: AsyncIterator[Batch[ItemT]]
    store: Callable[[Sequence[ItemT]], Awaitable[Sequence[ItemResult]]]
    column_of: Callable[[Sequence[str], ItemT], str]
    """The column of the file behind a field path of an item."""
    in_flight: int = 0
    """Batches on their way beside the one that is waited for; 0: each is stored before the next one begins."""
    created_survey: str = ""
    created_departments: list[str] = field(default_factory=list)
    used_departments: set[str] = field(default_factory=set)
    """Those of them that a stored row needed."""
    finish: Callable[[int], Awaitable[None]] = _nothing
    """Called when every batch is stored, before the result is told, with the number of rows that are in the store."""
    differences: list[ImportDifference] = field(default_factory=list)
    """What an import that replaces changes; each is told once, and taken from here."""


@dataclass(slots=True)
class Tally:
    """Rows by what became of them; those that are left out by their cells are known from the start."""

    rows: int
    left_out: int = 0
    stored: int = 0
    already: int = 0
    refused: int = 0
    corrected: int = 0
    joined: int = 0
    differences: int = 0  # that were told

    def tell(self, refusals: Sequence[Refusal]) -> Iterator[ImportProgress]:
        """Messages with the counts so far and all refusals; at least one."""
        for start in range(0, len(refusals), REFUSALS_AT_ONCE):
            yield self._message(refusals[start : start + REFUSALS_AT_ONCE])
        if not refusals:
            yield self._message(())

    def tell_differences(self, differences: list[ImportDifference]) -> Iterator[ImportProgress]:
        """Messages with those not told yet, the first 1,000 of an import; the list is emptied."""
        told, room = 0, MOST_DIFFERENCES - self.differences
        while told < min(len(differences), room):
            message = self._message(())
            message.differences.extend(differences[told : min(told + REFUSALS_AT_ONCE, room)])
            told += len(message.differences)
            yield message
        self.differences += told
        differences.clear()

    def _message(self, refusals: Sequence[Refusal]) -> ImportProgress:
        return ImportProgress(
            rows=self.rows,
            stored=self.stored,
            already_stored=self.already,
            refused=self.refused,
            left_out=self.left_out,
            corrected=self.corrected,
            joined=self.joined,
            refusals=[
                RefusedRow(
                    row=refused.row,
                    column=printable(refused.column),
                    reason=refused.reason,
                    message=printable(refused.message[:LONGEST_MESSAGE]),
                )
                for refused in refusals
            ],
        )


async def carry_out(
    plan: Plan[ItemT], tally: Tally, remarks: Remarks
) -> AsyncIterator[ImportProgress]:
    """Store every batch; results come in the order of the batches, the last message is done and has the remarks."""
    yield next(tally.tell(()))
    async for settled, results in _store(plan):
        refusals = _count(plan, settled, results, tally)
        for progress in tally.tell(refusals):
            yield progress
        for progress in tally.tell_differences(plan.differences):
            yield progress
    await plan.finish(tally.stored + tally.already)
    unused = [name for name in plan.created_departments if name not in plan.used_departments]
    if unused:
        names = ", ".join(map(quote, unused[:MOST_NAMES])) + " ..." * (len(unused) > MOST_NAMES)
        said = Counted(f"{UNUSED.one}: {names}", f"{UNUSED.many}: {names}")
        remarks.add(DEPARTMENTS_UNUSED, said, len(unused))
    (last,) = tally.tell(())
    last.created_survey = plan.created_survey
    last.created_departments = len(plan.created_departments)
    last.created_department_names.extend(plan.created_departments[:MOST_NAMES])
    for reason, count, message in remarks:
        last.remarks.add(reason=reason, count=count, message=printable(message))
    last.done = True
    yield last


async def _store(plan: Plan[ItemT]) -> AsyncIterator[tuple[Batch[ItemT], Sequence[ItemResult]]]:
    """With batches in flight, rows are read while earlier ones are stored."""
    pending: deque[tuple[Batch[ItemT], asyncio.Task[Sequence[ItemResult]]]] = deque()
    try:
        async for drafted in plan.batches:
            pending.append((drafted, asyncio.create_task(_patiently(plan, drafted))))
            while len(pending) > plan.in_flight:
                yield pending[0][0], await pending[0][1]
                pending.popleft()
        while pending:
            yield pending[0][0], await pending[0][1]
            pending.popleft()
    finally:
        for _, task in pending:
            task.cancel()
        await asyncio.gather(*(task for _, task in pending), return_exceptions=True)


async def _patiently(plan: Plan[ItemT], drafted: Batch[ItemT]) -> Sequence[ItemResult]:
    """Store a batch, again with the same ids while something it needs is away for a moment; who waits for room waits
    for people, and is told at once."""
    if not drafted.drafts:
        return []
    items = [draft.item for draft in drafted.drafts]
    loop = asyncio.get_running_loop()
    deadline, delay = loop.time() + PATIENCE_SECONDS, FIRST_DELAY_SECONDS
    while True:
        try:
            return await plan.store(items)
        except Unavailable as away:
            if away.reason in NEEDS_ROOM or loop.time() >= deadline:
                raise
        await asyncio.sleep(delay)
        delay = min(2 * delay, LAST_DELAY_SECONDS)


def _count(
    plan: Plan[ItemT], settled: Batch[ItemT], results: Sequence[ItemResult], tally: Tally
) -> list[Refusal]:
    """Add a batch to the tally; returns its refused rows in order."""
    refusals = list(settled.refusals)
    tally.joined += settled.joined
    for draft, result in zip(settled.drafts, results, strict=True):
        if draft.made and result.status != batch.ITEM_STATUS_REFUSED:
            plan.used_departments.add(draft.made)
        if result.status == batch.ITEM_STATUS_STORED:
            tally.stored += 1
        elif result.status == batch.ITEM_STATUS_ALREADY_STORED:
            tally.already += 1
        elif result.status == batch.ITEM_STATUS_CORRECTED:
            tally.corrected += 1
        elif result.status == batch.ITEM_STATUS_LEFT_OUT:
            tally.left_out += 1
        else:
            refusals.append(_refuse(plan, draft.row, draft.item, result))
    tally.refused += len(refusals)
    return sorted(refusals, key=lambda refused: refused.row)


def _refuse(plan: Plan[ItemT], row: int, item: ItemT, result: ItemResult) -> Refusal:
    """Several reasons of one row become one line, the first one's column and reason lead."""
    first = result.refusals[0]
    messages = "; ".join(refusal.message for refusal in result.refusals)
    return Refusal(row, plan.column_of(list(first.field), item), first.reason, messages)
