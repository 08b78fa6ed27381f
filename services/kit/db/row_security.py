"""Row-level security of tables about persons: what guards them, and how a transaction says what it is about.

A policy shows the rows that the transaction named in settings `cxm.*`. They end with the transaction: what is set for a
session would be carried on by a pooled connection to whoever comes next, so nothing here can do that.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.db.database import Connection


def guard_ddl(*tables: str) -> tuple[str, ...]:
    """Row-level security, for the owner of the tables too; whoever migrates them goes on seeing all rows.

    Without a policy of its own a later migration that fills a column would see no rows and change none.
    """
    return tuple(
        statement
        for table in tables
        for statement in (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY owner ON {table} TO CURRENT_USER USING (true) WITH CHECK (true)",
        )
    )


def _naming(settings: Iterable[str], parameter: str) -> str:
    """Values go in as an array and are kept as PostgreSQL writes one."""
    return "SELECT " + ", ".join(
        f"set_config('cxm.{name}', CAST(CAST({parameter.format(number, name)} AS text[]) AS text), true)"
        for number, name in enumerate(settings, 1)
    )


async def name_rows(session: AsyncSession, **settings: Iterable[str]) -> None:
    """Say what the rest of this transaction is about: the values of each setting."""
    values = {name: list(each) for name, each in settings.items()}
    await session.execute(text(_naming(settings, ":{1}")), values)


async def state_purpose(session: AsyncSession, purpose: str) -> None:
    """Say what the rest of this transaction is for, where that is to see all rows."""
    await session.execute(
        text("SELECT set_config('cxm.purpose', :purpose, true)"), {"purpose": purpose}
    )


async def name_rows_on_driver(connection: Connection, **settings: Iterable[str]) -> None:
    """As name_rows, where there is no session; outside of a transaction it names nothing."""
    await connection.execute(_naming(settings, "${0}"), *(list(each) for each in settings.values()))


@asynccontextmanager
async def transaction_about(
    connection: Connection, **settings: Iterable[str]
) -> AsyncIterator[None]:
    """A transaction on the driver that says what it is about."""
    async with connection.transaction():
        await name_rows_on_driver(connection, **settings)
        yield
