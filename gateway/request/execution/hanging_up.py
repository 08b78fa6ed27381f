"""Clients that hang up: what is done for one ends when it is gone."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from starlette.types import Receive

from gateway.request.asked import ClientGone
from services.kit.events.fetching import cancel_all

PATIENCE_SECONDS = 0.05
"""Before it is looked whether a client still waits."""

ResultT = TypeVar("ResultT")


async def unless_gone(work: Awaitable[ResultT], receive: Receive) -> ResultT:
    """The result of work; ClientGone, with the work and its calls cancelled, when the client hangs up first.

    Looked at after PATIENCE_SECONDS: most work is done by then.
    """
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    assert task is not None
    watching: list[asyncio.Task[None]] = []
    gone: list[bool] = []

    async def watch() -> None:
        await client_gone(receive)
        gone.append(True)
        task.cancel()

    handle = loop.call_later(PATIENCE_SECONDS, lambda: watching.append(loop.create_task(watch())))
    try:
        return await work
    except asyncio.CancelledError:
        if not gone:
            raise
        task.uncancel()
        raise ClientGone from None
    finally:
        handle.cancel()
        await cancel_all(watching)


async def client_gone(receive: Receive) -> None:
    """Return when the client has hung up."""
    while (await receive())["type"] != "http.disconnect":
        pass
