"""A broker whose stream met a full disk refuses to write until it is started again, room or not: here it is."""

import asyncio
from typing import Final

from nats.errors import Error as NatsError

from infra.local import children
from infra.local.nats import Nats, report
from infra.local.supervising.supervisor import Supervisor

LOOK_SECONDS: Final = 2.0
ROOM_BYTES: Final = 64 * 1024**2
"""Free before the broker is started again: with less it would soon stand still once more."""

WRITE_ERROR: Final = "write error"


async def follow(server: Nats, supervisor: Supervisor) -> None:
    """Look until cancelled. Facts wait in the outboxes meanwhile, so nothing is lost."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        if children.free_bytes(server.run) >= ROOM_BYTES and await cannot_write(server):
            supervisor.notify("NATS met a full disk, which has room again")
            await supervisor.restart(server.program.name)


async def cannot_write(server: Nats) -> bool:
    """Whether a stream stands still because a write failed; False also where nobody answers."""
    try:
        health = await report(server, "HEALTHZ")
    except (OSError, ValueError, NatsError):
        return False
    return WRITE_ERROR in health.get("error", "")
