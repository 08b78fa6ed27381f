"""Batches of an import on their way to the store."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest

from cxm.batch.v1.batch_pb2 import ITEM_STATUS_STORED, ItemResult
from services.kit.errors import Unavailable
from services.kit.imports import row_batches
from services.kit.imports.batches import Batch, Draft
from services.kit.imports.format.remarks import Remarks
from services.kit.imports.row_batches import Plan, Tally, carry_out


async def batches() -> AsyncIterator[Batch[int]]:
    for number in range(5):
        yield Batch([Draft(number, number)])


@pytest.mark.parametrize("in_flight", [0, 2])
async def test_batches_are_stored_one_after_another_unless_some_may_fly(in_flight: int) -> None:
    """What stands in a later batch, a child of a department say, may need what is in an earlier one."""
    running = most = 0
    begun: list[int] = []

    async def store(items: Sequence[int]) -> Sequence[ItemResult]:
        nonlocal running, most
        running += 1
        most = max(most, running)
        begun.extend(items)
        for _ in range(10 - 2 * items[0]):  # the earlier, the slower
            await asyncio.sleep(0)
        running -= 1
        return [ItemResult(status=ITEM_STATUS_STORED)]

    plan = Plan(batches(), store, lambda *_: "", in_flight=in_flight)
    progress_lines = [progress async for progress in carry_out(plan, Tally(5), Remarks())]

    assert (progress_lines[-1].done, progress_lines[-1].stored, begun) == (True, 5, [0, 1, 2, 3, 4])
    assert most == in_flight + 1


@pytest.mark.parametrize(("reason", "tries"), [("DISK_FULL", 1), ("STORE_ALMOST_FULL", 1), ("", 3)])
async def test_what_waits_for_room_is_told_at_once_and_what_is_away_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, reason: str, tries: int
) -> None:
    monkeypatch.setattr(row_batches, "FIRST_DELAY_SECONDS", 0)
    calls = 0

    async def store(items: Sequence[int]) -> Sequence[ItemResult]:
        nonlocal calls
        calls += 1
        if reason or calls < tries:
            raise Unavailable("not now", reason=reason)
        return [ItemResult(status=ITEM_STATUS_STORED) for _ in items]

    plan = Plan(batches(), store, lambda *_: "")
    carried = carry_out(plan, Tally(5), Remarks())
    await anext(carried)
    if reason:
        with pytest.raises(Unavailable):
            await anext(carried)
    else:
        await anext(carried)

    assert calls == tries
