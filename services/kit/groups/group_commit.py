"""Group commit: everything that queued up while the last commit ran goes into the next."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from typing import Generic, TypeVar

from services.kit.errors import Unavailable

# How long callers whose calls have arrived are given to queue, in turns of the event loop: until nobody new has come
# for some, and not for ever. An idle loop takes no time for this, a busy one makes larger groups.
QUIET_TURNS = 5
MOST_TURNS = 100

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")


class GroupCommit(Generic[ItemT, ResultT]):
    """Hands what callers queue to `commit`, many at a time; results come in the order of the items.

    A caller that leaves cancels only its own wait: its items are committed all the same. An exception of
    `commit` reaches every caller of that group. Where callers come together, the next group waits `gather_seconds`
    for more of them: a commit costs about the same for one as for many. One that comes alone waits only if the last
    group had several.
    """

    def __init__(
        self,
        commit: Callable[[Sequence[ItemT]], Awaitable[Sequence[ResultT]]],
        *,
        largest: int,
        gather_seconds: float = 0,
    ) -> None:
        self.commit = commit
        self.largest = largest
        self.gather_seconds = gather_seconds
        self.last_callers = 0  # how many the last group had
        self.queue: list[tuple[Sequence[ItemT], asyncio.Future[Sequence[ResultT]]]] = []
        self.work: asyncio.Task[None] | None = None  # runs while somebody waits

    async def submit(self, items: Sequence[ItemT]) -> Sequence[ResultT]:
        """Commit items (at most `largest`) together with whatever else waits; returns after the commit."""
        done: asyncio.Future[Sequence[ResultT]] = asyncio.get_running_loop().create_future()
        self.queue.append((items, done))
        if self.work is None:
            # In no caller's context: it works for all of them.
            self.work = asyncio.create_task(self._run(), context=Context())
        return await done

    async def _run(self) -> None:
        """Commit group after group until nobody waits; cancelled, whoever waits gets Unavailable."""
        try:
            while self.queue:
                await self._gather()
                await self._commit(self._take())
        finally:
            self.work = None
            _fail(self.queue, Unavailable("this service is stopping: send it again"))
            self.queue = []

    async def _gather(self) -> None:
        if self.gather_seconds and self.last_callers > 1:
            await asyncio.sleep(self.gather_seconds)
        quiet = 0
        for _ in range(MOST_TURNS):
            before = len(self.queue)
            await asyncio.sleep(0)
            quiet = quiet + 1 if len(self.queue) == before else 0
            if quiet == QUIET_TURNS:
                return

    def _take(self) -> list[tuple[Sequence[ItemT], asyncio.Future[Sequence[ResultT]]]]:
        taken, size = 0, 0
        for items, _ in self.queue:
            if taken and size + len(items) > self.largest:
                break
            taken, size = taken + 1, size + len(items)
        group, self.queue = self.queue[:taken], self.queue[taken:]
        self.last_callers = taken
        return group

    async def _commit(
        self, group: Sequence[tuple[Sequence[ItemT], asyncio.Future[Sequence[ResultT]]]]
    ) -> None:
        try:
            results = await self.commit([item for items, _ in group for item in items])
        except asyncio.CancelledError:
            # Perhaps it was committed: the callers find out when they come again.
            _fail(group, Unavailable("this service is stopping: send it again"))
            raise
        except Exception as error:  # noqa: BLE001 - it belongs to the callers, not to the loop
            _fail(group, error)
            return
        start = 0
        for items, done in group:
            if not done.done():  # else its caller has left
                done.set_result(results[start : start + len(items)])
            start += len(items)


def _fail(group: Sequence[tuple[object, asyncio.Future[ResultT]]], error: Exception) -> None:
    for _, done in group:
        if not done.done():
            done.set_exception(error)
