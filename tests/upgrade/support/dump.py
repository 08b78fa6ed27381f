"""The data of a stopped platform as files, and the way back into a new data directory."""

import gzip
import io
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

from infra.local.postgres import (
    BINARIES,
    PORT,
    SUPERUSER,
    Postgres,
    create_service,
    database_name,
    postgres,
)
from infra.roles import SERVICES

# What stored data depend on. Signing keys and passwords are not in a dump: they are made anew.
FILES = (
    "cxm.json",
    "secrets/customer.key",
    "secrets/import.key",
    "secrets/seal.key",
    "secrets/link.key",
)
FOLDERS = {"nats/jetstream": "nats.tar.gz", "secrets/waves": "waves.tar.gz"}
PLAIN = ("--restrict-key=cxm", "--rows-per-insert=100", "--no-comments")


async def write(data_dir: Path, folder: Path) -> None:
    """Dump a data directory that no platform uses now."""
    async with postgres(data_dir) as server:
        for service in SERVICES:
            _run(server, "pg_dump", service, *PLAIN, f"--file={folder / service}.sql")
    for name in FILES:
        shutil.copy(data_dir / name, folder / Path(name).name)
    for name, packed in FOLDERS.items():
        _pack(data_dir / name, folder / packed)


async def restore(folder: Path, data_dir: Path) -> None:
    """Make a data directory with new roles and passwords and the data of a dump."""
    for name in FILES:
        if not (folder / Path(name).name).exists():
            continue  # of an older version
        (data_dir / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy(folder / Path(name).name, data_dir / name)
    async with postgres(data_dir, durable=False) as server:
        for service in SERVICES:
            await create_service(server, service)
            once = ("--single-transaction", "--set=ON_ERROR_STOP=1", "--quiet", "--no-psqlrc")
            _run(server, "psql", service, *once, f"--file={folder / service}.sql")
    for name, packed in FOLDERS.items():
        if (folder / packed).exists():
            _unpack(folder / packed, data_dir / name)


def _run(server: Postgres, tool: str, service: str, *arguments: str) -> None:
    """Run a tool of PostgreSQL on a service's database, as the superuser."""
    login = {
        "PGHOST": str(server.socket_dir),
        "PGPORT": str(PORT),
        "PGUSER": SUPERUSER,
        "PGPASSWORD": server.passwords[SUPERUSER],
        "PGDATABASE": database_name(service),
    }
    command = [str(BINARIES / tool), *arguments]
    done = subprocess.run(
        command, env=os.environ | login, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def _pack(source: Path, target: Path) -> None:
    """A tar file without owners and times, so that the same data give the same bytes."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for path in sorted(source.rglob("*")):
            entry = tar.gettarinfo(str(path), str(path.relative_to(source)))
            entry.uid = entry.gid = entry.mtime = 0
            entry.uname = entry.gname = ""
            with path.open("rb") if entry.isfile() else io.BytesIO() as content:
                tar.addfile(entry, content if entry.isfile() else None)
    target.write_bytes(gzip.compress(packed.getvalue(), mtime=0))


def _unpack(source: Path, target: Path) -> None:
    with tarfile.open(source) as packed:
        if hasattr(tarfile, "data_filter"):  # not before Python 3.11.4
            packed.extraction_filter = tarfile.data_filter
        packed.extractall(target)
