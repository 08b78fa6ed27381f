"""The attack in its shortest form: `make attack` is the whole."""

import pytest

from tests.attack.__main__ import attack_company, learn
from tests.attack.designs import LEAKY

DEPARTMENTS = 40


@pytest.mark.parametrize("seed", [4, 5, 6])
def test_releases_give_nobody_away(seed: int) -> None:
    found = attack_company(seed, DEPARTMENTS)

    assert (found["pairs"], found["linear"], found["insider"]) == (0, 0, 0)
    assert found["released"] > 0.7 * found["eligible"]
    assert found["cuts"] > 0


@pytest.mark.parametrize("name", LEAKY)
def test_the_same_attack_breaks_designs_that_leak(name: str) -> None:
    assert learn(name, DEPARTMENTS) >= LEAKY[name][1]
