"""Every query about points; nothing here commits."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.profile.customers.person_tables import MINE, PersonTable
from services.profile.points.domain import CheckedPoints, PointEntry, PointKind

POINT_TABLES: Final = (PersonTable("profile_customer_point", f"alias {MINE}"),)
"""What an erasure does with them: who writes them holds the lock of customers."""
PERSONS_LOCK: Final = (
    0x706F696E  # with the number of a person: whoever adds to its ledger holds it until commit
)

LOCK_PERSONS: Final = text("""
SELECT pg_advisory_xact_lock(:lock, person) FROM (
    SELECT DISTINCT person FROM profile_customer_alias WHERE id = ANY(CAST(:aliases AS int[])) ORDER BY person) AS p""")
FIND_ALIASES: Final = text("""
SELECT id, person FROM profile_customer_alias WHERE person IN (
    SELECT person FROM profile_customer_alias WHERE id = ANY(CAST(:aliases AS int[])))""")
FIND_ENTRIES: Final = text("""
SELECT alias, at, mark, on_day, points, expires_on FROM profile_customer_point
WHERE alias = ANY(CAST(:aliases AS int[]))""")
ADD: Final = text("""
INSERT INTO profile_customer_point (alias, at, mark, on_day, points, kind, expires_on, source, recorded_by, recorded_at)
SELECT given.*, :recorded_by, :recorded_at FROM unnest(CAST(:aliases AS int[]), CAST(:at AS timestamptz[]),
    CAST(:marks AS bigint[]), CAST(:days AS date[]), CAST(:points AS bigint[]), CAST(:kinds AS smallint[]),
    CAST(:expires_on AS date[]), CAST(:sources AS text[])) AS given""")
LIST: Final = text("""
SELECT alias, at, mark, points, kind, expires_on, source, recorded_by FROM profile_customer_point
WHERE alias = ANY(CAST(:aliases AS int[])) AND (CAST(:at AS timestamptz) IS NULL
    OR (at, alias, mark) < (CAST(:at AS timestamptz), :alias, :mark))
ORDER BY at DESC, alias DESC, mark DESC LIMIT :first""")


class PointKey(NamedTuple):
    """By what an entry is known."""

    alias: int
    at: datetime
    mark: int


@dataclass(frozen=True, slots=True)
class StoredPoints:
    """An entry as it is stored."""

    key: PointKey
    points: int
    kind: PointKind
    expires_on: date | None
    source: str
    recorded_by: str


async def lock_persons(session: AsyncSession, aliases: Collection[int]) -> None:
    """Wait until nobody else adds to the ledgers of the persons of these aliases; held to the end of the transaction.

    The transaction holds customers, so that nobody is joined meanwhile. In one order, so nobody waits in a circle.
    """
    await session.execute(LOCK_PERSONS, {"lock": PERSONS_LOCK, "aliases": list(aliases)})


async def find_aliases(session: AsyncSession, aliases: Collection[int]) -> dict[int, int]:
    """All aliases of the persons of these aliases, each with its person."""
    rows = await session.execute(FIND_ALIASES, {"aliases": list(aliases)})
    return {row.id: row.person for row in rows}


async def find_entries(
    session: AsyncSession, persons: Mapping[int, int]
) -> dict[int, dict[PointKey, PointEntry]]:
    """The ledger of each person; `persons`: of aliases."""
    found: dict[int, dict[PointKey, PointEntry]] = defaultdict(dict)
    for row in await session.execute(FIND_ENTRIES, {"aliases": list(persons)}):
        entry = PointEntry(row.at, row.on_day, row.points, row.expires_on)
        found[persons[row.alias]][PointKey(row.alias, row.at, row.mark)] = entry
    return found


async def add_points(
    session: AsyncSession,
    entries: Mapping[PointKey, CheckedPoints],
    recorded_by: str,
    recorded_at: datetime,
) -> None:
    """Store entries that are new."""
    if not entries:
        return
    values = {
        "aliases": [key.alias for key in entries],
        "at": [key.at for key in entries],
        "marks": [key.mark for key in entries],
        "days": [each.entry.on for each in entries.values()],
        "points": [each.entry.points for each in entries.values()],
        "kinds": [each.kind for each in entries.values()],
        "expires_on": [each.entry.expires_on for each in entries.values()],
        "sources": [each.source for each in entries.values()],
        "recorded_by": recorded_by,
        "recorded_at": recorded_at,
    }
    await session.execute(ADD, values)


async def list_points(
    session: AsyncSession, aliases: Sequence[int], first: int, after: PointKey | None
) -> list[StoredPoints]:
    """The first entries of these aliases after one, the newest first."""
    start = after._asdict() if after else {"alias": 0, "at": None, "mark": 0}
    rows = await session.execute(LIST, {"aliases": list(aliases), "first": first, **start})
    return [_stored(row) for row in rows]


def _stored(row: Any) -> StoredPoints:
    key = PointKey(row.alias, row.at, row.mark)
    kind = PointKind(row.kind)
    return StoredPoints(key, row.points, kind, row.expires_on, row.source, row.recorded_by)
