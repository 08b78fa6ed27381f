"""Metrics that read a standard item over all surveys that ask it."""

from typing import Any

import pytest

from cxm.metrics.v1 import definitions_pb2 as pb
from services.metrics.definitions.domain.drafts import LONGEST_NAME
from tests.service.metrics.conftest import Metrics
from tests.service.metrics.support.asking import (
    FEBRUARY,
    MARCH,
    make_draft,
    refused,
    register,
)
from tests.service.metrics.support.standard_items import (
    DONT_KNOW,
    NO,
    PARTLY,
    YES,
    answering,
    asking,
)
from tests.support.builders import make_department

EXPECTATION = (5, 15, 40, 25, 15)


def reading(item: str, **fields: Any) -> pb.MetricDraft:
    return make_draft(key=item, kind=None, standard_item=item, **fields)


async def fill(metrics: Metrics, *surveys: Any) -> None:
    await metrics.fill([make_department("d1")], surveys=surveys)


async def expecting(metrics: Metrics, *surveys: str) -> None:
    """The worked example of expectation, spread over surveys."""
    scores = [score for score, many in enumerate(EXPECTATION, 1) for _ in range(many)]
    await metrics.record(
        *[
            answering("d1", surveys[place % len(surveys)], FEBRUARY, {"expectation": score})
            for place, score in enumerate(scores)
        ]
    )


async def test_an_item_is_counted_over_all_surveys_of_the_scorecard(metrics: Metrics) -> None:
    aside = asking("aside", "expectation", in_scorecard=False)
    await fill(metrics, asking("visit", "expectation"), asking("app", "fast", "expectation"), aside)
    await expecting(metrics, "visit", "app")
    await expecting(metrics, "aside")
    await register(
        metrics,
        reading("expectation", statistic=pb.STATISTIC_NET, answers=["4", "5"], against=["1", "2"]),
    )
    await register(metrics, make_draft(
        key="delight", kind=None, standard_item="expectation", answers=["5"]
    ))  # fmt: skip

    scores = await metrics.scorecard("d1", FEBRUARY, MARCH)

    net, delight = scores["expectation"], scores["delight"]
    assert (net.base, net.value) == (100, 20)
    assert (net.interval.low, net.interval.high) == pytest.approx((4.9736, 33.8614), abs=5e-5)
    assert delight.value == 0.15
    assert (delight.interval.low, delight.interval.high) == pytest.approx(
        (0.0931, 0.2328), abs=5e-5
    )


async def test_who_does_not_know_is_in_the_denominator_or_not(metrics: Metrics) -> None:
    await fill(metrics, asking("visit", "informationThere"))
    given = [YES] * 12 + [PARTLY] * 4 + [NO] * 4 + [DONT_KNOW] * 10
    await metrics.record(
        *[answering("d1", "visit", FEBRUARY, {"informationThere": key}) for key in given]
    )
    await register(metrics, reading("informationThere", answers=[YES]))
    of_all = reading("informationThere", answers=[YES], denominator=pb.DENOMINATOR_ALL)
    of_all.key = "ofAll"
    await register(metrics, of_all)

    scores = await metrics.scorecard("d1", FEBRUARY, MARCH)

    assert (scores["informationThere"].base, scores["informationThere"].value) == (20, 0.6)
    assert (scores["ofAll"].base, scores["ofAll"].value) == (30, 0.4)


async def test_a_question_that_is_not_asked_any_more_keeps_its_item(metrics: Metrics) -> None:
    await fill(metrics, asking("visit", "expectation", "fast"))
    await expecting(metrics, "visit")
    await fill(metrics, asking("visit", "fast", version=2, revision=2))
    definition = await register(metrics, reading("expectation", answers=["5"]))

    score = (await metrics.scorecard("d1", FEBRUARY, MARCH))["expectation"]

    assert score.base == 100
    assert definition.calculation.standard_item == "expectation"
    assert definition.formula == (
        "answer 5 / answers; standard item expectation of each survey in the scorecard"
    )


async def test_a_question_that_is_said_to_ask_an_item_later_counts_from_its_first_answer(
    metrics: Metrics,
) -> None:
    plain = asking("visit", "expectation")
    plain.questions[0].item = ""
    await fill(metrics, plain)
    await expecting(metrics, "visit")
    await fill(metrics, asking("visit", "expectation", revision=2))
    await register(metrics, reading("expectation", answers=["5"]))

    assert (await metrics.scorecard("d1", FEBRUARY, MARCH))["expectation"].base == 100


@pytest.mark.parametrize(
    ("fields", "reason", "field"),
    [
        ({"standard_item": "speed"}, "UNKNOWN_ITEM", ["item", "standard_item"]),
        ({"standard_item": "relevant"}, "UNKNOWN_ITEM", ["item", "standard_item"]),
        ({"standard_item": "fast", "answers": ["6"]}, "UNKNOWN_ANSWER", ["answers", "0"]),
        (
            {"standard_item": "informationThere", "statistic": pb.STATISTIC_MEAN, "answers": []},
            "NO_SCALE",
            ["statistic"],
        ),
        (
            {"standard_item": "informationThere", "answers": [DONT_KNOW]},
            "DONT_KNOW_NOT_COUNTED",
            ["denominator"],
        ),
        ({"standard_item": "fast", "name": "n" * (LONGEST_NAME + 1)}, "BAD_NAME", ["name"]),
    ],
)
async def test_a_definition_of_an_item_that_makes_no_sense_is_refused(
    metrics: Metrics, fields: dict[str, Any], reason: str, field: list[str]
) -> None:
    await fill(metrics, asking("visit", "fast", "informationThere"))

    request = pb.RegisterMetricRequest(draft=make_draft(**{"kind": None, **fields}))
    failure = await refused(metrics.definitions.RegisterMetric(request, metadata=metrics.bearer()))

    assert (failure.reason, list(failure.field)) == (reason, field)
