"""Every query about users."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.kit.db.database import storable
from services.profile.users.domain import User
from services.profile.users.tables import UserRow


async def find_users(session: AsyncSession, subjects: Collection[str]) -> dict[str, User]:
    """What is kept of some subjects, by subject."""
    statement = select(UserRow).where(col(UserRow.subject).in_(storable(subjects)))
    return {row.subject: _user(row) for row in await session.scalars(statement)}


async def list_users(session: AsyncSession, first: int, after: str) -> list[User]:
    """The first users after a subject, by subject."""
    statement = (
        select(UserRow)
        .where(col(UserRow.subject) > after)
        .order_by(col(UserRow.subject))
        .limit(first)
    )
    return [_user(row) for row in await session.scalars(statement)]


async def count_users(session: AsyncSession) -> int:
    """How many there are."""
    return await session.scalar(select(func.count()).select_from(UserRow)) or 0


async def put_users(session: AsyncSession, users: Sequence[User]) -> None:
    """Store users as they are now."""
    if not users:
        return
    statement = insert(UserRow).values([user._asdict() for user in users])
    new = statement.excluded
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["subject"],
            set_={"name": new.name, "email": new.email, "language": new.language},
        )
    )


async def delete_users(session: AsyncSession, subjects: Collection[str]) -> list[str]:
    """Delete users; the subjects of those that were there."""
    statement = delete(UserRow).where(col(UserRow.subject).in_(subjects))
    return list(await session.scalars(statement.returning(col(UserRow.subject))))


def _user(row: UserRow) -> User:
    return User(row.subject, row.name, row.email, row.language)
