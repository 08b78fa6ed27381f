"""Every query about links that are spent and sealed answers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.db.row_security import name_rows, state_purpose

FIND_LINK = text("""
SELECT wave_id, employee_id, spent, place, categories, kept FROM employee_exp_invitation WHERE token_hash = :hash""")
# Whoever closes the wave waits for this transaction, or this one sees that it was closed.
TAKES_ANSWERS = text("""
SELECT state = 'open' AND closes_at > :now FROM employee_exp_wave WHERE id = :wave FOR KEY SHARE""")
SPEND = text("""
UPDATE employee_exp_invitation SET spent = true, kept = NULL WHERE token_hash = :hash AND NOT spent""")
KEEP = text("""
UPDATE employee_exp_invitation SET kept = :sealed WHERE token_hash = :hash AND NOT spent""")
FORGET_KEPT = text("""
UPDATE employee_exp_invitation SET kept = NULL WHERE wave_id = :wave AND kept IS NOT NULL""")
PUT_SPOOL = text(
    "INSERT INTO employee_exp_spool (id, wave_id, sealed) VALUES (:id, :wave, :sealed)"
)
LIST_SPOOL = text("SELECT id FROM employee_exp_spool WHERE wave_id = :wave")
FIND_SPOOL = text("SELECT id, sealed FROM employee_exp_spool WHERE id = ANY(CAST(:ids AS uuid[]))")
TAKE_SPOOL = text(
    "DELETE FROM employee_exp_spool WHERE id = ANY(CAST(:ids AS uuid[])) RETURNING id"
)
PUT_BALLOTS = text("""
INSERT INTO employee_exp_ballot (id, wave_id, sealed)
SELECT id, :wave, sealed FROM unnest(CAST(:ids AS uuid[]), CAST(:sealed AS bytea[])) AS given (id, sealed)""")

Sealed = tuple[UUID, bytes]


@dataclass(frozen=True, slots=True)
class Link:
    """What a link stands for."""

    wave_id: str
    employee_id: str | None
    is_spent: bool
    place: int
    categories: tuple[int, ...]
    kept: bytes | None


async def find_link(session: AsyncSession, token_hash: bytes) -> Link | None:
    """The rest of the transaction sees this link and no other."""
    await name_rows(session, links=[token_hash.hex()])
    row = (await session.execute(FIND_LINK, {"hash": token_hash})).one_or_none()
    if row is None:
        return None
    employee = str(row.employee_id) if row.employee_id else None
    return Link(str(row.wave_id), employee, row.spent, row.place, tuple(row.categories), row.kept)


async def takes_answers(session: AsyncSession, wave_id: str, now: datetime) -> bool:
    """Whether the wave is open, until this transaction ends."""
    found = await session.scalar(TAKES_ANSWERS, {"wave": UUID(wave_id), "now": now})
    return bool(found)


async def spend(session: AsyncSession, token_hash: bytes) -> bool:
    """Spend a link; whether it was not spent before. Whoever spends it at the same time waits here."""
    return await _changes(session, SPEND, {"hash": token_hash})


async def keep(session: AsyncSession, token_hash: bytes, sealed: bytes) -> bool:
    """Keep sealed answers with a link in the place of others; whether it was not spent before."""
    return await _changes(session, KEEP, {"hash": token_hash, "sealed": sealed})


async def _changes(session: AsyncSession, statement: Any, values: dict[str, Any]) -> bool:
    result: Any = await session.execute(statement, values)
    return bool(result.rowcount)


async def forget_kept(session: AsyncSession, wave_id: str) -> None:
    """Remove, unread, what was kept and not sent."""
    await state_purpose(session, "closing")
    await session.execute(FORGET_KEPT, {"wave": UUID(wave_id)})


async def put_spool(session: AsyncSession, wave_id: str, id_: UUID, sealed: bytes) -> None:
    """Store answers as they came in."""
    await session.execute(PUT_SPOOL, {"id": id_, "wave": UUID(wave_id), "sealed": sealed})


async def list_spool(session: AsyncSession, wave_id: str) -> list[UUID]:
    """Ids of what waits in the spool of a wave; the rest of the transaction sees this spool and no other."""
    await name_rows(session, waves=[wave_id])
    return list(await session.scalars(LIST_SPOOL, {"wave": UUID(wave_id)}))


async def find_spool(session: AsyncSession, wave_id: str, ids: Collection[UUID]) -> list[Sealed]:
    """These rows of a spool, in any order."""
    await name_rows(session, waves=[wave_id])
    return [(row.id, row.sealed) for row in await session.execute(FIND_SPOOL, {"ids": list(ids)})]


async def take_spool(session: AsyncSession, ids: Collection[UUID]) -> set[UUID]:
    """Remove rows that `find_spool` found; those that were still there."""
    return set(await session.scalars(TAKE_SPOOL, {"ids": list(ids)}))


async def put_ballots(session: AsyncSession, wave_id: str, ballots: Sequence[Sealed]) -> None:
    """Store ballots in this order."""
    values = {
        "wave": UUID(wave_id),
        "ids": [id_ for id_, _ in ballots],
        "sealed": [sealed for _, sealed in ballots],
    }
    await session.execute(PUT_BALLOTS, values)
