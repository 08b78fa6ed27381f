"""Customer satisfaction: the share of the two best answers."""

from services.metrics.domain.intervals import wilson
from services.metrics.domain.scores import Answers, Score, buckets, status_of, withheld

CSAT_CODES = ("1", "2", "3", "4", "5", "DONT_KNOW")
BEST = ("4", "5")


def top_two_share(answers: Answers, *, with_dont_know: bool, minimum_base: int) -> Score:
    """Share (0 to 1) of answers 4 and 5, with its Wilson interval.

    `with_dont_know` is the denominator rule: valid answers alone (CSAT), or all answers given, don't know
    among them (the rule of the English Friends and Family Test).
    """
    codes = CSAT_CODES if with_dont_know else CSAT_CODES[:5]
    base = sum(answers.get(code, 0) for code in codes)
    if (score := withheld(base, minimum_base)) is not None:
        return score
    best = sum(answers.get(code, 0) for code in BEST)
    return Score(
        status_of(base, minimum_base=minimum_base),
        base,
        best / base,
        wilson(best, base),
        buckets(answers, CSAT_CODES),
    )
