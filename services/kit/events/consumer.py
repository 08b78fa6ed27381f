"""Consumers: fetch, decode, one transaction, ack; a fact that cannot be applied becomes a dead letter."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

import structlog
from google.protobuf.message import Message
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from sqlalchemy.ext.asyncio import AsyncSession

from services.kit import telemetry
from services.kit.db.database import TROUBLE, Pool, Sessions, is_away
from services.kit.errors import Unavailable, is_full
from services.kit.events.fetching import Fetcher, is_cancelled
from services.kit.events.streams import Durable
from services.kit.numbers import metering

DEAD_LETTER_DDL = """
CREATE TABLE dead_letter (
    durable text NOT NULL,
    message_id text NOT NULL,
    tries int NOT NULL,
    error text NOT NULL,
    subject text,
    payload bytea,
    died_at timestamptz,
    PRIMARY KEY (durable, message_id)
)"""

MOST_TRIES = 8
BATCH = 256
LINGER_SECONDS = 0.01  # between batches: what comes meanwhile shares a transaction
BACK_OFF_SECONDS = 0.5
APPLY_SECONDS = 30.0
LETTERS_AT_ONCE = 20  # in memory: each may be as large as a message

log = structlog.get_logger()
_DELAY = metering.histogram(
    "cxm.consumer.delay",
    unit="s",
    meaning="From when the oldest fact of a batch came to the broker to when it was applied.",
    labels=("durable",),
    bounds=metering.SECONDS,
)
_BATCH = metering.histogram(
    "cxm.consumer.batch",
    unit="{fact}",
    meaning="Facts that were applied together.",
    labels=("durable",),
    bounds=metering.SIZES,
)
_AGAIN = metering.counter(
    "cxm.consumer.redeliveries",
    unit="{fact}",
    meaning="Facts that came again because they were not acknowledged before.",
    labels=("durable",),
)

FactT = TypeVar("FactT", bound=Message)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message as it arrived: its id is the same at every delivery."""

    id: str
    subject: str
    payload: bytes
    traceparent: str | None


