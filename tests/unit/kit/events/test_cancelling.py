"""Tasks end, also those that miss it once."""

import asyncio

from services.kit.events.fetching import cancel_all


async def test_work_that_misses_its_end_once_ends_all_the_same() -> None:
    """As `asyncio.wait_for` does up to Python 3.11, where its answer comes at the moment of the end."""
    answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    missed = asyncio.Event()

    async def relay() -> None:
        try:
            await answer
        except asyncio.CancelledError:
            missed.set()
        await asyncio.Event().wait()

    async def other() -> None:
        await asyncio.Event().wait()

    tasks = [asyncio.create_task(relay()), asyncio.create_task(other())]
    await asyncio.sleep(0)

    async with asyncio.timeout(20):
        await cancel_all(tasks)

    assert missed.is_set()
    assert all(task.cancelled() for task in tasks)
