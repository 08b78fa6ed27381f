"""A module of ours in a process of its own, for one task.

The event loop's own way to start one copies this process (fork), and then gRPC's handlers run in the copy, beside
threads that are not there: some copies die before they begin. Here the process is started without a copy (vfork),
so no handler runs.
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import BinaryIO, Final

from services.kit.errors import FULL, FULL_REASON, Unavailable, is_full

FULL_STATUS: Final = 74  # EX_IOERR of sysexits.h
FULL_WORDS: Final = ("No space left on device", "Disk quota exceeded")  # in libraries without errno
TOLD_BYTES: Final = 4_096  # of what the process writes to stderr: its end
LIMITS: Final = {
    signal.SIGXCPU: "its time ran out",
    signal.SIGXFSZ: "its file grew too large",
    signal.SIGKILL: "the memory ran out",
    signal.SIGABRT: "the memory ran out",
}
"""Signals that end a process which needs more than it may take, and what it needed."""


class ChildDied(Unavailable):
    """A signal ended the process, so it could not say what is wrong; the next one may come to its end."""

    reason = "CHILD_DIED"

    def __init__(self, what: str, number: int) -> None:
        self.signal = signal.Signals(number)
        self.limit = LIMITS.get(self.signal, "")
        super().__init__(
            f"the process that {what} was ended by {self.signal.name}: try again; if it ends so each time,"
            " take CSV and tell whoever runs this platform"
        )


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that ended by itself; `told`: the end of what it wrote to stderr."""

    status: int
    told: str


async def run_module(
    module: str,
    arguments: Sequence[str],
    *,
    what: str,
    stdin: BinaryIO,
    stdout: BinaryIO,
    environment: Mapping[str, str] | None = None,
) -> Ended:
    """Run `python -m module` to its end; ChildDied if a signal ended it, Unavailable if it met a full disk. `what` it
    does, for people."""
    with TemporaryFile() as stderr:
        command = (sys.executable, "-m", module, *arguments)
        variables = {**os.environ, **(environment or {})}
        process = _start(command, variables, what, (stdin, stdout, stderr))
        try:
            status = await _end_of(process)
        except BaseException:
            process.kill()
            await _end_of(process)
            raise
        if status < 0:
            raise ChildDied(what, -status)
        if status == FULL_STATUS:
            raise Unavailable(FULL, reason=FULL_REASON)
        stderr.seek(max(stderr.seek(0, os.SEEK_END) - TOLD_BYTES, 0))
        return Ended(status, stderr.read().decode(errors="replace"))


def end_if_full(error: BaseException) -> None:
    """In the process of its own: end it so that its parent knows of the full disk; nothing for other errors.

    Whether the disk is full is all that is taken from a message: it may quote what people wrote.
    """
    if is_full(error) or any(word in str(error) for word in FULL_WORDS):
        os._exit(FULL_STATUS)  # an orderly end would write once more


def _start(
    command: Sequence[str], variables: Mapping[str, str], what: str, files: Sequence[BinaryIO]
) -> "subprocess.Popen[bytes]":
    """Takes under a millisecond, for nothing is copied."""
    stdin, stdout, stderr = files
    try:
        return subprocess.Popen(
            command, env=variables, stdin=stdin, stdout=stdout, stderr=stderr
        )  # nothing that would need a fork: no preexec_fn, no other user
    except OSError as error:
        message = f"no process that {what} can be started now ({error.strerror}): try again"
        raise Unavailable(message, reason="NO_PROCESS") from error


async def _end_of(process: "subprocess.Popen[bytes]") -> int:
    """The status of a process once it ended; negative: the number of the signal that ended it."""
    if not hasattr(os, "pidfd_open"):  # not Linux
        return await asyncio.to_thread(process.wait)
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    descriptor = os.pidfd_open(process.pid)
    try:
        loop.add_reader(descriptor, ended.set)
        await ended.wait()
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)
    return process.wait()
