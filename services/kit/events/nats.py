"""The connection to NATS: reconnects for ever, carries the trace in headers."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import nats
import structlog
from nats.aio.client import Client
from nats.errors import NoServersError, SlowConsumerError

from services.kit import telemetry
from services.kit.errors import Conflict
from services.kit.events.permissions import inbox_prefix

log = structlog.get_logger()

RETRY_SECONDS = 0.5
LARGEST_MESSAGE_BYTES = 1_048_576  # that the server must take: its own default
LARGEST_FACT_BYTES = 1_000_000  # what is left is for subject and headers


@asynccontextmanager
async def connect(
    url: str, name: str, on_gap: Callable[[], None] = lambda: None
) -> AsyncIterator[Client]:
    """A connection that outlives the server; waits until there is one. Conflict if it refuses messages of our size.

    `url` may hold several, separated by commas: nodes of one cluster, with the same user. Other nodes are learned from
    the first that answers. `name` is the process, whose answers come where only it may listen (permissions.py).

    `on_gap` is called, with all subscriptions standing, when messages outside streams may have been lost.
    """
    client = await _first_connection(url, name, on_gap)
    try:
        if client.max_payload < LARGEST_MESSAGE_BYTES:
            raise Conflict(
                f"NATS takes messages of {client.max_payload} bytes: set its max_payload to"
                f" {LARGEST_MESSAGE_BYTES} or more",
                reason="BROKER_REFUSES_LARGE_FACTS",
            )
        yield client
    finally:
        await client.close()


async def _first_connection(url: str, name: str, on_gap: Callable[[], None]) -> Client:
    async def report(error: Exception) -> None:
        log.warning("nats connection", error=str(error) or type(error).__name__)
        if isinstance(error, SlowConsumerError):
            on_gap()

    async def reconnected() -> None:
        on_gap()

    while True:
        try:
            return await nats.connect(
                **servers(url),
                name=name,
                inbox_prefix=inbox_prefix(name),
                max_reconnect_attempts=-1,
                reconnect_time_wait=RETRY_SECONDS,
                allow_reconnect=True,
                error_cb=report,
                reconnected_cb=reconnected,
                pending_size=0,  # what cannot be sent now fails now; the outbox repeats it
            )
        except (OSError, NoServersError, TimeoutError) as error:
            log.warning("nats is away", error=str(error) or type(error).__name__)
            await asyncio.sleep(RETRY_SECONDS)


def servers(url: str) -> dict[str, Any]:
    """The servers of a URL as the client takes them. It would show its user to those alone that are named, and to none
    of those that it learns of."""
    named = re.split(r",\s*(?=\w+://)", url.strip())
    first = urlsplit(named[0])
    if first.password is not None:
        return {"servers": named, "user": first.username, "password": first.password}
    return {"servers": named, "token": first.username}


def headers(message_id: str, traceparent: str | None) -> dict[str, str]:
    """Headers of a published fact; the id lets the server drop repeats inside its window."""
    found = {"Nats-Msg-Id": message_id}
    if traceparent:
        found[telemetry.TRACEPARENT] = traceparent
    return found
