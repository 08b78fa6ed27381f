"""How far those who hear a stream are, as its owner sees it, and what a service gave up."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from nats.aio.client import Client

from services.kit.db.database import Pool
from services.kit.events.streams import durables_of

ASK_SECONDS = 1.0
MOST_KINDS = 20


@dataclass(frozen=True, slots=True)
class Unapplied:
    """Facts that a durable has still to apply; the oldest waits for at most so many seconds."""

    durable: str
    facts: int
    seconds: float


@dataclass(frozen=True, slots=True)
class DeadLetters:
    """Facts that were given up in one place, of one subject, for one reason; of them nothing that they say."""

    durable: str
    subject: str
    error: str
    count: int
    first_at: datetime
    last_at: datetime


async def unapplied_in(client: Client, stream: str, now: datetime) -> list[Unapplied]:
    """What each durable of a stream has still to apply; NatsError while the broker is away.

    A stream keeps what somebody has still to apply and nothing else, so none waits for longer than its oldest message.
    """
    jetstream = client.jetstream(timeout=ASK_SECONDS)
    found = []
    for durable in durables_of(stream):
        info = await jetstream.consumer_info(stream, durable.name)
        found.append((durable.name, (info.num_pending or 0) + (info.num_ack_pending or 0)))
    waits = max((now - await _oldest(client, stream)).total_seconds(), 0.0)
    return [Unapplied(name, facts, waits if facts else 0.0) for name, facts in found]


async def _oldest(client: Client, stream: str) -> datetime:
    """When the oldest message of a stream came; nats-py leaves it out of what it reads."""
    reply = await client.request(f"$JS.API.STREAM.INFO.{stream}", timeout=ASK_SECONDS)
    return datetime.fromisoformat(json.loads(reply.data)["state"]["first_ts"])


async def dead_letters(pool: Pool) -> tuple[int, Sequence[DeadLetters]]:
    """How many there are, and those of the 20 most frequent kinds."""
    rows = await pool.fetch(
        "SELECT durable, subject, error, count(*), min(died_at), max(died_at), sum(count(*)) OVER () AS total"
        " FROM dead_letter WHERE payload IS NOT NULL GROUP BY durable, subject, error"
        " ORDER BY count(*) DESC, durable, subject, error LIMIT $1",
        MOST_KINDS,
    )
    total = int(rows[0]["total"]) if rows else 0
    return total, [DeadLetters(*tuple(row)[:6]) for row in rows]
