"""What `cxm backup` does: a dump of each database, whoever writes to it, and the keys."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from infra.cli.backups.databases import ROLES, DatabaseRefused, Urls, connected, run_tool
from infra.cli.backups.manifest import (
    JOURNAL,
    MANIFEST,
    ORDER,
    STATE,
    SUMS,
    Dumped,
    Manifest,
    dump_of,
    seal,
)
from infra.cli.backups.showing import Shown
from infra.client.problem import Problem
from infra.local import credentials
from infra.local.datadir import JOURNAL_FILE
from infra.local.keys import FILES
from services.kit.clock import instant_text


class BackupRefused(Problem):
    """There is something in the way, or something is missing."""


@dataclass(frozen=True)
class Files:
    """What is backed up beside databases: a folder of keys, the state of a data dir, the directory of the journal."""

    keys: Path
    state: Path | None
    journal: Path | None


async def back_up(urls: Urls, files: Files, to: Path, shown: Shown) -> None:
    """Back up databases and files; nothing of what runs is stopped or locked for writing."""
    _check_keys(files.keys)
    _make_target(to)
    began_at = _now()
    dumped: dict[str, Dumped] = {}
    postgres, time_zone = 0, ""
    for service in ORDER:  # all are asked before the first is dumped
        postgres = max(postgres, await _check(service, urls[service]))
    for service in ORDER:
        dumped[service] = await _dump(service, urls[service], to, shown)
    async with connected("profile", urls["profile"]) as connection:
        time_zone = await connection.fetchval("SELECT time_zone FROM profile_organization")
    _keep_files(files, to)
    seal(to, Manifest(began_at, postgres, time_zone or "UTC", dumped))


def _check_keys(keys: Path) -> None:
    missing = [name for name in FILES if not (keys / name).is_file()]
    if missing:
        raise BackupRefused(
            f"{', '.join(missing)} is not in {keys}: without every key this would be no whole backup"
        )


def _keep_files(files: Files, to: Path) -> None:
    """After the dumps: the journal then has every erasure that they have."""
    for name in FILES:
        credentials.keep(to / "keys" / name, (files.keys / name).read_text())
    if files.state is not None:
        credentials.keep(to / STATE, files.state.read_text())
    if files.journal is not None and (journal := files.journal / JOURNAL_FILE).exists():
        credentials.keep(to / JOURNAL, journal.read_text())


def _make_target(to: Path) -> None:
    try:
        to.mkdir(mode=0o700, parents=True, exist_ok=True)
        is_empty = not any(to.iterdir())
        (to / "databases").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise BackupRefused(f"{to} cannot be used: {error.strerror}") from error
    if not is_empty:
        is_whole = (to / SUMS).exists() or (to / MANIFEST).exists()
        what = "a backup already" if is_whole else "something in it"
        raise BackupRefused(f"{to} has {what}: name a folder that is empty or not there yet")


async def _check(service: str, url: str) -> int:
    """The version of the server; DatabaseRefused unless it is the migrated database of this service."""
    async with connected(service, url) as connection:
        tables = await connection.fetchval(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND starts_with(tablename, $1)",
            f"{service}_",
        )
        if not tables:
            raise DatabaseRefused(
                f"{service} has no tables there: is this the database of another service, or was it never started?"
            )
        return int(await connection.fetchval("SHOW server_version_num"))


async def _dump(service: str, url: str, to: Path, shown: Shown) -> Dumped:
    at, path = _now(), dump_of(to, service)
    async with connected(service, url) as connection:
        schema = await connection.fetchval("SELECT version_num FROM alembic_version")
        roles = tuple(row[0] for row in await connection.fetch(ROLES))
    with shown.bytes_of(f"dumping {service}") as written:

        def look() -> None:
            written(path.stat().st_size if path.exists() else 0)

        run_tool("pg_dump", url, "--format=custom", f"--file={path}", look=look)
    path.chmod(0o600)
    return Dumped(schema, roles, at)


def _now() -> str:
    return instant_text(datetime.now(UTC), "seconds")
