"""The journal of erasures: a file outside the database, which a restore of the database does not take back.

A line for each order, for each that did not go out after all, and for each identifier that is allowed again:
request, instant, revision and keyed hashes, no plain value. Every line is signed over the line before it, and is on the
disk before anything follows from it.
"""

import hmac
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from services.kit.clock import instant_text
from services.kit.errors import Broken, Unavailable
from services.profile.customers.storage import Name

FILE: Final = "journal"
REAPPLY: Final = "reapply"
"""A file beside it: what the journal has is to be done again. `cxm privacy reapply` makes it, profile removes it."""
OWNER_ONLY: Final = 0o600
ABOUT: Final = b"cxm erasure journal\n"
"""So that no other hash under the same key is the signature of a line."""


class EntryKind(StrEnum):
    """What a line tells of."""

    ORDERED = "ordered"
    VOID = "void"
    ALLOWED = "allowed"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """An order to erase these identifiers and responses (by id), that the last order of the request did not go out, or
    leave to store the identifiers again.

    `revision`: of the block on them.
    """

    kind: EntryKind
    request: str
    at: datetime
    revision: int
    names: Sequence[Name]
    responses: Sequence[str] = ()


class Journal:
    """One file of one directory, shared by the replicas of profile; who writes holds the lock of customers.

    Calls wait for the disk, for milliseconds. Every method raises Unavailable (JOURNAL_AWAY) where the directory
    cannot be used. `key`: of the signatures.
    """

    def __init__(self, directory: Path, key: bytes) -> None:
        self.directory = directory
        self.path = directory / FILE
        self.key = key

    def prepare(self) -> None:
        """See that the directory is there and can be written."""
        try:
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(self._open())
            _sync(self.directory)
        except OSError as error:
            raise _away(error) from error

    def append(self, entry: JournalEntry) -> None:
        """Write an entry; it is on the disk when this returns. A line that a crash has cut is written over."""
        try:
            handle = self._open()
            try:
                lines, size = self._lines()
                os.truncate(handle, size)
                line = self._line(entry, lines[-1] if lines else b"")
                if os.pwrite(handle, line, size) != len(line):
                    raise OSError("not all of it was written")
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise _away(error) from error

    def read(self) -> list[JournalEntry]:
        """All entries, the oldest first; Broken where a line is not as it was written.

        A last line without its end is none: a crash cut it, and nothing followed from it.
        """
        try:
            lines, _ = self._lines()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise _away(error) from error
        return list(self._entries(lines))

    def orders(self) -> dict[str, JournalEntry]:
        """The last order of each request, without those that did not go out."""
        return last_orders(self.read())

    def append_order(self, order: JournalEntry) -> JournalEntry:
        """Write an order; the line that stands for it, which is that of a try before if one was cut off.

        Where something was allowed since, the line of the try before is too old.
        """
        entries = self.read()
        before = last_orders(entries).get(order.request)
        if before is not None and _is_same(before, order):
            since = entries[entries.index(before) + 1 :]
            if all(entry.kind is not EntryKind.ALLOWED for entry in since):
                return before
        self.append(order)
        return order

    def void(self, request: str, at: datetime) -> None:
        """Write that the order of a request did not go out, where there is one."""
        order = self.orders().get(request)
        if order is not None:
            self.append(JournalEntry(EntryKind.VOID, request, at, order.revision, ()))

    @property
    def is_to_be_reapplied(self) -> bool:
        """Whether somebody asked for it."""
        return (self.directory / REAPPLY).exists()

    def forget_reapply(self) -> None:
        """It is done."""
        try:
            (self.directory / REAPPLY).unlink(missing_ok=True)
        except OSError as error:
            raise _away(error) from error

    def _open(self) -> int:
        return os.open(self.path, os.O_RDWR | os.O_CREAT, OWNER_ONLY)

    def _lines(self) -> tuple[list[bytes], int]:
        """Whole lines, and how many bytes they have."""
        whole, end, _ = self.path.read_bytes().rpartition(b"\n")
        return whole.splitlines(), len(whole) + len(end)

    def _line(self, entry: JournalEntry, before: bytes) -> bytes:
        said = json.dumps(
            {
                "kind": entry.kind,
                "request": entry.request,
                "at": instant_text(entry.at, "microseconds"),
                "revision": entry.revision,
                "names": [[name.kind, name.ref.hex()] for name in entry.names],
                "responses": list(entry.responses),
            }
        ).encode()
        return said + b" " + self._signature(before, said) + b"\n"

    def _signature(self, before: bytes, said: bytes) -> bytes:
        return hmac.digest(self.key, ABOUT + before + b"\n" + said, "sha256").hex().encode()

    def _entries(self, lines: Sequence[bytes]) -> Iterator[JournalEntry]:
        before = b""
        for number, line in enumerate(lines, 1):
            said, _, signature = line.rpartition(b" ")
            if not hmac.compare_digest(signature, self._signature(before, said)):
                raise Broken(
                    f"line {number} of the journal of erasures was changed, or one before it is gone"
                )
            yield _entry(said)
            before = line


def last_orders(entries: Sequence[JournalEntry]) -> dict[str, JournalEntry]:
    """The last order of each request, without those that are void."""
    last = {each.request: each for each in entries if each.kind is not EntryKind.ALLOWED}
    return {key: each for key, each in last.items() if each.kind is EntryKind.ORDERED}


def _is_same(one: JournalEntry, other: JournalEntry) -> bool:
    """Whether two orders of a request erase the same."""
    return set(one.names) == set(other.names) and set(one.responses) == set(other.responses)


def _entry(said: bytes) -> JournalEntry:
    read = json.loads(said)
    return JournalEntry(
        EntryKind(read["kind"]),
        read["request"],
        datetime.fromisoformat(read["at"]),
        read["revision"],
        [Name(kind, bytes.fromhex(ref)) for kind, ref in read["names"]],
        tuple(read["responses"]),
    )


def _away(error: OSError) -> Unavailable:
    return Unavailable(
        f"the journal of erasures cannot be used ({type(error).__name__}): the directory that"
        " CXM_PROFILE_ERASURE_JOURNAL_DIR names has to be there, and its owner has to be this service",
        reason="JOURNAL_AWAY",
    )


def _sync(directory: Path) -> None:
    """What was made and removed in it is so after a power cut, too."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
