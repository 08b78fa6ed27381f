"""Every query about segments; conditions of rules come from `rules`, with their parameters."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.profile.segments.domain.segments import Segment
from services.profile.segments.rules.storage import PERSON, RuleConditions

WRITERS_LOCK: Final = 0x7365676D  # whoever changes segments holds it until commit
LOOKED_AT: Final = 20_000
"""So many attributes are looked at for the keys that there are."""

SEGMENT: Final = "key, name, rule, place, changed_at"
LIST: Final = text(f"SELECT {SEGMENT} FROM profile_segment ORDER BY key")
PUT: Final = text(f"""
INSERT INTO profile_segment ({SEGMENT}) VALUES (:key, :name, :rule, :place, :changed_at)
ON CONFLICT (key) DO UPDATE SET name = excluded.name, rule = excluded.rule, place = excluded.place,
    changed_at = excluded.changed_at""")
REMOVE: Final = text("DELETE FROM profile_segment WHERE key = :key")
ATTRIBUTES: Final = text(f"""
SELECT DISTINCT key FROM (SELECT key FROM profile_customer_attribute LIMIT {LOOKED_AT}) AS looked ORDER BY key""")

FIND_PERSONS: Final = text("""
(SELECT DISTINCT person FROM profile_customer_alias WHERE person > :after ORDER BY person LIMIT :first)
UNION (SELECT person FROM profile_customer_summary WHERE person > :after ORDER BY person LIMIT :first)
ORDER BY person LIMIT :first""")
FIND_WORDLESS: Final = text("""
SELECT known.person, said.alias, said.key, said.sealed
FROM profile_customer_attribute AS said JOIN profile_customer_alias AS known ON known.id = said.alias
WHERE known.person = ANY(CAST(:persons AS int[])) AND said.word IS NULL AND said.sealed IS NOT NULL""")
PUT_WORD: Final = text(
    "UPDATE profile_customer_attribute SET word = :word WHERE alias = :alias AND key = :key"
)


class SegmentMember(NamedTuple):
    """A person, and the day on which it was first seen."""

    number: int
    first_day: date


async def lock_segments(session: AsyncSession) -> None:
    """Wait until no other transaction changes segments; held to the end of this one."""
    await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITERS_LOCK})


async def list_segments(session: AsyncSession) -> list[Segment]:
    """All segments, by key."""
    return [Segment(*row) for row in await session.execute(LIST)]


async def put_segment(session: AsyncSession, segment: Segment) -> None:
    """Store a segment in the place of the one with its key."""
    values = {
        "key": segment.key,
        "name": segment.name,
        "rule": segment.rule,
        "place": segment.place,
        "changed_at": segment.changed_at,
    }
    await session.execute(PUT, values)


async def remove_segment(session: AsyncSession, key: str) -> None:
    await session.execute(REMOVE, {"key": key})


async def list_attributes(session: AsyncSession) -> list[str]:
    """Keys of attributes that customers have, in order: of so many as were looked at."""
    return list(await session.scalars(ATTRIBUTES))


async def find_persons(session: AsyncSession, first: int, after: int) -> list[int]:
    """The first persons after one, by number, and whoever has a row for rules."""
    return list(await session.scalars(FIND_PERSONS, {"first": first, "after": after}))


async def find_wordless(
    session: AsyncSession, persons: Sequence[int]
) -> list[tuple[int, int, str, bytes]]:
    """Attributes of persons that rules do not find yet: person, alias, key, sealed value."""
    rows = await session.execute(FIND_WORDLESS, {"persons": persons})
    return [(person, alias, key, content) for person, alias, key, content in rows]


async def put_word(session: AsyncSession, alias: int, key: str, word: str | None) -> None:
    """Let rules find an attribute."""
    await session.execute(PUT_WORD, {"alias": alias, "key": key, "word": word})


async def count_persons(
    session: AsyncSession, conditions: Sequence[str], made: RuleConditions
) -> list[int]:
    """Of how many persons each condition holds."""
    counts = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in conditions)
    row = (await session.execute(text(f"SELECT {counts} FROM {made.source}"), made.values)).one()
    return list(row)


async def list_members(
    session: AsyncSession, condition: str, made: RuleConditions, first: int, after: int
) -> list[SegmentMember]:
    """The first persons of whom a condition holds after one, by number."""
    statement = text(f"""
SELECT {PERSON}, summary.first_day FROM {made.source} WHERE {PERSON} > :after AND {condition}
ORDER BY {PERSON} LIMIT :first""")
    rows = await session.execute(statement, {**made.values, "first": first, "after": after})
    return [SegmentMember(*row) for row in rows]


async def find_first(
    session: AsyncSession, conditions: Sequence[str], made: RuleConditions, of: Iterable[int]
) -> dict[int, int]:
    """Which condition is the first that holds, by person; who is not there, none holds of."""
    cases = " ".join(f"WHEN {each} THEN {place}" for place, each in enumerate(conditions))
    statement = text(f"""
SELECT {PERSON}, CASE {cases} END FROM {made.source} WHERE {PERSON} = ANY(CAST(:persons AS int[]))""")
    rows = await session.execute(statement, {**made.values, "persons": list(of)})
    return {person: place for person, place in rows if place is not None}
