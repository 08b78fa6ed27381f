"""What metrics announces of answers it counted."""

from datetime import date

import pytest
from nats.aio.client import Client
from nats.aio.subscription import Subscription

from cxm.metrics.v1 import scores_pb2 as pb
from cxm.metrics.v1.events_pb2 import ScoreChanged
from services.kit.events.consumer import Delivery
from services.kit.events.streams import RELEASE_PUBLISHED, RESPONSES_RECORDED, SCORE_CHANGED
from services.metrics import events
from services.metrics.answer_log.log import StandingChange
from services.metrics.released.events import store_releases
from services.metrics.scores import convert
from services.metrics.scores.score_events import Announcer
from tests.service.metrics.conftest import Metrics
from tests.service.metrics.support.releases import SPRING, SURVEYED, TREE
from tests.support.builders import (
    id_of,
    make_department,
    make_response,
    make_responses_recorded,
    make_survey,
)

DAY = date(2026, 11, 20)
RELATIONSHIP = id_of("survey relationship")


async def heard(subscription: Subscription) -> ScoreChanged:
    message = await subscription.next_msg(5)
    return ScoreChanged.FromString(message.data)


def affected(announced: ScoreChanged) -> dict[str, list[str]]:
    return {d.department_id: list(d.metrics) for d in announced.departments}


@pytest.fixture
def announcer(metrics: Metrics, nats_client: Client) -> Announcer:
    replica = metrics.replica
    reader = replica.reader
    return Announcer(
        nats_client,
        replica.directory,
        reader.metrics_of,
        reader.metrics_of_staff,
        reader.metrics_of_releases,
        reader.metrics_of_purchases,
    )


async def test_apply_returns_where_the_log_stands(metrics: Metrics) -> None:
    await metrics.fill([make_department("shop"), make_department("care")])
    first = make_responses_recorded([make_response("shop", on=DAY, nps=9)])
    second = make_responses_recorded(
        [make_response("shop", on=DAY, nps=9), make_response("care", on=DAY, nps=1)]
    )
    log = metrics.replica.log

    assert await log.apply([first]) == [StandingChange(id_of("shop"), RELATIONSHIP, 1)]
    assert set(await log.apply([second])) == {
        StandingChange(id_of("shop"), RELATIONSHIP, 2),
        StandingChange(id_of("care"), RELATIONSHIP, 1),
    }


async def test_what_was_counted_before_is_announced_again(metrics: Metrics) -> None:
    """Whoever counted it may have died before it could tell."""
    await metrics.fill([make_department("shop")])
    envelope = await metrics.record(make_response("shop", on=DAY, nps=9))
    await metrics.record(make_response("shop", on=DAY, nps=9))

    again = await metrics.replica.log.apply([envelope])

    assert again == [StandingChange(id_of("shop"), RELATIONSHIP, 2)]


async def test_a_batch_is_announced_once_for_its_departments_and_all_above_them(
    metrics: Metrics, announcer: Announcer, nats_client: Client
) -> None:
    await metrics.fill(
        [make_department("sales"), make_department("shop", "sales"), make_department("care")]
    )
    subscription = await nats_client.subscribe(SCORE_CHANGED)
    apply = events.record_responses(metrics.replica.log, announcer.announce)
    responses = [make_response("shop", on=DAY, nps=9) for _ in range(3)]
    envelopes = [make_responses_recorded([response]) for response in responses]

    await apply(
        [
            Delivery(str(e.envelope), RESPONSES_RECORDED, e.SerializeToString(), None)
            for e in envelopes
        ]
    )

    announced = await heard(subscription)
    found = affected(announced)
    assert found.keys() == {id_of("shop"), id_of("sales"), id_of("root")}
    assert {"nps", "csat", "friendsAndFamily"} <= set(found[id_of("root")])
    assert "turnoverRate" not in found[id_of("root")]
    assert [(s.survey_id, s.revision) for s in announced.standings] == [(RELATIONSHIP, 1)]
    with pytest.raises(TimeoutError):
        await subscription.next_msg(0.05)


