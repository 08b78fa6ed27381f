"""Scores weighted by headcounts, of customers and of staff, or why there is none."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from cxm.employee_exp.v1.events_pb2 import Employment, EmploymentsChanged, Part, Stint
from cxm.metrics.v1 import scores_pb2 as pb
from services.kit.clock import day_number
from services.kit.events.consumer import Delivery
from services.kit.events.streams import EMPLOYMENTS_CHANGED
from services.metrics.employment.events import copy_employment
from tests.service.metrics.conftest import Metrics, make_scope
from tests.service.metrics.support.releases import (
    YEAR,
    Releases,
    enps,
    release,
    released,
    share,
    withheld,
)
from tests.support.builders import id_of, make_department, make_response

ANSWERS = {"t1": (24, 10, 6), "t2": (27, 15, 18), "t3": (40, 25, 35)}  # metrics.md 2
HEADCOUNTS = {"t1": 500, "t2": 300, "t3": 200}
DAY = date(2026, 2, 1)


async def employ(metrics: Metrics, headcounts: Mapping[str, int], **part: Any) -> None:
    """People who have been there since 2020."""
    employments = [
        Employment(
            employee_id=f"{key}-{number}",
            revision=1,
            stints=[Stint(department_id=id_of(key), started_day=day_number(date(2020, 1, 1)))],
        )
        for key, count in headcounts.items()
        for number in range(count)
    ]
    told = EmploymentsChanged(employments=employments, part=Part(**part) if part else None)
    delivery = Delivery("staff", EMPLOYMENTS_CHANGED, told.SerializeToString(), None)

    async def silent(_: object) -> None:
        """Nobody listens."""

    await copy_employment(metrics.replica.database.write, silent)([delivery])


async def answer(metrics: Metrics, key: str, best: int, neutral: int, worst: int) -> None:
    scores = [9] * best + [8] * neutral + [0] * worst
    await metrics.record(*[make_response(key, on=DAY, nps=score) for score in scores])


async def weighted(
    metrics: Metrics, metric: str = "nps", key: str = "root", **scope: Any
) -> pb.GetWeightedScoreResponse:
    request = pb.GetWeightedScoreRequest(
        department_id=id_of(key), metric=metric, scope=make_scope(*YEAR, **scope)
    )
    return await metrics.scores.GetWeightedScore(request, metadata=metrics.bearer())


def gap(found: pb.GetWeightedScoreResponse) -> str:
    assert not found.HasField("value")
    assert not found.HasField("interval")
    return pb.WeightingGap.Name(found.gap).removeprefix("WEIGHTING_GAP_")


@pytest.fixture
async def tree(metrics: Metrics) -> Metrics:
    await metrics.fill([make_department(key) for key in ANSWERS])
    return metrics


async def test_customers_are_weighted_by_headcount_beside_the_pooled_score(tree: Metrics) -> None:
    await employ(tree, {**HEADCOUNTS, "root": 7})
    for key, counts in ANSWERS.items():
        await answer(tree, key, *counts)

    found = await weighted(tree)

    assert found.value == pytest.approx(28.0)
    margin = (found.interval.high - found.interval.low) / 2
    assert round(margin, 4) == 13.5962
    assert (found.headcount, found.left_out) == (1000, 7)  # nobody asked about those directly here
    assert found.gap == pb.WEIGHTING_GAP_UNSPECIFIED
    pooled = (await tree.scorecard("root", *YEAR))["nps"]
    assert pooled.value == pytest.approx(16.0)


async def test_staff_are_a_finite_population(tree: Metrics) -> None:
    await employ(tree, HEADCOUNTS)
    cells = [released(key, enps(*counts)) for key, counts in ANSWERS.items()]
    await Releases(tree).hear(release("spring", released("root", enps(91, 50, 59)), *cells))

    found = await weighted(tree, "enps")

    assert found.value == pytest.approx(28.0)
    assert round((found.interval.high - found.interval.low) / 2, 4) == 12.6727


async def test_a_withheld_part_leaves_no_weighted_value(tree: Metrics) -> None:
    """What is weighted is a sum of cells that are shown: with one of them hidden there is no sum."""
    await employ(tree, HEADCOUNTS)
    cells = [released(key, enps(*ANSWERS[key])) for key in ("t1", "t2")]
    wave = release("spring", released("root", enps(91, 50, 59)), *cells, withheld("t3", "Root"))
    await Releases(tree).hear(wave)

    assert gap(await weighted(tree, "enps")) == "WITHHELD"


async def test_a_part_that_was_never_in_use_weighs_nothing(tree: Metrics) -> None:
    """It is withheld with the whole, but nobody was employed there."""
    await tree.fill([make_department(key) for key in (*ANSWERS, "unused")])
    await employ(tree, HEADCOUNTS)
    cells = [released(key, enps(*counts)) for key, counts in ANSWERS.items()]
    wave = release("spring", released("root", enps(91, 50, 59)), *cells, withheld("unused", "Root"))
    await Releases(tree).hear(wave)

    found = await weighted(tree, "enps")

    assert (found.value, found.headcount) == pytest.approx((28.0, 1000))


async def test_as_it_was_a_part_that_moved_away_counts_by_its_last_day_here(
    metrics: Metrics,
) -> None:
    """t3 answers on 1 February, and goes to another department in March; its answers are of its old one."""
    moving = make_department("t3", moves=[(date(2026, 3, 1), "other")])
    others = [make_department(key) for key in ("t1", "t2", "other")]
    await metrics.fill([*others, moving])
    await employ(metrics, HEADCOUNTS)
    for key, counts in ANSWERS.items():
        await answer(metrics, key, *counts)

    as_it_was = await weighted(metrics, as_it_was=True)
    today = await weighted(metrics)

    assert (as_it_was.value, as_it_was.headcount) == pytest.approx((28.0, 1000))
    assert (today.value, today.headcount) == pytest.approx((28.0, 1000))


async def test_headcounts_are_those_of_the_day_the_wave_opened(tree: Metrics) -> None:
    cells = [released(key, share("engagement", 20, 0.6)) for key in ANSWERS]
    await Releases(tree).hear(
        release(
            "spring",
            released("root", share("engagement", 60, 0.6)),
            *cells,
            opened_day=day_number(date(2019, 6, 1)),
        )
    )
    await employ(tree, HEADCOUNTS)

    assert gap(await weighted(tree, "engagement")) == "NO_HEADCOUNTS"


async def test_parts_of_several_waves_are_not_weighted_together(tree: Metrics) -> None:
    await employ(tree, HEADCOUNTS)
    cells = [released(key, enps(*counts)) for key, counts in ANSWERS.items()]
    await Releases(tree).hear(
        release("spring", released("root", enps(91, 50, 59)), *cells),
        release("summer", released("t1", enps(24, 10, 6))),
    )

    assert gap(await weighted(tree, "enps")) == "SEVERAL_WAVES"


async def test_a_part_with_too_few_answers_leaves_no_weighted_value(tree: Metrics) -> None:
    await employ(tree, HEADCOUNTS)
    await answer(tree, "t1", *ANSWERS["t1"])
    await answer(tree, "t2", 3, 0, 0)

    assert gap(await weighted(tree)) == "PART_WITHOUT_SCORE"


async def test_a_part_without_headcount_leaves_no_weighted_value(tree: Metrics) -> None:
    await employ(tree, {"t1": 500})
    for key in ("t1", "t2"):
        await answer(tree, key, *ANSWERS[key])

    assert gap(await weighted(tree)) == "NO_HEADCOUNTS"


async def test_while_a_file_of_staff_is_counted_headcounts_are_not_known(tree: Metrics) -> None:
    await employ(tree, HEADCOUNTS, whole_id="file", number=1, parts=2)
    await answer(tree, "t1", *ANSWERS["t1"])

    assert gap(await weighted(tree)) == "NO_HEADCOUNTS"


async def test_rates_and_departments_alone_have_none(tree: Metrics) -> None:
    await employ(tree, HEADCOUNTS)

    rates = [
        await weighted(tree, name) for name in ("turnoverRate", "participationRate", "silentShare")
    ]
    alone = await weighted(tree, "nps", subtree=False)
    assert {gap(found) for found in (*rates, alone)} == {"NOT_APPLICABLE"}
    assert gap(await weighted(tree, "nps", "t1")) == "NO_PARTS"
