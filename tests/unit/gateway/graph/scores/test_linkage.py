"""The linkage of a department: what is asked of metrics, and what is shown of it."""

from typing import Any

from cxm.metrics.v1 import linkage_pb2 as pb
from cxm.metrics.v1 import scores_pb2
from services.kit.clock import day_date
from tests.unit.gateway.support.running import Platform

READ = """{ organization { linkage%s { verdict betterTogether departments detectable from to limits pointsLeftOut
  coefficients { kind lag r pValue adjustedPValue departments pairs interval { low high } }
  within { value interval { low high } } between { value }
  points { key name from to customers staff } } } }"""


def interval(low: float, high: float) -> scores_pb2.Interval:
    return scores_pb2.Interval(low=low, high=high, method="t", level=0.95)


async def read(platform: Platform, arguments: str = "") -> Any:
    return (await platform.data(READ % arguments))["organization"]["linkage"]


async def test_a_linkage_is_shown_with_its_points_and_limits(platform: Platform) -> None:
    platform.services.linkage = pb.GetLinkageResponse(
        verdict=pb.LINK_VERDICT_TOGETHER,
        better_together=True,
        departments=28,
        detectable=0.51,
        links=[
            pb.Link(
                kind=pb.LINK_KIND_WITHIN,
                r=0.6,
                interval=interval(0.3, 0.9),
                p_value=0.001,
                adjusted_p_value=0.01,
                departments=28,
                pairs=112,
            )
        ],
        within=pb.LinkSlope(value=40, interval=interval(20, 60)),
        points=[
            pb.LinkagePoint(
                key="care", name="Care", from_day=20_454, to_day=20_544, customers=12, staff=0.7
            )
        ],
        limits=[pb.LINKAGE_LIMIT_ONE_PERIOD],
        from_day=20_454,
        to_day=20_544,
    )

    days = {"from": str(day_date(20_454)), "to": str(day_date(20_544))}
    assert await read(platform) == {
        "verdict": "TOGETHER",
        "betterTogether": True,
        "departments": 28,
        "detectable": 0.51,
        **days,
        "limits": ["ONE_PERIOD"],
        "pointsLeftOut": 0,
        "coefficients": [
            {
                "kind": "WITHIN",
                "lag": 0,
                "r": 0.6,
                "pValue": 0.001,
                "adjustedPValue": 0.01,
                "departments": 28,
                "pairs": 112,
                "interval": {"low": 0.3, "high": 0.9},
            }
        ],
        "within": {"value": 40, "interval": {"low": 20, "high": 60}},
        "between": None,
        "points": [{"key": "care", "name": "Care", **days, "customers": 12, "staff": 0.7}],
    }
    asked = platform.services.asked["GetLinkage"][0]
    assert (asked.department_id, asked.customers, asked.staff) == ("id-root", "nps", "engagement")
    assert (asked.interval, asked.periods) == (pb.LINKAGE_INTERVAL_QUARTER, 12)
    assert not asked.HasField("until_day")


async def test_every_name_of_the_contract_is_one_of_the_schema(platform: Platform) -> None:
    for verdict in pb.LinkVerdict.values()[1:]:
        platform.services.linkage = pb.GetLinkageResponse(
            verdict=verdict,
            limits=pb.LinkageLimit.values()[1:],
            links=[
                pb.Link(kind=kind, interval=interval(0, 1)) for kind in pb.LinkKind.values()[1:]
            ],
        )
        found = await read(
            platform, '(cx: "csat", ex: "enps", periods: 3, interval: YEAR, until: "2026-07-01")'
        )
        assert f"LINK_VERDICT_{found['verdict']}" == pb.LinkVerdict.Name(verdict)
        kinds = [f"LINK_KIND_{each['kind']}" for each in found["coefficients"]]
        assert kinds == pb.LinkKind.keys()[1:]
        limits = [f"LINKAGE_LIMIT_{each}" for each in found["limits"]]
        assert limits == pb.LinkageLimit.keys()[1:]
    asked = platform.services.asked["GetLinkage"][0]
    assert (asked.customers, asked.staff, asked.periods) == ("csat", "enps", 3)
    assert asked.interval == pb.LINKAGE_INTERVAL_YEAR
    assert day_date(asked.until_day).isoformat() == "2026-07-01"
