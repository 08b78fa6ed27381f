"""Every query about subscriptions; nothing here commits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.db.database import Connection
from services.profile.customers.person_tables import MINE, PersonTable
from services.profile.facts.storage import IS_SOMEBODY, REACH
from services.profile.subscriptions.domain import Span, Subscription, Terms

WRITERS_LOCK: Final = 0x73756273  # whoever changes subscriptions holds it until commit

SUBSCRIPTION_TABLES: Final = (
    PersonTable(
        "profile_subscription_span",
        f"subscription IN (SELECT id FROM profile_subscription WHERE alias {MINE})",
    ),
    PersonTable("profile_subscription", f"alias {MINE}"),
)
"""What an erasure does with subscriptions."""

TOUCH: Final = f"""
WITH given AS (SELECT * FROM unnest($1::int[], $2::int[], $3::timestamptz[]) AS given (alias, department, at)),
stored AS (SELECT * FROM given WHERE {IS_SOMEBODY})
{REACH}"""
"""Who touched whom; an erasure waits for the transaction from here on."""
FIND: Final = """
SELECT id::text, mark, alias, plan, monthly_cents, contract_ends_on FROM profile_subscription
WHERE mark = ANY($1::bigint[])"""
FIND_SPANS: Final = """
SELECT subscription::text, started_on, department, ended_on, reason FROM profile_subscription_span
WHERE subscription = ANY($1::uuid[])"""
PUT: Final = """
INSERT INTO profile_subscription (id, mark, alias, plan, monthly_cents, contract_ends_on)
SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::int[], $4::text[], $5::bigint[], $6::date[])
ON CONFLICT (id) DO UPDATE SET plan = excluded.plan, monthly_cents = excluded.monthly_cents,
    contract_ends_on = excluded.contract_ends_on"""
PUT_SPANS: Final = """
INSERT INTO profile_subscription_span (subscription, started_on, department, ended_on, reason)
SELECT * FROM unnest($1::uuid[], $2::date[], $3::int[], $4::date[], $5::text[])
ON CONFLICT (subscription, started_on) DO UPDATE SET department = excluded.department, ended_on = excluded.ended_on,
    reason = excluded.reason"""
LIST: Final = text("""
SELECT s.id::text AS id, s.plan, s.monthly_cents, s.contract_ends_on, p.started_on, d.department::text AS department,
    p.ended_on, p.reason
FROM (SELECT id, plan, monthly_cents, contract_ends_on FROM profile_subscription
    WHERE alias = ANY(CAST(:numbers AS int[])) ORDER BY id DESC LIMIT :first) s
    JOIN profile_subscription_span p ON p.subscription = s.id
    JOIN profile_fact_department d ON d.number = p.department
ORDER BY s.id DESC, p.started_on""")


@dataclass(frozen=True, slots=True)
class ListedSpan:
    """A span with the id of its department."""

    started_on: date
    department_id: str
    ended_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class ListedSubscription:
    """A subscription of a customer; spans in the order of days."""

    id: str
    terms: Terms
    spans: tuple[ListedSpan, ...]


async def lock_subscriptions(connection: Connection) -> None:
    """Wait until no other transaction changes subscriptions; a statement of its own."""
    await connection.execute("SELECT pg_advisory_xact_lock($1)", WRITERS_LOCK)


async def touch(connection: Connection, touched: Sequence[tuple[int, int, datetime]]) -> None:
    """Aliases, departments that have to do with them, and since when."""
    aliases, departments, at = ([each[n] for each in touched] for n in range(3))
    await connection.execute(TOUCH, aliases, departments, at)


async def find_subscriptions(connection: Connection, marks: Collection[int]) -> list[Subscription]:
    """Those of these marks, with all their spans."""
    rows = await connection.fetch(FIND, list(marks))
    spans: dict[str, dict[date, Span]] = {}
    for id_, started_on, *rest in await connection.fetch(FIND_SPANS, [row["id"] for row in rows]):
        spans.setdefault(id_, {})[started_on] = Span(started_on, *rest)
    return [
        Subscription(id_, mark, alias, Terms(*terms), spans.get(id_, {}))
        for id_, mark, alias, *terms in rows
    ]


async def put_subscriptions(connection: Connection, changed: Sequence[Subscription]) -> None:
    """Store subscriptions with all their spans."""
    await connection.execute(
        PUT,
        [UUID(each.id) for each in changed],
        [each.mark for each in changed],
        [each.alias for each in changed],
        [each.terms.plan for each in changed],
        [each.terms.monthly_cents for each in changed],
        [each.terms.contract_ends_on for each in changed],
    )
    spans = [(UUID(each.id), span) for each in changed for span in each.spans.values()]
    await connection.execute(
        PUT_SPANS,
        [id_ for id_, _ in spans],
        [span.started_on for _, span in spans],
        [span.department for _, span in spans],
        [span.ended_on for _, span in spans],
        [span.reason for _, span in spans],
    )


async def list_subscriptions(
    session: AsyncSession, numbers: Sequence[int], first: int
) -> list[ListedSubscription]:
    """Of these aliases, those that were made last first."""
    found: dict[str, tuple[Terms, list[ListedSpan]]] = {}
    for row in await session.execute(LIST, {"numbers": list(numbers), "first": first}):
        terms = Terms(row.plan, row.monthly_cents, row.contract_ends_on)
        span = ListedSpan(row.started_on, row.department, row.ended_on, row.reason)
        found.setdefault(row.id, (terms, []))[1].append(span)
    return [ListedSubscription(id_, terms, tuple(spans)) for id_, (terms, spans) in found.items()]
