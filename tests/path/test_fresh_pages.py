"""A page that reads again when it is told to is never older than two seconds, whatever changed its scores."""

import asyncio
from contextlib import AsyncExitStack

import httpx

from tests.path.support.fresh_page import Change, Organisation, changes, set_up
from tests.support.platform import Running
from tests.support.websocket import Socket, socket

OLDEST_SECONDS = 2.0
PATIENCE_SECONDS = 20.0


async def age(at: Organisation, subscriber: Socket, change: Change) -> float:
    """How long after a change was answered the page shows it; infinite where it is not told."""
    before = await at.page()
    assert not change.shows(before, before), change.what
    await change.make()
    loop = asyncio.get_running_loop()
    answered = loop.time()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                await subscriber.change()
                if change.shows(before, await at.page()):
                    return loop.time() - answered
    except TimeoutError:
        return float("inf")


async def test_a_page_is_told_of_every_kind_of_change(platform: Running) -> None:
    url = platform.url.replace("http", "ws") + "/graphql"
    async with AsyncExitStack() as stack:
        client = httpx.AsyncClient(base_url=platform.url, trust_env=False, timeout=60)
        at = Organisation(platform, await stack.enter_async_context(client))
        await set_up(at)
        page, staff = [await stack.enter_async_context(socket(url)) for _ in range(2)]
        for subscriber, metrics in ((page, None), (staff, ["turnoverRate"])):
            await subscriber.initialise(at.headers["Authorization"])
            await subscriber.watch("1", "shop", metrics)

        kinds = changes(at)
        ages = {change.what: await age(at, page, change) for change in kinds}

        assert len(ages) >= 12
        assert {what: found for what, found in ages.items() if found > OLDEST_SECONDS} == {}
        assert (await staff.change())["metrics"] == ["turnoverRate"]
