import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import pytest

from services.kit.errors import Unavailable
from services.kit.groups.group_commit import GroupCommit


class Store:
    """Stores groups; each commit waits until it is let through."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.began = asyncio.Event()
        self.gate = asyncio.Semaphore(0)
        self.broken = False

    async def commit(self, items: Sequence[int]) -> Sequence[str]:
        self.began.set()
        await self.gate.acquire()
        if self.broken:
            raise Unavailable("the store is away")
        self.groups.append(list(items))
        return [f"stored {item}" for item in items]


@asynccontextmanager
async def running(store: Store, largest: int = 10) -> AsyncIterator[GroupCommit[int, str]]:
    group = GroupCommit(store.commit, largest=largest)
    yield group
    if group.work is not None:
        group.work.cancel()
        with suppress(asyncio.CancelledError):
            await group.work


async def queued(group: GroupCommit[int, str], *items: int) -> "asyncio.Task[Sequence[str]]":
    """A caller that has put its items into the queue."""
    task = asyncio.create_task(group.submit(items))
    await asyncio.sleep(0)  # a new task runs up to its first wait
    assert any(waiting == items for waiting, _ in group.queue)
    return task


async def under_way(store: Store, group: GroupCommit[int, str]) -> "asyncio.Task[Sequence[str]]":
    """A caller whose commit has begun, so that whoever comes next must queue."""
    task = asyncio.create_task(group.submit([0]))
    await store.began.wait()
    return task


async def test_what_queues_during_a_commit_goes_into_the_next_one() -> None:
    store = Store()
    async with running(store) as group:
        first = await under_way(store, group)
        callers = [await queued(group, 1), await queued(group, 2, 3), await queued(group, 4)]
        store.gate.release()
        store.gate.release()

        assert await first == ["stored 0"]
        assert [await caller for caller in callers] == [
            ["stored 1"],
            ["stored 2", "stored 3"],
            ["stored 4"],
        ]
        assert store.groups == [[0], [1, 2, 3, 4]]


async def test_a_group_is_never_larger_than_the_largest_and_no_caller_is_split() -> None:
    store = Store()
    async with running(store, largest=4) as group:
        callers = [await under_way(store, group)]
        callers += [await queued(group, 1, 2, 3), await queued(group, 4, 5), await queued(group, 6)]
        for _ in range(3):
            store.gate.release()
        await asyncio.gather(*callers)

        assert store.groups == [[0], [1, 2, 3], [4, 5, 6]]


async def test_a_caller_that_leaves_cancels_only_its_own_wait() -> None:
    store = Store()
    async with running(store) as group:
        first = await under_way(store, group)
        leaver, stayer = await queued(group, 1), await queued(group, 2)
        leaver.cancel()
        first.cancel()
        store.gate.release()
        store.gate.release()

        assert await stayer == ["stored 2"]
        assert store.groups == [[0], [1, 2]]
        with pytest.raises(asyncio.CancelledError):
            await leaver


async def test_a_failure_reaches_every_caller_of_its_group_and_nobody_else() -> None:
    store = Store()
    async with running(store) as group:
        first = await under_way(store, group)
        store.broken = True
        store.gate.release()
        with pytest.raises(Unavailable):
            await first
        store.broken = False
        second = await queued(group, 1)
        store.gate.release()

        assert await second == ["stored 1"]


async def test_those_who_wait_when_it_stops_get_unavailable() -> None:
    store = Store()
    async with running(store) as group:
        under_commit = await under_way(store, group)
        waiting = await queued(group, 1)

    for caller in (under_commit, waiting):
        with pytest.raises(Unavailable):
            await caller
    assert store.groups == []


async def test_where_callers_come_together_the_next_group_waits_for_more_of_them() -> None:
    store = Store()
    store.gate = asyncio.Semaphore(10)
    group = GroupCommit(store.commit, largest=10, gather_seconds=0.05)
    clock = asyncio.get_running_loop().time

    await asyncio.gather(group.submit([1]), group.submit([2]))  # together: there may be more
    began = clock()
    await group.submit([3])
    after_others = clock() - began
    began = clock()
    await group.submit([4])  # the last one came alone
    alone = clock() - began

    assert store.groups == [[1, 2], [3], [4]]
    assert group.work is None
    assert alone < 0.05 <= after_others
