"""The data dir: who uses it now, and what must stay the same from start to start."""

import fcntl
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from infra.client.problem import Problem
from infra.local import credentials

STATE_FILE = "cxm.json"
JOURNAL_FILE = "journal"
"""In the directory of the journal of erasures, as services/profile/privacy/journal.py names it."""
DEFAULT_TIME_ZONE = "UTC"
FIRST_KEYS = ("customer.key",)
"""By which data of 0.1.0 are stored, which did not say so."""


class DataDirInUse(Problem):
    """Another process runs the platform on these data."""


class DataDirRefused(Problem):
    """The directory cannot be used."""


class TimeZoneRefused(Problem):
    """No such time zone, or not the one the data were written in."""


@dataclass(frozen=True)
class Demo:
    """A demo organisation: the same seed and instant give the same values."""

    seed: int
    until: str  # ISO 8601, UTC: the last instant of its year
    done: int = 0  # steps stored
    complete: bool = False
    pulses: int = 0  # rounds of questions to employees; 0: of a version before there were any


@dataclass(frozen=True)
class State:
    """What the file cxm.json keeps."""

    time_zone: str
    demo: Demo | None = None
    keys: tuple[str, ...] = ()  # files by which data may be stored


@contextmanager
def locked(data_dir: Path, purpose: str) -> Iterator[bool]:
    """Hold the data dir; yields whether the holder before us ended without releasing it.

    The lock is the kernel's and ends with the process, however it ends.
    """
    with (data_dir / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.seek(0)
            holder = lock.read().strip() or "another process"
            raise DataDirInUse(
                f"{data_dir} is in use by {holder}; stop it or choose another --data-dir"
            ) from error
        lock.seek(0)
        abandoned = bool(lock.read())
        lock.truncate(0)
        lock.write(f"{purpose}, process {os.getpid()}")
        lock.flush()
        try:
            yield abandoned
        finally:
            lock.truncate(0)


def is_held(data_dir: Path) -> bool:
    """Whether somebody holds the data dir."""
    try:
        with (data_dir / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def port(data_dir: Path) -> int | None:
    """Of the platform that holds the data dir, as it wrote into the lock; None where none does."""
    lock = data_dir / "lock"
    found = re.search(r"--port (\d+)", lock.read_text()) if lock.exists() else None
    return int(found[1]) if found else None


def make(data_dir: Path) -> Path:
    """The directory, made on first use, as an absolute path."""
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        (data_dir / "logs").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise DataDirRefused(f"cannot use {data_dir} as data dir: {error.strerror}") from error
    if not os.access(data_dir, os.W_OK | os.X_OK):
        raise DataDirRefused(f"cannot write to the data dir {data_dir}; choose another --data-dir")
    return data_dir.resolve()


def ensure_state(data_dir: Path, time_zone: str | None) -> State:
    """The state of the data dir; the first start fixes the time zone."""
    state = find_state(data_dir)
    if state is None:
        state = State(_known_zone(time_zone or DEFAULT_TIME_ZONE))
        save(data_dir, state)
        return state
    if time_zone not in (None, state.time_zone):
        raise TimeZoneRefused(
            f"the data in {data_dir} are in time zone {state.time_zone} and that cannot change; "
            f"leave --time-zone out, or start with an empty --data-dir"
        )
    return state


def find_state(data_dir: Path) -> State | None:
    """What an earlier start left; None where there was none."""
    path = data_dir / STATE_FILE
    if not path.exists():
        return None
    try:
        kept = json.loads(path.read_text())
        demo = Demo(**kept["demo"]) if kept["demo"] else None
        return State(kept["time_zone"], demo, tuple(kept.get("keys", FIRST_KEYS)))
    except (ValueError, KeyError, TypeError) as error:
        raise DataDirRefused(f"{path} was not written by this version of cxm: {error}") from error


def save(data_dir: Path, state: State) -> None:
    """Keep the state; complete or not at all."""
    credentials.keep(data_dir / STATE_FILE, json.dumps(asdict(state), indent=1))


def save_demo(data_dir: Path, demo: Demo) -> None:
    """Keep how far the demo is."""
    state = find_state(data_dir) or State(DEFAULT_TIME_ZONE)
    save(data_dir, replace(state, demo=demo))


def save_keys(data_dir: Path, names: Iterable[str]) -> None:
    """Keep by which keys data may be stored from now on."""
    state = find_state(data_dir) or State(DEFAULT_TIME_ZONE)
    save(data_dir, replace(state, keys=tuple(names)))


def clock_file(data_dir: Path) -> Path:
    """Where the time of the staff's service stands while the demo's history is made; else absent."""
    return data_dir / "clock"


def journal(data_dir: Path) -> Path:
    """Where profile keeps its journal of erasures."""
    return data_dir / "erasures"


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise TimeZoneRefused(
            f"no time zone {name!r}; use an IANA name such as Europe/Riga"
        ) from error
    return name
