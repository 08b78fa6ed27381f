"""What definitions say of the figures of waves is what employee_exp makes of them."""

import pytest

from services.employee_exp.releases.domain.figures.statistics import Sums, burnout, enps
from services.metrics.definitions.domain.definitions import BUILT_IN

MINIMUM = {found.key: found.minimum_base for found in BUILT_IN}


@pytest.mark.parametrize("people", range(5, 15))
def test_a_figure_of_a_wave_has_a_value_from_the_minimum_base_on(people: int) -> None:
    figures = {"enps": enps(people, 0, 0), "burnout": burnout(Sums(people, 30.0, 120.0), 0, 3)}

    for key, figure in figures.items():
        assert (figure.value is not None) == (people >= MINIMUM[key]), key
