"""Every query about what is to be announced; nothing here commits.

Triggers of profile_purchase write the images of rows that come, go and change, whoever changes them: an erasure too.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.profile.announcements.domain import ImageChange, PurchaseImage, RowKey

MOST_ROWS: Final = 500
MOST_MOVES: Final = 1_000

LOCK_PURCHASES: Final = text(
    "SELECT generation FROM profile_purchase_announced FOR UPDATE SKIP LOCKED"
)
TAKE: Final = text("""
WITH taken AS (
    DELETE FROM profile_purchase_change
    WHERE seq IN (SELECT seq FROM profile_purchase_change ORDER BY seq LIMIT :most) RETURNING *
)
SELECT alias, at, mark, return_of, d.department::text, s.touchpoint::text, stage, channel, local_day, cents, is_return,
    sign
FROM taken JOIN profile_fact_department d ON d.number = taken.department
    JOIN profile_dimension_set s ON s.number = taken.dimensions
ORDER BY seq""")
FIND_WHOLE: Final = text("""
SELECT alias, at, mark FROM profile_purchase_whole WHERE mark = ANY(CAST(:marks AS bigint[]))""")
ADD_WHOLE: Final = text("""
INSERT INTO profile_purchase_whole (alias, at, mark) VALUES (:alias, :at, :mark) ON CONFLICT DO NOTHING""")
END_WHOLE: Final = text("""
DELETE FROM profile_purchase_whole WHERE alias = :alias AND at = :at AND mark = :mark""")
# What came back is compared with all that bears the mark, as where returns are stored.
FIND_SOLD: Final = text("""
SELECT alias, at, mark, NULL, d.department::text, s.touchpoint::text, stage, channel, local_day, p.cents, false,
    coalesce(back.cents >= sum(p.cents) OVER (PARTITION BY p.mark), false)
FROM profile_purchase p JOIN profile_fact_department d ON d.number = p.department
    JOIN profile_dimension_set s ON s.number = p.dimensions
    CROSS JOIN LATERAL (SELECT sum(r.cents) AS cents FROM profile_purchase r WHERE r.return_of = p.mark) AS back
WHERE mark = ANY(CAST(:marks AS bigint[])) AND sign = 1""")
WAIT: Final = text("SELECT FROM profile_purchase_announced FOR UPDATE")
NEXT_ENVELOPE: Final = text("SELECT nextval('profile_purchase_envelope')")
# In one statement, so of one moment: a purchase stored meanwhile is either among all, or still to be announced.
ANNOUNCE_ALL: Final = text("""
WITH next AS (UPDATE profile_purchase_announced SET generation = generation + 1),
    gone AS (DELETE FROM profile_purchase_change), turned AS (DELETE FROM profile_purchase_whole)
INSERT INTO profile_purchase_change
    (alias, at, mark, return_of, department, dimensions, local_day, cents, is_return, sign)
SELECT alias, at, mark, return_of, department, dimensions, local_day, cents, sign = -1, 1 FROM profile_purchase""")

LOCK_PERSONS: Final = text("SELECT seq FROM profile_person_announced FOR UPDATE SKIP LOCKED")
# Writers hold the lock of customers until they commit, so what has a higher number comes later.
FIND_MOVES: Final = text("""
SELECT seq, alias, was, is_now FROM profile_customer_person_change WHERE seq > :seq ORDER BY seq LIMIT :most""")
TAKE_GONE: Final = text("""
DELETE FROM profile_alias_gone WHERE alias IN (SELECT alias FROM profile_alias_gone LIMIT :most) RETURNING alias""")
PUT_SEQ: Final = text("UPDATE profile_person_announced SET seq = :seq")


async def lock_purchases(session: AsyncSession) -> int | None:
    """The generation of what is announced; None where another replica announces."""
    generation: int | None = await session.scalar(LOCK_PURCHASES)
    return generation


async def take_changes(session: AsyncSession) -> list[ImageChange]:
    """The oldest images to announce; they are no longer to be announced then."""
    rows = await session.execute(TAKE, {"most": MOST_ROWS})
    return [ImageChange(_image(row), row[-1]) for row in rows]


async def find_whole(session: AsyncSession, marks: Collection[int]) -> set[RowKey]:
    """Purchases with these marks that were announced as returned whole."""
    return {RowKey(*row) for row in await session.execute(FIND_WHOLE, {"marks": list(marks)})}


async def put_whole(
    session: AsyncSession, added: Collection[RowKey], ended: Collection[RowKey]
) -> None:
    """Keep which purchases were announced as returned whole."""
    for statement, keys in ((ADD_WHOLE, added), (END_WHOLE, ended)):
        if keys:
            await session.execute(statement, [key._asdict() for key in keys])


async def find_sold(session: AsyncSession, marks: Collection[int]) -> list[PurchaseImage]:
    """Purchases with these marks as they stand."""
    rows = await session.execute(FIND_SOLD, {"marks": list(marks)})
    return [_image(row, is_returned_whole=row[-1]) for row in rows]


async def next_envelope(session: AsyncSession) -> int:
    number: int = (await session.execute(NEXT_ENVELOPE)).scalar_one()
    return number


async def announce_all(session: AsyncSession) -> None:
    """All purchases are to be announced again, under a new generation; who announces now is waited for."""
    await session.execute(WAIT)
    await session.execute(ANNOUNCE_ALL)


async def lock_persons(session: AsyncSession) -> int | None:
    """Up to where moves of aliases were announced; None where another replica announces."""
    seq: int | None = await session.scalar(LOCK_PERSONS)
    return seq


async def find_moves(session: AsyncSession, seq: int) -> Sequence[Any]:
    """(seq, alias, was, is_now) of the moves after one."""
    return (await session.execute(FIND_MOVES, {"seq": seq, "most": MOST_MOVES})).all()


async def take_gone(session: AsyncSession) -> list[int]:
    """Aliases that were erased; they are no longer to be announced then."""
    return list(await session.scalars(TAKE_GONE, {"most": MOST_MOVES}))


async def put_seq(session: AsyncSession, seq: int) -> None:
    """Up to where moves are announced; 0: all are to be announced again."""
    await session.execute(PUT_SEQ, {"seq": seq})


def _image(row: Any, *, is_returned_whole: bool = False) -> PurchaseImage:
    key = RowKey(*row[:3])
    image = PurchaseImage(key, *row[3:11])
    return replace(image, is_returned_whole=is_returned_whole)
