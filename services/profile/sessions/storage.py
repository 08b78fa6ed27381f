"""Every query about sessions."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Update, and_, delete, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.kit.rights.access import Grant, Role
from services.profile.sessions.domain import (
    KEPT_AFTER_END,
    MOST_OF_A_SUBJECT,
    EndedSession,
    Lifetime,
    Session,
)
from services.profile.sessions.tables import FormerSecretRow, SessionRow

SIGN_IN_LOCK = (
    0x7369676E  # with the hash of a subject: whoever starts a session of it holds it until commit
)


async def add_session(session: AsyncSession, new: Session) -> bool:
    """True if stored now, False if its sign-in has made one before."""
    statement = insert(SessionRow).values(_values(new))
    statement = statement.on_conflict_do_nothing(index_elements=["sign_in"])
    return await session.scalar(statement.returning(col(SessionRow.id))) is not None


async def lock_session(session: AsyncSession, hash_: bytes) -> Session | None:
    """The session of a secret, or of one it had; nobody else changes it before the transaction has ended."""
    former = select(col(FormerSecretRow.session_id)).where(col(FormerSecretRow.hash) == hash_)
    statement = select(SessionRow).where(
        or_(
            col(SessionRow.hash) == hash_,
            col(SessionRow.previous_hash) == hash_,
            col(SessionRow.id) == former.scalar_subquery(),
        )
    )
    row = await session.scalar(statement.with_for_update())
    return None if row is None else _session(row)


async def put_session(session: AsyncSession, changed: Session) -> None:
    """Store a session as it is now."""
    statement = update(SessionRow).where(col(SessionRow.id) == UUID(changed.id))
    await session.execute(
        statement.values(_values(changed)).execution_options(synchronize_session=False)
    )


async def add_former(session: AsyncSession, session_id: str, hashes: Collection[bytes]) -> None:
    """Remember secrets that were replaced, for as long as their session is."""
    rows = [{"hash": hash_, "session_id": UUID(session_id)} for hash_ in hashes]
    await session.execute(insert(FormerSecretRow).on_conflict_do_nothing(), rows)


async def find_open(
    session: AsyncSession, ids: Collection[UUID], now: datetime, lifetime: Lifetime
) -> list[str]:
    """Ids of those of some sessions that have not ended."""
    statement = select(col(SessionRow.id)).where(
        col(SessionRow.id).in_(ids), *_are_open(now, lifetime)
    )
    return [str(found) for found in await session.scalars(statement)]


async def end_sessions(
    session: AsyncSession, subject: str, provider_session: str, before: datetime, now: datetime
) -> list[EndedSession]:
    """End what was started before an instant; of one subject, of one session of its provider, or of both."""
    conditions = [col(SessionRow.ended_at).is_(None), col(SessionRow.started_at) < before]
    if subject:
        conditions.append(col(SessionRow.subject) == subject)
    if provider_session:
        conditions.append(col(SessionRow.provider_session) == provider_session)
    statement = update(SessionRow).where(*conditions).values(ended_at=now)
    return await _end(session, statement)


async def make_room(
    session: AsyncSession, subject: str, now: datetime, lifetime: Lifetime
) -> list[EndedSession]:
    """Delete what has ended for a while, and end the oldest sessions of a subject that has too many.

    What has just ended stays: it remembers the sign-in that it came of, which makes no second session. Sign-ins of one
    subject wait for one another: two at once would each leave a place for one more.
    """
    await session.execute(
        text("SELECT pg_advisory_xact_lock(:lock, hashtext(:subject))"),
        {"lock": SIGN_IN_LOCK, "subject": subject},
    )
    past = now - KEPT_AFTER_END
    ended = or_(
        col(SessionRow.ended_at) < past,
        col(SessionRow.ends_at) < past,
        and_(col(SessionRow.ended_at).is_(None), col(SessionRow.seen_at) < past - lifetime.idle),
    )
    newest = (
        select(col(SessionRow.id))
        .where(col(SessionRow.subject) == subject, *_are_open(now, lifetime))
        .order_by(col(SessionRow.started_at).desc(), col(SessionRow.id).desc())
        .limit(MOST_OF_A_SUBJECT - 1)
    )
    others = (
        update(SessionRow)
        .where(col(SessionRow.subject) == subject, col(SessionRow.id).not_in(newest))
        .where(col(SessionRow.ended_at).is_(None))
        .values(ended_at=now)
    )
    await session.execute(
        delete(SessionRow).where(ended), execution_options={"synchronize_session": False}
    )
    return await _end(session, others)


async def _end(session: AsyncSession, statement: Update) -> list[EndedSession]:
    ended = statement.returning(col(SessionRow.id), col(SessionRow.subject))
    rows = await session.execute(ended, execution_options={"synchronize_session": False})
    return [EndedSession(str(id_), subject) for id_, subject in rows]


def _are_open(now: datetime, lifetime: Lifetime) -> tuple[ColumnElement[bool], ...]:
    """What holds of sessions that have not ended."""
    return (
        col(SessionRow.ended_at).is_(None),
        col(SessionRow.ends_at) > now,
        col(SessionRow.seen_at) > now - lifetime.idle,
    )


def _values(given: Session) -> dict[str, Any]:
    values = {name: getattr(given, name) for name in Session.__slots__}
    grants = None if given.grants is None else [_written(grant) for grant in given.grants]
    return values | {"id": UUID(given.id), "grants": grants}


def _session(row: SessionRow) -> Session:
    values = {name: getattr(row, name) for name in Session.__slots__}
    grants = None if row.grants is None else tuple(_grant(grant) for grant in row.grants)
    return Session(**values | {"id": str(row.id), "grants": grants})


def _written(grant: Grant) -> list[str | None]:
    days = [day.isoformat() if day else None for day in (grant.from_on, grant.to_on)]
    return [grant.role.value, grant.department, *days]


def _grant(written: list[str | None]) -> Grant:
    role, department, *days = written
    from_on, to_on = (date.fromisoformat(day) if day else None for day in days)
    return Grant(Role(str(role)), department, from_on, to_on)
