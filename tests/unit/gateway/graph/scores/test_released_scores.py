"""Scores of employee surveys as the scorecard shows them."""

from typing import Any

from cxm.metrics.v1 import scores_pb2 as pb
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.scorecards import scorecard

FIELDS = "status value base interval { low } wave countedIn distribution { count }"


def surveyed(metric: str, **fields: Any) -> pb.Score:
    return pb.Score(metric=metric, version=1, wave="summer", **fields)


async def test_a_score_names_its_wave_or_where_it_is_counted(platform: Platform) -> None:
    platform.services.scores = [
        surveyed("enps", status=pb.SCORE_STATUS_OK, value=30, base=40),
        surveyed("engagement", status=pb.SCORE_STATUS_NO_DATA, is_withheld=True, counted_in="Root"),
        surveyed("participationRate", status=pb.SCORE_STATUS_LOW_BASE, value=0.85),
        pb.Score(metric="burnout", version=1, status=pb.SCORE_STATUS_NO_DATA, base=0),
    ]

    card = await scorecard(
        platform, " ".join(f"{s.metric} {{ {FIELDS} }}" for s in platform.services.scores)
    )

    nothing = {"value": None, "base": None, "interval": None, "countedIn": None, "wave": "summer"}
    nothing |= {"distribution": None}
    assert card == {
        "enps": nothing | {"status": "OK", "value": 30.0, "base": 40},
        "engagement": nothing | {"status": "WITHHELD", "countedIn": "Root"},
        "participationRate": nothing | {"status": "LOW_BASE", "value": 0.85},
        "burnout": nothing | {"status": "NO_DATA", "base": 0, "wave": None},
    }


async def test_a_trend_by_wave_has_as_many_points_as_there_are(platform: Platform) -> None:
    withheld = surveyed("enps", status=pb.SCORE_STATUS_NO_DATA, is_withheld=True, counted_in="Root")
    platform.services.scores = [withheld]
    platform.services.points = [pb.TrendPoint(from_day=20454, to_day=20468, score=withheld)]

    card = await scorecard(
        platform, "enps { trend(interval: WAVE) { from to status base wave countedIn } }"
    )

    assert card["enps"]["trend"] == [
        {
            "from": "2026-01-01",
            "to": "2026-01-15",
            "status": "WITHHELD",
            "base": None,
            "wave": "summer",
            "countedIn": "Root",
        }
    ]
    (request,) = platform.services.asked["GetTrend"]
    assert request.interval == pb.CALENDAR_INTERVAL_WAVE
