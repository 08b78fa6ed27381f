"""Every query about erasures; nothing here commits."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from json import dumps
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.db.row_security import state_purpose
from services.kit.sealing.receipts import ErasedTable, ErasureReceipt
from services.profile.consents.storage import CONSENT_TABLES
from services.profile.customers.auditing import customer_key
from services.profile.customers.person_tables import PersonTable
from services.profile.customers.storage import CUSTOMER_TABLES, Name
from services.profile.facts.storage import REACH_TABLES
from services.profile.interactions.storage import INTERACTION_TABLES
from services.profile.points.storage import POINT_TABLES
from services.profile.privacy.domain import Erasure, ErasureState
from services.profile.privacy.journal import EntryKind, JournalEntry
from services.profile.purchases.storage import PURCHASE_TABLES
from services.profile.subscriptions.storage import SUBSCRIPTION_TABLES

PURPOSE: Final = "erasure"
"""For which alone rows of customers are deleted."""
CHAIN_LOCK: Final = 0x65726173  # whoever writes a receipt holds it until commit

ERASURE: Final = (
    "id, state, person, alias, numbers, customer_refs, formerly_linked, round, revision, subject, requested_at, sealed,"
    " announced_at, decided_by, decided_at, sealed_decision, is_sole, done_at, asked_refs,"
    " responses"
)
ADD: Final = text(f"""
INSERT INTO profile_erasure ({ERASURE}, due_at) VALUES (:id, :state, :person, :alias, :numbers, :customer_refs,
    :formerly_linked, :round, :revision, :subject, :requested_at, :sealed, :announced_at, :decided_by, :decided_at,
    :sealed_decision, :is_sole, :done_at, :asked_refs, :responses, :due_at)""")
PUT: Final = text("""
UPDATE profile_erasure SET state = :state, alias = :alias, person = :person, numbers = :numbers,
    customer_refs = :customer_refs, formerly_linked = :formerly_linked, round = :round, revision = :revision,
    sealed = :sealed,
    announced_at = :announced_at, decided_by = :decided_by, decided_at = :decided_at,
    sealed_decision = :sealed_decision, is_sole = :is_sole, done_at = :done_at,
    asked_refs = :asked_refs, responses = :responses WHERE id = :id""")
OPEN: Final = "state NOT IN ('REFUSED', 'DONE')"
FIND: Final = f"SELECT {ERASURE} FROM profile_erasure WHERE id = :id"
FIND_OPEN: Final = text(f"""
SELECT {ERASURE} FROM profile_erasure
WHERE {OPEN} AND (person = ANY(CAST(:numbers AS int[])) OR asked_refs && CAST(:refs AS bytea[])) ORDER BY id LIMIT 1""")
COUNT_DUE: Final = text(f"SELECT count(*) FROM profile_erasure WHERE {OPEN} AND due_at < :before")
COUNT_OPEN: Final = text(f"SELECT count(*) FROM profile_erasure WHERE {OPEN}")
FIND_TO_DO: Final = text(
    f"SELECT {ERASURE} FROM profile_erasure WHERE {OPEN} AND state <> 'COUNTED' ORDER BY id"
)
LIST: Final = text(f"""
SELECT {ERASURE} FROM profile_erasure
WHERE (:state = '' OR state = :state) AND (CAST(:after AS uuid) IS NULL OR id < CAST(:after AS uuid))
ORDER BY id DESC LIMIT :first""")
COUNT: Final = text("SELECT count(*) FROM profile_erasure WHERE :state = '' OR state = :state")

RECEIPT: Final = "request, service, at, tables, previous, digest"
ADD_RECEIPT: Final = text(f"""
INSERT INTO profile_erasure_receipt ({RECEIPT}, is_count, number)
VALUES (:request, :service, :at, CAST(:tables AS jsonb), :previous, :digest, :is_count, :number)
ON CONFLICT (request, service, is_count) DO NOTHING""")
REMOVE_COUNTS: Final = text(
    "DELETE FROM profile_erasure_receipt WHERE request = :request AND is_count"
)
LIST_RECEIPTS: Final = text(f"""
SELECT {RECEIPT}, is_count FROM profile_erasure_receipt WHERE request = ANY(CAST(:requests AS uuid[]))
ORDER BY service""")
NEWEST_RECEIPT: Final = text("""
SELECT number, digest FROM profile_erasure_receipt WHERE service = 'profile' AND number IS NOT NULL
ORDER BY number DESC LIMIT 1""")

BLOCK: Final = text("""
INSERT INTO profile_customer_erased (customer_ref, kind, request, revision)
SELECT ref, kind, :request, :revision FROM unnest(CAST(:refs AS bytea[]), CAST(:kinds AS smallint[])) AS n (ref, kind)
ON CONFLICT (customer_ref, kind) DO UPDATE SET request = excluded.request, revision = excluded.revision,
    allowed_at = NULL, allowed_entry = NULL""")
FORGET_ALLOWED: Final = text("""
DELETE FROM profile_customer_reason WHERE entry IN (
    SELECT e.allowed_entry FROM profile_customer_erased e
    JOIN unnest(CAST(:refs AS bytea[]), CAST(:kinds AS smallint[])) AS n (ref, kind)
        ON e.customer_ref = n.ref AND e.kind = n.kind)""")
FIND_BLOCK: Final = text("""
SELECT request, allowed_at IS NOT NULL FROM profile_customer_erased WHERE customer_ref = :ref AND kind = :kind
FOR UPDATE""")
ALLOW: Final = text("""
UPDATE profile_customer_erased SET allowed_at = :at, allowed_entry = :entry, revision = :revision
WHERE customer_ref = :ref AND kind = :kind""")
LIST_ALLOWED: Final = text("""
SELECT customer_ref, revision FROM profile_customer_erased WHERE kind = :kind AND allowed_at IS NOT NULL""")
FIND_STATES: Final = text(
    "SELECT id, state FROM profile_erasure WHERE id = ANY(CAST(:requests AS uuid[]))"
)
LIST_CARRIED_OUT: Final = text("""
SELECT e.id, coalesce(e.done_at, e.announced_at) AS at, e.revision, e.responses,
    array_agg(n.kind) FILTER (WHERE n.request IS NOT NULL) AS kinds,
    array_agg(n.customer_ref) FILTER (WHERE n.request IS NOT NULL) AS refs