async def test_answers_are_announced_to_who_held_their_department_once(
    metrics: Metrics, announcer: Announcer, nats_client: Client
) -> None:
    """Scores are read by the tree as it was, too."""
    moved = make_department("shop", "sales", [(date(2026, 6, 1), "care")])
    await metrics.fill([make_department("sales"), make_department("care"), moved])
    await metrics.replica.surveys.refresh()
    subscription = await nats_client.subscribe(SCORE_CHANGED)

    await announcer.announce([StandingChange(id_of("shop"), RELATIONSHIP, 1)])

    assert affected(await heard(subscription)).keys() == {
        id_of(key) for key in ("shop", "sales", "care", "root")
    }


async def test_a_target_is_announced_to_its_department_alone(
    metrics: Metrics, announcer: Announcer, nats_client: Client
) -> None:
    await metrics.fill([make_department("care"), make_department("shop", "care")])
    subscription = await nats_client.subscribe(SCORE_CHANGED)

    await announcer.announce_target(id_of("shop"), "nps")

    assert affected(await heard(subscription)) == {id_of("shop"): ["nps"]}


async def test_a_release_is_announced_to_the_departments_in_it(
    metrics: Metrics, announcer: Announcer, nats_client: Client
) -> None:
    """Those above are in it by themselves."""
    await metrics.fill(TREE)
    subscription = await nats_client.subscribe(SCORE_CHANGED)
    apply = store_releases(metrics.replica.database.write, announcer.announce_released)

    await apply([Delivery("1", RELEASE_PUBLISHED, SPRING.SerializeToString(), None)])

    found = affected(await heard(subscription))
    assert found == {
        department.department_id: sorted(SURVEYED) for department in SPRING.departments
    }
    with pytest.raises(TimeoutError):
        await subscription.next_msg(0.05)


async def test_answers_that_no_score_reads_are_not_announced(
    metrics: Metrics, announcer: Announcer, nats_client: Client
) -> None:
    words = make_survey("words", kinds=["TEXT"])
    await metrics.fill([make_department("shop")], surveys=[words])
    subscription = await nats_client.subscribe(SCORE_CHANGED)
    await metrics.replica.surveys.refresh()

    await announcer.announce([StandingChange(id_of("shop"), words.id, 1)])

    with pytest.raises(TimeoutError):
        await subscription.next_msg(0.05)


async def test_many_departments_take_several_messages(
    metrics: Metrics,
    announcer: Announcer,
    nats_client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keys = [f"d{number}" for number in range(5)]
    await metrics.fill([make_department(key) for key in keys])
    await metrics.replica.surveys.refresh()
    monkeypatch.setattr(convert, "MOST_DEPARTMENTS", 2)
    subscription = await nats_client.subscribe(SCORE_CHANGED)

    await announcer.announce([StandingChange(id_of(key), RELATIONSHIP, 1) for key in keys])

    found = [affected(await heard(subscription)) for _ in range(3)]
    assert [len(part) for part in found] == [2, 2, 2]
    assert {key for part in found for key in part} == {*map(id_of, keys), id_of("root")}


async def test_a_lost_connection_does_not_fail_the_batch(
    metrics: Metrics, announcer: Announcer, nats_client: Client
) -> None:
    """Its acknowledgement is lost too, so it comes again."""
    await metrics.fill([make_department("shop")])
    await nats_client.close()

    await announcer.announce([StandingChange(id_of("shop"), RELATIONSHIP, 1)])


@pytest.mark.parametrize(
    ("role", "department", "readable", "denied"),
    [
        ("admin", None, ["care", "shop"], []),
        ("analyst", None, ["care", "shop"], []),
        ("department_head", "shop", ["shop"], []),
        ("integration", None, [], ["care", "shop"]),
    ],
)
async def test_what_may_be_read_is_known_by_key(
    metrics: Metrics, role: str, department: str | None, readable: list[str], denied: list[str]
) -> None:
    await metrics.fill([make_department("shop"), make_department("care")])

    reply = await metrics.scores.FindReadable(
        pb.FindReadableRequest(keys=["shop", "care"]), metadata=metrics.bearer(role, department)
    )

    assert dict(reply.ids) == {key: id_of(key) for key in readable}
    assert sorted(reply.denied_keys) == denied
