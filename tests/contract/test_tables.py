"""The tables that code names are the tables that migrations make."""

import asyncio
import importlib
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

from infra.local.postgres import Postgres

SERVICES = ("profile", "survey", "metrics", "employee_exp")


def differences(connection: Connection, service: str) -> list[object]:
    """What the service's SQLModel classes and its database do not agree on."""
    ours = {
        name: table
        for name, table in SQLModel.metadata.tables.items()
        if name.startswith(f"{service}_")
    }
    metadata = MetaData()
    for table in ours.values():
        table.to_metadata(metadata)
    context = MigrationContext.configure(
        connection,
        opts={
            "include_name": lambda name, kind, _: kind != "table" or name in ours,
            "compare_type": False,
        },
    )
    changes = [
        change if isinstance(change, tuple) else change[0]
        for change in compare_metadata(context, metadata)
    ]
    return [c for c in changes if c[0] in ("add_table", "add_column", "remove_column")]


@pytest.mark.parametrize("service", SERVICES)
async def test_tables_are_those_of_the_migrations(
    service: str, postgres: Postgres, migrated: Callable[[str], str]
) -> None:
    for path in (Path("services") / service).rglob("tables.py"):
        importlib.import_module(".".join(path.with_suffix("").parts))
    await asyncio.to_thread(migrated, service)
    url = postgres.service_url(service, "owner").replace("postgresql:", "postgresql+asyncpg:")
    engine = create_async_engine(url)

    async with engine.connect() as connection:
        found = await connection.run_sync(differences, service)
    await engine.dispose()

    assert found == []


def broken_chain(revisions: list[tuple[str, str, str | None]]) -> list[str]:
    """Files (name, revision, what it follows) that do not follow one another by their numbers."""
    before, broken = None, []
    for name, revision, down_revision in sorted(revisions):
        if name.partition("_")[0] != revision or down_revision != before:
            broken.append(name)
        before = revision
    return broken


@pytest.mark.parametrize("service", SERVICES)
def test_migrations_follow_one_another_by_their_numbers(service: str) -> None:
    """Of two with one number Alembic takes either, and says nothing."""
    files = sorted((Path("services") / service / "migrations").glob("[0-9]*.py"))
    modules = [importlib.import_module(".".join(path.with_suffix("").parts)) for path in files]
    chain = [(p.stem, m.revision, m.down_revision) for p, m in zip(files, modules, strict=True)]

    assert broken_chain(chain) == []
    assert broken_chain([("0001_a", "0001", None), ("0002_b", "0002", "0001")]) == []
    assert broken_chain([("0001_a", "0001", None), ("0001_b", "0001", None)]) == ["0001_b"]
    assert broken_chain([("0001_a", "0001", None), ("0002_b", "0003", "0001")]) == ["0002_b"]


@pytest.mark.parametrize("service", SERVICES)
async def test_the_audit_log_is_added_to_and_never_changed(
    service: str, postgres: Postgres, migrated: Callable[[str], str]
) -> None:
    database = await asyncio.to_thread(migrated, service)
    rights = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
    connection = await asyncpg.connect(postgres.url(database=database))
    roles = ("intake", "read")
    allowed = {
        (role, right)
        for role in roles
        for right in rights
        if await connection.fetchval(
            "SELECT has_table_privilege($1, 'audit_entry', $2)", f"cxm_{service}_{role}", right
        )
    }
    await connection.close()

    assert allowed == {("intake", "SELECT"), ("intake", "INSERT")}
