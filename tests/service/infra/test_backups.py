"""A backup of given databases, restored into empty ones; and what stands in the way of either."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from infra.cli.backups.backing_up import BackupRefused, Files, back_up
from infra.cli.backups.databases import DatabaseRefused, ToolFailed, Urls, urls_of
from infra.cli.backups.manifest import open_backup
from infra.cli.backups.restoring import (
    LostWave,
    RestoreRefused,
    restore_databases,
    tell,
)
from infra.cli.backups.showing import Shown
from infra.local.keys import FILES, make
from infra.local.postgres import Postgres
from infra.roles import SERVICES

# What is not in a plain copy of rows: who owns, who may, and what row-level security shows whom.
GUARDED = """SELECT count(*), sum(relrowsecurity::int), sum(relforcerowsecurity::int), min(relowner::regrole::text),
    count(relacl), (SELECT count(*) FROM pg_policy)
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"""
WAVE = """INSERT INTO employee_exp_wave (id, key, state, draft, opened_at, released_at, invited, revision)
VALUES (gen_random_uuid(), $1, $2, '', now(), CASE WHEN $2 = 'released' THEN now() END, 9, 2) RETURNING id"""
SEALED = "INSERT INTO {} SELECT gen_random_uuid(), $1, 'x' FROM generate_series(1, $2)"


@pytest.fixture
async def sources(postgres: Postgres, migrated: Callable[[str], str]) -> AsyncIterator[Urls]:
    """A migrated database of each service, not used by other tests."""
    templates = {service: await asyncio.to_thread(migrated, service) for service in SERVICES}
    async with fresh(postgres, "source", templates) as urls:
        yield urls


@pytest.fixture
async def targets(postgres: Postgres) -> AsyncIterator[Urls]:
    """An empty database for each service."""
    async with fresh(postgres, "target", dict.fromkeys(SERVICES, "template0")) as urls:
        yield urls


@asynccontextmanager
async def fresh(postgres: Postgres, prefix: str, templates: dict[str, str]) -> AsyncIterator[Urls]:
    """Databases made of templates, and dropped."""
    names = {service: f"{prefix}_{service}" for service in templates}
    admin = await asyncpg.connect(postgres.url())
    for service, template in templates.items():
        await admin.execute(f'CREATE DATABASE "{names[service]}" TEMPLATE "{template}"')
    yield {service: postgres.url(database=name) for service, name in names.items()}
    for name in names.values():
        await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    await admin.close()


async def fetchrow(url: str, query: str, *arguments: object) -> asyncpg.Record:
    connection = await asyncpg.connect(url)
    row = await connection.fetchrow(query, *arguments)
    await connection.close()
    assert row is not None
    return row


async def test_databases_come_back_with_rows_owners_rights_and_policies(
    sources: Urls, targets: Urls, tmp_path: Path
) -> None:
    staff = await asyncpg.connect(sources["employee_exp"])
    for state in ("open", "released"):
        wave = await staff.fetchval(WAVE, f"wave-{state}", state)
        await staff.execute(SEALED.format("employee_exp_spool"), wave, 5)
        await staff.execute(SEALED.format("employee_exp_ballot"), wave, 2)
    await staff.close()
    made = make(tmp_path / "keys")
    made.waves.mkdir()
    (made.waves / "key.spool").write_text("not in any backup")

    await back_up(sources, Files(made.directory, None, None), tmp_path / "backup", Shown())
    done = await restore_databases(tmp_path / "backup", targets, tmp_path / "new", Shown())

    for service in SERVICES:
        assert await fetchrow(targets[service], GUARDED) == await fetchrow(
            sources[service], GUARDED
        )
    assert done.lost == (LostWave("wave-open", "open", 7),)
    assert "lost: 7 answers to wave wave-open (OPEN): its keys are in no backup" in tell(done, {})
    assert {path.name for path in (tmp_path / "new").iterdir()} == set(FILES)
    assert not [path for path in (tmp_path / "backup").rglob("*") if "spool" in path.name]
    with pytest.raises(RestoreRefused, match="the database of metrics is not empty"):
        await restore_databases(tmp_path / "backup", targets, tmp_path / "more", Shown())
    assert not (tmp_path / "more").exists()


async def test_a_role_that_sees_not_all_rows_makes_no_backup(
    sources: Urls, postgres: Postgres, tmp_path: Path
) -> None:
    owner = postgres.url("cxm_survey_owner", None, "source_survey")
    keys = make(tmp_path / "keys").directory

    with pytest.raises(ToolFailed, match="row-level security"):
        await back_up(
            {**sources, "survey": owner}, Files(keys, None, None), tmp_path / "backup", Shown()
        )

    assert not (tmp_path / "backup" / "SHA256SUMS").exists()


DOCUMENT = Path(__file__).parents[3] / "docs" / "backup.md"
STATEMENTS = re.findall(r"(?ms)^```sql\n(.*?)^```", DOCUMENT.read_text())


@asynccontextmanager
async def documented_role(
    postgres: Postgres,
) -> "AsyncIterator[asyncpg.Connection[asyncpg.Record]]":
    """The role of docs/backup.md, by the statements there; a superuser's connection, to take something away."""
    admin = await asyncpg.connect(postgres.url())
    for statements in STATEMENTS:
        await admin.execute(statements)
    try:
        yield admin
    finally:
        await admin.execute("DROP OWNED BY cxm_backup; DROP ROLE cxm_backup")
        await admin.close()


