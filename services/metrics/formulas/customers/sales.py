"""Sales and what they are made of. What is counted whole is no sample: it has no interval, and any base is enough."""

from dataclasses import dataclass

from services.metrics.formulas.intervals import t_interval
from services.metrics.formulas.samples import Mean
from services.metrics.formulas.scores import Score, Status, status_of, withheld

CENTS = 100


@dataclass(frozen=True, slots=True)
class SaleCounts:
    """Purchases of a period: how many, their cents and the squares of these; cents returned on days of the period;
    persons who bought and kept something of it.
    """

    orders: int = 0
    cents: int = 0
    squares: int = 0
    returned: int = 0
    buyers: int = 0


def sales(counts: SaleCounts) -> Score:
    """What was bought, in the organisation's currency, before returns; base is the orders."""
    return _counted(counts.orders, counts.cents / CENTS)


def orders(counts: SaleCounts) -> Score:
    """How many purchases there were; a receipt is one."""
    return _counted(counts.orders, counts.orders)


def buyers(counts: SaleCounts) -> Score:
    """How many persons bought something and did not return all of it. Purchases without a customer have none."""
    return _counted(counts.orders, counts.buyers)


def average_basket(counts: SaleCounts, *, minimum_base: int) -> Score:
    """Mean of what a purchase came to, in the organisation's currency, before returns, with its t interval."""
    if (score := withheld(counts.orders, minimum_base)) is not None:
        return score
    sample = Mean(counts.orders, counts.cents, counts.squares, divisor=CENTS)
    return Score(
        status_of(counts.orders, minimum_base=minimum_base),
        counts.orders,
        sample.value,
        t_interval(sample),
        sample=sample,
    )


def returns_share(counts: SaleCounts) -> Score:
    """What was returned in the period / what was bought in it, each by its own day; over 1 where more came back."""
    if counts.cents <= 0:
        return Score(Status.NO_DATA, 0)
    return _counted(counts.orders, counts.returned / counts.cents)


def _counted(base: int, value: float) -> Score:
    return Score(Status.OK, base, float(value)) if base > 0 else Score(Status.NO_DATA, 0)
