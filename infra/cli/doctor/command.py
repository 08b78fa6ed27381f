"""The command `cxm doctor`."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infra.cli.options import Token
from infra.client.problem import Problem

if TYPE_CHECKING:
    from infra.cli.doctor.findings import Finding

DEFAULT = Path(".cxm")


DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", help="Of `cxm up`: everything is looked at.", show_default=False),
]
Address = Annotated[
    str | None,
    typer.Option(
        envvar="CXM_URL", help="The gateway of a deployment elsewhere.", show_default=False
    ),
]
Databases = Annotated[
    list[str] | None,
    typer.Option(
        "--database",
        metavar="SERVICE=URL",
        help="And the database of a service; once for each of the four.",
        show_default=False,
    ),
]
Broker = Annotated[
    str | None,
    typer.Option(
        "--nats",
        metavar="URL",
        help="And its broker; a user who may ask about streams.",
        show_default=False,
    ),
]
KeyFolders = Annotated[
    list[Path] | None,
    typer.Option("--keys", help="And a folder of keys; several are compared.", show_default=False),
]


def doctor(
    data_dir: DataDir = None,
    url: Address = None,
    database: Databases = None,
    nats: Broker = None,
    keys: KeyFolders = None,
    token: Token = "",
) -> int:
    """Say what is wrong with a deployment, a line each with what to do.

    Looks at what it is given: a data dir, or what runs elsewhere. Status 0 if nothing is wrong, else 1.
    """
    given = [name for name in (url, database, nats, keys) if name]
    if data_dir is not None and (database or nats or keys):
        raise Problem("name a --data-dir, or what runs elsewhere, not both")
    if data_dir is None and not given:
        data_dir = DEFAULT
    if data_dir is not None:
        found = asyncio.run(_look_at_data_dir(data_dir))
    else:
        found = asyncio.run(_look_elsewhere(database, nats, keys))
        found += _ask(url, token) if url else []
    for finding in found:
        print(finding)
    if not found:
        print("nothing is wrong")
    return 1 if found else 0


async def _look_at_data_dir(data_dir: Path) -> "list[Finding]":
    from infra.cli.doctor import api, broker, key_files, processes, stores, versions
    from infra.cli.doctor.findings import Finding
    from infra.local import datadir, postgres
    from infra.local import nats as local_nats
    from infra.local.parts import HOST
    from infra.roles import SERVICES

    if datadir.find_state(data_dir) is None:
        raise Problem(f"there is no platform in {data_dir}: name its --data-dir")
    found = [*key_files.check([data_dir / "secrets"]), *processes.check_disk(data_dir)]
    if not datadir.is_held(data_dir):
        remedy = f"`cxm up --data-dir {data_dir}`; the rest can be looked at when it runs"
        return [*found, Finding(str(data_dir), "nothing runs on it", remedy)]
    server = postgres.running(data_dir)
    urls = {name: server.url(database=postgres.database_name(name)) for name in SERVICES}
    running = local_nats.running(data_dir)
    port = datadir.port(data_dir)
    return [
        *found,
        *processes.check_ages(data_dir),
        *processes.check_settings(data_dir),
        *await processes.check(data_dir),
        *(api.check_pages(f"http://{HOST}:{port}") if port else ()),
        *versions.check(await versions.of_data_dir(data_dir)),
        *await stores.check(urls),
        *await broker.check(running.url),
        *await broker.check_server(running),
    ]


async def _look_elsewhere(
    database: list[str] | None, nats: str | None, keys: list[Path] | None
) -> "list[Finding]":
    from infra.cli.backups.databases import urls_of
    from infra.cli.doctor import broker, key_files, stores

    return [
        *(key_files.check(keys) if keys else ()),
        *(await stores.check(urls_of(database)) if database else ()),
        *(await broker.check(nats) if nats else ()),
    ]


def _ask(url: str, token: str) -> "list[Finding]":
    from infra.cli.doctor import api

    return api.check(url, token)
