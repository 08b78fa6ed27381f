"""What one subject has done at length is done in turns, and others come between them."""

import asyncio
import json
from functools import partial
from typing import Any

import pytest

from gateway.browsers.cookies import RequestCredentials
from gateway.request.asked import Asked, ClientGone, Unparsed
from gateway.request.documents import Document
from gateway.request.execution.operations import COSTLY, Operations
from gateway.request.execution.requests import Requests
from gateway.strangers.turns import Turns
from services.kit.rights.access import Viewer
from tests.unit.gateway.strangers.test_throttle import INTROSPECTION
from tests.unit.gateway.support.running import Platform

AT_ONCE = 16


async def seen_between(turns: Turns, whose: list[str]) -> list[int]:
    """How often somebody else was there already when each of these had its turn."""
    seen: list[int] = []
    beat = 0

    async def other() -> None:
        nonlocal beat
        while True:
            beat += 1
            await asyncio.sleep(0)

    async def piece(key: str) -> None:
        async with turns.of(key):
            seen.append(beat)

    beating = asyncio.create_task(other())
    await asyncio.gather(*(piece(key) for key in whose))
    beating.cancel()
    return seen


async def test_others_come_between_the_pieces_of_one_subject() -> None:
    seen = await seen_between(Turns(), ["mallory"] * AT_ONCE)

    assert len(set(seen)) == AT_ONCE


async def test_subjects_do_not_wait_for_each_other() -> None:
    seen = await seen_between(Turns(), [f"subject {number}" for number in range(AT_ONCE)])

    assert len(set(seen)) == 1


async def test_a_new_document_waits_for_a_turn_and_a_known_one_does_not(
    platform: Platform,
) -> None:
    operations, documents = Operations(platform.gateway), platform.gateway.documents
    turn = partial(operations.turns.of, (False, "ann"))

    async def read() -> Document:
        asked, ann = Asked(INTROSPECTION, None, {}), Viewer("ann")
        return (await operations.requested(asked, ann, "10.0.0.1", lambda _: None)).document

    async with turn():
        waiting = asyncio.create_task(read())
        for _ in range(AT_ONCE):
            await asyncio.sleep(0)
        assert not waiting.done()
    documents.keep(INTROSPECTION, await waiting)
    async with turn():
        document = await asyncio.wait_for(read(), 5)

    assert documents.cost(document, document.operation(None), {}) > COSTLY
    assert not operations.turns.locks  # nothing is kept of it


async def test_who_hangs_up_while_the_work_waits_for_its_turn_leaves_none(
    platform: Platform,
) -> None:
    operations = Operations(platform.gateway)
    requests = Requests(operations)
    body = json.dumps({"query": INTROSPECTION}).encode()
    credentials = RequestCredentials(platform.bearer(subject="ann"))
    hung_up = asyncio.Event()

    async def receive() -> Any:
        await hung_up.wait()
        return {"type": "http.disconnect"}

    async def ask() -> Any:
        return await requests.run(Unparsed(body), credentials, None, receive, "10.0.0.1")

    assert (await ask()).body["data"]  # the control: who stays is answered
    async with operations.turns.of((False, "ann")):
        asking = asyncio.create_task(ask())
        for _ in range(AT_ONCE):
            await asyncio.sleep(0)
        hung_up.set()
        with pytest.raises(ClientGone):
            await asyncio.wait_for(asking, 5)
