"""A disk whose power can be cut: ext4 in an image file behind a loop device.

The device writes to the image directly, past the page cache, so the image holds what the filesystem has sent to its
disk and nothing else. What a disk itself may forget between two flushes is not played.
"""

import errno
import fcntl
import mmap
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

IMAGE_BYTES = 12 * 1024**3  # sparse; the broker wants room for all that its streams may hold
SMALLEST_BYTES = 8 * 1024**2
COPIED_BYTES = 4 * 1024**2  # at once
UNMOUNT_SECONDS = 20.0
TOOLS = ("unshare", "mkfs.ext4", "losetup", "mount", "umount")
# The ioctl of ext4 after which nothing is written any more, not even the journal: what tests of filesystems cut with.
SHUTDOWN, WITHOUT_THE_JOURNAL = 0x8004587D, 2
IN_OWN_NAMESPACE = "CXM_IN_OWN_MOUNT_NAMESPACE"


class NoLoopMounts(Exception):
    """This machine does not let us mount an image."""


class Disk:
    """A mounted image. Its path stays the same when a copy takes its place."""

    def __init__(self, directory: Path, size: int) -> None:
        self.path = directory / "disk"
        self.path.mkdir()
        self.image = directory / "0.img"
        self.generation = 0
        with self.image.open("wb") as file:
            file.truncate(size)
        _run("mkfs.ext4", "-q", "-F", self.image)
        self.mount()

    def mount(self) -> None:
        """Mount the image; the journal is replayed. The device goes away with the mount, however that ends."""
        device = _run("losetup", "--find", "--show", "--direct-io=on", self.image)
        try:
            _run("mount", "-t", "ext4", device, self.path)
        finally:
            _run("losetup", "--detach", device)  # at once, or when it is unmounted

    def cut(self) -> None:
        """From this moment on nothing reaches the disk, and every sync fails."""
        handle = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, SHUTDOWN, struct.pack("I", WITHOUT_THE_JOURNAL))
        finally:
            os.close(handle)

    def replace(self) -> None:
        """Mount a copy of the image as it is on disk instead of the image; whoever used it must be ended."""
        self.generation += 1
        copy = self.image.with_name(f"{self.generation}.img")
        _copy(self.image, copy)
        self.unmount()
        self.image.unlink()
        self.image = copy
        self.mount()

    def unmount(self) -> None:
        """Unmount once the last process that was killed is gone."""
        deadline = time.monotonic() + UNMOUNT_SECONDS
        while os.path.ismount(self.path):
            try:
                _run("umount", self.path)
            except subprocess.CalledProcessError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)


@contextmanager
def disk(directory: Path, size: int = IMAGE_BYTES) -> Iterator[Disk]:
    """An empty disk, mounted in a directory; gone on leaving."""
    made = Disk(directory, size)
    try:
        yield made
    finally:
        made.unmount()


def enter_own_namespace() -> None:
    """Begin this program again where its mounts are its own: they go with its last process, even if all is killed.

    NoLoopMounts, with the reason, where images cannot be mounted.
    """
    os.environ["PATH"] = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if os.geteuid() != 0 or missing:
        raise NoLoopMounts(f"it needs {', '.join(missing) or 'root'}")
    if IN_OWN_NAMESPACE not in os.environ:
        tried = subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False)
        if tried.returncode != 0:
            raise NoLoopMounts(tried.stderr.decode().strip())
        os.environ[IN_OWN_NAMESPACE] = "1"
        os.execvp("unshare", ["unshare", "--mount", sys.executable, *sys.orig_argv[1:]])
    try:
        with tempfile.TemporaryDirectory() as directory, disk(Path(directory), SMALLEST_BYTES):
            return
    except subprocess.CalledProcessError as error:
        raise NoLoopMounts(f"{error.cmd[0]}: {error.stderr.strip()}") from error


def _copy(image: Path, copy: Path) -> None:
    """Copy what is on disk, past the page cache; holes stay holes."""
    buffer = mmap.mmap(-1, COPIED_BYTES)  # aligned, as direct reads want it
    with (
        os.fdopen(os.open(image, os.O_RDONLY | os.O_DIRECT), "rb", buffering=0) as source,
        copy.open("wb") as target,
    ):
        size = target.truncate(image.stat().st_size)
        for start, end in _written(source.fileno(), size):
            source.seek(start)
            target.seek(start)
            while (left := end - source.tell()) > 0:
                count = source.readinto(memoryview(buffer)[: min(left, COPIED_BYTES)])
                target.write(memoryview(buffer)[:count])


def _written(handle: int, size: int) -> Iterator[tuple[int, int]]:
    """The parts of a file that were ever written."""
    end = 0
    while end < size:
        try:
            start = os.lseek(handle, end, os.SEEK_DATA)
        except OSError as error:
            if error.errno == errno.ENXIO:  # only a hole is left
                return
            raise
        end = os.lseek(handle, start, os.SEEK_HOLE)
        yield start, end


def _run(*command: str | Path) -> str:
    """What a command says; CalledProcessError if it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.strip()
