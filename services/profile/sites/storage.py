"""Every query about sites; nothing here commits."""

from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.profile.sites.domain import Site, SiteItem

WRITERS_LOCK: Final = 0x73697465  # whoever makes or changes sites holds it until commit
SITE: Final = (
    "key, name, origins, departments, facts_a_minute, is_paused, secrets, created_at, rotated_at"
)
LIST: Final = text(f"SELECT {SITE} FROM profile_site ORDER BY name, key")
FIND: Final = text(f"SELECT {SITE} FROM profile_site WHERE key = :key")
COUNT: Final = text("SELECT count(*) FROM profile_site")
PUT: Final = text(f"""
INSERT INTO profile_site ({SITE}) VALUES (:key, :name, :origins, :departments, :facts_a_minute, :is_paused, :secrets,
    :created_at, :rotated_at)
ON CONFLICT (key) DO UPDATE SET name = excluded.name, origins = excluded.origins, departments = excluded.departments,
    facts_a_minute = excluded.facts_a_minute, is_paused = excluded.is_paused, secrets = excluded.secrets,
    rotated_at = excluded.rotated_at""")


async def lock_sites(session: AsyncSession) -> None:
    """Wait until nobody else makes or changes sites; held to the end of the transaction."""
    await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITERS_LOCK})


async def list_sites(session: AsyncSession) -> list[Site]:
    """All of them, by name."""
    return [_site(row) for row in await session.execute(LIST)]


async def count_sites(session: AsyncSession) -> int:
    """How many there are."""
    return await session.scalar(COUNT) or 0


async def find_site(session: AsyncSession, key: str) -> Site | None:
    """A site by its key."""
    row = (await session.execute(FIND, {"key": key})).first()
    return None if row is None else _site(row)


async def put_site(session: AsyncSession, site: Site) -> None:
    """Store a site, in the place of what was there."""
    item = site.item
    values = {
        "key": site.key,
        "name": item.name,
        "origins": list(item.origins),
        "departments": list(item.departments),
        "facts_a_minute": item.facts_a_minute,
        "is_paused": item.is_paused,
        "secrets": list(site.secrets),
        "created_at": site.created_at,
        "rotated_at": site.rotated_at,
    }
    await session.execute(PUT, values)


def _site(row: Any) -> Site:
    item = SiteItem(
        row.name, tuple(row.origins), tuple(row.departments), row.facts_a_minute, row.is_paused
    )
    return Site(row.key, item, tuple(row.secrets), row.created_at, row.rotated_at)
