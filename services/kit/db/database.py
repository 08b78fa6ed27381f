"""PostgreSQL: sessions for everyday work, a driver pool for the hot path."""

import asyncio
import time
import traceback
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import asyncpg
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from services.kit.config import KEPT_CONNECTIONS, MORE_CONNECTIONS
from services.kit.errors import FULL, FULL_REASON, Unavailable, is_full

Sessions = async_sessionmaker[AsyncSession]
if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

    Connection = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]
    Pool = asyncpg.Pool[asyncpg.Record]
else:  # generic for the type checker alone
    Connection = asyncpg.Connection
    Pool = asyncpg.Pool

# What a driver raises when the server is away, starting or stopping, or ended one of two that waited for each other:
# the same work may succeed later.
AWAY: tuple[type[Exception], ...] = (
    OSError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.DeadlockDetectedError,
    asyncpg.InternalClientError,  # a statement while the server closed the connection
)

PATIENCE_SECONDS = 30.0
RETRY_SECONDS = 0.1

TROUBLE: tuple[type[Exception], ...] = (*AWAY, asyncpg.PostgresError)
TROUBLE_OF_SESSIONS: tuple[type[Exception], ...] = (*TROUBLE, DBAPIError, NoConnectionFree)


def is_away(error: BaseException) -> bool:
    """Whether PostgreSQL is away, rather than displeased with what it was asked; of the driver or a session.

    A deadlock counts as absence: nothing of the transaction is stored, and the same again may succeed.
    The operating system's errors count where the driver met them: a full disk or a dead process is no absence.
    """
    if isinstance(error, NoConnectionFree):
        return True
    cause = error.orig.__cause__ if isinstance(error, DBAPIError) and error.orig else error
    # What the driver cannot encode is an InterfaceError too, but no less wrong the next time.
    if isinstance(cause, OSError) and not isinstance(cause, asyncpg.InterfaceError):
        return isinstance(cause, TimeoutError) or _passed_driver(cause)
    return isinstance(cause, AWAY) and not isinstance(cause, ValueError)


def _passed_driver(error: BaseException) -> bool:
    return any(
        frame.f_globals.get("__name__", "").partition(".")[0] == "asyncpg"
        for frame, _ in traceback.walk_tb(error.__traceback__)
    )


@contextmanager
def reaching(what: str) -> Iterator[None]:
    """Unavailable, naming what was wanted, if PostgreSQL is away or its disk full inside."""
    try:
        yield
    except TROUBLE_OF_SESSIONS as error:
        if is_full(error):
            raise Unavailable(FULL, reason=FULL_REASON) from error
        if not is_away(error):
            raise
        raise Unavailable(f"{what} cannot be reached now: try again") from error


def storable(texts: Iterable[str]) -> list[str]:
    """Those that PostgreSQL can hold: no text there has a NUL, and who looks for one finds nothing."""
    return [text for text in texts if "\0" not in text]


@dataclass(frozen=True, slots=True)
class Database:
    """Two roles of one service's database: `write` and `pool` may change it, `read` may not."""

    write: Sessions
    read: Sessions
    pool: Pool


@asynccontextmanager
async def open_database(url: str, read_url: str, *, pool_size: int = 4) -> AsyncIterator[Database]:
    """Open sessions and pool of a service; waits for PostgreSQL, Unavailable if it does not answer for so long."""
    write, read = _engine(url), _engine(read_url)
    pool = await _first_pool(url, pool_size)
    try:
        yield Database(
            async_sessionmaker(write, expire_on_commit=False),
            async_sessionmaker(read, expire_on_commit=False),
            pool,
        )
    finally:
        pool.terminate()
        await write.dispose()
        await read.dispose()


async def _first_pool(url: str, size: int) -> Pool:
    """Starting at once when PostgreSQL is back is quicker than to end and be started again, later each time."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return await asyncpg.create_pool(
                url, min_size=1, max_size=size, command_timeout=30, reset=_leave
            )
        except AWAY as error:
            if time.monotonic() > deadline:
                raise Unavailable(f"PostgreSQL does not answer: {error}") from error
            await asyncio.sleep(RETRY_SECONDS)


def _engine(url: str) -> Any:
    return create_async_engine(
        make_url(url).set(drivername="postgresql+asyncpg"),
        pool_size=KEPT_CONNECTIONS,
        max_overflow=MORE_CONNECTIONS,
        pool_pre_ping=True,
        hide_parameters=True,  # errors are logged; what persons wrote is not
    )


async def _leave(connection: Any) -> None:
    """A connection that goes back to the pool has nothing to reset: what we set, we set inside transactions."""
    if connection.is_in_transaction():
        await connection.reset()