FROM profile_erasure e LEFT JOIN profile_customer_erased n ON n.request = e.id
WHERE e.state IN ('RUNNING', 'DONE') GROUP BY e.id
HAVING count(n.request) > 0 OR cardinality(e.responses) > 0 ORDER BY e.id""")
LIST_ALLOWED_NAMES: Final = text("""
SELECT request, allowed_at, revision, kind, customer_ref FROM profile_customer_erased
WHERE allowed_at IS NOT NULL ORDER BY revision""")
IS_BLOCKED_BEFORE: Final = text("""
SELECT EXISTS (SELECT FROM profile_customer_erased
    WHERE customer_ref = :ref AND kind = :kind AND allowed_at IS NULL AND revision < :revision)""")
REACH_REVISION: Final = text("""
SELECT nextval('profile_erasure_revision')
FROM generate_series(1, :revision - nextval('profile_erasure_revision'))""")
FORMERLY: Final = text("""
SELECT DISTINCT alias.person FROM profile_customer_link AS link JOIN profile_customer_alias AS alias
    ON alias.id = CASE WHEN link.a = ANY(CAST(:numbers AS int[])) THEN link.b ELSE link.a END
WHERE link.ended_at IS NOT NULL AND (link.a = ANY(CAST(:numbers AS int[])) OR link.b = ANY(CAST(:numbers AS int[])))
    AND alias.id <> ALL(CAST(:numbers AS int[])) ORDER BY alias.person""")

TABLES: Final = (
    *SUBSCRIPTION_TABLES,
    *PURCHASE_TABLES,
    *INTERACTION_TABLES,
    *REACH_TABLES,
    *CONSENT_TABLES,
    *POINT_TABLES,
    *CUSTOMER_TABLES,
)
"""Of all nouns below, in the order in which rows go: aliases last."""


async def add_erasure(session: AsyncSession, erasure: Erasure) -> None:
    """Store a new request."""
    await session.execute(ADD, _row(erasure))


async def put_erasure(session: AsyncSession, erasure: Erasure) -> None:
    """Store a request that is there as it is now."""
    await session.execute(PUT, _row(erasure))


async def find_erasure(session: AsyncSession, id_: UUID, *, lock: bool = False) -> Erasure | None:
    """A request; locked: nobody else changes it until the end of the transaction."""
    statement = text(f"{FIND} FOR UPDATE" if lock else FIND)
    row = (await session.execute(statement, {"id": id_})).first()
    return None if row is None else _erasure(row)


async def find_open_of(
    session: AsyncSession, numbers: Sequence[int], refs: Sequence[bytes]
) -> Erasure | None:
    """The open request for the person that has these aliases, or that was asked for by one of these customer ids."""
    row = (await session.execute(FIND_OPEN, {"numbers": list(numbers), "refs": list(refs)})).first()
    return None if row is None else _erasure(row)


async def count_open(session: AsyncSession) -> int:
    """How many requests are neither refused nor done."""
    return await session.scalar(COUNT_OPEN) or 0


async def count_due(session: AsyncSession, before: datetime) -> int:
    """How many of them are due before an instant."""
    return await session.scalar(COUNT_DUE, {"before": before}) or 0


async def find_to_do(session: AsyncSession) -> list[Erasure]:
    """Requests that go on by themselves, the oldest first."""
    return [_erasure(row) for row in await session.execute(FIND_TO_DO)]


async def list_erasures(
    session: AsyncSession, state: str, first: int, after: UUID | None
) -> list[Erasure]:
    """The first requests after one, the newest first; of one state, or of all where it is empty."""
    values = {"state": state, "first": first, "after": after}
    return [_erasure(row) for row in await session.execute(LIST, values)]


async def count_erasures(session: AsyncSession, state: str) -> int:
    """How many requests there are; of one state, or of all where it is empty."""
    return await session.scalar(COUNT, {"state": state}) or 0


async def add_receipt(
    session: AsyncSession, receipt: ErasureReceipt, *, number: int | None = None
) -> None:
    """Store a receipt, or a count: it has no digest. One that is there stays."""
    values = {
        "request": UUID(receipt.request),
        "service": receipt.service,
        "at": receipt.at,
        "tables": dumps([[t.table, t.erased, t.blanked, t.kept, t.why] for t in receipt.tables]),
        "previous": receipt.previous,
        "digest": receipt.digest,
        "is_count": not receipt.digest,
        "number": number,
    }
    await session.execute(ADD_RECEIPT, values)


async def remove_counts(session: AsyncSession, request: str) -> None:
    """Forget what was counted for a request."""
    await session.execute(REMOVE_COUNTS, {"request": UUID(request)})


async def list_receipts(session: AsyncSession, requests: Sequence[str]) -> list[ErasureReceipt]:
    """Counts and receipts of requests, by service."""
    values = {"requests": [UUID(each) for each in requests]}
    return [
        ErasureReceipt(
            str(row.request),
            row.service,
            row.at,
            tuple(ErasedTable(*table) for table in row.tables),
            row.previous,
            row.digest,
        )
        for row in await session.execute(LIST_RECEIPTS, values)
    ]


async def lock_chain(session: AsyncSession) -> tuple[int, bytes]:
    """Number and digest of profile's newest receipt, 0 and nothing before the first; no other is written meanwhile."""
    await session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": CHAIN_LOCK})
    row = (await session.execute(NEWEST_RECEIPT)).first()
    return (0, b"") if row is None else (row[0], row[1])


