"""Where a straight line through the values of some months leads, and how sure that is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from scipy.special import stdtr

from services.metrics.formulas.samples import Mean, Net, Published, Rate, Sample, Share
from services.metrics.formulas.scores import Score

FEWEST_POINTS = 4


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The value of a period at its middle day, and the variance of that value."""

    day: float
    value: float
    variance: float


@dataclass(frozen=True, slots=True)
class Projection:
    """The value that is expected on a day, the standard error of that prediction, and how many points are behind it,
    less the two that fix a line."""

    value: float
    error: float
    freedom: int

    def chance(self, target: float, *, higher_is_better: bool) -> float:
        """How likely it is, 0 to 1, that the value is at the target or past it, by Student's distribution."""
        past = self.value - target if higher_is_better else target - self.value
        return float(stdtr(self.freedom, past / self.error))


def trend_points(scores: Iterable[tuple[int, int, Score]]) -> list[TrendPoint]:
    """The points of (from day, to day, score) that have a value; none where answers do not differ at all.

    All share one variance of an answer, or rate of events: that of one month alone would make a month in which nobody
    left, or all agreed, weigh most.
    """
    read = [
        ((start + end - 1) / 2, score.value, score.sample)
        for start, end, score in scores
        if score.value is not None and score.sample is not None
    ]
    variance = _variance_of_one([sample for _, _, sample in read])
    if variance <= 0:
        return []
    return [
        TrendPoint(day, value, variance / _size(sample))
        for day, value, sample in read
        if _size(sample) > 0
    ]


def _size(sample: Sample) -> float:
    return sample.years if isinstance(sample, Rate) else sample.base


def _variance_of_one(samples: Sequence[Sample]) -> float:
    """Of one answer, pooled over samples of one statistic; of rates, of a person-year."""
    size = sum(_size(sample) for sample in samples)
    if size <= 0:
        return 0.0
    if all(isinstance(sample, Net) for sample in samples):
        nets = [sample for sample in samples if isinstance(sample, Net)]
        best, worst = (
            sum(each.best for each in nets) / size,
            sum(each.worst for each in nets) / size,
        )
        return 100.0**2 * (best + worst - (best - worst) ** 2)
    if all(isinstance(sample, Share) for sample in samples):
        share = sum(sample.value * _size(sample) for sample in samples) / size
        return share * (1 - share)
    if all(isinstance(sample, Rate) for sample in samples):
        return sum(sample.events for sample in samples if isinstance(sample, Rate)) / size
    within = [
        (sample.base - 1, sample.variance if isinstance(sample, Mean) else sample.sd**2)
        for sample in samples
        if isinstance(sample, Mean | Published)
    ]
    freedom = sum(each for each, _ in within)
    return sum(each * variance for each, variance in within) / freedom if freedom else 0.0


def project(points: Sequence[TrendPoint], day: float) -> Projection | None:
    """A weighted straight line, led on to a day; None of fewer than 4 points.

    Each point weighs w = 1 / variance. With xm, ym the weighted means of days and values, and S = sum w(x - xm)^2, the
    slope is b = sum w(x - xm)(y - ym) / S and the value ym + b(day - xm). Its error is the root of
    k(v + 1 / sum w + (day - xm)^2 / S), v the mean variance of a point, k = max(1, sum w(y - line)^2 / (n - 2)): points
    that lie farther from the line than their variances allow make it less sure, never surer.

    It leads on what was; it knows no season, no plan and no limit of the scale.

    Source: N. R. Draper, H. Smith, "Applied Regression Analysis", 3rd ed. 1998: weighted least squares, and the
    variance of a new observation; k: R. T. Birge, "The Calculation of Errors by the Method of Least Squares", Physical
    Review 40 (1932).
    """
    if len(points) < FEWEST_POINTS:
        return None
    weights = [1 / point.variance for point in points]
    total = sum(weights)
    weighted = list(zip(weights, points, strict=True))
    mean_day = sum(w * p.day for w, p in weighted) / total
    mean = sum(w * p.value for w, p in weighted) / total
    spread = sum(w * (p.day - mean_day) ** 2 for w, p in weighted)
    slope = sum(w * (p.day - mean_day) * (p.value - mean) for w, p in weighted) / spread
    left = sum(w * (p.value - mean - slope * (p.day - mean_day)) ** 2 for w, p in weighted)
    scale = max(1.0, left / (len(points) - 2))
    typical = sum(p.variance for p in points) / len(points)
    variance = scale * (typical + 1 / total + (day - mean_day) ** 2 / spread)
    return Projection(mean + slope * (day - mean_day), sqrt(variance), len(points) - 2)
