"""The commands `cxm backup` and `cxm restore`."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from infra.client.problem import Problem

Databases = Annotated[
    list[str] | None,
    typer.Option(
        "--database",
        metavar="SERVICE=URL",
        help="Instead of a data dir: the database of a service, once for each of the four. A password may stand in "
        "~/.pgpass or PGPASSWORD.",
        show_default=False,
    ),
]
Keys = Annotated[
    Path, typer.Option("--keys", help="With --database: the folder of the files of keys.")
]
DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir", help="The data dir of `cxm up`, running or not.", show_default=False
    ),
]
Journal = Annotated[
    Path | None,
    typer.Option(
        "--journal", help="The directory of profile's journal of erasures.", show_default=False
    ),
]
KEYS = Path("keys")
DEFAULT = Path(".cxm")


class OptionsRefused(Problem):
    """The options do not go together."""


def backup(
    to: Annotated[Path, typer.Option("--to", help="A folder that is empty or not there yet.")],
    data_dir: DataDir = None,
    database: Databases = None,
    keys: Keys = KEYS,
    journal: Journal = None,
) -> None:
    """Back up all databases and keys of a deployment while it runs.

    The folder then holds personal data and the keys to them. The keys of waves are never in it.
    """
    from infra.cli.backups.backing_up import BackupRefused, Files, back_up
    from infra.cli.backups.databases import open_data_dir, urls_of
    from infra.cli.backups.manifest import size_of
    from infra.cli.backups.showing import Shown
    from infra.local import datadir

    _check_options(data_dir, database)

    async def run() -> None:
        if database:
            await back_up(urls_of(database), Files(keys, None, journal), to, Shown())
            return
        source = data_dir or DEFAULT
        state = source / datadir.STATE_FILE
        if not state.exists():
            raise BackupRefused(f"there is no platform in {source}: name its --data-dir")
        if datadir.clock_file(source).exists():
            raise BackupRefused(f"the demo of {source} is being made: wait until it is")
        files = Files(source / "secrets", state, journal or datadir.journal(source))
        async with open_data_dir(source, "cxm backup") as urls:
            await back_up(urls, files, to, Shown())

    asyncio.run(run())
    print(f"backed up into {to}: {size_of(to):,} bytes; keep it as you keep the data themselves")


def restore(
    source: Annotated[Path, typer.Option("--from", help="The folder of a backup.")],
    data_dir: DataDir = None,
    database: Databases = None,
    keys: Keys = KEYS,
    journal: Journal = None,
) -> None:
    """Restore a backup into a data dir that is not there yet, or into four empty databases and a folder for keys.

    Every byte of the backup is checked before anything is written. The journal of erasures of the deployment as it was
    last says whom to erase again: without it who was erased after the backup is back.
    """
    from infra.cli.backups.databases import urls_of
    from infra.cli.backups.restoring import restore_data_dir, restore_databases, tell
    from infra.cli.backups.showing import Shown

    _check_options(data_dir, database)
    if not database and data_dir is None:
        raise OptionsRefused("say where to: --data-dir DIR, or --database for each of the four")
    rebuild = "cxm reconcile --rebuild"
    reapply = "cxm privacy reapply"
    if database:
        done = asyncio.run(restore_databases(source, urls_of(database), keys, Shown()))
        steps = {
            "remove the streams of the old broker, give the services the keys, and start them": "",
            f"{reapply} --journal DIR": "where profile keeps its journal of erasures",
            f"{rebuild} --url ...": "with an operator's token",
        }
    else:
        target = data_dir or DEFAULT
        done = asyncio.run(restore_data_dir(source, target, journal, Shown()))
        token = f'CXM_TOKEN="$(cxm token --role operator --data-dir {target})"'
        steps = {
            f"{reapply} --data-dir {target}": "done when it starts",
            f"cxm up --data-dir {target}": "",
            f"{token} {rebuild}": "when it runs",
        }
    for line in tell(done, steps):
        print(line)


def _check_options(data_dir: Path | None, database: list[str] | None) -> None:
    if data_dir is not None and database:
        raise OptionsRefused("name a --data-dir or databases, not both")
