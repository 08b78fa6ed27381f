"""Files of keys: missing, open to others, unreadable, no keys, not fitting each other, other ones elsewhere, old."""

import json
import os
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from infra.cli.doctor.findings import Finding
from infra.local.keys import FILES, LOST, PROCESSES

OLD_DAYS: Final = 365
SETS: Final = {"issuer.jwks": ("issuer.jwk",), "trusted.jwks": tuple(f"{p}.jwk" for p in PROCESSES)}
RANDOM: Final = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)
WAVES, MARKER = "waves", "wave-keys"
ISSUER: Final = "issuer.jwk"
"""No process reads it, so it may well be elsewhere."""
AS_READER: Final = "run `cxm doctor` as a user who may read it"
READ: Final = {process: {f for f, who in FILES.items() if process in who} for process in PROCESSES}
"""The files of each process."""


def check(directories: Sequence[Path]) -> list[Finding]:
    """Each folder by itself, and all against each other: the first that has a file has the right one."""
    found = [finding for directory in directories for finding in _check_one(directory)]
    first: dict[str, Path] = {}
    for directory in filter(_may_enter, directories):
        for name in FILES:
            path = directory / name
            if not path.is_file() or first.setdefault(name, path) == path:
                continue
            if _read(path) != _read(first[name]):
                wrong = f"another key than in {first[name].parent}"
                remedy = (
                    "whoever reads this file needs the same one: copy the right one over the other"
                )
                found.append(Finding(str(path), wrong, remedy))
    for public, private in SETS.items():
        if public in first:
            paths = [first[name] for name in private if name in first]
            found += _check_set(first[public], paths)
    return found


def _check_one(directory: Path) -> Iterator[Finding]:
    if not os.access(directory, os.F_OK):
        remedy = "name the right one, or for a new deployment `cxm keys init` makes one"
        yield Finding(str(directory), "there is no such folder of keys", remedy)
        return
    if not _may_enter(directory):
        yield Finding(str(directory), "it cannot be entered", AS_READER)
        return
    for name in _expected(directory):
        if not (directory / name).is_file():
            yield Finding(str(directory / name), "it is missing", _how_to_replace(name))
    for name in FILES:
        if (directory / name).is_file():
            yield from _check_file(directory / name)
    waves = directory / WAVES
    if waves.is_dir() and not (waves / MARKER).exists():
        wrong = f"the file {MARKER} is not in it, so employee_exp does not start"
        yield Finding(
            str(waves), wrong, "mount the right folder; docs/keys.md says what is lost with it"
        )


def _may_enter(directory: Path) -> bool:
    return os.access(directory, os.X_OK)


def _expected(directory: Path) -> list[str]:
    """All files, or those of one process: of those that read all that is there the one that lacks fewest; without the
    key of the issuer. One file alone may be of many."""
    present = {name for name in FILES if (directory / name).exists()}
    whose = [files for files in READ.values() if present and present <= files]
    least = min(map(len, whose), default=0)
    nearest = [files for files in whose if len(files) == least] if len(present) > 1 else whose
    wanted = nearest[0] if len(nearest) == 1 else FILES
    return [name for name in FILES if name in wanted and name != ISSUER]


def _how_to_replace(name: str) -> str:
    if name in LOST:
        return f"put it back from a backup, for with it is lost: {LOST[name]}"
    return "put it back, or replace it as docs/keys.md says"


def _check_file(path: Path) -> Iterator[Finding]:
    try:
        path.read_bytes()
    except OSError as error:
        yield Finding(str(path), f"it cannot be read: {error.strerror}", AS_READER)
        return
    yield from _check_mode(path)
    if not _is_key(path):
        remedy = "put the right file back; a key that is made anew is another one (docs/keys.md)"
        yield Finding(str(path), "it holds no key", remedy)
    age = (time.time() - path.stat().st_mtime) / 86_400
    if path.name.endswith(".jwk") and age > OLD_DAYS:
        yield Finding(str(path), f"it is {age:.0f} days old", "replace it, docs/keys.md says how")


def _check_mode(path: Path) -> Iterator[Finding]:
    """Who may read it: its owner, and of what processes read the group of its folder."""
    if path.name in SETS:
        return
    mode, group = path.stat().st_mode, path.stat().st_gid
    if mode & 0o007:
        yield Finding(str(path), "others may read it", f"chmod o= {path}")
    if mode & 0o020:
        yield Finding(str(path), "its group may write it", f"chmod g-w {path}")
    if mode & 0o040 and path.name == ISSUER:
        yield Finding(str(path), "its group may read it, and no process", f"chmod g= {path}")
    elif mode & 0o040 and group != path.parent.stat().st_gid:
        remedy = f"give both the group of the process, or chmod g= {path}"
        yield Finding(str(path), "a group may read it that is not that of its folder", remedy)


def _is_key(path: Path) -> bool:
    match path.suffix:
        case ".jwk":
            return {"kid", "x", "d"} <= _json(path).keys()
        case ".jwks":
            return bool(_public(path))
        case _:
            return RANDOM.fullmatch(_read(path).decode(errors="replace").strip()) is not None


def _check_set(public: Path, private: Sequence[Path]) -> Iterator[Finding]:
    """Whether a set of public keys holds the public halves of these."""
    trusted = _public(public)
    for path in private:
        key = _json(path)
        if trusted and key and trusted.get(str(key.get("kid"))) != key.get("x"):
            wrong = f"{public.name} does not hold its public half, so what it signs is refused"
            remedy = f"`cxm keys init` in the folder of all keys makes {public.name} anew; start all processes again"
            yield Finding(str(path), wrong, remedy)


def _public(path: Path) -> dict[str, str]:
    """The keys of a set by their ids; empty where it is none."""
    keys = _json(path).get("keys")
    listed = [key for key in keys if isinstance(key, dict)] if isinstance(keys, list) else []
    return {str(key.get("kid")): str(key.get("x")) for key in listed}


def _json(path: Path) -> dict[str, Any]:
    try:
        read = json.loads(_read(path))
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
