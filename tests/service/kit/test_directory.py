"""The copy of the directory in memory: the state of the copy that was read last is the latest."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, cast

import pytest

from cxm.profile.v1.profile_pb2_grpc import DirectoryServiceStub
from services.kit.db.database import Database, Pool
from services.kit.directory.copy import DirectoryCopy
from services.kit.rpc.servicing import open_channel
from tests.conftest import Identities
from tests.support.builders import fill_directory, make_department


class SlowPool:
    """A pool; who reads rows while the gate is shut gets them when it opens."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.gate = asyncio.Event()
        self.read = asyncio.Event()

    async def fetchrow(self, query: str) -> Any:
        return await self.pool.fetchrow(query)

    async def fetch(self, query: str) -> Any:
        gate, rows = self.gate, await self.pool.fetch(query)
        self.read.set()
        await gate.wait()
        return rows

    def open_to_those_who_come_now(self) -> None:
        """Who waits at the old gate waits on."""
        self.gate = asyncio.Event()
        self.gate.set()


@pytest.fixture
async def pool(database: Database) -> SlowPool:
    return SlowPool(database.pool)


@pytest.fixture
async def copy(
    database: Database, pool: SlowPool, identities: Identities
) -> AsyncIterator[DirectoryCopy]:
    async with open_channel("unix:/nobody") as channel:  # profile is not asked
        yield DirectoryCopy(
            replace(database, pool=cast("Pool", pool)),
            DirectoryServiceStub(channel),
            identities.service("survey"),
        )


async def test_a_slower_reading_does_not_replace_a_later_one(
    database: Database, pool: SlowPool, copy: DirectoryCopy
) -> None:
    await fill_directory(database)
    gate_of_the_slow = pool.gate
    slow = asyncio.create_task(copy.refresh())
    await pool.read.wait()
    await fill_directory(database, [make_department("shop")])
    pool.open_to_those_who_come_now()
    await copy.refresh()
    later = copy.version

    gate_of_the_slow.set()
    await slow

    assert copy.tree.id_of("shop") is not None
    assert copy.version == later
