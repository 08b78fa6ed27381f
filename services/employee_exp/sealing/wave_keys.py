"""Keys of waves, in files of a directory that is neither PostgreSQL's nor in its backups."""

import os
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Final
from uuid import UUID

from services.kit.errors import Unavailable
from services.kit.rights.key_files import KEY_BYTES

OWNER_ONLY: Final = 0o600
MARKER: Final = "wave-keys"
"""A file that says that this is the directory of the keys, and not an empty one where it is to be mounted."""


class Purpose(StrEnum):
    """What a key of a wave seals; the ending of its file."""

    SPOOL = "spool"
    """Answers as they come, until the wave closes."""
    BALLOTS = "ballots"
    """Answers apart from who gave them, until 90 days after the wave closed."""


class KeyLost(Unavailable):
    """The directory is there with its marker and the key is not, or is no key: what it sealed cannot be opened."""

    reason = "KEY_LOST"


class WaveKeys:
    """A directory of keys, shared by the replicas of this service. Calls wait for the disk, for milliseconds.

    Every method raises Unavailable (KEYS_AWAY) where the directory or its marker cannot be reached: then nobody knows
    what is lost.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def prepare(self, *, is_new: bool) -> None:
        """See that the directory is there and can be written. `is_new`: no wave was ever opened, so it may be made."""
        try:
            if is_new:
                self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
                (self.directory / MARKER).touch(OWNER_ONLY)
            self._check()
            _sync(self.directory)
        except FileNotFoundError as error:
            raise _not_mounted() from error
        except OSError as error:
            raise self._away(error) from error
        if not os.access(self.directory, os.R_OK | os.W_OK | os.X_OK):
            raise self._away(PermissionError())

    def make(self, wave_id: str, purpose: Purpose) -> bytes:
        """The key of a wave, new where there is none yet; on the disk when this returns.

        One that is there stays: of two that open the wave at once, or after a crash, both get the same.
        """
        path = self._path(wave_id, purpose)
        draft = path.with_name(f"{path.name}.{os.urandom(8).hex()}.new")
        try:
            self._check()
            _write(draft, os.urandom(KEY_BYTES))
            with suppress(FileExistsError):
                os.link(draft, path)
            draft.unlink()
            _sync(self.directory)
        except OSError as error:
            raise self._away(error) from error
        return self.read(wave_id, purpose)

    def read(self, wave_id: str, purpose: Purpose) -> bytes:
        """KeyLost unless there is such a key."""
        try:
            self._check()
            key = _read(self._path(wave_id, purpose))
            self._check()  # it may have gone meanwhile
        except OSError as error:
            raise self._away(error) from error
        if key is None:
            raise KeyLost(f"the {purpose} key of wave {wave_id} is not there")
        if len(key) != KEY_BYTES:
            raise KeyLost(
                f"the {purpose} key of wave {wave_id} has {len(key)} bytes: {KEY_BYTES} are needed"
            )
        return key

    def destroy(self, wave_id: str, purpose: Purpose) -> None:
        """Overwrite and remove a key, on the disk when this returns; one that is not there is no error.

        A disk that writes elsewhere what is overwritten (SSD, snapshots) may keep the old bytes for a while.
        """
        path = self._path(wave_id, purpose)
        try:
            self._check()
            with suppress(FileNotFoundError):
                _overwrite(path)
                path.unlink()
            self._check()  # it may have gone meanwhile
            _sync(self.directory)
        except OSError as error:
            raise self._away(error) from error

    def _check(self) -> None:
        """FileNotFoundError where the marker is not there."""
        (self.directory / MARKER).stat()

    def _path(self, wave_id: str, purpose: Purpose) -> Path:
        return self.directory / f"{UUID(wave_id)}.{purpose}"

    def _away(self, error: OSError) -> Unavailable:
        return Unavailable(
            f"the directory of the keys of waves cannot be used ({type(error).__name__}): "
            "it has to be there, and its owner has to be this service",
            reason="KEYS_AWAY",
        )


def _not_mounted() -> Unavailable:
    return Unavailable(
        f"waves were opened, and there is no file {MARKER} in the directory of their keys: mount the directory that"
        " CXM_EMPLOYEE_EXP_WAVE_KEYS_DIR names; only where it is lost for good make it anew with an empty file of that"
        " name, and answers that the lost keys sealed are counted as lost",
        reason="KEYS_AWAY",
    )


def _read(path: Path) -> bytes | None:
    with suppress(FileNotFoundError):
        return path.read_bytes()
    return None


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(os.urandom(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())


def _sync(directory: Path) -> None:
    """What was made, renamed and removed in it is so after a power cut, too."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
