"""What a definition says of its calculation is what is calculated."""

import random

import pytest

from services.metrics.definitions.domain.calculation import (
    Calculation,
    CalculationKind,
    calculation_of,
)
from services.metrics.definitions.domain.definitions import (
    BUILT_IN,
    Definition,
    Statistic,
    score_answers,
)
from services.metrics.formulas.scores import Score
from services.metrics.formulas.statistics import Codes, mean, net, share

CODES = {
    "NPS": tuple(map(str, range(11))),
    "CSAT": (*map(str, range(1, 6)), "DONT_KNOW"),
    "CES": tuple(map(str, range(1, 8))),
}
READ = [metric for metric in BUILT_IN if metric.question_kind]


def by_data(calculation: Calculation, answers: dict[str, int], codes: Codes) -> Score:
    dont_know = calculation.with_dont_know
    match calculation.kind:
        case CalculationKind.SHARE:
            counted = calculation.answers
            return share(answers, codes, counted, with_dont_know=dont_know, minimum_base=10)
        case CalculationKind.NET:
            up, down = calculation.answers, calculation.against
            return net(answers, codes, up, down, with_dont_know=dont_know, minimum_base=10)
    return mean(answers, codes, minimum_base=10)


@pytest.mark.parametrize("metric", READ, ids=lambda metric: metric.key)
def test_every_metric_over_answers_is_what_its_data_say(metric: Definition) -> None:
    dice, codes = random.Random(3), CODES[str(metric.question_kind)]
    for _ in range(50):
        answers = {code: dice.randrange(12) for code in codes}

        said, counted = calculation_of(metric), score_answers(metric, answers, codes)

        assert said is not None
        assert by_data(said, answers, codes).value == pytest.approx(counted.value)
        assert by_data(said, answers, codes).base == counted.base


def test_every_statistic_has_a_calculation() -> None:
    for metric in BUILT_IN:
        for statistic in Statistic:
            calculation_of(Definition(**{**fields_of(metric), "statistic": statistic}))  # type: ignore[arg-type]


def fields_of(metric: Definition) -> dict[str, object]:
    return {name: getattr(metric, name) for name in Definition.__slots__}
