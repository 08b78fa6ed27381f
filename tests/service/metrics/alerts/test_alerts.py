"""Alerts are raised of what is counted, read, acknowledged, and end by themselves."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import grpc
import pytest

from cxm.metrics.v1 import alerts_pb2 as pb
from cxm.metrics.v1.alerts_pb2_grpc import AlertServiceStub, add_AlertServiceServicer_to_server
from cxm.metrics.v1.events_pb2 import AlertRaised
from services.kit.clock import day_date
from services.kit.events.outbox import Outbox
from services.metrics.alerts.acknowledging import AlertAcknowledging
from services.metrics.alerts.domain import week_of
from services.metrics.alerts.raising import AlertRaising
from services.metrics.alerts.rpc import AlertRpc
from services.metrics.alerts.watching import AlertWatcher
from services.metrics.alerts.week_store import WeekStore
from services.metrics.formulas.intervals import adjusted_wald
from services.metrics.scores.convert import interval
from tests.conftest import Serve
from tests.service.metrics.conftest import Metrics, Replica
from tests.support.audit import deeds, told
from tests.support.builders import id_of, make_department, make_response, make_touchpoint

if TYPE_CHECKING:
    from cxm.metrics.v1.alerts_pb2_grpc import AlertServiceAsyncStub

USUAL, LOW = (60, 20, 20), (20, 20, 60)
"""Promoters, passives and detractors."""
SCORES = (9, 7, 0)
MONDAY = week_of(20_600)
WEDNESDAY = MONDAY + 2


@dataclass
class Alerts:
    """The service as a test drives it; `announced` are the departments told, and the metric."""

    metrics: Metrics
    stub: "AlertServiceAsyncStub"
    watcher: AlertWatcher
    announced: list[tuple[list[str], str]]

    async def week(
        self, weeks_ago: int, counts: tuple[int, int, int], touchpoint: str = "", segment: str = ""
    ) -> None:
        """Answers of the Monday of a week."""
        on: date = day_date(MONDAY - 7 * weeks_ago)
        scores = [score for score, many in zip(SCORES, counts, strict=True) for _ in range(many)]
        given = {"touchpoint": touchpoint, "segment": segment}
        dimensions: dict[str, Any] = {name: value for name, value in given.items() if value}
        responses = [make_response("shop", on=on, nps=score, **dimensions) for score in scores]
        await self.metrics.record(*responses)

    async def usual(
        self, weeks: Collection[int] = range(1, 17), touchpoint: str = "", segment: str = ""
    ) -> None:
        for weeks_ago in weeks:
            await self.week(weeks_ago, USUAL, touchpoint, segment)

    async def listed(self, key: str = "d1", bearer: Any = None, **asked: Any) -> list[pb.Alert]:
        request = pb.ListAlertsRequest(department_id=id_of(key), **{"first": 100, **asked})
        reply = await self.stub.ListAlerts(request, metadata=bearer or self.metrics.bearer())
        return list(reply.alerts)

    async def raised(self) -> list[AlertRaised]:
        """What waits to be announced."""
        rows = await self.metrics.replica.database.pool.fetch(
            "SELECT payload FROM outbox WHERE subject = 'cxm.metrics.alert.raised.v1' ORDER BY id"
        )
        return [AlertRaised.FromString(row[0]) for row in rows]

    async def acknowledge(
        self, id_: str, action: pb.AlertAction.ValueType, bearer: Any = None
    ) -> pb.Alert:
        request = pb.AcknowledgeAlertRequest(id=id_, action=action)
        metadata = bearer or self.metrics.bearer()
        return (await self.stub.AcknowledgeAlert(request, metadata=metadata)).alert


@pytest.fixture
async def alerts(metrics: Metrics, serve: Serve) -> Alerts:
    metrics.today.append(WEDNESDAY)
    departments = [make_department("d1"), make_department("shop", "d1"), make_department("d2")]
    touchpoints = [make_touchpoint("phone", "shop"), make_touchpoint("web", "shop")]
    await metrics.fill(departments, touchpoints)
    announced = list[tuple[list[str], str]]()

    async def announce(told_to: Collection[str], metric: str) -> None:
        announced.append((list(told_to), metric))

    replica = metrics.replica
    servicer = AlertRpc(
        replica.directory,
        replica.database.read,
        AlertAcknowledging(replica.database, replica.directory, announce),
    )
    channel = await serve("metrics", add_AlertServiceServicer_to_server, servicer)
    watcher = make_watcher(replica, announce)
    return Alerts(metrics, AlertServiceStub(channel), watcher, announced)


def make_watcher(replica: Replica, announce: Any) -> AlertWatcher:
    store = WeekStore(replica.directory, replica.reader, replica.cube)
    outbox = Outbox(replica.database.pool, None)  # type: ignore[arg-type]  # nothing is relayed
    raising = AlertRaising(
        replica.database, replica.directory, replica.reader, store, outbox, announce
    )
    return AlertWatcher(raising, store)


async def test_a_fall_raises_one_alert_of_the_department_and_one_above_it(alerts: Alerts) -> None:
    await alerts.usual()
    await alerts.watcher.look()
    before = await alerts.listed()
    await alerts.week(0, LOW)
    await alerts.watcher.look()
    await alerts.watcher.look()
    listed = {alert.department_id: alert for alert in await alerts.listed()}

    assert before == []
    assert listed.keys() == {id_of("d1"), id_of("shop")}
    shop = listed[id_of("shop")]
    assert (shop.metric, shop.version, shop.rule) == ("nps", 1, pb.ALERT_RULE_EWMA)
    assert (shop.value, shop.base, shop.usual, shop.usual_base) == (-40, 100, 40, 1_200)
    assert (shop.since_day, shop.ended_at, shop.acknowledged_at) == (MONDAY, "", "")
    assert (shop.value_interval, shop.usual_interval) == (
        interval(adjusted_wald(20, 60, 100)),
        interval(adjusted_wald(720, 240, 1_200)),
    )
    # z = -80 / sqrt(6400 / 100) = -10, by the formula of formulas/shifts/weeks.py, before what is added at the ends.
    weights = 1 - 0.7**5
    spread = (0.3 / 1.7 * (1 - 0.7**10) + weights**2 * 100 / 1_200) ** 0.5
    assert shop.deviation == pytest.approx(0.3 * -10 / spread, rel=0.04)
    facts = {fact.department_id: fact for fact in await alerts.raised()}
    assert facts.keys() == {id_of("shop"), id_of("d1"), id_of("root")}
    assert facts[id_of("shop")].alert_id == shop.id
    assert list(facts[id_of("shop")].shown_in) == [id_of("shop"), id_of("d1"), id_of("root")]
    assert (list(facts[id_of("shop")].shown_in), "nps") in alerts.announced


async def test_two_replicas_raise_and_announce_one(alerts: Alerts) -> None:
    """Each judges what the other has raised meanwhile, as where both look at once."""
    await alerts.usual()
    await alerts.week(0, LOW)
    other = make_watcher(await alerts.metrics.new_replica(), alerts.watcher.raising.announce)
    for watcher in (alerts.watcher, other):
        await watcher.store.refresh()
    departments = [id_of("shop")]
    for watcher in (alerts.watcher, other):
        await watcher.raising.judge(departments, {})

    assert len(await alerts.listed()) == len(await alerts.raised()) == 1


async def test_it_is_over_once_the_score_is_back_and_is_kept(alerts: Alerts) -> None:
    await alerts.usual()
    await alerts.week(0, LOW)
    await alerts.watcher.look()
    await alerts.week(0, (300, 0, 0))
    await alerts.watcher.look()

    assert await alerts.listed(open=True) == []
    ended = await alerts.listed(open=False)
    assert {alert.end for alert in ended} == {pb.ALERT_END_BACK}
    assert all(alert.ended_at for alert in ended)


async def test_answers_of_days_long_before_do_not_end_it(alerts: Alerts) -> None:
    await alerts.usual()
    await alerts.week(0, LOW)
    await alerts.watcher.look()
    for weeks_ago in range(5, 17):
        await alerts.week(weeks_ago, (0, 0, 200))
    await alerts.watcher.look()

    assert len(await alerts.listed(open=True)) == 2


async def test_nothing_is_said_of_less_than_thirty_answers(alerts: Alerts) -> None:
    await alerts.usual()
    await alerts.week(0, (0, 0, 29))
    await alerts.watcher.look()
    before = await alerts.listed()
    await alerts.week(0, (0, 0, 1))
    await alerts.watcher.look()

    assert before == []
    assert await alerts.listed("shop") != []


async def test_nothing_is_said_without_eight_usual_weeks(alerts: Alerts) -> None:
    await alerts.usual(range(1, 12))
    await alerts.week(0, LOW)
    await alerts.watcher.look()
    before = await alerts.listed()
    await alerts.usual([12])
    await alerts.watcher.look()

    assert before == []
    assert await alerts.listed("shop") != []


async def test_it_names_the_touchpoint_and_the_segment_where_the_fall_sits(alerts: Alerts) -> None:
    await alerts.usual(touchpoint="phone", segment="new")
    await alerts.usual(touchpoint="web", segment="old")
    await alerts.week(0, LOW, touchpoint="phone", segment="new")
    await alerts.week(0, USUAL, touchpoint="web", segment="old")
    await alerts.watcher.look()

    (alert,) = await alerts.listed("shop")
    assert (alert.touchpoint.key, alert.segment) == ("phone", "new")


async def test_it_names_none_where_all_fell_alike(alerts: Alerts) -> None:
    for touchpoint in ("phone", "web"):
        await alerts.usual(touchpoint=touchpoint)
        await alerts.week(0, LOW, touchpoint=touchpoint)
    await alerts.watcher.look()

    (alert,) = await alerts.listed("shop")
    assert (alert.HasField("touchpoint"), alert.segment) == (False, "")


async def test_who_heads_the_department_acknowledges_it_once(alerts: Alerts) -> None:
    await alerts.usual()
    await alerts.week(0, LOW)
    await alerts.watcher.look()
    (alert,) = await alerts.listed("shop")
    alerts.announced.clear()
    head = alerts.metrics.bearer("department_head", "shop")
    first = await alerts.acknowledge(alert.id, pb.ALERT_ACTION_ACTING, head)
    again = await alerts.acknowledge(alert.id, pb.ALERT_ACTION_ACTING, head)

    assert first == again
    assert [first] == await alerts.listed("shop")
    assert first.action == pb.ALERT_ACTION_ACTING
    assert first.acknowledged_at
    assert len(alerts.announced) == 1
    entries = [told(entry) for entry in await deeds(alerts.metrics.replica.database)]
    expected = (first.acknowledged_by, "department_head", "alert_acknowledged", ("shop", "nps"))
    assert entries == [expected]


@pytest.mark.parametrize(
    ("role", "department", "status"),
    [
        ("analyst", None, grpc.StatusCode.PERMISSION_DENIED),
        ("department_head", "d2", grpc.StatusCode.NOT_FOUND),
    ],
)
async def test_who_may_not_acknowledges_nothing(
    alerts: Alerts, role: str, department: str | None, status: grpc.StatusCode
) -> None:
    await alerts.usual()
    await alerts.week(0, LOW)
    await alerts.watcher.look()
    (alert,) = await alerts.listed("shop")
    bearer = alerts.metrics.bearer(role, department)
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await alerts.acknowledge(alert.id, pb.ALERT_ACTION_NO_ACTION, bearer)

    assert error.value.code() == status
    assert (await alerts.listed("shop"))[0].acknowledged_at == ""


async def test_who_does_not_see_the_department_sees_no_alert_of_it(alerts: Alerts) -> None:
    await alerts.usual()
    await alerts.week(0, LOW)
    await alerts.watcher.look()
    (alert,) = await alerts.listed("shop", alerts.metrics.bearer("department_head", "shop"))

    assert (alert.department_key, alert.department_name) == ("shop", "Shop")
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await alerts.listed("shop", alerts.metrics.bearer("department_head", "d2"))
    assert error.value.code() == grpc.StatusCode.NOT_FOUND


async def test_pages_follow_each_other(alerts: Alerts) -> None:
    await alerts.usual()
    await alerts.week(0, LOW)
    await alerts.watcher.look()
    both = await alerts.listed()
    (first,) = await alerts.listed(first=1)
    (second,) = await alerts.listed(first=1, after=first.id)

    assert [first, second] == both
    assert await alerts.listed(after=second.id) == []
