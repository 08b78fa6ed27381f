"""What `cxm restore` does: a backup into a data dir that is not there yet, or into empty databases."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.cli.backups.databases import (
    TABLES,
    DatabaseRefused,
    Urls,
    connected,
    run_tool,
)
from infra.cli.backups.manifest import (
    JOURNAL,
    ORDER,
    STATE,
    Manifest,
    dump_of,
    open_backup,
    size_of,
)
from infra.cli.backups.showing import Shown
from infra.client.problem import Problem
from infra.local import credentials, datadir
from infra.local.datadir import JOURNAL_FILE, State
from infra.local.keys import FILES, LOST
from infra.roles import SERVICES

WAVES, WAVES_MARKER = "waves", "wave-keys"
POSTGRES_MAJOR = 10_000
# What is sealed under a key that is in no backup, of waves whose results are not out.
UNRELEASED = """
SELECT key, state, (SELECT count(*) FROM employee_exp_spool s WHERE s.wave_id = w.id)
    + (SELECT count(*) FROM employee_exp_ballot b WHERE b.wave_id = w.id)
FROM employee_exp_wave w WHERE opened_at IS NOT NULL AND released_at IS NULL AND NOT imported ORDER BY opened_at"""
MISSING_ROLES = (
    "SELECT name FROM unnest($1::text[]) AS name WHERE name NOT IN (SELECT rolname FROM pg_roles)"
)


class RestoreRefused(Problem):
    """The target is not empty, or cannot take this backup."""


@dataclass(frozen=True)
class LostWave:
    """A wave whose keys are gone, and how many answers to it nobody can open."""

    key: str
    state: str
    answers: int


@dataclass(frozen=True)
class Restored:
    """What was restored, and what could not be."""

    manifest: Manifest
    lost: tuple[LostWave, ...]
    is_journal_old: bool = False
    """Whether the journal of erasures is no newer than the backup."""


def check(folder: Path, shown: Shown) -> Manifest:
    """The manifest of a whole backup; every byte is read before anything is written."""
    total = size_of(folder) if folder.is_dir() else 0
    with shown.bytes_of("checking the backup", total) as read:
        done = 0

        def add(size: int) -> None:
            nonlocal done
            done += size
            read(done)

        return open_backup(folder, add)


async def restore_data_dir(
    folder: Path, data_dir: Path, journal: Path | None, shown: Shown
) -> Restored:
    """Make a data dir of a backup; it is there when it is whole, and not before.

    `journal`: the directory of a journal of erasures that is newer than that of the backup.
    """
    if _is_taken(data_dir):
        raise RestoreRefused(f"{data_dir} is not empty: name a data dir that is not there yet")
    if journal is not None and not (journal / JOURNAL_FILE).is_file():
        raise RestoreRefused(f"{journal} holds no file {JOURNAL_FILE}: name the directory it is in")
    manifest = check(folder, shown)
    from infra.local import postgres

    draft = _make_draft(folder, data_dir, manifest)
    _put_journal(folder / JOURNAL if journal is None else journal / JOURNAL_FILE, draft)
    async with postgres.postgres(draft) as server:
        for service in SERVICES:
            await postgres.create_service(server, service)
        urls = {name: server.url(database=postgres.database_name(name)) for name in SERVICES}
        lost = await _restore(folder, manifest, urls, shown)
    draft.rename(data_dir)  # takes the place of an empty one
    return Restored(manifest, lost, is_journal_old=journal is None)


def _make_draft(folder: Path, data_dir: Path, manifest: Manifest) -> Path:
    """A data dir beside the wanted one, with everything but the databases."""
    draft = data_dir.resolve().with_name(f".{data_dir.name}.restoring")
    shutil.rmtree(draft, ignore_errors=True)  # of a restore that was interrupted
    datadir.make(draft)
    _put_keys(folder, draft / "secrets")
    credentials.keep(draft / "secrets" / WAVES / WAVES_MARKER, "")
    if (folder / STATE).exists():
        credentials.keep(draft / STATE, (folder / STATE).read_text())
    else:
        used = tuple(name for name in LOST if (draft / "secrets" / name).exists())
        datadir.save(draft, State(manifest.time_zone, keys=used))
    return draft


async def restore_databases(folder: Path, urls: Urls, keys: Path, shown: Shown) -> Restored:
    """Fill empty databases, whose roles are there, and a folder of keys."""
    if _is_taken(keys):
        raise RestoreRefused(f"{keys} is not empty: name another folder for the keys")
    manifest = check(folder, shown)
    await _check_targets(manifest, urls)
    _put_keys(folder, keys)
    return Restored(manifest, await _restore(folder, manifest, urls, shown))


async def _check_targets(manifest: Manifest, urls: Urls) -> None:
    """All databases take the backup, or none is written to."""
    for service in ORDER:
        async with connected(service, urls[service]) as connection:
            if await connection.fetchval(TABLES):
                raise RestoreRefused(f"the database of {service} is not empty: name a new one")
            roles = list(manifest.databases[service].roles)
            missing = [row[0] for row in await connection.fetch(MISSING_ROLES, roles)]
            if missing:
                raise DatabaseRefused(
                    f"the database of {service} needs the roles {', '.join(missing)}: make them first"
                )


async def _restore(
    folder: Path, manifest: Manifest, urls: Urls, shown: Shown
) -> tuple[LostWave, ...]:
    for service in ORDER:
        await _check_server(service, urls[service], manifest)
        path = dump_of(folder, service)
        with shown.bytes_of(f"restoring {service}") as written:
            once = ("--single-transaction", "--exit-on-error")
            run_tool("pg_restore", urls[service], *once, str(path), look=lambda: None)
            written(path.stat().st_size)
        async with connected(service, urls[service]) as connection:
            await connection.execute("ANALYZE")
    async with connected("employee_exp", urls["employee_exp"]) as connection:
        return tuple(LostWave(*row) for row in await connection.fetch(UNRELEASED))


async def _check_server(service: str, url: str, manifest: Manifest) -> None:
    async with connected(service, url) as connection:
        found = int(await connection.fetchval("SHOW server_version_num"))
    if found // POSTGRES_MAJOR < manifest.postgres // POSTGRES_MAJOR:
        raise RestoreRefused(
            f"the backup is of PostgreSQL {manifest.postgres // POSTGRES_MAJOR}, the server of {service} is older"
        )


def _is_taken(path: Path) -> bool:
    return path.exists() and (not path.is_dir() or any(path.glob("*")))


def _put_keys(folder: Path, keys: Path) -> None:
    for name in FILES:
        if (folder / "keys" / name).exists():  # an older version has fewer
            credentials.keep(keys / name, (folder / "keys" / name).read_text())


def _put_journal(path: Path, data_dir: Path) -> None:
    if path.exists():  # an older version has none
        credentials.keep(datadir.journal(data_dir) / JOURNAL_FILE, path.read_text())


def tell(restored: Restored, steps: Mapping[str, str]) -> list[str]:
    """What is said at the end: the moment of the data, what is lost, and what to do next."""
    manifest = restored.manifest
    moments = sorted(one.at for one in manifest.databases.values())
    lines = [
        f"restored: the deployment as of {moments[0]} to {moments[-1]}, made by cxm {manifest.cxm}"
    ]
    lines += [
        f"lost: {wave.answers:,} answers to wave {wave.key} ({wave.state.upper()}): its keys are in no backup"
        for wave in restored.lost
    ]
    if not restored.lost:
        lines.append("lost: no answers of employees; no wave was open or waited for its release")
    if restored.is_journal_old:
        lines.append(
            "lost: who was erased after the backup is back, for its journal of erasures is no newer:"
            " restore again with --journal, the directory erasures of the old data dir"
        )
    return [*lines, *(f"next: {step}{f'  # {why}' if why else ''}" for step, why in steps.items())]
