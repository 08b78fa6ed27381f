"""A part beside the rest of its whole."""

from dataclasses import replace

import pytest

from services.metrics.formulas.differences.comparison import changes, difference
from services.metrics.formulas.differences.rest import Pair, beside_rest, without
from services.metrics.formulas.nps import nps
from services.metrics.formulas.samples import Mean, Net, Published, Rate, Sample, Share
from services.metrics.formulas.scores import MINIMUM_BASE, Score
from services.metrics.formulas.turnover import EmploymentCounts, turnover_rate


def of(promoters: int, passives: int, detractors: int) -> Score:
    return nps({"10": promoters, "8": passives, "0": detractors}, minimum_base=MINIMUM_BASE)


@pytest.mark.parametrize(
    ("whole", "part", "rest"),
    [
        (Share(70, 100), Share(20, 40), Share(50, 60)),
        (Net(60, 10, 100), Net(20, 9, 40), Net(40, 1, 60)),
        (Mean(100, 500, 2700, 6), Mean(40, 160, 700, 6), Mean(60, 340, 2000, 6)),
        (Rate(12, 36_525, 120), Rate(2, 3_652, 40), Rate(10, 32_873, 80)),
        (Published(100, 0.5, 0.1, 1), Published(40, 0.5, 0.1, 1), None),
        (Share(70, 100), Net(1, 1, 40), None),
    ],
)
def test_what_is_left_of_a_whole(whole: Sample, part: Sample, rest: Sample | None) -> None:
    assert without(whole, part) == rest


def test_a_part_is_compared_with_the_rest_and_not_with_the_whole() -> None:
    """By hand: 50,30,20 of 110,55,35 leave 60,25,15; NPS 30 beside 45."""
    (rest,) = beside_rest({"a": Pair(of(50, 30, 20), of(110, 55, 35), MINIMUM_BASE)}).values()

    assert (rest.value, rest.base) == (45.0, 100)
    assert rest.change.difference == difference(Net(50, 20, 100), Net(60, 15, 100))
    assert rest.change.difference.delta == pytest.approx(-15)


def test_all_parts_are_one_family() -> None:
    whole = of(300, 100, 100)
    parts = {"a": of(40, 10, 50), "b": of(80, 10, 10), "c": of(180, 80, 40)}
    pairs = {key: Pair(part, whole, MINIMUM_BASE) for key, part in parts.items()}

    found = beside_rest(pairs)
    alone = {key: next(iter(beside_rest({key: pair}).values())) for key, pair in pairs.items()}

    family = changes({key: rest.change.difference for key, rest in alone.items()})
    assert {key: rest.change for key, rest in found.items()} == family
    assert found["a"].change.adjusted_p_value > alone["a"].change.adjusted_p_value


@pytest.mark.parametrize(
    ("part", "whole", "minimum_base"),
    [
        (of(29, 0, 0), of(200, 0, 0), MINIMUM_BASE),
        (of(50, 0, 50), of(79, 0, 50), MINIMUM_BASE),
        (of(50, 0, 50), of(89, 0, 50), 40),
        (of(5, 0, 0), of(200, 0, 0), MINIMUM_BASE),
        (replace(of(50, 0, 50), sample=None), of(200, 0, 50), MINIMUM_BASE),
    ],
    ids=["part of 29", "rest of 29", "below the metric's own", "part not shown", "of a release"],
)
def test_few_answers_on_either_side_are_not_judged(
    part: Score, whole: Score, minimum_base: int
) -> None:
    assert beside_rest({"a": Pair(part, whole, minimum_base)}) == {}
    enough = Pair(of(50, 0, 50), of(200, 0, 50), MINIMUM_BASE)
    assert beside_rest({"a": enough}).keys() == {"a"}


def test_who_worked_in_both_is_in_no_base_of_the_rest() -> None:
    part = turnover_rate(EmploymentCounts(4, 30_000, 100), minimum_base=MINIMUM_BASE)
    whole = turnover_rate(EmploymentCounts(30, 90_000, 250), minimum_base=MINIMUM_BASE)

    (rest,) = beside_rest({"a": Pair(part, whole, MINIMUM_BASE)}).values()

    assert rest.base is None
    assert rest.value == pytest.approx(26 / (60_000 / 365.25))
