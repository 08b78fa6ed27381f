"""Of what the change of a whole is made."""

import random
from dataclasses import astuple

import pytest

from services.metrics.formulas.differences.change_parts import ChangePart, split_change
from services.metrics.formulas.samples import Mean, Net, Published, Rate, Share


def test_a_whole_falls_while_each_part_rises() -> None:
    """Simpson's paradox, by hand: 80 of 100 and 10 of 50 become 17 of 20 and 40 of 130."""
    before = Share(90, 150), {"easy": Share(80, 100), "hard": Share(10, 50)}
    this = Share(57, 150), {"easy": Share(17, 20), "hard": Share(40, 130)}

    found = split_change(this, before)

    assert found is not None
    assert found.delta == pytest.approx(-0.22)
    assert found.rate == pytest.approx(20 / 150 * 0.05 + 130 / 150 * (40 / 130 - 0.2))
    assert found.mix == pytest.approx(-0.22 - found.rate)
    assert found.rate > 0 > found.mix
    assert found.others is None
    easy = ChangePart(20 / 150 * 0.05, (20 / 150 - 100 / 150) * (0.8 - 0.6), 100 / 150, 20 / 150)
    assert astuple(found.parts["easy"]) == pytest.approx(astuple(easy))


def test_what_is_too_small_to_be_shown_is_told_together() -> None:
    before = Net(60, 20, 100), {"a": Net(50, 10, 80)}
    this = Net(40, 30, 100), {"a": Net(38, 24, 85)}

    found = split_change(this, before)

    assert found is not None
    assert found.others is not None
    assert (found.others.weight_before, found.others.weight) == (0.2, 0.15)
    assert found.others.rate == pytest.approx(0.15 * (100 * (2 - 6) / 15 - 100 * (10 - 10) / 20))
    assert found.rate + found.mix == pytest.approx(found.delta) == pytest.approx(-30)


def test_a_part_that_came_or_went_has_a_place() -> None:
    before = Mean(50, 250, 1300, 6), {"old": Mean(20, 80, 340, 6), "stays": Mean(30, 170, 960, 6)}
    this = Mean(60, 330, 1900, 6), {"new": Mean(20, 100, 520, 6), "stays": Mean(40, 230, 1380, 6)}

    found = split_change(this, before)

    assert found is not None
    assert (found.parts["old"].rate, found.parts["old"].weight) == (0, 0)
    assert (found.parts["new"].mix, found.parts["new"].weight_before) == (0, 0)
    assert found.parts["new"].rate == pytest.approx(20 / 60 * (5.0 - 5.0))
    assert found.rate + found.mix == pytest.approx(found.delta) == pytest.approx(0.5)


@pytest.mark.parametrize("seed", range(50))
def test_rate_and_mix_are_all_of_the_change(seed: int) -> None:
    dice = random.Random(seed)

    def side() -> tuple[Rate, dict[str, Rate]]:
        names = [name for name in "abcdef" if dice.random() < 0.7] or ["a"]
        parts = {
            name: Rate(dice.randrange(9), dice.randrange(1, 9_000), dice.randrange(50))
            for name in names
        }
        whole = Rate(
            sum(part.events for part in parts.values()),
            sum(part.person_days for part in parts.values()),
            0,
        )
        return whole, {name: part for name, part in parts.items() if dice.random() < 0.8}

    this, before = side(), side()
    found = split_change(this, before)

    assert found is not None
    assert found.rate + found.mix == pytest.approx(this[0].value - before[0].value)
    shown = [*found.parts.values(), *([found.others] if found.others else [])]
    assert sum(part.weight for part in shown) == pytest.approx(1)
    assert sum(part.weight_before for part in shown) == pytest.approx(1)


def test_what_does_not_add_up_has_no_parts() -> None:
    wave = Published(40, 12.5, 80.0, 200), {"a": Published(20, 10.0, 80.0, 200)}
    nobody = Rate(0, 0, 0), dict[str, Rate]()

    assert split_change(wave, wave) is None
    assert split_change((Rate(1, 100, 3), {}), nobody) is None
