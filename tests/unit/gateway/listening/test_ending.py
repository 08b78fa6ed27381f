"""A gateway that is asked to end before it listens ends; what it cuts at the end is told so."""

import asyncio
from collections.abc import Callable

import orjson
import pytest
from starlette.types import Message, Send

from gateway.doors.ending import MESSAGE, Ending
from gateway.main import create_server
from services.kit.rights.access import Role
from tests.unit.gateway.support.running import Platform


async def test_a_server_that_was_asked_to_end_before_ends_at_once(platform: Platform) -> None:
    settings = platform.settings.model_copy(update={"port": 0})
    server = create_server(platform.gateway, settings, lambda: True)

    async with asyncio.timeout(20):
        await server.serve()

    assert server.started


async def test_any_other_begins_to_serve(platform: Platform) -> None:
    settings = platform.settings.model_copy(update={"port": 0})
    server = create_server(platform.gateway, settings)
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)

    await server.startup()

    assert not server.should_exit
    await server.shutdown()


HALF = (
    "POST /imports/responses HTTP/1.1\r\nhost: cxm\r\nauthorization: {bearer}\r\n"
    "content-type: multipart/form-data; boundary=cut\r\ncontent-length: 1000\r\n\r\n--cut\r\n"
)
"""An upload that stands still after its first bytes."""


async def until(claim: Callable[[], bool]) -> None:
    """Let the others run until it holds."""
    while not claim():  # noqa: ASYNC110
        await asyncio.sleep(0)


async def test_an_upload_that_is_cut_at_the_end_is_told_to_be_sent_again(
    platform: Platform,
) -> None:
    server = create_server(platform.gateway, platform.settings.model_copy(update={"port": 0}))
    server.config.timeout_graceful_shutdown = 0
    serving = asyncio.create_task(server.serve())
    async with asyncio.timeout(20):
        await until(lambda: server.started)
        reader, writer = await asyncio.open_connection(
            *server.servers[0].sockets[0].getsockname()[:2]
        )
        writer.write(HALF.format(bearer=platform.bearer(Role.INTEGRATION)).encode())
        await until(lambda: bool(server.server_state.tasks))
        server.should_exit = True
        answer = await reader.read()
        await serving
    writer.close()

    head, _, body = answer.decode().partition("\r\n\r\n")
    assert head.startswith("HTTP/1.1 503 ")
    assert {"cache-control: no-store", "connection: close"} <= set(head.lower().split("\r\n"))
    (error,) = orjson.loads(body)["errors"]
    assert (error["extensions"]["code"], error["message"]) == ("UNAVAILABLE", MESSAGE)


async def test_an_answer_that_has_begun_is_not_ended() -> None:
    sent: list[str] = []

    async def app(scope: object, receive: object, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise asyncio.CancelledError

    async def send(message: Message) -> None:
        sent.append(message["type"])

    with pytest.raises(asyncio.CancelledError):
        await Ending(app)({"type": "http"}, receive=unasked, send=send)

    assert sent == ["http.response.start"]


async def unasked() -> Message:
    raise AssertionError
