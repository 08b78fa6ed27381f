"""What was announced is applied once every durable has acknowledged it, and not before."""

from nats.aio.client import Client

from cxm.survey.v1.events_pb2 import SurveyChanged
from cxm.survey.v1.surveys_pb2 import Survey
from services.kit.db.database import Database
from services.kit.events.hearing import Hearing
from services.kit.events.outbox import Outbox
from services.kit.events.streams import METRICS_COPIES_SURVEYS, SURVEY_CHANGED

AT_ONCE, IN_TIME = 0.3, 10.0


async def test_a_fact_is_heard_when_it_was_published_and_acknowledged(
    database: Database, nats_client: Client
) -> None:
    stream, durable = nats_client.jetstream(), METRICS_COPIES_SURVEYS
    outbox, hearing = Outbox(database.pool, stream), Hearing(database.pool, stream, "SURVEY")
    subscription = await stream.pull_subscribe_bind(durable.name, durable.stream)
    assert await hearing.wait(IN_TIME)  # nothing was announced

    async with database.write.begin() as session:
        facts = [SurveyChanged(survey=Survey(key=key)) for key in ("a", "b")]
        await outbox.announce(session, SURVEY_CHANGED, *facts)
    assert not await hearing.wait(AT_ONCE)
    await outbox.relay()
    assert not await hearing.wait(AT_ONCE)
    first, second = await subscription.fetch(2, timeout=IN_TIME)
    await first.ack_sync()
    assert not await hearing.wait(AT_ONCE)
    await second.ack_sync()

    assert await hearing.wait(IN_TIME)


async def test_while_the_broker_does_not_know_the_stream_nothing_is_said_to_be_heard(
    database: Database, nats_client: Client
) -> None:
    assert not await Hearing(database.pool, nats_client.jetstream(), "NOSUCH").wait(IN_TIME)
