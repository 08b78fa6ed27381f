"""Who asks for much waits; others read beside it."""

import asyncio

import pytest

from services.kit.errors import RateLimited
from services.survey.reading.turns import AT_ONCE, OF_A_SUBJECT, WAITING, ReadingTurns


class Readers:
    """Reads that go on until they are let go."""

    def __init__(self) -> None:
        self.turns = ReadingTurns()
        self.reading: list[str] = []
        self.end = asyncio.Event()

    async def read(self, subject: str) -> None:
        async with self.turns.of(subject):
            self.reading.append(subject)
            await self.end.wait()


async def settled(tasks: list[asyncio.Task[None]]) -> None:
    """Every task that can go on has gone on."""
    for _ in range(len(tasks) + 1):
        await asyncio.sleep(0)


async def test_one_who_asks_for_much_leaves_a_turn_to_others() -> None:
    readers = Readers()
    tasks = [asyncio.create_task(readers.read("much")) for _ in range(WAITING)]
    await settled(tasks)
    assert readers.reading == ["much"] * OF_A_SUBJECT

    tasks += [asyncio.create_task(readers.read(f"other {n}")) for n in range(3)]
    await settled(tasks)

    assert readers.reading == [*["much"] * OF_A_SUBJECT, "other 0"][:AT_ONCE]
    readers.end.set()
    await asyncio.gather(*tasks)
    assert len(readers.reading) == WAITING + 3
    assert not readers.turns.asked


async def test_whoever_asks_for_more_than_any_page_is_refused() -> None:
    readers = Readers()
    tasks = [asyncio.create_task(readers.read("much")) for _ in range(WAITING)]
    await settled(tasks)

    with pytest.raises(RateLimited, match="try again"):
        await readers.read("much")
    readers.end.set()
    await asyncio.gather(*tasks)
    await readers.read("much")


async def test_a_read_that_is_given_up_takes_no_turn() -> None:
    readers = Readers()
    tasks = [asyncio.create_task(readers.read("much")) for _ in range(OF_A_SUBJECT + 1)]
    await settled(tasks)
    tasks[0].cancel()
    await settled(tasks)

    assert len(readers.reading) == OF_A_SUBJECT + 1
    readers.end.set()
    await asyncio.gather(*tasks, return_exceptions=True)
