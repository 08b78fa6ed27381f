"""`python -m services.kit.db.migrate <service> ...`: bring services' databases to the current schema.

Services only check their schema: they start without Alembic, which takes a tenth of a second to import.
"""

import argparse
import asyncio
import os
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import structlog
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url

from services.kit.config import OWNER_DATABASE_URL
from services.kit.db.database import Pool
from services.kit.errors import Unavailable
from services.kit.numbers import metering

if TYPE_CHECKING:
    from alembic.config import Config

SERVICES = ("profile", "survey", "metrics", "employee_exp")
ENVIRONMENT = Path(__file__).parents[1] / "migrations"
LOCK = 0x63786D  # one migration at a time in a database
SCHEMA_SECONDS = 600.0  # the migration of a version may run while its processes start already
LOOK_SECONDS = 1.0

log = structlog.get_logger()
_SCHEMA = metering.gauge(
    "cxm.schema.current",
    unit="{claim}",
    meaning="1 where the database has the schema that this code needs, or a later one; 0 while it waits for it.",
    labels=("service", "found", "needed"),
)


def alembic_config(service: str) -> "Config":
    """Alembic's view of one service: the shared environment, the service's own versions."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(ENVIRONMENT))
    config.set_main_option("version_locations", str(_versions(service)))
    config.set_main_option("path_separator", "os")
    return config


def migrate(service: str, url: str) -> None:
    """Apply what is missing, under an advisory lock, in one transaction per version.

    A schema of a later version stays as it is: this version runs on it, after a way back.
    """
    asyncio.run(_migrate(service, url))


async def _migrate(service: str, url: str) -> None:
    from sqlalchemy.ext.asyncio import create_async_engine

    engine = create_async_engine(make_url(url).set(drivername="postgresql+asyncpg"))
    async with engine.connect() as connection:
        await connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
        await connection.commit()
        found, wanted = await connection.run_sync(_current_version), newest_version(service)
        await connection.commit()
        if found is None or found <= wanted:
            await connection.run_sync(partial(_upgrade, alembic_config(service)))
        else:
            _warn_of_later(service, found, wanted)
        await connection.commit()
    await engine.dispose()


def _current_version(connection: Connection) -> str | None:
    from alembic.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()


def _upgrade(config: "Config", connection: Connection) -> None:
    from alembic import command

    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def newest_version(service: str) -> str:
    """The revision that the code of a service was written for: files are named <revision>_<what it brings>.py."""
    return max(path.name.partition("_")[0] for path in _versions(service).glob("[0-9]*_*.py"))


def _versions(service: str) -> Path:
    return Path(__file__).parents[2] / service / "migrations"


async def await_schema(pool: Pool, service: str, *, seconds: float = SCHEMA_SECONDS) -> None:
    """Wait until the database has the schema this code was written for, or a later one.

    A later one is that of the next version, which may be installed while this one still runs: what it no longer needs
    it takes away a version later. Unavailable (SCHEMA_DIFFERS) when the schema does not come in time.
    """
    wanted = newest_version(service)
    ends = time.monotonic() + seconds
    while (found := await _found_version(pool) or "") < wanted:
        _SCHEMA.show({(service, found or "none", wanted): 0})
        message = (
            f"the database of {service} has schema {found or None}, this code needs {wanted}: "
            f"run python -m services.kit.db.migrate {service}"
        )
        if time.monotonic() >= ends:
            raise Unavailable(message, reason="SCHEMA_DIFFERS")
        log.warning("waiting for the schema", message=message)
        await asyncio.sleep(LOOK_SECONDS)
    _SCHEMA.show({(service, found, wanted): 1})
    if found > wanted:
        _warn_of_later(service, found, wanted)


def _warn_of_later(service: str, found: str, wanted: str) -> None:
    message = "the schema is of a later version"
    log.warning(message, service=service, found=found, written_for=wanted)


async def _found_version(pool: Pool) -> str | None:
    try:
        found: str | None = await pool.fetchval("SELECT version_num FROM alembic_version")
    except asyncpg.UndefinedTableError:
        return None
    return found


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