async def next_revision(session: AsyncSession) -> int:
    """A greater number than all before."""
    return int(await session.scalar(text("SELECT nextval('profile_erasure_revision')")) or 0)


async def reach_revision(session: AsyncSession, revision: int) -> None:
    """Let every later revision be greater than this one."""
    await session.execute(REACH_REVISION, {"revision": revision})


async def find_states(session: AsyncSession, requests: Sequence[str]) -> dict[str, ErasureState]:
    """How far requests are; of those that are there."""
    rows = await session.execute(FIND_STATES, {"requests": [UUID(each) for each in requests]})
    return {str(row.id): ErasureState(row.state) for row in rows}


async def list_carried_out(session: AsyncSession) -> list[JournalEntry]:
    """Orders that were carried out, the oldest first, with the identifiers that are blocked since.

    Those of answers alone only until they are done: then nobody knows of which.
    """
    return [
        JournalEntry(
            EntryKind.ORDERED,
            str(row.id),
            row.at,
            row.revision,
            list(map(Name, row.kinds or (), row.refs or ())),
            tuple(map(str, row.responses)),
        )
        for row in await session.execute(LIST_CARRIED_OUT)
    ]


async def list_allowed_names(session: AsyncSession) -> list[JournalEntry]:
    """Identifiers of all kinds that are allowed again, an entry each, the oldest first."""
    return [
        JournalEntry(
            EntryKind.ALLOWED,
            str(row.request),
            row.allowed_at,
            row.revision,
            [Name(row.kind, row.customer_ref)],
        )
        for row in await session.execute(LIST_ALLOWED_NAMES)
    ]


async def is_blocked_before(session: AsyncSession, name: Name, revision: int) -> bool:
    """Whether an identifier is blocked by an order that is older than a revision."""
    return bool(await session.scalar(IS_BLOCKED_BEFORE, {**name._asdict(), "revision": revision}))


async def block(session: AsyncSession, names: Sequence[Name], request: str, revision: int) -> None:
    """Store these identifiers no more; why they were allowed after an erasure before is forgotten."""
    await state_purpose(session, PURPOSE)
    columns = {"refs": [n.ref for n in names], "kinds": [n.kind for n in names]}
    await session.execute(FORGET_ALLOWED, columns)
    await session.execute(BLOCK, {**columns, "request": UUID(request), "revision": revision})


