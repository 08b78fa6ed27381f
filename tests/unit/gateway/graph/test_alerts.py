"""Alerts of a department: what is asked of metrics, what is shown of it, and that what is raised arrives."""

from typing import Any

import pytest

from cxm.metrics.v1 import alerts_pb2 as pb
from cxm.metrics.v1.events_pb2 import AlertRaised
from cxm.metrics.v1.scores_pb2 import Interval
from services.kit.clock import day_date
from services.kit.errors import Denied, Unavailable
from tests.support.websocket import serving, socket
from tests.unit.gateway.support.running import Platform

READ = """{ organization { alerts%s { edges { cursor node { id rule raisedAt since value base usual usualBase deviation
  valueInterval { low high level method } usualInterval { low high level method }
  segment endedAt end department { key name } touchpoint { key name } metric { key version }
  acknowledgement { action by at } } } pageInfo { hasNextPage hasPreviousPage endCursor } } } }"""
ACKNOWLEDGE = """mutation ($id: ID!) { acknowledgeAlert(input: {id: $id, action: NO_ACTION}) {
  alert { acknowledgement { action by at } } userErrors { code field } } }"""
RAISED = """subscription { alertRaised(department: "root") { id segment metric { key } } }"""


def make_alert(id_: str, **fields: Any) -> pb.Alert:
    given = {
        "department_id": "id-d0",
        "department_key": "d0",
        "department_name": "D0",
        "metric": "nps",
        "version": 1,
        "rule": pb.ALERT_RULE_EWMA,
        "raised_at": "2026-11-29T12:00:00Z",
        "since_day": 20_598,
        "value": -10,
        "base": 200,
        "value_interval": Interval(low=-20, high=0, level=0.95, method="adjusted Wald"),
        "usual": 30,
        "usual_base": 2_400,
        "deviation": -4.5,
    }
    return pb.Alert(id=id_, **{**given, **fields})


async def read(platform: Platform, arguments: str = "") -> Any:
    return (await platform.data(READ % arguments))["organization"]["alerts"]


async def test_an_alert_is_shown_with_where_it_sits_and_what_is_done(platform: Platform) -> None:
    platform.services.alerts = [
        make_alert(
            "a2",
            touchpoint=pb.AlertTouchpoint(id="t", key="phone", name="Phone"),
            segment="new",
            action=pb.ALERT_ACTION_ACTING,
            acknowledged_by="dev:ann",
            acknowledged_at="2026-11-29T13:00:00Z",
        ),
        make_alert("a1", end=pb.ALERT_END_BACK, ended_at="2026-11-29T14:00:00Z"),
    ]

    second, first = [edge["node"] for edge in (await read(platform))["edges"]]
    assert second == {
        "id": "a2",
        "rule": "EWMA",
        "raisedAt": "2026-11-29T12:00:00Z",
        "since": str(day_date(20_598)),
        "value": -10,
        "base": 200,
        "valueInterval": {"low": -20, "high": 0, "level": 0.95, "method": "adjusted Wald"},
        "usual": 30,
        "usualInterval": None,
        "usualBase": 2_400,
        "deviation": 4.5,
        "segment": "new",
        "endedAt": None,
        "end": None,
        "department": {"key": "d0", "name": "D0"},
        "touchpoint": {"key": "phone", "name": "Phone"},
        "metric": {"key": "nps", "version": 1},
        "acknowledgement": {"action": "ACTING", "by": "dev:ann", "at": "2026-11-29T13:00:00Z"},
    }
    assert (first["end"], first["endedAt"]) == ("BACK", "2026-11-29T14:00:00Z")
    assert (first["touchpoint"], first["segment"], first["acknowledgement"]) == (None, None, None)


async def test_pages_follow_each_other(platform: Platform) -> None:
    platform.services.alerts = [make_alert("a2"), make_alert("a1", ended_at="now")]
    page = await read(platform, "(first: 1)")
    cursor = page["pageInfo"]["endCursor"]
    rest = await read(platform, f'(first: 1, after: "{cursor}")')

    assert page["pageInfo"] == {
        "hasNextPage": True,
        "hasPreviousPage": False,
        "endCursor": page["edges"][0]["cursor"],
    }
    assert [edge["node"]["id"] for edge in rest["edges"]] == ["a1"]
    assert rest["pageInfo"]["hasPreviousPage"] is True
    opened = await read(platform, "(open: true)")
    assert [edge["node"]["id"] for edge in opened["edges"]] == ["a2"]


async def test_who_may_see_no_scores_sees_no_alerts(platform: Platform) -> None:
    platform.services.failures["ListAlerts"] = Denied("your role does not allow this")

    reply = await platform.ask(READ % "")
    assert reply["data"]["organization"]["alerts"] is None
    assert reply["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_what_is_done_is_said_of_an_alert_that_is_there(platform: Platform) -> None:
    platform.services.alerts = [make_alert("a1")]
    done = (await platform.data(ACKNOWLEDGE, id="a1"))["acknowledgeAlert"]
    absent = (await platform.data(ACKNOWLEDGE, id="a2"))["acknowledgeAlert"]

    assert done["alert"]["acknowledgement"]["action"] == "NO_ACTION"
    assert done["userErrors"] == []
    assert absent == {"alert": None, "userErrors": [{"code": "UNKNOWN_ALERT", "field": ["id"]}]}


async def test_what_is_raised_arrives_once(platform: Platform) -> None:
    listeners = platform.gateway.listeners
    listeners.live.set()
    platform.services.alerts = [make_alert("a1")]
    async with serving(platform.gateway, platform.settings) as url, socket(url) as ann:
        await ann.initialise(platform.bearer())
        await ann.subscribe("1", RAISED)
        await ann.settle()
        listeners.hear_alert(AlertRaised(alert_id="a0", shown_in=["id-d0"]))
        platform.services.alerts.insert(0, make_alert("a2", segment="new"))
        listeners.hear_alert(AlertRaised(alert_id="a2", shown_in=["id-d0", "id-root"]))
        first = await ann.receive()
        platform.services.alerts.insert(0, make_alert("a3"))
        listeners.missed()
        second = await ann.receive()
        await ann.settle()

    told = [message["payload"]["data"]["alertRaised"] for message in (first, second)]
    assert told == [
        {"id": "a2", "segment": "new", "metric": {"key": "nps"}},
        {"id": "a3", "segment": None, "metric": {"key": "nps"}},
    ]


async def test_what_is_raised_while_metrics_is_away_arrives_later(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.graph.alerts.subscription.AGAIN_SECONDS", 0.01)
    listeners = platform.gateway.listeners
    listeners.live.set()
    async with serving(platform.gateway, platform.settings) as url, socket(url) as ann:
        await ann.initialise(platform.bearer())
        await ann.subscribe("1", RAISED)
        await ann.settle()
        platform.services.failures["ListAlerts"] = Unavailable("away")
        platform.services.alerts = [make_alert("a1")]
        listeners.hear_alert(AlertRaised(alert_id="a1", shown_in=["id-root"]))
        await ann.settle()
        platform.services.failures.pop("ListAlerts", None)
        message = await ann.receive()

    assert message["payload"]["data"]["alertRaised"]["id"] == "a1"
