"""What metrics announces of changes that are no answers, from a replica that nobody reads from."""

import asyncio
from datetime import date, timedelta

import nats
import pytest
from nats.aio.client import Client
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError

from cxm.employee_exp.v1.events_pb2 import Employment, EmploymentsChanged, Part, Stint
from cxm.metrics.v1.events_pb2 import ScoreChanged
from infra.local.nats import Nats
from services.kit.clock import day_number
from services.kit.events.consumer import Delivery
from services.kit.events.streams import EMPLOYMENTS_CHANGED, RESPONSES_RECORDED, SCORE_CHANGED
from services.metrics.answer_log.log import StandingChange
from services.metrics.employment.events import copy_employment
from services.metrics.events import record_responses
from services.metrics.scores.score_events import Announcer
from services.metrics.scores.watching import ScoreWatcher
from tests.service.metrics.conftest import Metrics, Replica
from tests.service.metrics.support.asking import make_draft, register
from tests.support.builders import (
    id_of,
    make_department,
    make_response,
    make_responses_recorded,
    make_survey,
)

PAST = date(2026, 3, 1)
EVERYWHERE: dict[str, list[str]] = {"": []}


class Watched:
    """A replica that nobody reads from, and what it announces."""

    def __init__(self, replica: Replica, client: Client, subscription: Subscription) -> None:
        self.replica = replica
        reader = replica.reader
        self.announcer = Announcer(
            client,
            replica.directory,
            reader.metrics_of,
            reader.metrics_of_staff,
            reader.metrics_of_releases,
            reader.metrics_of_purchases,
        )
        self.watcher = ScoreWatcher(self.announcer, replica.directory, reader)
        self.subscription = subscription

    async def heard(self) -> dict[str, list[str]]:
        """Metrics by department id, "" for all departments, of the next announcement."""
        message = ScoreChanged.FromString((await self.subscription.next_msg(5)).data)
        if message.HasField("everywhere"):
            return {"": list(message.everywhere.metrics)}
        return {d.department_id: list(d.metrics) for d in message.departments}

    async def after_a_look(self) -> dict[str, list[str]]:
        """What the next look announces, and nothing else."""
        self.replica.reader.definitions.looked = 0.0  # as a second later
        await self.watcher.look()
        found = await self.heard()
        await self.watcher.look()
        await self.hears_nothing()
        return found

    async def hears_nothing(self) -> None:
        with pytest.raises(asyncio.TimeoutError):
            await self.subscription.next_msg(0.05)


@pytest.fixture
async def watched(metrics: Metrics, nats_client: Client) -> Watched:
    """a and b with a shop under a; the first look is done."""
    await metrics.fill([make_department("a"), make_department("b"), make_department("shop", "a")])
    replica = await metrics.new_replica()
    watched = Watched(replica, nats_client, await nats_client.subscribe(SCORE_CHANGED))
    # What happened while nobody ran here may not be announced, so anything may be another.
    assert await watched.after_a_look() == EVERYWHERE
    return watched


async def test_a_move_is_announced_to_both_sides(metrics: Metrics, watched: Watched) -> None:
    await metrics.fill([make_department("shop", "a", [(PAST, "b")])])
    await watched.replica.directory.refresh()

    assert await watched.after_a_look() == {id_of(k): [] for k in ("shop", "a", "b", "root")}


async def test_a_survey_that_leaves_the_scorecard_is_announced(
    metrics: Metrics, watched: Watched
) -> None:
    await metrics.fill(surveys=[make_survey(in_scorecard=False, revision=2)])
    await watched.replica.surveys.refresh()

    assert await watched.after_a_look() == EVERYWHERE


async def test_a_metric_that_another_replica_registered_is_announced_and_named_from_then_on(
    metrics: Metrics, watched: Watched
) -> None:
    await register(metrics, make_draft(answers=["5"]))
    answered = [StandingChange(id_of("shop"), id_of("survey relationship"), 1)]
    await watched.announcer.announce(answered)
    assert "best" not in (await watched.heard())[id_of("a")]  # it cannot know

    assert await watched.after_a_look() == {"": ["best"]}

    await watched.announcer.announce(answered)
    assert "best" in (await watched.heard())[id_of("a")]


