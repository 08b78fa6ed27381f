"""Operators see how far a service is and replay what it gave up; nobody else does."""

from datetime import UTC, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING

import grpc
import pytest
from nats.aio.client import Client

from cxm.operate.v1.operate_pb2 import (
    GetHealthRequest,
    GetHealthResponse,
    ReplayDeadLettersRequest,
    ReplayDeadLettersResponse,
)
from cxm.operate.v1.operate_pb2_grpc import (
    OperateServiceStub,
    add_OperateServiceServicer_to_server,
)
from cxm.profile.v1.profile_pb2_grpc import DirectoryServiceStub
from cxm.survey.v1.events_pb2 import SurveyChanged
from cxm.survey.v1.surveys_pb2 import Survey
from services.kit.clock import now
from services.kit.db.database import Database
from services.kit.db.migrate import newest_version
from services.kit.directory.copy import DirectoryCopy
from services.kit.events import backlog, consumer
from services.kit.events.consumer import Consumer, Delivery
from services.kit.events.outbox import Outbox
from services.kit.events.streams import (
    METRICS_COPIES_SURVEYS,
    METRICS_REBUILDS_LOST,
    METRICS_RECORDS_RESPONSES,
    PROFILE_TAKES_RECEIPTS,
    SURVEY_CHANGED,
)
from services.kit.operate import Announcing, OperateRpc
from services.kit.rights.access import Role
from services.kit.rpc.servicing import open_channel
from tests.conftest import Identities, Serve
from tests.support.audit import deeds, told
from tests.support.builders import fill_directory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxm.operate.v1.operate_pb2_grpc import OperateServiceAsyncStub


AHEAD = timedelta(seconds=90)
"""By how much the clock of the machine of this process is."""


class Surveys:
    """Hears facts; some keys it cannot take."""

    def __init__(self) -> None:
        self.trouble: set[str] = set()
        self.heard: list[str] = []

    async def apply(self, deliveries: "Sequence[Delivery]") -> None:
        for delivery in deliveries:
            key = SurveyChanged.FromString(delivery.payload).survey.key
            if key in self.trouble:
                raise ValueError(key)
            self.heard.append(key)


@pytest.fixture
def surveys() -> Surveys:
    return Surveys()


@pytest.fixture
async def operate(
    database: Database, nats_client: Client, serve: Serve, identities: Identities, surveys: Surveys
) -> "OperateServiceAsyncStub":
    await fill_directory(database)
    async with open_channel("unix:/nobody") as nobody:
        directory = DirectoryCopy(
            database, DirectoryServiceStub(nobody), identities.service("survey")
        )
        await directory.start()
    consumer = Consumer(nats_client, database.pool, METRICS_COPIES_SURVEYS, surveys.apply)
    outbox = Outbox(database.pool, nats_client.jetstream())
    announcing = Announcing(nats_client, outbox, "SURVEY")
    servicer = OperateRpc(
        "survey",
        directory,
        database.pool,
        [consumer],
        announcing,
        lambda: now() + AHEAD,
    )
    return OperateServiceStub(await serve("survey", add_OperateServiceServicer_to_server, servicer))


async def bury(database: Database, *keys: str) -> None:
    """Dead letters, in this order."""
    for key in keys:
        payload = SurveyChanged(survey=Survey(key=key)).SerializeToString()
        await database.pool.execute(
            "INSERT INTO dead_letter (durable, message_id, tries, error, subject, payload, died_at)"
            " VALUES ($1, $2, 8, 'ValueError', $3, $4, clock_timestamp())",
            METRICS_COPIES_SURVEYS.name,
            key,
            SURVEY_CHANGED,
            payload,
        )


async def replay(
    operate: "OperateServiceAsyncStub", identities: Identities, role: Role
) -> ReplayDeadLettersResponse:
    metadata = identities.bearer("survey", role)
    return await operate.ReplayDeadLetters(ReplayDeadLettersRequest(), metadata=metadata)


async def health(
    operate: "OperateServiceAsyncStub", identities: Identities, role: Role
) -> GetHealthResponse:
    metadata = identities.bearer("survey", role)
    return await operate.GetHealth(GetHealthRequest(), metadata=metadata)


async def test_a_process_says_what_it_runs_and_how_far_its_clock_is_from_that_of_its_database(
    operate: "OperateServiceAsyncStub", identities: Identities
) -> None:
    since = now() + AHEAD
    process = (await health(operate, identities, Role.OPERATOR)).process
    until = now() + AHEAD

    assert process.version == version("cxm")
    assert process.schema == process.needed_schema == newest_version("survey")
    assert since <= process.clock_at.ToDatetime(UTC) <= until
    apart = (until - since).total_seconds()
    assert -AHEAD.total_seconds() <= process.database_ahead_seconds <= apart - AHEAD.total_seconds()


