"""How far those who hear a stream are, as its owner sees it, and what a service gave up."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from nats.aio.client import Client
from nats.js.api import StorageType

from services.kit import clock
from services.kit.db.database import Pool
from services.kit.events.streams import durables_of
from services.kit.numbers import metering

ASK_SECONDS = 1.0
MOST_KINDS = 20


_PENDING = metering.gauge(
    "cxm.consumer.pending",
    unit="{fact}",
    meaning="Facts that a durable has still to apply, as the owner of the stream sees it.",
    labels=("durable",),
)
_OLDEST = metering.gauge(
    "cxm.consumer.lag",
    unit="s",
    meaning="For at most how long the oldest of them waits; 0 when none does.",
    labels=("durable",),
)
_DEAD = metering.gauge(
    "cxm.dead_letters",
    unit="{letter}",
    meaning="Facts that were given up and wait for `cxm replay dead-letters`.",
    labels=("durable",),
)
_REPLICAS = metering.gauge(
    "cxm.stream.replicas",
    unit="{copy}",
    meaning="Copies that the broker keeps of a stream.",
    labels=("stream", "storage"),
)
_CURRENT = metering.gauge(
    "cxm.stream.replicas.current",
    unit="{copy}",
    meaning="Those of them that are up to date, of the stream and of the places in it: the fewest.",
    labels=("stream",),
)


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


async def look_at_stream(client: Client, stream: str) -> None:
    """Show how far those are who hear a stream of ours, and its copies; NatsError while the broker is away."""
    found = await unapplied_in(client, stream, clock.now())
    _PENDING.show({(each.durable,): each.facts for each in found})
    _OLDEST.show({(each.durable,): each.seconds for each in found})
    info = await client.jetstream(timeout=ASK_SECONDS).stream_info(stream)
    _REPLICAS.show(
        {(stream, StorageType(info.config.storage).value): info.config.num_replicas or 1}
    )
    _CURRENT.set(await current_copies(client, stream), stream)


async def current_copies(client: Client, stream: str) -> int:
    """How many nodes have all of a stream and of the places in it; NatsError while the broker is away.

    Of a stream that gets more copies the places get theirs last; a node that is lost before has taken them with it.
    """
    jetstream = client.jetstream(timeout=ASK_SECONDS)
    clusters = [(await jetstream.stream_info(stream)).cluster]
    for durable in durables_of(stream):
        clusters.append((await jetstream.consumer_info(stream, durable.name)).cluster)
    others = [(cluster.replicas or ()) if cluster else () for cluster in clusters]
    return 1 + min(sum(bool(peer.current) for peer in peers) for peers in others)


async def look_at_dead_letters(pool: Pool, durables: Sequence[str]) -> None:
    """Show how many there are of each durable that this service consumes."""
    rows = await pool.fetch(
        "SELECT durable, count(*) FROM dead_letter WHERE payload IS NOT NULL GROUP BY durable"
    )
    _DEAD.show({(name,): 0 for name in durables} | {(row[0],): row[1] for row in rows})
