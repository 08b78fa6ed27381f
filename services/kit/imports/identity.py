"""Ids that a second run of the same file makes again, and keys made from names."""

import hashlib
import json
import sqlite3
import unicodedata
from collections.abc import Awaitable, Callable, Collection, Sequence
from operator import itemgetter
from typing import Final
from uuid import UUID

from services.kit.imports.cells import CellRefused, SheetColumns
from services.kit.imports.format.records import Row
from services.kit.letters import is_key

NAMESPACE: Final = UUID(
    "6f1c1f0e-5f0a-5d0e-9f53-2f6b1d6a7c01"
)  # fixed: changing it doubles every import
NAMED: Final = hashlib.sha1(NAMESPACE.bytes, usedforsecurity=False)
VARIANTS: Final = "89ab"
LONGEST_KEY: Final = 64
KEYS_IN_MEMORY: Final = 200_000  # some 30 MB
SCRATCH: Final = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA cache_size = -32768",
    "CREATE TABLE seen (key BLOB PRIMARY KEY, value NOT NULL) WITHOUT ROWID",
    "BEGIN",
)
COUNT: Final = (
    "INSERT INTO seen VALUES (?, 0) ON CONFLICT DO UPDATE SET value = value + 1 RETURNING value"
)
ADD: Final = "INSERT INTO seen VALUES (?, ?) ON CONFLICT DO NOTHING"
PUT: Final = "INSERT OR REPLACE INTO seen VALUES (?, ?)"
FIND: Final = "SELECT value FROM seen WHERE key = ?"


class Identities:
    """Who a row is: its id cell, else the hash of its mapped cells and its ordinal among equal rows.

    Without an id column a hash of each row is kept, mostly on disk, to count equal ones.
    """

    def __init__(self, columns: SheetColumns) -> None:
        self.columns = columns
        self.by_id = "id" in columns.fields
        places = {f"columns.{name}": place for name, place in columns.fields.items()}
        places |= {f"{columns.own_table}.{name}": place for name, place in columns.own.items()}
        names = sorted(places)
        self.pick = itemgetter(*(places[name].index for name in names)) if names else tuple
        self.start = hashlib.sha256(_encode(names))
        self.ordinals = Ordinals()

    def of(self, row: Row) -> str:
        """Asked once per row and in the file's order, since equal rows are told apart by counting."""
        if self.by_id:
            return self.columns.needed(row, "id")
        digest = self.start.copy()
        digest.update(_encode(self.pick(row.cells)))
        key = digest.digest()
        return f"{key.hex()}:{self.ordinals.of(key)}"


class Ordinals:
    """How often a key was seen before; in flat memory, since beyond some keys a temporary file takes the rest."""

    def __init__(self, most_in_memory: int = KEYS_IN_MEMORY) -> None:
        self.most_in_memory = most_in_memory
        self.seen: dict[bytes, int] = {}
        self.rest: sqlite3.Connection | None = None

    def of(self, key: bytes) -> int:
        """0 for the first time; counts this one."""
        ordinal = self.seen.get(key)
        if ordinal is None and len(self.seen) >= self.most_in_memory:
            return self._on_disk(key)
        self.seen[key] = (ordinal or 0) + 1
        return ordinal or 0

    def _on_disk(self, key: bytes) -> int:
        self.rest = self.rest or _scratch()
        found: tuple[int] = self.rest.execute(COUNT, (key,)).fetchone()
        return found[0]


class FirstSeen:
    """The value with which a key came first; in flat memory, as Ordinals."""

    def __init__(self, most_in_memory: int = KEYS_IN_MEMORY) -> None:
        self.most_in_memory = most_in_memory
        self.seen: dict[bytes, bytes] = {}
        self.rest: sqlite3.Connection | None = None

    def of(self, key: bytes, value: bytes) -> bytes | None:
        """None the first time, when the value is kept."""
        if key in self.seen:
            return self.seen[key]
        if len(self.seen) < self.most_in_memory:
            self.seen[key] = value
            return None
        self.rest = self.rest or _scratch()
        if self.rest.execute(ADD, (key, value)).rowcount:
            return None
        found: tuple[bytes] = self.rest.execute(FIND, (key,)).fetchone()
        return found[0]


