"""A score weighted by headcounts, beside the pooled one, or why there is none."""

from cxm.metrics.v1 import scores_pb2 as pb
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.scorecards import scorecard

READ = """nps { value weighted { weighting value headcount leftOut gap interval { low high method } } }"""


async def test_a_weighted_score_stands_beside_the_pooled_one(platform: Platform) -> None:
    platform.services.scores = [
        pb.Score(metric="nps", version=1, status=pb.SCORE_STATUS_OK, value=16, base=200)
    ]
    interval = pb.Interval(low=14.4, high=41.6, method="Wald", level=0.95)
    platform.services.weighted = pb.GetWeightedScoreResponse(
        value=28, interval=interval, headcount=1000, left_out=7
    )

    assert (await scorecard(platform, READ))["nps"] == {
        "value": 16,
        "weighted": {
            "weighting": "HEADCOUNT",
            "value": 28,
            "headcount": 1000,
            "leftOut": 7,
            "gap": None,
            "interval": {"low": 14.4, "high": 41.6, "method": "Wald"},
        },
    }
    asked = platform.services.asked["GetWeightedScore"][0]
    assert (asked.department_id, asked.metric) == ("id-root", "nps@1")


async def test_a_gap_is_named(platform: Platform) -> None:
    platform.services.scores = [
        pb.Score(metric="nps", version=1, status=pb.SCORE_STATUS_OK, value=16, base=200)
    ]
    for name, number in pb.WeightingGap.items():
        if number:
            platform.services.weighted = pb.GetWeightedScoreResponse(gap=number)
            found = (await scorecard(platform, READ))["nps"]["weighted"]
            assert (found["value"], found["gap"]) == (None, name.removeprefix("WEIGHTING_GAP_"))