async def test_the_documented_role_backs_up_databases_as_the_platform_makes_them(
    postgres: Postgres, migrated: Callable[[str], str], tmp_path: Path
) -> None:
    """The controls: without its CONNECT, and without BYPASSRLS, there is no backup."""
    names = {service: await asyncio.to_thread(migrated, service) for service in SERVICES}
    urls = {one: postgres.url("cxm_backup", "...", name) for one, name in names.items()}
    keys = make(tmp_path / "keys").directory

    async with documented_role(postgres) as admin:
        await back_up(urls, Files(keys, None, None), tmp_path / "backup", Shown())
        for service, name in names.items():
            await admin.execute(f'REVOKE CONNECT ON DATABASE "{name}" FROM cxm_backup')
            refused = f'{service} cannot be reached: permission denied for database "{name}"'
            with pytest.raises(DatabaseRefused, match=refused):
                await back_up(urls, Files(keys, None, None), tmp_path / service, Shown())
            await admin.execute(f'GRANT CONNECT ON DATABASE "{name}" TO cxm_backup')
        await admin.execute("ALTER ROLE cxm_backup NOBYPASSRLS")
        with pytest.raises(ToolFailed, match="row-level security"):
            await back_up(urls, Files(keys, None, None), tmp_path / "some", Shown())

    assert set(open_backup(tmp_path / "backup").databases) == set(SERVICES)


async def test_databases_that_are_mixed_up_are_noticed(sources: Urls, tmp_path: Path) -> None:
    keys = make(tmp_path / "keys").directory
    mixed = {**sources, "survey": sources["profile"]}

    with pytest.raises(DatabaseRefused, match="survey has no tables there"):
        await back_up(mixed, Files(keys, None, None), tmp_path / "backup", Shown())


async def test_a_missing_key_and_a_folder_in_use_are_refused(sources: Urls, tmp_path: Path) -> None:
    keys = make(tmp_path / "keys").directory
    with pytest.raises(BackupRefused, match="something in it"):
        await back_up(sources, Files(keys, None, None), keys, Shown())

    (keys / "seal.key").unlink()
    with pytest.raises(BackupRefused, match=r"seal\.key is not in"):
        await back_up(sources, Files(keys, None, None), tmp_path / "backup", Shown())


async def test_a_database_that_is_away_is_named(sources: Urls, tmp_path: Path) -> None:
    keys = make(tmp_path / "keys").directory
    away = {**sources, "profile": "postgresql://nobody@127.0.0.1:1/none"}

    with pytest.raises(DatabaseRefused, match="the database of profile cannot be reached"):
        await back_up(away, Files(keys, None, None), tmp_path / "backup", Shown())


def test_all_four_databases_are_asked_for() -> None:
    with pytest.raises(DatabaseRefused, match="--database profile=postgresql"):
        urls_of(["survey=postgresql://x"])
