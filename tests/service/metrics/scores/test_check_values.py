"""Published and worked examples, read as they are shown: answers in, the score and its interval out."""

from datetime import date
from typing import Any

import pytest

from cxm.metrics.v1 import scores_pb2 as pb
from services.kit.clock import day_number
from tests.service.metrics.conftest import Metrics, make_scope
from tests.support.builders import id_of, make_department, make_response

JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
NPS = {  # promoters, passives, detractors: NPS and its adjusted Wald interval
    (50, 30, 20): (30, 14.0511, 44.2013),
    (15, 8, 7): (26.6667, -3.3357, 51.8205),
    (8, 2, 0): (80, 29.2839, 93.7931),
    (10, 0, 0): (100, 47.5036, 100),
    (523, 302, 175): (34.8, 29.9949, 39.3970),
    (300, 120, 80): (44, 37.1562, 50.3189),
}
WILSON = {  # R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872
    (81, 263): (0.2553, 0.3662),
    (15, 148): (0.0624, 0.1605),
    (0, 20): (0, 0.1611),
    (1, 29): (0.0061, 0.1718),
    (20, 30): (0.4878, 0.8077),
}
NEWCOMBE = {  # the same, 873-890
    ((56, 70), (48, 80)): (0.0524, 0.3339),
    ((9, 10), (3, 10)): (0.1705, 0.8090),
}
TREE = {"t1": (24, 10, 6), "t2": (27, 15, 18), "t3": (40, 25, 35)}


async def put(metrics: Metrics, on: date, department: str, **given: Any) -> None:
    await metrics.record(
        *[
            make_response(department, on=on, **{kind: score})
            for kind, scores in given.items()
            for score in scores
        ]
    )


def recommending(promoters: int, passives: int, detractors: int) -> list[int]:
    return [9] * promoters + [8] * passives + [0] * detractors


def satisfied(hits: int, base: int) -> list[int]:
    return [5] * hits + [1] * (base - hits)


async def cards(
    metrics: Metrics, departments: list[str], metric: str, compare_to: pb.Days | None = None
) -> dict[str, pb.Score]:
    request = pb.GetScorecardsRequest(
        department_ids=[id_of(name) for name in departments],
        scope=make_scope(FEBRUARY, MARCH),
        metrics=[metric],
        compare_to=compare_to,
    )
    reply = await metrics.scores.GetScorecards(request, metadata=metrics.bearer())
    found = {card.department_id: card.scores[0] for card in reply.scorecards}
    return {name: found[id_of(name)] for name in departments}


def to_four(score: pb.Score) -> list[float]:
    return [round(each, 4) for each in (score.value, score.interval.low, score.interval.high)]


async def test_nps_and_its_interval(metrics: Metrics) -> None:
    names = {f"n{place}": counts for place, counts in enumerate(NPS)}
    await metrics.fill([make_department(name) for name in names])
    for name, counts in names.items():
        await put(metrics, FEBRUARY, name, nps=recommending(*counts))

    found = await cards(metrics, list(names), "nps")

    for name, counts in names.items():
        assert to_four(found[name]) == pytest.approx(NPS[counts], abs=5.1e-5)
        assert found[name].interval.method == "adjusted Wald"


async def test_shares_and_their_interval(metrics: Metrics) -> None:
    names = {f"n{place}": counts for place, counts in enumerate(WILSON)}
    await metrics.fill([make_department(name) for name in names])
    for name, counts in names.items():
        await put(metrics, FEBRUARY, name, csat=satisfied(*counts))

    found = await cards(metrics, list(names), "csat")

    for name, (hits, base) in names.items():
        expected = (hits / base, *WILSON[hits, base])
        assert to_four(found[name]) == pytest.approx(expected, abs=1e-4)


async def test_differences_of_shares(metrics: Metrics) -> None:
    names = {f"n{place}": sides for place, sides in enumerate(NEWCOMBE)}
    await metrics.fill([make_department(name) for name in names])
    for name, (this, before) in names.items():
        await put(metrics, FEBRUARY, name, csat=satisfied(*this))
        await put(metrics, JANUARY, name, csat=satisfied(*before))

    days = pb.Days(from_day=day_number(JANUARY), to_day=day_number(FEBRUARY))
    found = await cards(metrics, list(names), "csat", days)

    for name, sides in names.items():
        interval = found[name].change.interval
        assert (interval.low, interval.high) == pytest.approx(NEWCOMBE[sides], abs=5.1e-5)


async def test_a_parent_is_pooled_and_not_the_mean_of_its_children(metrics: Metrics) -> None:
    """NPS 45, 15 and 5 are 16 together; their mean, 21.6667, would be wrong."""
    await metrics.fill([make_department(name) for name in TREE])
    for name, counts in TREE.items():
        await put(metrics, FEBRUARY, name, nps=recommending(*counts))

    found = await cards(metrics, ["root", *TREE], "nps")

    assert [round(found[name].value, 4) for name in TREE] == [45, 15, 5]
    assert (round(found["root"].value, 4), found["root"].base) == (16, 200)


async def test_a_difference_of_two_nps(metrics: Metrics) -> None:
    """500, 300, 200 against 560, 280, 160: raw z -2.9235, p 0.003461; with 3/8 added to the ends hardly another."""
    await metrics.fill([make_department("d1")])
    await put(metrics, FEBRUARY, "d1", nps=recommending(500, 300, 200))
    await put(metrics, JANUARY, "d1", nps=recommending(560, 280, 160))

    days = pb.Days(from_day=day_number(JANUARY), to_day=day_number(FEBRUARY))
    change = (await cards(metrics, ["d1"], "nps", days))["d1"].change

    assert change.delta == pytest.approx(-10)
    assert round(change.p_value, 4) == 0.0035
    assert change.finding == pb.FINDING_CLEARLY_DOWN
