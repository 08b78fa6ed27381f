"""A score weighted by headcounts: each part counts by its people, however many of them answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, inf, sqrt

from services.metrics.formulas.intervals import Z, around
from services.metrics.formulas.samples import Mean, Net, Published, Sample, Share
from services.metrics.formulas.scores import NORMAL_BASE, Interval

NET_WIDTH = 200.0
METHOD = "weighted by headcount"


@dataclass(frozen=True, slots=True)
class WeightedPart:
    """The answers of a part, how many people it has, and the interval of its own score, where it is known."""

    sample: Sample
    headcount: int
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Weighted:
    """The value and its interval; no interval where everybody answered."""

    value: float
    interval: Interval | None


def weighted(parts: Sequence[WeightedPart], *, is_finite: bool) -> Weighted:
    """Sum of W x value with W = N / sum of N; N people of a part, n answers of it.

    The interval reaches sqrt(sum of W^2 d^2) down and up, d the reach of that of each part: Z sqrt(v / n) with v the
    variance of one answer, which makes it the stratified one of Cochran. Below 30 answers, and where all answers are
    the same, v says too little: d is then the reach of the part's own interval. `is_finite`: these N people were
    asked, so d is taken times sqrt((N - n) / (N - 1)).

    There is a part, none has fewer people than answers where it is finite, and no sample is a Rate.

    Source: W. G. Cochran, "Sampling Techniques", 3rd ed. 1977, chapter 5: stratified sampling; G. Y. Zou, A. Donner,
    Statistics in Medicine 27 (2008): intervals of a sum from those of its terms.
    """
    total = sum(part.headcount for part in parts)
    shares = [part.headcount / total for part in parts]
    value = sum(share * part.sample.value for share, part in zip(shares, parts, strict=True))
    reaches = [_reach(part, is_finite) for part in parts]
    down, up = (
        hypot(*(share * reach[end] for share, reach in zip(shares, reaches, strict=True)))
        for end in (0, 1)
    )
    if down + up == 0:
        return Weighted(value, None)
    found = value - down, value + up
    return Weighted(value, around(value, found, _ends(parts[0].sample), METHOD))


def _reach(part: WeightedPart, is_finite: bool) -> tuple[float, float]:
    """How far the interval of a part goes down and up from its value."""
    people, base, variance = part.headcount, part.sample.base, _variance_of(part.sample)
    factor = sqrt((people - base) / (people - 1)) if is_finite and people > 1 else 1.0
    if part.interval is None or (base >= NORMAL_BASE and variance > 0):
        half = factor * Z * sqrt(variance / base)
        return half, half
    value = part.sample.value
    low, high = part.interval.low, part.interval.high
    return factor * max(0.0, value - low), factor * max(0.0, high - value)


def _variance_of(sample: Sample) -> float:
    """Of one answer."""
    match sample:
        case Net():
            best, worst = sample.best / sample.base, sample.worst / sample.base
            return 100.0**2 * (best + worst - (best - worst) ** 2)
        case Share():
            return sample.value * (1 - sample.value)
        case Mean():
            return sample.variance
        case Published():
            return sample.sd**2
    raise TypeError("a rate is made of the time of all people: there is nothing to weight")


def _ends(sample: Sample) -> tuple[float, float]:
    """The ends of the range of its values."""
    match sample:
        case Mean() if sample.width == 0:
            return -inf, inf
        case Mean():
            return sample.least, sample.least + sample.width
        case _ if sample.width == NET_WIDTH:
            return -100.0, 100.0
        case _:
            return 0.0, sample.width
