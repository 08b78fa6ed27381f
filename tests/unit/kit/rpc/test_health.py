"""Health and numbers over HTTP: what is answered, and that nobody holds the listener for ever."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from infra.local import parts
from services.kit.errors import Invalid
from services.kit.rpc import health
from services.kit.rpc.health import MOST_CONNECTIONS, MOST_HEAD_BYTES, HealthListener


class Ready:
    """Whether a process is, as a test says."""

    def __init__(self) -> None:
        self.now = False
        self.waits_for = ""
        self.socket = ""

    async def ask(self, request: str) -> tuple[int, str]:
        """Status and body of the answer."""
        reader, writer = await asyncio.open_unix_connection(self.socket)
        writer.write(request.encode())
        answer = (await reader.read()).decode()
        writer.close()
        return int(answer.split()[1]), answer.partition("\r\n\r\n")[2]

    async def get(self, path: str) -> tuple[int, str]:
        return await self.ask(f"GET {path} HTTP/1.1\r\nhost: x\r\n\r\n")


@pytest.fixture
async def ready(tmp_path: Path) -> AsyncIterator[Ready]:
    ready = Ready()
    ready.socket = str(tmp_path / "s")
    async with HealthListener(lambda: ready.now, lambda: ready.waits_for).listening(
        f"unix:{ready.socket}"
    ):
        yield ready


async def test_a_process_is_alive_before_it_is_ready(ready: Ready) -> None:
    assert (await ready.get("/healthz"))[0] == 200
    assert (await ready.get("/readyz"))[0] == 503
    ready.now = True
    assert (await ready.get("/readyz"))[0] == 200
    assert (await ready.get("/metrics"))[0] == 200


async def test_why_a_process_is_not_ready_is_said_where_somebody_can_mend_it(ready: Ready) -> None:
    assert await ready.get("/readyz") == (503, "not ready\n")
    ready.waits_for = "ERASURES_MISSING: run `cxm privacy reapply`"
    assert await ready.get("/readyz") == (503, f"not ready: {ready.waits_for}\n")
    assert await parts.ask_why(Path(ready.socket)) == ready.waits_for


async def test_what_is_not_there_or_not_asked_for_by_get_is_said(ready: Ready) -> None:
    assert (await ready.get("/"))[0] == 404
    assert (await ready.ask("POST /metrics HTTP/1.1\r\n\r\n"))[0] == 405
    assert (await ready.ask("nonsense\r\n\r\n"))[0] == 405
    assert (await ready.ask("GET / HTTP/1.1\r\nx: " + "x" * 2 * MOST_HEAD_BYTES))[0] == 431


async def test_who_says_nothing_is_sent_away(ready: Ready, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "SECONDS", 0.2)
    reader, writer = await asyncio.open_unix_connection(ready.socket)
    async with asyncio.timeout(5):
        assert await reader.read() == b""
    writer.close()


async def test_many_connections_leave_room_again_when_they_go(ready: Ready) -> None:
    many = [await asyncio.open_unix_connection(ready.socket) for _ in range(MOST_CONNECTIONS)]
    reader, writer = await asyncio.open_unix_connection(ready.socket)
    assert await reader.read() == b""  # one too many
    for _, each in [*many, (reader, writer)]:
        each.close()
    async with asyncio.timeout(5):
        while True:
            try:
                assert (await ready.get("/healthz"))[0] == 200
                break
            except IndexError:  # sent away: not all are gone yet
                await asyncio.sleep(0.01)


async def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(Invalid, match="host:port"):
        async with HealthListener(lambda: True).listening("8001"):
            pass
