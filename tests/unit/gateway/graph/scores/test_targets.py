"""Targets are set, removed, and read beside departments and scores."""

from datetime import date
from typing import Any

import pytest

from cxm.metrics.v1 import scores_pb2
from cxm.metrics.v1 import targets_pb2 as pb
from gateway.calls.days import day_of
from services.kit.clock import day_date
from services.kit.errors import Invalid
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.scorecards import PERIOD, scorecard

DUE = 20_700
DAYS = scores_pb2.Days(from_day=20_454, to_day=20_485)  # PERIOD
SET = """mutation ($input: SetTargetInput!) { setTarget(input: $input) {
  target { metric { key name } value side due owner setBy setAt progress { status } } userErrors { field code } } }"""
REMOVE = """mutation ($input: RemoveTargetInput!) { removeTarget(input: $input) { removed userErrors { code } } }"""
READ = """value side due owner metric { key } progress { status from to value base chance interval { low high } }"""


def target(**fields: Any) -> pb.Target:
    """NPS 40 of the root, which is past it by a little."""
    progress = pb.TargetProgress(
        status=pb.TARGET_STATUS_ABOVE_NOT_SURE,
        from_day=DAYS.from_day,
        to_day=DAYS.to_day,
        value=44,
        base=120,
        interval=scores_pb2.Interval(low=38, high=50),
        chance=0.7,
    )
    given = {
        "department_id": "id-root",
        "metric": "nps",
        "version": 1,
        "value": 40,
        "side": pb.TARGET_SIDE_CUSTOMER,
        "due_day": DUE,
        "progress": progress,
    }
    return pb.Target(**{**given, **fields})


SHOWN = {
    "value": 40,
    "side": "CUSTOMER",
    "due": str(day_date(DUE)),
    "owner": None,
    "metric": {"key": "nps"},
    "progress": {
        "status": "ABOVE_NOT_SURE",
        "from": "2026-01-01",
        "to": "2026-02-01",
        "value": 44,
        "base": 120,
        "chance": 0.7,
        "interval": {"low": 38, "high": 50},
    },
}


async def test_a_target_is_set_as_it_was_asked_for(platform: Platform) -> None:
    given = {
        "department": "root",
        "metric": "nps",
        "value": 40.5,
        "side": "COMPANY",
        "due": "2026-12-31",
        "owner": "oidc:7",
    }

    reply = (await platform.data(SET, input=given))["setTarget"]

    (asked,) = platform.services.asked["SetTarget"]
    due = day_of(date(2026, 12, 31))
    assert asked == pb.SetTargetRequest(
        department="root",
        metric="nps",
        value=40.5,
        side=pb.TARGET_SIDE_COMPANY,
        due_day=due,
        owner="oidc:7",
    )
    assert reply["userErrors"] == []
    assert reply["target"] == {
        "metric": {"key": "nps", "name": "Net Promoter Score"},
        "value": 40.5,
        "side": "COMPANY",
        "due": "2026-12-31",
        "owner": "oidc:7",
        "setBy": "dev:ann",
        "setAt": "2026-01-01T12:00:00Z",
        "progress": None,
    }


async def test_a_refusal_leads_to_its_field(platform: Platform) -> None:
    platform.services.failures["SetTarget"] = Invalid(
        "too late", reason="DUE_DAY_OUT_OF_RANGE", field=["due_day"]
    )
    given = {
        "department": "root",
        "metric": "nps",
        "value": 4,
        "side": "COMPANY",
        "due": "1926-12-31",
    }

    reply = (await platform.data(SET, input=given))["setTarget"]

    assert reply["target"] is None
    assert reply["userErrors"] == [{"field": ["due"], "code": "DUE_DAY_OUT_OF_RANGE"}]


async def test_a_target_is_removed(platform: Platform) -> None:
    reply = await platform.data(REMOVE, input={"department": "root", "metric": "nps"})

    assert reply["removeTarget"] == {"removed": True, "userErrors": []}
    assert platform.services.asked["RemoveTarget"] == [
        pb.RemoveTargetRequest(department="root", metric="nps")
    ]


async def test_targets_of_many_departments_are_one_call(platform: Platform) -> None:
    platform.services.targets = [target()]

    read = f"{{ departments(first: 9) {{ edges {{ node {{ key targets {{ {READ} }} }} }} }} }}"
    edges = (await platform.data(read))["departments"]["edges"]

    found = {edge["node"]["key"]: edge["node"]["targets"] for edge in edges}
    assert found.pop("root") == [SHOWN]
    assert len(found) > 1
    assert all(targets == [] for targets in found.values())
    (asked,) = platform.services.asked["ListTargets"]
    assert len(asked.department_ids) == len(edges)
    assert not asked.HasField("days")


async def test_a_score_has_the_target_of_its_metric_judged_over_its_own_days(
    platform: Platform,
) -> None:
    platform.services.targets = [target(), target(metric="csat"), target(version=2)]

    card = await scorecard(
        platform, f"nps {{ target {{ {READ} }} trend(interval: MONTH) {{ base }} }}"
    )
    read = f"{{ organization {{ targets({PERIOD}, tree: AS_IT_WAS) {{ value }} }} }}"
    listed = await platform.data(read)

    assert card["nps"]["target"] == SHOWN
    assert len(listed["organization"]["targets"]) == 3
    of_score, of_department = platform.services.asked["ListTargets"]
    assert (of_score.days, of_score.tree) == (DAYS, scores_pb2.TREE_READING_TODAY)
    assert (of_department.days, of_department.tree) == (DAYS, scores_pb2.TREE_READING_AS_IT_WAS)


@pytest.mark.parametrize("cut", ["includeSubtree: false", 'filter: {channel: "EMAIL"}'])
async def test_a_part_has_no_target(platform: Platform, cut: str) -> None:
    platform.services.targets = [target()]

    card = await scorecard(platform, "nps { target { value } }", f"{PERIOD}, {cut}")

    assert card["nps"]["target"] is None
    assert not platform.services.asked["ListTargets"]
