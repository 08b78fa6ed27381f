import asyncio
from collections.abc import Sequence

import pytest
from nats.aio.client import Client
from nats.js import JetStreamContext
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from cxm.survey.v1.events_pb2 import SurveyChanged
from cxm.survey.v1.surveys_pb2 import Survey
from services.kit.db.database import Database
from services.kit.errors import Unavailable
from services.kit.events import consumer as consumers
from services.kit.events import nats
from services.kit.events.consumer import MOST_TRIES, Consumer, Delivery, Handler, in_session
from services.kit.events.streams import METRICS_COPIES_SURVEYS as DURABLE
from services.kit.events.streams import SURVEY_CHANGED
from tests.service.kit.support.server import Server

pytestmark = pytest.mark.usefixtures("hasty")


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused messages come again at once."""
    monkeypatch.setattr(consumers, "BACK_OFF_SECONDS", 0.01)


class Fed:
    """A consumer that is fed by hand, so that a test knows when it is done."""

    def __init__(self, client: Client, database: Database, apply: consumers.Apply) -> None:
        self.stream: JetStreamContext = client.jetstream()
        self.consumer = Consumer(client, database.pool, DURABLE, apply)

    async def publish(self, *keys: str) -> None:
        for key in keys:
            payload = SurveyChanged(survey=Survey(key=key)).SerializeToString()
            await self.stream.publish(
                SURVEY_CHANGED, payload, headers=nats.headers(f"{SURVEY_CHANGED}/{key}", None)
            )

    async def feed(self) -> int:
        """One round: whatever is there, applied or refused; how many messages that were."""
        subscription = await self.stream.pull_subscribe_bind(DURABLE.name, DURABLE.stream)
        messages = await subscription.fetch(100, timeout=5)
        await self.consumer.consume(messages)
        await subscription.unsubscribe()
        return len(messages)

    async def left(self, expected: int) -> bool:
        """Whether so many messages are left that this durable has not done with; acks may be on their way."""
        async with asyncio.timeout(5):
            while True:
                info = await self.stream.consumer_info(DURABLE.stream, DURABLE.name)
                if (info.num_pending or 0) + (info.num_ack_pending or 0) == expected:
                    return True


class Surveys:
    """A copy of survey keys, kept in a real table; some keys it cannot take."""

    def __init__(self) -> None:
        self.trouble: dict[str, Exception] = {}
        self.heard: list[str] = []

    async def copy(self, session: AsyncSession, event: SurveyChanged) -> None:
        key = event.survey.key
        self.heard.append(key)
        await session.execute(
            text(
                "INSERT INTO survey_label (kind, value) VALUES ('channel', :key) ON CONFLICT DO NOTHING"
            ),
            {"key": key},
        )
        if key in self.trouble:
            raise self.trouble[key]


async def copied(database: Database) -> set[str]:
    return {row[0] for row in await database.pool.fetch("SELECT value FROM survey_label")}


async def letters(database: Database) -> list[tuple[str, int, bool]]:
    """(message id, tries, died) of what failed."""
    rows = await database.pool.fetch("SELECT message_id, tries, died_at FROM dead_letter")
    return [(row["message_id"], row["tries"], row["died_at"] is not None) for row in rows]


@pytest.fixture
def surveys() -> Surveys:
    return Surveys()


@pytest.fixture
def fed(nats_client: Client, database: Database, surveys: Surveys) -> Fed:
    handlers = {SURVEY_CHANGED: Handler(SurveyChanged, surveys.copy)}
    return Fed(nats_client, database, in_session(database.write, handlers))


async def test_a_batch_is_applied_and_acknowledged(fed: Fed, database: Database) -> None:
    await fed.publish("a", "b", "c")

    assert await fed.feed() == 3

    assert await copied(database) == {"a", "b", "c"}
    assert await fed.left(0)


async def test_one_bad_fact_does_not_harm_its_neighbours(
    fed: Fed, database: Database, surveys: Surveys
) -> None:
    surveys.trouble["b"] = ValueError("cannot be")
    await fed.publish("a", "b", "c")

    await fed.feed()

    assert await copied(database) == {"a", "c"}  # nothing of b stayed
    assert await letters(database) == [(f"{SURVEY_CHANGED}/b", 1, False)]
    assert await fed.left(1)


async def test_a_fact_that_can_be_applied_later_is(
    fed: Fed, database: Database, surveys: Surveys
) -> None:
    surveys.trouble["a"] = ValueError("not yet")
    await fed.publish("a")
    await fed.feed()
    surveys.trouble.clear()

    await fed.feed()

    assert await copied(database) == {"a"}
    assert await fed.left(0)


async def test_after_8_tries_a_fact_is_a_dead_letter_and_comes_no_more(
    fed: Fed, database: Database, surveys: Surveys
) -> None:
    surveys.trouble["a"] = ValueError("never")
    await fed.publish("a")

    for tries in range(1, MOST_TRIES + 1):
        assert await fed.feed() == 1
        assert await letters(database) == [(f"{SURVEY_CHANGED}/a", tries, tries == MOST_TRIES)]

    assert await fed.left(0)
    row = await database.pool.fetchrow("SELECT * FROM dead_letter")
    assert row is not None
    assert SurveyChanged.FromString(row["payload"]).survey.key == "a"
    assert (row["subject"], row["error"], row["durable"]) == (
        SURVEY_CHANGED,
        "ValueError",
        DURABLE.name,
    )


async def test_bytes_that_are_no_fact_become_a_dead_letter(fed: Fed, database: Database) -> None:
    await fed.stream.publish(SURVEY_CHANGED, b"\xff\xff\xff")

    for _ in range(MOST_TRIES):
        await fed.feed()

    ((message_id, tries, died),) = await letters(database)
    assert (message_id.split(":")[0], tries, died) == ("SURVEY", MOST_TRIES, True)
    assert await fed.left(0)


@pytest.mark.parametrize("away", [Unavailable("profile is away"), TimeoutError(), OSError()])
async def test_while_something_is_away_nothing_is_counted(
    fed: Fed, database: Database, surveys: Surveys, away: Exception
) -> None:
    surveys.trouble["a"] = away
    await fed.publish("a", "b")
    for _ in range(MOST_TRIES + 1):
        await fed.feed()
    assert await letters(database) == []
    surveys.trouble.clear()

    while await copied(database) != {"a", "b"}:
        await fed.feed()

    assert await fed.left(0)


async def test_while_the_database_is_away_nothing_is_counted_and_nothing_lost(
    fed: Fed, database: Database, server: Server
) -> None:
    await fed.publish("a", "b")
    await database.pool.fetchval("SELECT 1")
    await server.shut()
    for _ in range(MOST_TRIES + 1):
        await fed.feed()
    await server.open()

    while await copied(database) != {"a", "b"}:
        await fed.feed()

    assert await fed.left(0)
    assert await letters(database) == []


async def test_while_the_disk_of_the_database_is_full_nothing_is_counted(
    nats_client: Client, database: Database
) -> None:
    """A fact that was given up then would be one that nothing is wrong with."""

    async def apply(_: Sequence[Delivery]) -> None:
        async with database.write.begin() as session:
            await session.execute(text("DO $$ BEGIN RAISE disk_full; END $$"))

    fed = Fed(nats_client, database, apply)
    await fed.publish("a")
    for _ in range(MOST_TRIES + 1):
        await fed.feed()

    assert await database.pool.fetchval("SELECT count(*) FROM dead_letter") == 0
    assert await fed.left(1)


async def test_a_value_the_driver_cannot_send_is_a_bad_fact_and_not_an_absent_database(
    nats_client: Client, database: Database
) -> None:
    async def apply(deliveries: Sequence[Delivery]) -> None:
        await database.pool.execute("SELECT $1::int", "no number")

    fed = Fed(nats_client, database, apply)
    await fed.publish("a")

    for _ in range(MOST_TRIES):
        await fed.feed()

    assert await letters(database) == [(f"{SURVEY_CHANGED}/a", MOST_TRIES, True)]
    assert await fed.left(0)


async def test_the_same_in_a_session(nats_client: Client, database: Database) -> None:
    async def copy(session: AsyncSession, event: SurveyChanged) -> None:
        await session.execute(text("SELECT CAST(:value AS int)"), {"value": "no number"})

    handlers = {SURVEY_CHANGED: Handler(SurveyChanged, copy)}
    fed = Fed(nats_client, database, in_session(database.write, handlers))
    await fed.publish("a")

    await fed.feed()

    assert await letters(database) == [(f"{SURVEY_CHANGED}/a", 1, False)]


async def test_an_unacknowledged_message_comes_again_under_the_same_id(
    nats_client: Client, database: Database
) -> None:
    seen: list[Delivery] = []

    async def apply(deliveries: Sequence[Delivery]) -> None:
        seen.extend(deliveries)
        if len(seen) == 1:
            raise Unavailable("died before the ack")

    fed = Fed(nats_client, database, apply)
    await fed.publish("a")

    await fed.feed()
    await fed.feed()

    assert [delivery.id for delivery in seen] == [f"{SURVEY_CHANGED}/a"] * 2
    assert await fed.left(0)
