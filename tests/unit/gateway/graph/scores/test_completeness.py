"""Which of the six indicators of customers are measured."""

from cxm.metrics.v1 import scores_pb2 as pb
from gateway.graph.scores.completeness import completeness_of
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.scorecards import scorecard


def test_what_has_answers_is_measured_however_few() -> None:
    card = pb.Scorecard(
        scores=[
            pb.Score(metric="nps", base=3),
            pb.Score(metric="ces", base=0),
            pb.Score(metric="own", base=9),
            pb.Score(metric="retentionRate", base=12),
        ]
    )

    found = completeness_of(card)

    assert found.measured == 2
    assert [(each.indicator.name, each.status.name) for each in found.indicators] == [
        ("NPS", "MEASURED"),
        ("CSAT", "NO_DATA"),
        ("CES", "NO_DATA"),
        ("CHURN", "NO_DATA"),
        ("RETENTION", "MEASURED"),
        ("LIFETIME_VALUE", "NO_SOURCE"),
    ]


async def test_the_metrics_it_needs_are_asked_for_without_being_named(platform: Platform) -> None:
    card = await scorecard(platform, "completeness { measured indicators { indicator status } }")

    (asked,) = platform.services.asked["GetScorecards"]
    assert sorted(asked.metrics) == ["ces", "churnRate", "csat", "nps", "retentionRate"]
    assert card["completeness"]["measured"] == 1
    assert card["completeness"]["indicators"][0] == {"indicator": "NPS", "status": "MEASURED"}