Apply = Callable[[Sequence[Delivery]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Handler:
    """How facts of one subject are applied: a function of (session, fact), free to be called twice."""

    message: type[Message]
    handle: Callable[[AsyncSession, Any], Awaitable[None]]


def in_session(sessions: Sessions, handlers: Mapping[str, Handler]) -> Apply:
    """Apply a batch in one transaction, each delivery by the handler of its subject."""

    async def apply(deliveries: Sequence[Delivery]) -> None:
        async with sessions.begin() as session:
            for delivery in deliveries:
                handler = handlers[delivery.subject]
                await handler.handle(session, handler.message.FromString(delivery.payload))

    return apply


class Consumer:
    """Feeds the deliveries of one durable to `apply`, which owns its transaction and either applies all or raises.

    A batch that fails is tried one by one; what fails alone is counted in PostgreSQL and, after 8 tries,
    kept as a dead letter. While PostgreSQL or an owner is away nothing is counted: it comes again.
    """

    def __init__(
        self, client: Client, pool: Pool, durable: Durable, apply: Apply, *, batch: int = BATCH
    ) -> None:
        self.client = client
        self.pool = pool
        self.durable = durable
        self.apply = apply
        self.batch = batch

    async def run(self) -> None:
        """Consume until cancelled; what is in hand then goes to others at once."""
        _AGAIN.add(0, self.durable.name)
        fetcher = Fetcher(self.client, self.durable, self.batch)
        await fetcher.start()
        async with asyncio.TaskGroup() as beside:
            keeping = beside.create_task(fetcher.keep())
            try:
                await self._consume_all(fetcher)
            finally:
                keeping.cancel()
                await fetcher.give_back()

    async def _consume_all(self, fetcher: Fetcher) -> None:
        while not is_cancelled():
            try:
                messages = await fetcher.batch()
            except (NatsError, OSError) as error:
                log.warning("fetch failed", durable=self.durable.name, error=str(error))
                await asyncio.sleep(BACK_OFF_SECONDS)
                continue
            if messages:
                await self.consume(messages)
                await asyncio.sleep(LINGER_SECONDS)

    async def consume(self, messages: Sequence[Msg]) -> None:
        """Apply a batch and acknowledge it; one by one where the batch does not go through."""
        if again := sum(message.metadata.num_delivered > 1 for message in messages):
            _AGAIN.add(again, self.durable.name)
        try:
            await self._apply(messages)
        except Exception as error:  # noqa: BLE001 - whatever it is, it concerns one message of the batch
            if _passes(error) or len(messages) > 1:
                log.warning("batch failed", durable=self.durable.name, error=_name(error))
            if _passes(error):
                await self._again(messages)
            elif len(messages) == 1:
                await self._count(messages[0], error)
            else:
                for message in messages:
                    await self.consume([message])
            return
        for message in messages:
            await _acknowledge(message.ack())

    async def replay(self) -> tuple[int, int]:
        """Apply this durable's dead letters again, the oldest first; (gone through, failed again).

        A letter is removed after it was applied: if that is interrupted it is applied twice, which changes nothing.
        """
        done, count = (datetime.min.replace(tzinfo=UTC), ""), Counter[bool]()
        while rows := await self.pool.fetch(
            "SELECT message_id, subject, payload, died_at FROM dead_letter"
            " WHERE durable = $1 AND payload IS NOT NULL AND (died_at, message_id) > ($2, $3)"
            " ORDER BY died_at, message_id LIMIT $4",
            self.durable.name,
            *done,
            LETTERS_AT_ONCE,
        ):
            for message_id, subject, payload, _ in rows:
                count[await self._replay_one(Delivery(message_id, subject, payload, None))] += 1
            done = (rows[-1]["died_at"], rows[-1]["message_id"])
        return count[True], count[False]

    async def _replay_one(self, letter: Delivery) -> bool:
        """Whether it was applied."""
        try:
            await self.apply([letter])
        except Exception as error:
            if _passes(error):
                raise Unavailable("what this fact needs is away: try again") from error
            facts = {"durable": self.durable.name, "message_id": letter.id}
            log.error("dead letter failed again", **facts, exc_info=error)
            return False
        await self.pool.execute(
            "DELETE FROM dead_letter WHERE durable = $1 AND message_id = $2",
            self.durable.name,
            letter.id,
        )
        return True

    async def _apply(self, messages: Sequence[Msg]) -> None:
        deliveries = [_delivery(message) for message in messages]
        traces = [delivery.traceparent for delivery in deliveries]
        with telemetry.event_span(self.durable.name, traces):
            async with asyncio.timeout(APPLY_SECONDS):
                await self.apply(deliveries)
        name, oldest = self.durable.name, messages[0].metadata.timestamp
        _DELAY.record((datetime.now(UTC) - oldest).total_seconds(), name)
        _BATCH.record(len(messages), name)

    async def _again(self, messages: Sequence[Msg]) -> None:
        for message in messages:
            await _acknowledge(message.nak(delay=BACK_OFF_SECONDS))

    async def _count(self, message: Msg, error: Exception) -> None:
        delivery = _delivery(message)
        try:
            tries = await self._record(delivery, error)
        except TROUBLE as away:
            log.warning("try not counted", durable=self.durable.name, error=_name(away))
            await self._again([message])
            return
        facts = {"durable": self.durable.name, "message_id": delivery.id, "tries": tries}
        if tries < MOST_TRIES:
            log.warning("fact not applied", **facts, error=_name(error))
            await _acknowledge(message.nak(delay=BACK_OFF_SECONDS * tries))
        else:
            log.error("dead letter", **facts, exc_info=error)
            await _acknowledge(message.term())

    async def _record(self, delivery: Delivery, error: Exception) -> int:
        """Count the try; the last one keeps the message itself. Returns the tries so far."""
        tries: int = await self.pool.fetchval(
            """
            INSERT INTO dead_letter AS d (durable, message_id, tries, error) VALUES ($1, $2, 1, $3)
            ON CONFLICT (durable, message_id) DO UPDATE SET tries = d.tries + 1, error = excluded.error,
                subject = CASE WHEN d.tries + 1 >= $4 THEN $5 END,
                payload = CASE WHEN d.tries + 1 >= $4 THEN $6::bytea END,
                died_at = CASE WHEN d.tries + 1 >= $4 THEN now() END
            RETURNING tries
            """,
            self.durable.name, delivery.id, _name(error), MOST_TRIES, delivery.subject, delivery.payload,
        )  # fmt: skip
        return tries


def _delivery(message: Msg) -> Delivery:
    headers = message.headers or {}
    metadata = message.metadata
    message_id = headers.get("Nats-Msg-Id") or f"{metadata.stream}:{metadata.sequence.stream}"
    return Delivery(message_id, message.subject, message.data, headers.get(telemetry.TRACEPARENT))


def _passes(error: Exception) -> bool:
    """Whether the failure passes by itself: something is away or the machine is at its end, not the message's fault."""
    passes = isinstance(error, (Unavailable, OSError))  # TimeoutError is one
    return passes or is_away(error) or is_full(error)


def _name(error: BaseException) -> str:
    """The kind of failure; its text may quote data."""
    return type(error).__name__


async def _acknowledge(answer: Awaitable[None]) -> None:
    try:
        await answer
    except (NatsError, OSError) as error:
        # The message comes again, and applying it again changes nothing.
        log.warning("ack not sent", error=_name(error))
