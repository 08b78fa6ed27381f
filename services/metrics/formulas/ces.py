"""Customer effort, version 2.0: "the company made it easy", 1 to 7, higher is better.

Version 1.0 (effort, 1 to 5, lower is better) is another kind of question, and never mixed in.
"""

from services.metrics.formulas.scores import Answers, Score
from services.metrics.formulas.statistics import mean

CES_CODES = tuple(map(str, range(1, 8)))
TOP_BOX = ("5", "6", "7")


def customer_effort(answers: Answers, *, minimum_base: int) -> Score:
    """Mean answer with its t interval; the share of answers 5 to 7 as `secondary`.

    Source: M. Dixon, N. Toman, R. DeLisi, "The Effortless Experience", 2013.
    """
    return mean(answers, CES_CODES, TOP_BOX, minimum_base=minimum_base)
