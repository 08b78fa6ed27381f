"""`python -m services.kit.db.migrate <service> ...`: bring services' databases to the current schema.

Services only check their schema: they start without Alembic, which takes a tenth of a second to import.
"""

import argparse
import asyncio
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url

from services.kit.config import OWNER_DATABASE_URL
from services.kit.db.database import Pool
from services.kit.errors import Unavailable

if TYPE_CHECKING:
    from alembic.config import Config

SERVICES = ("profile", "survey", "metrics", "employee_exp")
ENVIRONMENT = Path(__file__).parents[1] / "migrations"
LOCK = 0x63786D  # one migration at a time in a database


def alembic_config(service: str) -> "Config":
    """Alembic's view of one service: the shared environment, the service's own versions."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(ENVIRONMENT))
    config.set_main_option("version_locations", str(_versions(service)))
    config.set_main_option("path_separator", "os")
    return config


def migrate(service: str, url: str) -> None:
    """Apply what is missing, under an advisory lock, in one transaction per version."""
    asyncio.run(_migrate(service, url))


async def _migrate(service: str, url: str) -> None:
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine(make_url(url).set(drivername="postgresql+asyncpg"))
    async with engine.connect() as connection:
        await connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
        await connection.commit()
        config = alembic_config(service)
        await connection.run_sync(partial(_upgrade, config))
        await connection.commit()
    await engine.dispose()


def _upgrade(config: "Config", connection: Connection) -> None:
    from alembic import command

    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def newest_version(service: str) -> str:
    """The revision that the code of a service was written for: files are named <revision>_<what it brings>.py."""
    return max(path.name.partition("_")[0] for path in _versions(service).glob("[0-9]*_*.py"))


def _versions(service: str) -> Path:
    return Path(__file__).parents[2] / service / "migrations"


async def check_schema(pool: Pool, service: str) -> None:
    """Unavailable unless the database has the schema this code was written for."""
    wanted = newest_version(service)
    try:
        found = await pool.fetchval("SELECT version_num FROM alembic_version")
    except asyncpg.UndefinedTableError:
        found = None
    if found != wanted:
        raise Unavailable(
            f"the database of {service} has schema {found}, this code needs {wanted}: "
            f"run python -m services.kit.db.migrate {service}",
            reason="SCHEMA_DIFFERS",
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("services", choices=SERVICES, nargs="+", metavar="service")
    for service in parser.parse_args().services:
        variable = f"CXM_{service.upper()}_{OWNER_DATABASE_URL}"
        url = os.environ.get(variable)
        if url is None:
            parser.error(f"{variable} is not set: give the URL of the role that owns the database")
        migrate(service, url)
    return 0


if __name__ == "__main__":
    sys.exit(main())
