"""How a metric is calculated, as data: for programs that show or check it. In words: Definition.formula."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from services.metrics.definitions.domain.definitions import Definition, Statistic
from services.metrics.formulas.csat import BEST
from services.metrics.formulas.nps import NPS_CODES
from services.metrics.formulas.statistics import Codes


class CalculationKind(Enum):
    """What is done with the answers."""

    SHARE = "SHARE"
    MEAN = "MEAN"
    NET = "NET"
    RATE = "RATE"
    HEADCOUNT_RATE = "HEADCOUNT_RATE"


@dataclass(frozen=True, slots=True)
class Calculation:
    """`answers` are counted; NET: less `against`. `with_dont_know`: the denominator of a share or a net."""

    kind: CalculationKind
    answers: Codes = ()
    against: Codes = ()
    with_dont_know: bool = False


BUILT_IN: Final = {
    Statistic.NET_PROMOTERS: Calculation(CalculationKind.NET, NPS_CODES[9:], NPS_CODES[:7]),
    Statistic.TOP_TWO: Calculation(CalculationKind.SHARE, BEST),
    Statistic.TOP_TWO_OF_ALL: Calculation(CalculationKind.SHARE, BEST, with_dont_know=True),
    Statistic.CUSTOMER_EFFORT: Calculation(CalculationKind.MEAN),
    Statistic.LEAVERS_PER_PERSON_YEAR: Calculation(CalculationKind.RATE),
    Statistic.LEAVERS_PER_HEADCOUNT: Calculation(CalculationKind.HEADCOUNT_RATE),
}
OWN: Final = {
    Statistic.SHARE: CalculationKind.SHARE,
    Statistic.MEAN: CalculationKind.MEAN,
    Statistic.NET: CalculationKind.NET,
}


def calculation_of(definition: Definition) -> Calculation | None:
    """The calculation of a definition's value; None where nothing is calculated here."""
    if definition.reads_releases or definition.reads_purchases:
        return None
    known = BUILT_IN.get(definition.statistic)
    if known is not None:
        return known
    kind = OWN[definition.statistic]
    return Calculation(
        kind, definition.counted, definition.against, with_dont_know=definition.with_dont_know
    )
