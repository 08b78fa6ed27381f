"""Every query about purchases; nothing here commits. What is written goes in bulk, on the driver."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.db.database import Connection
from services.profile.customers.person_tables import MINE, PersonTable
from services.profile.facts.storage import IS_SOMEBODY, REACH
from services.profile.purchases.domain import PurchaseKey, PurchaseLine, Sold, StoredPurchase

RETURNS_LOCK: Final = (
    0x72657475  # whoever stores returns of purchases, or takes any back, holds it until commit
)
SALE, RETURN = 1, -1

BLANKED: Final = (
    "alias = 0, mark = ('x' || left(md5(gen_random_uuid()::text), 16))::bit(64)::bigint, return_of = NULL,"
    " at = date_trunc('day', at, (SELECT time_zone FROM profile_organization)), payment = '', place = '',"
    " card_used = NULL, receipt = ''"
)
"""Of a purchase that becomes nobody's: amount, day, department, dimensions stay; nothing leads to records of tills."""
PURCHASE_TABLES: Final = (
    PersonTable("profile_purchase_line", f"alias {MINE}"),
    PersonTable("profile_purchase", f"alias {MINE}", blank=BLANKED),
)
"""What an erasure does with purchases."""

RECORD: Final = f"""
WITH given AS (
    SELECT * FROM unnest($1::int[], $2::timestamptz[], $3::bigint[], $4::int[], $5::int[], $6::int[], $7::bigint[],
        $8::smallint[], $9::bigint[], $10::text[], $11::text[], $12::boolean[], $13::text[])
        AS given (alias, at, mark, department, dimensions, local_day, cents, sign, return_of, payment, place,
            card_used, receipt)
), stored AS (
    INSERT INTO profile_purchase (alias, at, mark, department, dimensions, local_day, cents, sign, return_of, payment,
        place, card_used, receipt)
    SELECT * FROM given WHERE {IS_SOMEBODY} ORDER BY alias, at, mark ON CONFLICT DO NOTHING
    RETURNING alias, at, mark, department
), lines AS (
    INSERT INTO profile_purchase_line (alias, at, mark, position, item, quantity, cents, discount)
    SELECT line.* FROM unnest($14::int[], $15::timestamptz[], $16::bigint[], $17::smallint[], $18::text[],
        $19::float8[], $20::bigint[], $21::bigint[])
        AS line (alias, at, mark, position, item, quantity, cents, discount)
    JOIN stored USING (alias, at, mark) ON CONFLICT DO NOTHING
)
SELECT alias, at, mark, department FROM stored"""
"""What is new is stored with its lines; each key is given once, or lines of several would be mixed."""
TOUCH: Final = f"""
WITH stored AS (SELECT * FROM unnest($1::int[], $2::timestamptz[], $3::int[]) AS given (alias, at, department))
{REACH}"""
FIND_STORED: Final = """
SELECT alias, at, mark FROM profile_purchase
JOIN unnest($1::int[], $2::timestamptz[], $3::bigint[]) AS asked (alias, at, mark) USING (alias, at, mark)"""
FIND_SOLD: Final = """
SELECT mark, min(at), sum(cents)::bigint, (SELECT coalesce(sum(back.cents), 0)::bigint FROM profile_purchase back
    WHERE back.return_of = sold.mark)
FROM profile_purchase sold WHERE mark = ANY($1::bigint[]) AND sign = 1 GROUP BY mark"""
FIND_RETURNED: Final = """
SELECT DISTINCT return_of FROM profile_purchase
WHERE return_of = ANY($1::bigint[]) AND mark <> ALL($1::bigint[])"""
WITHDRAW: Final = """
WITH gone AS (
    DELETE FROM profile_purchase WHERE mark = ANY($1::bigint[]) RETURNING alias, at, mark
), lines AS (
    DELETE FROM profile_purchase_line line USING gone
    WHERE line.alias = gone.alias AND line.at = gone.at AND line.mark = gone.mark
)
SELECT alias, at, mark FROM gone"""

LIST: Final = text("""
SELECT p.alias, p.at, p.mark, d.department::text AS department, s.touchpoint::text AS touchpoint, s.channel, p.cents,
    p.sign, p.payment, p.place, p.card_used, p.receipt
FROM profile_purchase p JOIN profile_fact_department d ON d.number = p.department
    JOIN profile_dimension_set s ON s.number = p.dimensions
WHERE p.alias = ANY(CAST(:numbers AS int[]))
    AND (CAST(:at AS timestamptz) IS NULL OR (p.at, p.mark, p.alias) < (CAST(:at AS timestamptz), :mark, :alias))
ORDER BY p.at DESC, p.mark DESC, p.alias DESC LIMIT :first""")
LIST_LINES: Final = text("""
SELECT alias, at, mark, item, quantity, cents, discount FROM profile_purchase_line
JOIN unnest(CAST(:aliases AS int[]), CAST(:at AS timestamptz[]), CAST(:marks AS bigint[])) AS asked (alias, at, mark)
    USING (alias, at, mark) ORDER BY position""")
SUM: Final = text("""
SELECT count(*) FILTER (WHERE sign = 1), coalesce(sum(cents) FILTER (WHERE sign = 1), 0)::bigint,
    count(*) FILTER (WHERE sign = -1), coalesce(sum(cents) FILTER (WHERE sign = -1), 0)::bigint,
    min(at) FILTER (WHERE sign = 1), max(at) FILTER (WHERE sign = 1)
FROM profile_purchase WHERE alias = ANY(CAST(:numbers AS int[]))""")


