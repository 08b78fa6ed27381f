"""One row a person for rules to ask: made from what is stored of it, so it can always be made again."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

PERSONS: Final = "CAST(:persons AS int[])"
REMOVE: Final = text(f"""
DELETE FROM profile_customer_summary AS kept WHERE person = ANY({PERSONS})
    AND NOT EXISTS (SELECT FROM profile_customer_alias AS alias WHERE alias.person = kept.person)""")
MADE: Final = f"""
WITH latest AS (
    SELECT DISTINCT ON (known.person, said.key) known.person, said.key,
        CASE WHEN said.sealed IS NOT NULL THEN said.word END AS word
    FROM profile_customer_attribute AS said JOIN profile_customer_alias AS known ON known.id = said.alias
    WHERE known.person = ANY({PERSONS}) ORDER BY known.person, said.key, said.at DESC, said.alias DESC
), words AS (
    SELECT person, jsonb_object_agg(key, word) AS words FROM latest WHERE word IS NOT NULL GROUP BY person
), known AS (
    SELECT person, min(first_seen) AS first_seen, array_agg(DISTINCT kind) AS kinds
    FROM profile_customer_alias WHERE person = ANY({PERSONS}) GROUP BY person
), made AS (
    SELECT person, CAST(first_seen AT TIME ZONE (SELECT time_zone FROM profile_organization) AS date) AS first_day,
        kinds, coalesce(words, '{{}}') AS words FROM known LEFT JOIN words USING (person)
)"""
KEEP: Final = text(f"""
{MADE}
INSERT INTO profile_customer_summary AS kept (person, first_day, kinds, words)
SELECT person, first_day, kinds, words FROM made ORDER BY person
ON CONFLICT (person) DO UPDATE SET first_day = excluded.first_day, kinds = excluded.kinds, words = excluded.words
    WHERE (kept.first_day, kept.kinds, kept.words) IS DISTINCT FROM (excluded.first_day, excluded.kinds, excluded.words)
""")
FIND_STALE: Final = text(f"""
{MADE}, kept AS (SELECT * FROM profile_customer_summary WHERE person = ANY({PERSONS}))
SELECT person FROM made FULL JOIN kept USING (person)
WHERE (kept.first_day, kept.kinds, kept.words) IS DISTINCT FROM (made.first_day, made.kinds, made.words)""")


async def find_stale(session: AsyncSession, persons: Collection[int]) -> set[int]:
    """Those of these persons whose row is missing, is not as it would be made now, or is nobody's."""
    return set(await session.scalars(FIND_STALE, {"persons": sorted(persons)}))


async def keep_summaries(session: AsyncSession, persons: Collection[int]) -> None:
    """Make the rows of these persons anew; those who are no more lose theirs. The transaction holds the lock."""
    if persons:
        values = {"persons": sorted(persons)}
        await session.execute(REMOVE, values)
        await session.execute(KEEP, values)
