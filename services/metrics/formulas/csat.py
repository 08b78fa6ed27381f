"""Customer satisfaction: the share of the two best answers."""

from dataclasses import replace

from services.metrics.formulas.intervals import t_interval
from services.metrics.formulas.scores import Answers, Score
from services.metrics.formulas.statistics import mean_of, share

CSAT_CODES = ("1", "2", "3", "4", "5", "DONT_KNOW")
BEST = ("4", "5")


def top_two_share(answers: Answers, *, with_dont_know: bool, minimum_base: int) -> Score:
    """Share (0 to 1) of answers 4 and 5, with its Wilson interval.

    `with_dont_know` is the denominator rule: valid answers alone (CSAT, which has the mean answer beside it), or
    all answers given, don't know among them (the rule of the English Friends and Family Test).
    """
    score = share(
        answers, CSAT_CODES, BEST, with_dont_know=with_dont_know, minimum_base=minimum_base
    )
    if with_dont_know or score.value is None:
        return score
    answer = mean_of(answers, CSAT_CODES)
    if answer.base < 2:
        return score
    return replace(score, secondary=answer.value, secondary_interval=t_interval(answer))
