"""SQL as the superuser: access that the product does not have."""

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg

from infra.local.children import Program
from infra.local.postgres import Postgres
from infra.local.sockets import socket_dir
from services.kit.db.database import Database


@dataclass(frozen=True, slots=True)
class WholeDatabase(Database):
    """The database of a test: what the service's roles see of it, and everything."""

    superuser_url: str

    async def fetch(self, query: str, *arguments: Any) -> "list[asyncpg.Record]":
        """Rows as they are, whatever row-level security shows the service."""
        connection = await asyncpg.connect(self.superuser_url)
        try:
            return await connection.fetch(query, *arguments)
        finally:
            await connection.close()

    async def fetchrow(self, query: str, *arguments: Any) -> "asyncpg.Record":
        """The first of them, which is there."""
        return (await self.fetch(query, *arguments))[0]

    async def fetchval(self, query: str, *arguments: Any) -> Any:
        return (await self.fetchrow(query, *arguments))[0]


def superuser_url(data_dir: Path, database: str) -> str:
    """The URL of a database of the platform on a data dir."""
    passwords = json.loads((data_dir / "secrets" / "postgres.json").read_text())
    program = Program("postgres", (), data_dir / "logs" / "postgres.log")
    return Postgres(data_dir, socket_dir(data_dir), passwords, program).url(database=database)


def execute(data_dir: Path, database: str, statement: str) -> None:
    """Run a statement as the superuser."""

    async def run() -> None:
        connection = await asyncpg.connect(superuser_url(data_dir, database))
        await connection.execute(statement)
        await connection.close()

    asyncio.run(run())


def fetch(data_dir: Path, database: str, query: str) -> list[str]:
    """The first column of what a query finds as the superuser, sorted."""

    async def run() -> list[str]:
        connection = await asyncpg.connect(superuser_url(data_dir, database))
        rows = await connection.fetch(query)
        await connection.close()
        return sorted(row[0] for row in rows)

    return asyncio.run(run())
