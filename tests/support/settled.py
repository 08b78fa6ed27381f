"""Whether everything that was announced was applied: nothing waits, and nobody holds what he did not acknowledge."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import nats
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js.errors import NotFoundError

from infra.local.nats import SUPERVISOR
from infra.roles import SERVICES
from services.kit.events.streams import DURABLES, STREAMS
from tests.support.database import superuser_url


@asynccontextmanager
async def broker(data_dir: Path) -> AsyncIterator[Client]:
    """A connection to the broker of the platform on a data dir, which may everything."""
    password = json.loads((data_dir / "secrets" / "nats.json").read_text())[SUPERVISOR]
    port = (data_dir / "nats" / "port").read_text()
    client = await nats.connect(
        f"nats://{SUPERVISOR}:{password}@127.0.0.1:{port}", allow_reconnect=False
    )
    try:
        yield client
    finally:
        await client.close()


def is_settled(data_dir: Path) -> bool:
    """Whether nothing is on its way. What a killed consumer held is, until somebody else has acknowledged it."""
    try:
        return asyncio.run(_is_settled(data_dir))
    except (NatsError, NotFoundError, OSError, asyncpg.PostgresError):
        return False  # not there now


async def _is_settled(data_dir: Path) -> bool:
    # In this order: what has left an outbox is on its durables.
    for service in SERVICES:
        if service.upper() in STREAMS and await _waits(data_dir, service):
            return False
    async with broker(data_dir) as client:
        stream = client.jetstream()
        for durable in DURABLES:
            found = await stream.consumer_info(durable.stream, durable.name)
            if found.num_pending or found.num_ack_pending:
                return False
    return True


async def _waits(data_dir: Path, service: str) -> bool:
    connection = await asyncpg.connect(superuser_url(data_dir, f"cxm_{service}"))
    try:
        return bool(await connection.fetchval("SELECT EXISTS (SELECT FROM outbox)"))
    finally:
        await connection.close()
