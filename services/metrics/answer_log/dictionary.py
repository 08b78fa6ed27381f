"""Small numbers for long names, and for the dimensions frozen on responses. Append only, so caches never lie."""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from services.kit.db.database import Pool

DEPARTMENT, SURVEY = "department", "survey"
DIMENSIONS = ("touchpoint", "stage", "channel", "segment", "language")
NONE = 0

DimensionKey = tuple[str, str, str, str, str]
"""A dimension set by its names, in the order of DIMENSIONS; "" is none."""


class Dictionary:
    """The dictionary of this database as far as it is known; what is missing is interned or read on demand."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.ids: dict[str, dict[str, int]] = {}
        self.values: dict[int, str] = {NONE: ""}
        self.sets: dict[DimensionKey, int] = {}
        self.set_members: dict[int, tuple[int, ...]] = {}
        self._members_table = np.zeros((1, len(DIMENSIONS)), np.int32)
        self._known_sets = 0

    async def load(self) -> None:
        """Read the whole dictionary; it is small, and numbers may become visible out of order."""
        for row in await self.pool.fetch("SELECT id, kind, value FROM metrics_name"):
            self._learn(row["kind"], row["value"], row["id"])
        for row in await self.pool.fetch(
            "SELECT id, touchpoint_id, stage_id, channel_id, segment_id, language_id"
            " FROM metrics_dimension_set"
        ):
            self._learn_set(row["id"], tuple(row)[1:])

    async def look_up(self, kind: str, values: Iterable[str]) -> None:
        """Read the numbers of names that have one, interning nothing."""
        missing = sorted({value for value in values if self.find(kind, value) is None})
        if not missing:
            return
        rows = await self.pool.fetch(
            "SELECT id, value FROM metrics_name WHERE kind = $1 AND value = ANY ($2)", kind, missing
        )
        for row in rows:
            self._learn(kind, row["value"], row["id"])

    def _learn(self, kind: str, value: str, number: int) -> None:
        self.ids.setdefault(kind, {})[value] = number
        self.values[number] = value

    def _learn_set(self, number: int, members: tuple[int, ...]) -> None:
        touchpoint, stage, channel, segment, language = (self.values[m] for m in members)
        self.sets[touchpoint, stage, channel, segment, language] = number
        self.set_members[number] = members

    def find(self, kind: str, value: str) -> int | None:
        """The number of a name, if it has one here."""
        return self.ids.get(kind, {}).get(value)

    def known(self, kind: str) -> Mapping[str, int]:
        """All names of a kind with their numbers."""
        return self.ids.get(kind, {})

    async def intern(self, kind: str, values: Iterable[str]) -> None:
        """Give every name a number."""
        missing = sorted({value for value in values if self.find(kind, value) is None})
        if not missing:
            return
        await self.pool.execute(
            "INSERT INTO metrics_name (kind, value) SELECT $1, unnest($2::text[])"
            " ON CONFLICT DO NOTHING",
            kind,
            missing,
        )
        await self.look_up(kind, missing)

    async def intern_sets(self, keys: Iterable[DimensionKey]) -> None:
        """Give every dimension set a number."""
        missing = sorted({key for key in keys if key not in self.sets})
        if not missing:
            return
        for position, kind in enumerate(DIMENSIONS):
            await self.intern(kind, (key[position] for key in missing if key[position]))
        members = [self._members(key) for key in missing]
        await self.pool.executemany(
            "INSERT INTO metrics_dimension_set"
            " (touchpoint_id, stage_id, channel_id, segment_id, language_id)"
            " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
            members,
        )
        await self.load_sets(members)

    async def load_sets(self, members: Iterable[tuple[int, ...]]) -> None:
        """Read the numbers of dimension sets that are stored."""
        rows = await self.pool.fetch(
            "SELECT s.* FROM metrics_dimension_set s JOIN unnest($1::int[], $2::int[], $3::int[],"
            " $4::int[], $5::int[]) AS m (t, st, c, se, l) ON (touchpoint_id, stage_id, channel_id,"
            " segment_id, language_id) = (m.t, m.st, m.c, m.se, m.l)",
            *([list(column) for column in zip(*members, strict=True)]),
        )
        for row in rows:
            self._learn_set(row["id"], tuple(row)[1:])

    def _members(self, key: DimensionKey) -> tuple[int, ...]:
        return tuple(
            self.ids[kind][value] if value else NONE
            for kind, value in zip(DIMENSIONS, key, strict=True)
        )

    def members(self) -> NDArray[np.int32]:
        """For every dimension set number, the numbers of its members by dimension (NONE for none)."""
        if self._known_sets != len(self.set_members):
            table = np.zeros((max(self.set_members, default=0) + 1, len(DIMENSIONS)), np.int32)
            for number, members in self.set_members.items():
                table[number] = members
            self._members_table, self._known_sets = table, len(self.set_members)
        return self._members_table
