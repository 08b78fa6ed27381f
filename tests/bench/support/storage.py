"""Bytes the answer log takes once what came is compacted and forgotten, and how long its process needs to come back."""

import asyncio
import os
import signal
from collections.abc import Iterable
from pathlib import Path

from cxm.survey.v1.reconciliation_pb2_grpc import ReconciliationServiceStub
from services.kit.db.database import Pool, open_database
from services.kit.events import nats
from services.kit.rights.tokens import Signer
from services.kit.rpc.servicing import ServiceIdentity, open_channel
from services.metrics.answer_log.compaction import Compactor
from services.metrics.answer_log.pruning import Pruner
from services.metrics.answer_log.watermark import Watermarks
from tests.bench.support.stack import Stack

TABLES = ("inbox", "standing", "journal", "block", "name", "dimension_set", "layout")
POLL_SECONDS = 0.02


async def settled_bytes(stack: Stack) -> dict[str, int]:
    """Bytes taken once what came is compacted and forgotten.

    The service's own sweeps, without the time between two: the first sees what there is, the second works on it.
    """
    deployment = stack.deployment
    urls = [deployment.postgres.service_url("metrics", role) for role in ("intake", "read")]
    identity = ServiceIdentity("metrics", Signer.from_file(deployment.keys.process("metrics")))
    async with (
        open_database(*urls) as database,
        nats.connect(deployment.nats.url, "bench") as client,
        open_channel(deployment.address("survey")) as survey,
    ):
        owner = ReconciliationServiceStub(survey)
        watermarks = Watermarks(client.jetstream(), database.pool, owner, identity)
        compactor, pruner = Compactor(database.pool), Pruner(database.pool, watermarks)
        for _ in range(2):
            await compactor.sweep()
            await pruner.look()
        return await bytes_taken(database.pool)


async def bytes_taken(pool: Pool) -> dict[str, int]:
    """Bytes of each table of the answer log with its indexes and free room."""
    size = "SELECT pg_total_relation_size($1::regclass)"
    return {table: await pool.fetchval(size, f"metrics_{table}") for table in TABLES}


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