class LastSaid:
    """The value that was said last of a key; in flat memory, as Ordinals."""

    def __init__(self, most_in_memory: int = KEYS_IN_MEMORY) -> None:
        self.most_in_memory = most_in_memory
        self.seen: dict[bytes, bytes] = {}
        self.rest: sqlite3.Connection | None = None

    def say(self, key: bytes, value: bytes) -> None:
        """Keep a value, in the place of the one before."""
        if key in self.seen or len(self.seen) < self.most_in_memory:
            self.seen[key] = value
        else:
            self.rest = self.rest or _scratch()
            self.rest.execute(PUT, (key, value))

    def of(self, key: bytes) -> bytes | None:
        """None where nothing was said."""
        if self.rest is None or key in self.seen:
            return self.seen.get(key)
        found: tuple[bytes] | None = self.rest.execute(FIND, (key,)).fetchone()
        return found[0] if found else None


def _scratch() -> sqlite3.Connection:
    """A temporary file that nobody else sees."""
    made = sqlite3.connect("", isolation_level=None)
    for statement in SCRATCH:
        made.execute(statement)
    return made


def row_name(scope: str, identity: str) -> str:
    """A row's name within its survey (or its kind of import): a UUID, no secret: who knows the row computes it.

    It is that of `uuid5`, written out here: each row of a file has one, and this takes 1 us in the place of 4.
    """
    digest = NAMED.copy()
    digest.update(f"{scope}\n{identity}".encode())
    said = digest.hexdigest()
    variant = VARIANTS[int(said[16], 16) & 3]
    return f"{said[:8]}-{said[8:12]}-5{said[13:16]}-{variant}{said[17:20]}-{said[20:32]}"


class KeyedIds:
    """Ids of rows by their names: keyed, so that nobody computes or takes them; what was imported before keeps its own.

    `make` keys a name; `imported_before` finds those names that are ids, of rows stored when a row's name was its id.
    """

    def __init__(
        self,
        make: Callable[[str], str],
        imported_before: Callable[[Sequence[str]], Awaitable[Collection[str]]],
    ) -> None:
        self.make = make
        self.imported_before = imported_before

    async def of(self, names: Sequence[str]) -> list[str]:
        """In the order of the names."""
        old = await self.imported_before(names)
        return [name if name in old else self.make(name) for name in names]


def key_of(name: str) -> str:
    """The key made from a name: `Health & Care` -> `health-care`. Empty where the name has no letter or digit.

    Letters of every script stay; an accent may be part of its letter or follow it.
    """
    folded = unicodedata.normalize("NFC", name.casefold())
    return "-".join("".join(c if c.isalnum() else " " for c in folded).split())


def as_key(cell: str, column: str) -> str:
    """A cell that is a key as it stands, else the key made from it: `North West` -> `north-west`."""
    return cell if is_key(cell) else needed_key(cell, column)


def needed_key(name: str, column: str) -> str:
    """The key made from a name; refused where it would be no key."""
    key = key_of(name)
    if not key:
        message = (
            "no key can be made: the name has no letter or digit; import it with a key of its own"
        )
        raise CellRefused(column, "KEY_MISSING", message)
    if len(key) > LONGEST_KEY:
        message = (
            f"the key made from the name has {len(key)} characters; at most {LONGEST_KEY} can be:"
            " import it with a key of its own"
        )
        raise CellRefused(column, "KEY_TOO_LONG", message)
    return key


def _encode(cells: str | Sequence[str]) -> bytes:
    """Unambiguous: no two different lists give the same bytes."""
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":")).encode()