async def lock_block(session: AsyncSession, name: Name) -> tuple[str, bool] | None:
    """By which request an identifier was erased, and whether it is allowed again; None: it was not."""
    row = (await session.execute(FIND_BLOCK, name._asdict())).first()
    return None if row is None else (str(row[0]), row[1])


async def allow(session: AsyncSession, name: Name, at: datetime, entry: str, revision: int) -> None:
    """Let an identifier be stored again."""
    values = {**name._asdict(), "at": at, "entry": UUID(entry), "revision": revision}
    await session.execute(ALLOW, values)


async def list_allowed(session: AsyncSession, kind: int) -> list[tuple[bytes, int]]:
    """Identifiers of a kind that are allowed again, with the revision."""
    return [(row[0], row[1]) for row in await session.execute(LIST_ALLOWED, {"kind": kind})]


async def find_formerly(session: AsyncSession, numbers: Sequence[int]) -> tuple[int, ...]:
    """Numbers of other persons that links led to which have ended."""
    return tuple(await session.scalars(FORMERLY, {"numbers": list(numbers)}))


async def count_tables(session: AsyncSession, numbers: Sequence[int]) -> tuple[ErasedTable, ...]:
    """What would be erased of the aliases of a person, and what would stay."""
    statements = (f"SELECT count(*) FROM {each.table} WHERE {each.condition}" for each in TABLES)
    return await _walk(session, statements, numbers)


async def erase_tables(session: AsyncSession, numbers: Sequence[int]) -> tuple[ErasedTable, ...]:
    """Erase it, and say what was erased and what stays.

    A writer under way may hold an alias that it looked up before: it is waited for, and its rows are seen then. Who
    comes later waits until the aliases are gone.
    """
    await state_purpose(session, PURPOSE)
    for each in TABLES:
        if each.is_locked:
            await session.execute(text(f"LOCK TABLE ONLY {each.table} IN SHARE ROW EXCLUSIVE MODE"))
    return await _walk(session, map(_erase_statement, TABLES), numbers)


def _erase_statement(table: PersonTable) -> str:
    if table.stays:
        return f"SELECT count(*) FROM {table.table} WHERE {table.condition}"
    change = f"DELETE FROM {table.table}"
    if table.blank:
        change = f"UPDATE {table.table} SET {table.blank}"
    return f"WITH gone AS ({change} WHERE {table.condition} RETURNING 1) SELECT count(*) FROM gone"


async def _walk(
    session: AsyncSession, statements: Iterable[str], numbers: Sequence[int]
) -> tuple[ErasedTable, ...]:
    """Run the statement of each table, and say how many rows it counted."""
    found: dict[str, ErasedTable] = {}
    for table, statement in zip(TABLES, statements, strict=True):
        count = await session.scalar(text(statement), _of(numbers)) or 0
        before = found.get(table.table, ErasedTable(table.table))
        if table.blank:
            found[table.table] = replace(before, blanked=count)
        elif not table.stays:
            found[table.table] = replace(before, erased=count)
        elif count:
            found[table.table] = replace(before, kept=count, why=table.stays)
    return tuple(found[name] for name in sorted(found))


def _of(numbers: Sequence[int]) -> dict[str, list[Any]]:
    return {"numbers": list(numbers), "keys": [customer_key(number) for number in numbers]}


def _row(erasure: Erasure) -> dict[str, Any]:
    return {
        "id": UUID(erasure.id),
        "state": erasure.state,
        "person": erasure.person,
        "alias": erasure.alias,
        "numbers": list(erasure.numbers),
        "customer_refs": list(erasure.refs),
        "formerly_linked": list(erasure.formerly),
        "round": erasure.round,
        "revision": erasure.revision,
        "subject": erasure.requested_by,
        "requested_at": erasure.requested_at,
        "due_at": erasure.due_at,
        "sealed": erasure.sealed_reason,
        "announced_at": erasure.announced_at,
        "decided_by": erasure.decided_by or None,
        "decided_at": erasure.decided_at,
        "sealed_decision": erasure.sealed_decision,
        "is_sole": erasure.is_sole,
        "done_at": erasure.done_at,
        "asked_refs": list(erasure.asked_refs),
        "responses": [UUID(each) for each in erasure.responses],
    }


def _erasure(row: Any) -> Erasure:
    return Erasure(
        str(row.id),
        ErasureState(row.state),
        row.person,
        row.alias,
        tuple(row.numbers),
        tuple(row.customer_refs),
        tuple(row.formerly_linked),
        row.round,
        row.revision,
        row.subject,
        row.requested_at,
        row.sealed,
        row.announced_at,
        row.decided_by or "",
        row.decided_at,
        row.sealed_decision,
        row.is_sole,
        row.done_at,
        tuple(row.asked_refs),
        tuple(map(str, row.responses)),
    )
