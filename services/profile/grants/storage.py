"""Every query about grants."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete, func, or_, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.kit.db.database import storable
from services.profile.grants.domain import GrantItem, GrantName, StoredGrant
from services.profile.grants.tables import GrantRow

WRITERS_LOCK = 0x6772616E  # whoever changes grants holds it until commit


async def lock_grants(session: AsyncSession) -> None:
    """Wait until no other transaction changes grants; held to the end of this one."""
    await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITERS_LOCK})


async def lock_granted(session: AsyncSession, subjects: Collection[str]) -> set[str]:
    """Those of some subjects who have a grant; as it is until this transaction ends."""
    await lock_grants(session)
    statement = select(col(GrantRow.subject)).where(col(GrantRow.subject).in_(storable(subjects)))
    return set(await session.scalars(statement))


async def find_role(session: AsyncSession, role: str, today: date) -> list[GrantName]:
    """The grants of one role that hold on a day, by name."""
    statement = (
        select(GrantRow)
        .where(
            col(GrantRow.role) == role,
            or_(col(GrantRow.from_on).is_(None), col(GrantRow.from_on) <= today),
            or_(col(GrantRow.to_on).is_(None), col(GrantRow.to_on) > today),
        )
        .order_by(col(GrantRow.id))
    )
    return [_stored(row).item.name for row in await session.scalars(statement)]


async def find_grants(
    session: AsyncSession, subjects: Collection[str]
) -> dict[GrantName, StoredGrant]:
    """All grants of some subjects, by name."""
    statement = select(GrantRow).where(col(GrantRow.subject).in_(storable(subjects)))
    stored = map(_stored, await session.scalars(statement))
    return {grant.item.name: grant for grant in stored}


async def list_grants(
    session: AsyncSession, subject: str, first: int, after: UUID | None
) -> list[StoredGrant]:
    """The first grants after one, in the order in which they were given; of one subject, or of everybody."""
    statement = select(GrantRow).order_by(col(GrantRow.id)).limit(first)
    if subject:
        statement = statement.where(col(GrantRow.subject).in_(storable([subject])))
    if after is not None:
        statement = statement.where(col(GrantRow.id) > after)
    return [_stored(row) for row in await session.scalars(statement)]


async def count_grants(session: AsyncSession, subject: str) -> int:
    """How many there are; of one subject, or of everybody where it is empty."""
    statement = select(func.count()).select_from(GrantRow)
    if subject:
        statement = statement.where(col(GrantRow.subject).in_(storable([subject])))
    return await session.scalar(statement) or 0


async def put_grants(session: AsyncSession, grants: Sequence[StoredGrant]) -> None:
    """Store grants; of one that is there the days change."""
    if not grants:
        return
    statement = insert(GrantRow).values(
        [
            {
                "id": UUID(grant.id),
                **grant.item.name._asdict(),
                "from_on": grant.item.from_on,
                "to_on": grant.item.to_on,
            }
            for grant in grants
        ]
    )
    new = statement.excluded
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["id"], set_={"from_on": new.from_on, "to_on": new.to_on}
        )
    )


async def delete_grants(session: AsyncSession, ids: Collection[UUID]) -> list[StoredGrant]:
    """Delete grants; those that were there."""
    statement = delete(GrantRow).where(col(GrantRow.id).in_(ids)).returning(GrantRow)
    return [_stored(row) for row in await session.scalars(statement)]


def _stored(row: GrantRow) -> StoredGrant:
    name = GrantName(row.subject, row.role, row.department)
    return StoredGrant(str(row.id), GrantItem(name, row.from_on, row.to_on))
