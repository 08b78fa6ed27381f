"""Which places of a league table a score may have."""

import pytest

from services.metrics.formulas.differences.ranking import MOST_RANKED, Places, places
from services.metrics.formulas.nps import nps
from services.metrics.formulas.samples import Published
from services.metrics.formulas.scores import MINIMUM_BASE, Score, Status
from services.metrics.formulas.turnover import EmploymentCounts, turnover_rate


def of(promoters: int, passives: int, detractors: int) -> Score:
    return nps({"10": promoters, "8": passives, "0": detractors}, minimum_base=MINIMUM_BASE)


def test_who_cannot_be_told_apart_shares_places() -> None:
    scores = {
        "best": of(180, 15, 5),
        "like it": of(176, 16, 8),
        "middle": of(100, 60, 40),
        "worst": of(30, 50, 120),
        "few": of(99, 0, 0),
    }

    found = places(scores, higher_is_better=True)

    assert found == {
        "best": Places(1, 2, 4),
        "like it": Places(1, 2, 4),
        "middle": Places(3, 3, 4),
        "worst": Places(4, 4, 4),
    }


def test_fewer_leavers_are_the_better_place() -> None:
    scores = {
        key: turnover_rate(EmploymentCounts(leavers, 80_000, 220), minimum_base=MINIMUM_BASE)
        for key, leavers in (("stay", 5), ("leave", 90))
    }

    assert places(scores, higher_is_better=False) == {
        "stay": Places(1, 1, 2),
        "leave": Places(2, 2, 2),
    }


def test_groups_that_are_alike_have_every_place() -> None:
    scores = dict.fromkeys("abcde", of(60, 30, 20))

    assert set(places(scores, higher_is_better=True).values()) == {Places(1, 5, 5)}


@pytest.mark.parametrize("many", [0, 1, MOST_RANKED + 1])
def test_one_or_too_many_are_not_ranked(many: int) -> None:
    scores = {str(number): of(60, 30, 20) for number in range(many)}

    assert places(scores, higher_is_better=True) == {}


def test_waves_of_employees_are_not_ranked() -> None:
    wave = Score(Status.OK, 200, sample=Published(200, 12.5, 80.0, 200))

    assert places({"a": wave, "b": wave}, higher_is_better=True) == {}
