"""Databases: reachable, of the schema of this version, durable; what waits in them and what was given up."""

import asyncio
from collections.abc import Mapping
from typing import Final

import asyncpg

from infra.cli.backups.databases import DatabaseRefused, connected
from infra.cli.doctor.findings import Finding, clock_finding, now
from services.kit.db.migrate import newest_version

LEAST_POSTGRES: Final = 180_004
LOOK_SECONDS: Final = 2.0
MUST_BE_ON: Final = ("fsync", "full_page_writes", "synchronous_commit")
OUTBOX: Final = "SELECT count(*), min(id) FROM outbox"
DEAD: Final = "SELECT count(*) FROM dead_letter WHERE payload IS NOT NULL"


async def check(urls: Mapping[str, str]) -> list[Finding]:
    """All databases at once; takes 2 s longer where facts wait in an outbox."""
    found = await asyncio.gather(*(_check(service, url) for service, url in urls.items()))
    return [finding for one in found for finding in one]


async def _check(service: str, url: str) -> list[Finding]:
    about = f"database of {service}"
    try:
        async with connected(service, url) as connection:
            return [
                *await _server(about, connection),
                *await _schema(about, service, connection),
                *await _facts(about, connection),
            ]
    except DatabaseRefused as refused:
        return [
            Finding(about, str(refused), "start PostgreSQL, or give the right address and role")
        ]


async def _server(about: str, connection: "asyncpg.Connection[asyncpg.Record]") -> list[Finding]:
    asked_at = now()
    told = await connection.fetchval("SELECT clock_timestamp()")
    found = clock_finding(about, told, asked_at, (now() - asked_at).total_seconds())
    if int(await connection.fetchval("SHOW server_version_num")) < LEAST_POSTGRES:
        version = await connection.fetchval("SHOW server_version")
        found.append(Finding(about, f"PostgreSQL {version} is too old", "take 18.4 or newer"))
    for name in MUST_BE_ON:
        if await connection.fetchval(f"SHOW {name}") == "off":
            remedy = f"set {name} = on, for what was acknowledged is lost in a power cut without"
            found.append(Finding(about, f"{name} is off", remedy))
    return found


async def _schema(
    about: str, service: str, connection: "asyncpg.Connection[asyncpg.Record]"
) -> list[Finding]:
    wanted = newest_version(service)
    try:
        schema = await connection.fetchval("SELECT version_num FROM alembic_version")
    except asyncpg.UndefinedTableError:
        schema = ""
    if schema == wanted:
        return []
    if not schema or schema < wanted:
        remedy = f"run `python -m services.kit.db.migrate {service}`"
    else:
        remedy = "it is of a later version of cxm: finish that upgrade, and take its `cxm doctor`"
    wrong = f"its schema is {schema or 'missing'}, this version needs {wanted}"
    return [Finding(about, wrong, remedy)]


async def _facts(about: str, connection: "asyncpg.Connection[asyncpg.Record]") -> list[Finding]:
    """Facts that do not leave, and facts that were given up; of a service that has such tables."""
    found = []
    if await connection.fetchval("SELECT to_regclass('outbox')"):
        waiting, oldest = await connection.fetchrow(OUTBOX) or (0, None)
        if waiting:
            await asyncio.sleep(LOOK_SECONDS)
            waiting, still = await connection.fetchrow(OUTBOX) or (0, None)
            if waiting and still == oldest:
                remedy = "see that the service runs, and the broker answers and has room"
                found.append(
                    Finding(about, f"{waiting:,} facts wait in its outbox and none leaves", remedy)
                )
    if await connection.fetchval("SELECT to_regclass('dead_letter')"):
        dead = await connection.fetchval(DEAD)
        if dead:
            remedy = "the log of the service says why; then `cxm replay dead-letters`"
            found.append(
                Finding(about, f"{dead:,} dead letters: facts that could not be applied", remedy)
            )
    return found
