"""Of what the score of an index is made."""

import pytest

from cxm.metrics.v1 import scores_pb2 as pb
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.scorecards import scorecard

READ = """score(metric: "nps") { index { items complete alpha note } }"""


@pytest.mark.parametrize(
    ("alpha", "note"), [(0.7, None), (0.699, "ALPHA_BELOW_070"), (-0.2, "ALPHA_BELOW_070"), (None, None)]
)  # fmt: skip
async def test_alpha_below_070_is_noted(
    platform: Platform, alpha: float | None, note: str | None
) -> None:
    made = pb.IndexMade(items=5, complete=40, alpha=alpha)
    platform.services.scores = [
        pb.Score(metric="nps", version=1, status=pb.SCORE_STATUS_OK, value=0.5, index=made)
    ]

    assert (await scorecard(platform, READ))["score"] == {
        "index": {"items": 5, "complete": 40, "alpha": alpha, "note": note}
    }


async def test_the_score_of_another_metric_has_no_index(platform: Platform) -> None:
    platform.services.scores = [
        pb.Score(metric="nps", version=1, status=pb.SCORE_STATUS_OK, value=16)
    ]

    assert (await scorecard(platform, READ))["score"] == {"index": None}
