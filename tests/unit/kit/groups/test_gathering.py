"""How long a group waits for those who were in the last one."""

import asyncio

from services.kit.groups.gathering import LEAST_SECONDS, Gathering

LONG = 60.0
SHORT = 0.01


async def test_it_is_over_when_as_many_have_come_as_were_served() -> None:
    gathering, waiting = Gathering(LONG), ["had come meanwhile"]
    task = asyncio.create_task(gathering.wait(waiting, served=2, took=LONG))
    for name in ("one", "two"):
        await asyncio.sleep(0)
        assert not task.done()
        waiting.append(name)
        gathering.came(waiting)

    async with asyncio.timeout(5):
        await task


async def test_one_caller_alone_does_not_wait() -> None:
    async with asyncio.timeout(5):
        await Gathering(LONG).wait([], served=1, took=LONG)


async def test_it_waits_no_longer_than_the_last_group_took_or_than_it_may() -> None:
    clock = asyncio.get_running_loop().time
    for most, took in ((LONG, SHORT), (SHORT, LONG)):
        began = clock()
        async with asyncio.timeout(5):
            await Gathering(most).wait([], served=2, took=took)
        assert clock() - began >= SHORT - 0.002  # what a timer may come early


async def test_it_waits_some_milliseconds_after_a_group_that_took_none() -> None:
    clock = asyncio.get_running_loop().time
    began = clock()
    await Gathering(LONG).wait([], served=2, took=0)
    assert clock() - began >= LEAST_SECONDS - 0.002


async def test_it_does_not_wait_where_it_may_not() -> None:
    task = asyncio.create_task(Gathering(0).wait([], served=2, took=LONG))
    await asyncio.sleep(0)
    assert task.done()


async def test_who_comes_when_nobody_waits_for_it_is_no_news() -> None:
    gathering = Gathering(LONG)
    gathering.came(["one"])
    await gathering.wait([], served=2, took=SHORT)
    gathering.came(["one", "two"])


async def test_who_do_not_come_again_are_waited_for_less_each_time_until_they_do() -> None:
    gathering, waiting = Gathering(4 * SHORT), ["had come meanwhile"]
    longest = []
    for _ in range(4):
        await gathering.wait(waiting, served=2, took=LONG)
        longest.append(gathering.longest)
    assert longest == [2 * SHORT, SHORT, LEAST_SECONDS, LEAST_SECONDS]

    for _ in range(4):
        mine = ["had come meanwhile"]
        task = asyncio.create_task(gathering.wait(mine, served=1, took=LONG))
        await asyncio.sleep(0)
        mine.append("one")
        gathering.came(mine)
        await task
    assert gathering.longest == 4 * SHORT