async def test_what_waits_is_told_of_everybody_who_hears_the_service(
    operate: "OperateServiceAsyncStub",
    identities: Identities,
    database: Database,
    nats_client: Client,
) -> None:
    before = await health(operate, identities, Role.OPERATOR)
    assert (before.unpublished, before.stuck_seconds, before.dead) == (0, 0, 0)
    assert {one.durable: (one.facts, one.seconds) for one in before.unapplied} == {
        METRICS_COPIES_SURVEYS.name: (0, 0),
        METRICS_RECORDS_RESPONSES.name: (0, 0),
        METRICS_REBUILDS_LOST.name: (0, 0),
        PROFILE_TAKES_RECEIPTS.name: (0, 0),
    }

    for key in ("a", "b"):
        fact = SurveyChanged(survey=Survey(key=key)).SerializeToString()
        await nats_client.jetstream().publish(SURVEY_CHANGED, fact)
    stream = nats_client.jetstream()
    held = await stream.pull_subscribe_bind(METRICS_COPIES_SURVEYS.name, "SURVEY")
    await held.fetch(1, timeout=5)  # delivered and not acknowledged: it waits too
    await database.pool.execute("INSERT INTO outbox (subject, payload) VALUES ('s', 'p')")

    after = await health(operate, identities, Role.ADMIN)
    assert after.unpublished == 1
    waiting = {one.durable: one for one in after.unapplied}
    assert waiting[METRICS_COPIES_SURVEYS.name].facts == 2
    assert 0 <= waiting[METRICS_COPIES_SURVEYS.name].seconds < 60
    assert waiting[METRICS_RECORDS_RESPONSES.name].facts == 0


async def test_the_oldest_that_waits_is_as_old_as_the_oldest_in_the_stream(
    nats_client: Client,
) -> None:
    await nats_client.jetstream().publish(SURVEY_CHANGED, b"")

    found = await backlog.unapplied_in(nats_client, "SURVEY", now() + timedelta(seconds=90))

    seconds = {one.durable: one.seconds for one in found}
    assert 90 <= seconds[METRICS_COPIES_SURVEYS.name] < 150
    assert seconds[METRICS_RECORDS_RESPONSES.name] == 0


async def test_dead_letters_are_told_by_kind_and_never_by_what_they_say(
    operate: "OperateServiceAsyncStub",
    identities: Identities,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(backlog, "MOST_KINDS", 2)
    await bury(database, "a", "b", "c", "d", "e", "being-tried")
    await database.pool.execute(
        "UPDATE dead_letter SET error = CASE message_id WHEN 'd' THEN 'KeyError' WHEN 'e' THEN 'ZeroDivisionError'"
        " ELSE error END, payload = CASE WHEN message_id != 'being-tried' THEN payload END"
    )

    found = await health(operate, identities, Role.OPERATOR)

    assert found.dead == 5
    kinds = [(kind.durable, kind.subject, kind.error, kind.count) for kind in found.dead_letters]
    place = METRICS_COPIES_SURVEYS.name
    assert kinds == [
        (place, SURVEY_CHANGED, "ValueError", 3),
        (place, SURVEY_CHANGED, "KeyError", 1),
    ]
    first = found.dead_letters[0]
    assert first.first_at.ToNanoseconds() < first.last_at.ToNanoseconds()


async def test_while_the_broker_is_away_it_is_not_known_what_others_have_to_apply(
    operate: "OperateServiceAsyncStub",
    identities: Identities,
    database: Database,
    nats_client: Client,
) -> None:
    await bury(database, "a")
    await nats_client.close()

    found = await health(operate, identities, Role.OPERATOR)

    assert list(found.unapplied) == []
    assert found.dead == 1


async def test_dead_letters_are_applied_again_the_oldest_first_and_those_that_fail_stay(
    operate: "OperateServiceAsyncStub",
    identities: Identities,
    database: Database,
    surveys: Surveys,
) -> None:
    await bury(database, "a", "b", "c")
    surveys.trouble.add("b")

    reply = await replay(operate, identities, Role.OPERATOR)

    assert (reply.replayed, reply.failed) == (2, 1)
    assert surveys.heard == ["a", "c"]
    assert [told(entry) for entry in await deeds(database)] == [
        ("test-operator", "operator", "dead_letters_replayed", (METRICS_COPIES_SURVEYS.name,))
    ]
    assert await database.pool.fetchval("SELECT message_id FROM dead_letter") == "b"

    surveys.trouble.clear()
    again = await replay(operate, identities, Role.ADMIN)

    assert (again.replayed, again.failed) == (1, 0)
    assert await database.pool.fetchval("SELECT count(*) FROM dead_letter") == 0


async def test_a_few_dead_letters_are_held_at_a_time_and_all_are_applied(
    operate: "OperateServiceAsyncStub",
    identities: Identities,
    database: Database,
    surveys: Surveys,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also those of the same moment, and those after one that fails again."""
    monkeypatch.setattr(consumer, "LETTERS_AT_ONCE", 2)
    keys = [f"k{number}" for number in range(7)]
    await bury(database, *keys)
    await database.pool.execute("UPDATE dead_letter SET died_at = now() WHERE message_id > 'k2'")
    surveys.trouble.update(("k1", "k4"))

    reply = await replay(operate, identities, Role.OPERATOR)

    assert (reply.replayed, reply.failed) == (5, 2)
    assert surveys.heard == [key for key in keys if key not in surveys.trouble]


@pytest.mark.parametrize("role", [Role.ANALYST, Role.DEPARTMENT_HEAD, Role.INTEGRATION])
async def test_nobody_else_replays_or_sees_what_waits(
    operate: "OperateServiceAsyncStub", identities: Identities, database: Database, role: Role
) -> None:
    await bury(database, "a")

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await replay(operate, identities, role)

    with pytest.raises(grpc.aio.AioRpcError) as hidden:
        await health(operate, identities, role)

    assert refused.value.code() is hidden.value.code() is grpc.StatusCode.PERMISSION_DENIED
    assert await database.pool.fetchval("SELECT count(*) FROM dead_letter") == 1
    assert await deeds(database) == []
