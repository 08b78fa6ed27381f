"""What a backup says of itself, and whether it is whole.

manifest.json   what was backed up, when, and of which versions
databases/      a dump of each database, as pg_dump --format=custom writes them
keys/           the files of keys
erasures/       the journal of erasures as it was then; of a data dir, or where its directory was named
cxm.json        of a data dir
SHA256SUMS      of every other file; written last, so a folder without it is no backup
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from infra.client.problem import Problem
from infra.local import credentials
from services.kit.db.migrate import newest_version

FORMAT = 1
MANIFEST, SUMS, STATE = "manifest.json", "SHA256SUMS", "cxm.json"
JOURNAL = "erasures/journal"
ORDER = ("metrics", "survey", "employee_exp", "profile")
"""Of the dumps. Who hears facts comes before who announces them: a database that had applied more than the restored
announcer knows of would take later facts, which get the same numbers, for those."""
PIECE_BYTES = 1024 * 1024


class NoBackup(Problem):
    """Not a whole backup, or one that this version cannot read."""


@dataclass(frozen=True)
class Dumped:
    """A database: its schema, the roles that it names, and when it was dumped (ISO 8601, UTC)."""

    schema: str
    roles: tuple[str, ...]
    at: str


@dataclass(frozen=True)
class Manifest:
    """`postgres` is the server's version_num, e.g. 180006."""

    began_at: str
    postgres: int
    time_zone: str
    databases: dict[str, Dumped]
    cxm: str = version("cxm")
    format: int = FORMAT


def seal(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, then the sums: from now on it is a backup."""
    credentials.keep(folder / MANIFEST, json.dumps(asdict(manifest), indent=1))
    lines = [f"{_sum(path)}  {path.relative_to(folder)}\n" for path in _files(folder)]
    credentials.keep(folder / SUMS, "".join(lines))


def open_backup(folder: Path, progress: Callable[[int], None] = lambda _: None) -> Manifest:
    """The manifest of a backup whose every byte is as it was written; NoBackup says what is wrong."""
    if not (folder / SUMS).is_file():
        raise NoBackup(f"{folder} is no whole backup: {SUMS} is not there, it is written last")
    wanted = {}
    for line in (folder / SUMS).read_text(errors="replace").splitlines():
        digest, _, name = line.partition("  ")
        wanted[name] = digest
    there = {str(path.relative_to(folder)) for path in _files(folder)}
    missing = sorted(wanted.keys() - there)
    if missing or MANIFEST not in wanted:
        raise NoBackup(f"{folder} is damaged: {', '.join(missing) or MANIFEST} is missing")
    for name, digest in wanted.items():
        if _sum(folder / name, progress) != digest:
            raise NoBackup(f"{folder} is damaged: {name} is not what was written")
    return _understand(folder, there)


def _understand(folder: Path, there: set[str]) -> Manifest:
    """The manifest, if this version can restore it."""
    try:
        read = json.loads((folder / MANIFEST).read_text())
        if read["format"] > FORMAT:
            raise NoBackup(
                f"{folder} was made by cxm {read['cxm']}, a newer one: restore it with that"
            )
        dumped = {
            name: Dumped(one["schema"], tuple(one["roles"]), one["at"])
            for name, one in read["databases"].items()
        }
        found = Manifest(**{**read, "databases": dumped})
    except (ValueError, KeyError, TypeError) as error:
        raise NoBackup(f"{folder}/{MANIFEST} cannot be read: {error}") from error
    for service in ORDER:
        if service not in dumped or dump_of(Path(), service).as_posix() not in there:
            raise NoBackup(f"{folder} holds no dump of {service}: it is not of a whole deployment")
        if dumped[service].schema > (known := newest_version(service)):
            raise NoBackup(
                f"{folder} was made by cxm {found.cxm}, with schema {dumped[service].schema} of {service}: "
                f"this one knows {known}; restore with that version, or a newer one"
            )
    return found


def dump_of(folder: Path, service: str) -> Path:
    """Where the dump of a service's database lies."""
    return folder / "databases" / f"{service}.dump"


def size_of(folder: Path) -> int:
    """Bytes of all files of a backup."""
    return sum(path.stat().st_size for path in _files(folder))


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and p != folder / SUMS)


def _sum(path: Path, progress: Callable[[int], None] = lambda _: None) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            digest.update(piece)
            progress(len(piece))
    return digest.hexdigest()