@dataclass(frozen=True, slots=True)
class ListedPurchase:
    """A purchase with the ids of what it counts for; None for what it does not have."""

    key: PurchaseKey
    department_id: str
    touchpoint_id: str | None
    channel: str | None
    cents: int
    is_return: bool
    payment: str
    place: str
    card_used: bool | None
    receipt: str
    lines: tuple[PurchaseLine, ...]


@dataclass(frozen=True, slots=True)
class PurchaseSums:
    """Of one customer: how many purchases and returns, their cents, the first and the last purchase."""

    purchases: int
    cents: int
    returns: int
    returned_cents: int
    first_at: datetime | None
    last_at: datetime | None


async def lock_returns(connection: Connection) -> None:
    """Wait until no other transaction counts returns against purchases; a statement of its own."""
    await connection.execute("SELECT pg_advisory_xact_lock($1)", RETURNS_LOCK)


async def record(
    connection: Connection, purchases: Sequence[StoredPurchase]
) -> dict[PurchaseKey, int]:
    """Store what is new, and say which that is, with departments. Keys are given once; `touch` follows."""
    lines = [(p.key, n, line) for p in purchases for n, line in enumerate(p.lines)]
    rows = await connection.fetch(
        RECORD,
        *_keys([p.key for p in purchases]),
        [p.department for p in purchases],
        [p.dimensions for p in purchases],
        [p.local_day for p in purchases],
        [p.cents for p in purchases],
        [RETURN if p.is_return else SALE for p in purchases],
        [p.return_of for p in purchases],
        [p.payment for p in purchases],
        [p.place for p in purchases],
        [p.card_used for p in purchases],
        [p.receipt for p in purchases],
        *_keys([key for key, _, _ in lines]),
        [position for _, position, _ in lines],
        [line.item for _, _, line in lines],
        [line.quantity for _, _, line in lines],
        [line.cents for _, _, line in lines],
        [line.discount for _, _, line in lines],
    )
    return {PurchaseKey(*key): department for *key, department in rows}


async def touch(connection: Connection, new: Mapping[PurchaseKey, int]) -> None:
    """Store who touched whom, of all purchases of a transaction, as its last statement."""
    aliases, at, _ = _keys(list(new))
    await connection.execute(TOUCH, aliases, at, list(new.values()))


async def find_stored(connection: Connection, keys: Collection[PurchaseKey]) -> set[PurchaseKey]:
    """Those that are stored."""
    return {PurchaseKey(*row) for row in await connection.fetch(FIND_STORED, *_keys(list(keys)))}


async def find_sold(connection: Connection, marks: Collection[int]) -> dict[int, Sold]:
    """Purchases by their marks, with what came back of each."""
    return {mark: Sold(*rest) for mark, *rest in await connection.fetch(FIND_SOLD, list(marks))}


async def find_returned(connection: Connection, marks: Collection[int]) -> set[int]:
    """Those purchases of which something came back that is not among these marks."""
    return {row[0] for row in await connection.fetch(FIND_RETURNED, list(marks))}


async def withdraw(connection: Connection, marks: Collection[int]) -> set[PurchaseKey]:
    """Remove purchases with their lines; those that were there."""
    return {PurchaseKey(*row) for row in await connection.fetch(WITHDRAW, list(marks))}


async def list_purchases(
    session: AsyncSession, numbers: Sequence[int], first: int, after: PurchaseKey | None
) -> list[ListedPurchase]:
    """Of these aliases the first ones after a place, the newest first."""
    place: Mapping[str, Any] = {"at": None, "mark": 0, "alias": 0}
    values = {**(after._asdict() if after else place), "numbers": list(numbers), "first": first}
    rows = (await session.execute(LIST, values)).all()
    lines = await _lines(session, [PurchaseKey(row.alias, row.at, row.mark) for row in rows])
    return [
        ListedPurchase(
            key := PurchaseKey(row.alias, row.at, row.mark),
            row.department,
            row.touchpoint,
            row.channel,
            row.cents,
            row.sign == RETURN,
            row.payment,
            row.place,
            row.card_used,
            row.receipt,
            tuple(lines.get(key, ())),
        )
        for row in rows
    ]


async def _lines(
    session: AsyncSession, keys: Sequence[PurchaseKey]
) -> dict[PurchaseKey, list[PurchaseLine]]:
    aliases, at, marks = _keys(keys)
    found: dict[PurchaseKey, list[PurchaseLine]] = {}
    values = {"aliases": aliases, "at": at, "marks": marks}
    for alias, moment, mark, *line in await session.execute(LIST_LINES, values):
        found.setdefault(PurchaseKey(alias, moment, mark), []).append(PurchaseLine(*line))
    return found


async def sum_purchases(session: AsyncSession, numbers: Sequence[int]) -> PurchaseSums:
    """Over all purchases of these aliases."""
    row = (await session.execute(SUM, {"numbers": list(numbers)})).one()
    return PurchaseSums(*row)


def _keys(keys: Sequence[PurchaseKey]) -> tuple[list[int], list[datetime], list[int]]:
    return [key.alias for key in keys], [key.at for key in keys], [key.mark for key in keys]
