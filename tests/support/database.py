"""SQL as the superuser, on the databases of a running platform: access that the product does not have."""

import asyncio
import json
from pathlib import Path

import asyncpg

from infra.local.children import Program
from infra.local.postgres import Postgres
from infra.local.sockets import socket_dir


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
