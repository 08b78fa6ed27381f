"""Bytes that the answer log takes, once what came is folded, and how long its process needs to come back."""

import asyncio
import os
import signal
from collections.abc import Iterable
from pathlib import Path

import asyncpg

from services.kit.database import open_database
from services.metrics.folder import Folder
from tests.bench.stack import Stack

TABLES = ("inbox", "standing", "journal", "block", "name", "dimension_set", "layout")
POLL_SECONDS = 0.02


async def folded_bytes(stack: Stack) -> dict[str, int]:
    """Bytes of each table of the answer log with its indexes, after folding and an ordinary vacuum."""
    postgres = stack.site.postgres
    urls = [postgres.service_url("metrics", role) for role in ("intake", "read")]
    async with open_database(*urls) as database:
        folder = Folder(database.pool)
        for _ in range(2):  # the first sees what there is, the second folds it
            await folder.sweep()
    owner = await asyncpg.connect(postgres.service_url("metrics", "owner"))
    for table in TABLES:
        await owner.execute(f"VACUUM metrics_{table}")
    sizes = {
        table: await owner.fetchval("SELECT pg_total_relation_size($1)", f"metrics_{table}")
        for table in TABLES
    }
    await owner.close()
    return sizes


async def restart_seconds(stack: Stack, names: Iterable[str], number: signal.Signals) -> float:
    """Seconds until each of these parts, after a signal, has a successor that is ready.

    Counted from the end of the last of them: a graceful stop takes its own time.
    """
    clock = asyncio.get_running_loop().time
    old = {name: stack.supervisor.pid(name) for name in names}
    for pid in old.values():
        os.kill(pid, number)
    while any(map(_lives, old.values())):  # noqa: ASYNC110
        await asyncio.sleep(POLL_SECONDS)
    began = clock()
    parts = stack.by_name()
    for name, pid in old.items():
        while (new := stack.supervisor.pid(name)) == pid or not await parts[name].is_ready(new):  # noqa: ASYNC110
            await asyncio.sleep(POLL_SECONDS)
    return clock() - began


def _lives(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()