async def test_answers_that_it_counts_are_announced_though_nobody_reads_here(
    metrics: Metrics, watched: Watched
) -> None:
    """Whichever of two replicas gets the event, it announces it once; the survey is newer than both copies."""
    reader = metrics.replica.reader
    read_from = Announcer(
        watched.announcer.client,
        metrics.replica.directory,
        reader.metrics_of,
        reader.metrics_of_staff,
        reader.metrics_of_releases,
        reader.metrics_of_purchases,
    )
    await metrics.fill(surveys=[make_survey("new")])
    counting = (
        (watched.replica.log, watched.announcer),
        (metrics.replica.log, read_from),
    )

    for log, announcer in counting:
        response = make_response("shop", on=PAST, survey="new", nps=9)
        envelope = make_responses_recorded([response]).SerializeToString()
        apply = record_responses(log, announcer.announce)
        await apply([Delivery("", RESPONSES_RECORDED, envelope, None)])
        found = await watched.heard()
        assert found.keys() == {id_of("shop"), id_of("a"), id_of("root")}
        assert all("nps" in of_department for of_department in found.values())
        await watched.hears_nothing()


async def test_a_new_day_is_announced(metrics: Metrics, watched: Watched) -> None:
    metrics.today.append(watched.replica.directory.tree.today_number + 1)

    assert await watched.after_a_look() == EVERYWHERE


async def test_staff_are_announced_where_they_work_and_worked(watched: Watched) -> None:
    apply = copy_employment(watched.replica.database.write, watched.announcer.announce_staff)

    await apply([_joined(1, "shop")])
    found = await watched.heard()
    assert found.keys() == {id_of("shop"), id_of("a"), id_of("root")}
    assert all("turnoverRate" in metrics and "nps" not in metrics for metrics in found.values())

    await apply([_joined(2, "b")])  # a correction: never in the shop
    found = await watched.heard()
    assert found.keys() == {id_of("b"), id_of("shop"), id_of("a"), id_of("root")}

    await apply([_joined(2, "b")])  # whoever applied it may have died before it could tell
    assert (await watched.heard()).keys() == {id_of("b"), id_of("root")}


async def test_a_file_of_staff_is_announced_when_its_counting_begins_and_when_it_ends(
    watched: Watched,
) -> None:
    apply = copy_employment(watched.replica.database.write, watched.announcer.announce_staff)
    staff = {"": ["turnoverRate", "turnoverRateHeadcount"]}

    await apply([_changed(EmploymentsChanged(part=Part(whole_id="file", number=1)))])
    assert await watched.after_a_look() == staff

    await apply([_changed(EmploymentsChanged(part=Part(whole_id="file", number=2, parts=2)))])
    assert await watched.heard() == staff
    assert await watched.after_a_look() == staff  # each replica says what it has learned


async def test_what_could_not_be_announced_is_announced_with_the_next_look(
    metrics: Metrics, watched: Watched, nats_client: Client, nats_broker: Nats
) -> None:
    await metrics.fill([make_department("shop", "a", [(PAST, "b")])])
    await watched.replica.directory.refresh()
    watched.announcer.client = await nats.connect(nats_broker.url)
    await watched.announcer.client.close()
    with pytest.raises(NatsError):
        await watched.watcher.look()
    watched.announcer.client = nats_client

    assert id_of("b") in await watched.after_a_look()


def _joined(revision: int, department: str) -> Delivery:
    started = day_number(PAST + timedelta(days=1))
    employment = Employment(
        employee_id="0199f5a8-7c1e-7000-8000-000000000001",
        revision=revision,
        stints=[Stint(department_id=id_of(department), started_day=started)],
    )
    return _changed(EmploymentsChanged(employments=[employment]))


def _changed(fact: EmploymentsChanged) -> Delivery:
    return Delivery("", EMPLOYMENTS_CHANGED, fact.SerializeToString(), None)
