"""`make bench-intervals`: how often intervals of the product hold the true value, worked out exactly on a grid.

Every outcome of a sample is weighed with its probability; nothing is drawn by chance, but for means. Bars: Wilson and
adjusted Wald hold it in 93 to 97 % on the average of a grid, Newcombe and exact Poisson in 95 % or more. Of t intervals
the figure is printed, and below n = 30 marked: answers to effort are skewed.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from services.metrics.formulas.differences.comparison import share_difference
from services.metrics.formulas.intervals import Z, adjusted_wald, exact_poisson, t_interval, wilson
from services.metrics.formulas.samples import Mean, Share
from services.metrics.formulas.scores import NORMAL_BASE, Interval

Floats = NDArray[np.float64]
SHARES = np.linspace(0.02, 0.98, 49)
ROUNDING = 1e-9
MIDDLE = (0.93, 0.97)
ATLEAST = (0.95, 1.0)
EFFORT = ((5, 5, 8, 12, 20, 25, 25), (1, 1, 2, 3, 8, 25, 60))
"""Percent of answers 1 to 7: usual, and nearly all content."""
DRAWS = 4_000


class Coverage(NamedTuple):
    """Of one method and sample size: the mean and the least over the grid; None for no bar."""

    method: str
    size: str
    mean: float
    least: float
    bar: tuple[float, float] | None

    @property
    def is_held(self) -> bool:
        return self.bar is None or self.bar[0] <= self.mean <= self.bar[1]


def holds(interval: Interval, values: Floats) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = (interval.low - ROUNDING <= values) & (
        values <= interval.high + ROUNDING
    )
    return inside


def of_wilson(base: int) -> Coverage:
    return of_share("Wilson", wilson, base)


def of_wald(base: int) -> Coverage:
    """The control: an interval that is known to be too narrow."""
    return of_share("Wald (control)", wald, base)


def wald(hits: int, base: int) -> Interval:
    share = hits / base
    half = Z * sqrt(share * (1 - share) / base)
    return Interval(share - half, share + half, "Wald")


def of_share(name: str, method: Callable[[int, int], Interval], base: int) -> Coverage:
    held = np.array([holds(method(hits, base), SHARES) for hits in range(base + 1)])
    likely = stats.binom.pmf(np.arange(base + 1)[:, None], base, SHARES[None, :])
    return summary(name, f"n={base}", (held * likely).sum(0), MIDDLE)


def of_adjusted_wald(base: int) -> Coverage:
    """All shares of promoters and detractors in steps of 5 %, both present."""
    steps = np.arange(0.05, 0.96, 0.05)
    grid = [(up, down) for up in steps for down in steps if up + down <= 1 + ROUNDING]
    nets = np.array([100 * (up - down) for up, down in grid])
    outcomes = [(best, worst) for best in range(base + 1) for worst in range(base + 1 - best)]
    held = np.array([holds(adjusted_wald(*outcome, base), nets) for outcome in outcomes])
    counts = np.array([(best, worst, base - best - worst) for best, worst in outcomes])
    covered = [
        stats.multinomial.pmf(counts, base, [up, down, max(0.0, 1 - up - down)]) @ held[:, place]
        for place, (up, down) in enumerate(grid)
    ]
    return summary("adjusted Wald", f"n={base}", np.array(covered), MIDDLE)


def of_newcombe(base: int, other: int) -> Coverage:
    shares = SHARES[::4]
    deltas = (shares[:, None] - shares[None, :]).ravel()
    likely = [stats.binom.pmf(np.arange(n + 1)[:, None], n, shares[None, :]) for n in (base, other)]
    covered = np.zeros(len(deltas))
    for one in range(base + 1):
        for two in range(other + 1):
            interval = share_difference(Share(one, base), Share(two, other)).interval
            weight = (likely[0][one][:, None] * likely[1][two][None, :]).ravel()
            covered += weight * holds(interval, deltas)
    return summary("Newcombe", f"n={base}/{other}", covered, ATLEAST)


def of_exact_poisson(most: float) -> Coverage:
    rates = np.linspace(0.5, most, 100)
    events = np.arange(int(stats.poisson.isf(1e-9, most)) + 1)
    held = np.array(
        [holds(Interval(*exact_poisson(int(count)), "exact Poisson"), rates) for count in events]
    )
    likely = stats.poisson.pmf(events[:, None], rates[None, :])
    return summary("exact Poisson", f"0.5 to {most:g} events", (held * likely).sum(0), ATLEAST)


def of_t(base: int) -> Coverage:
    """Drawn, since a sample of a mean has too many outcomes; those without spread have an interval of their own."""
    dice = np.random.default_rng(1)
    answers = np.arange(1, 8)
    covered: list[float] = []
    for shares in EFFORT:
        likely = np.array(shares) / 100
        drawn = dice.choice(answers, (DRAWS, base), p=likely)
        truth = np.array([float(answers @ likely)])
        samples = (Mean(base, int(each.sum()), int((each**2).sum()), 6, least=1) for each in drawn)
        covered.append(float(np.mean([holds(t_interval(sample), truth)[0] for sample in samples])))
    return summary("t", f"n={base}", np.array(covered), None)


def summary(method: str, size: str, covered: Floats, bar: tuple[float, float] | None) -> Coverage:
    return Coverage(method, size, float(covered.mean()), float(covered.min()), bar)


def measured() -> Iterator[Coverage]:
    one: Iterable[tuple[Callable[[int], Coverage], tuple[int, ...]]] = (
        (of_wilson, (10, 20, 30, 50, 100, 300, 1000)),
        (of_adjusted_wald, (10, 20, 30, 50, 100)),
        (of_t, (10, 20, 30, 100)),
    )
    for method, sizes in one:
        yield from map(method, sizes)
    yield from (of_newcombe(*sizes) for sizes in ((10, 10), (30, 20), (100, 30)))
    yield from map(of_exact_poisson, (5.0, 50.0))


def line(found: Coverage) -> str:
    bar = f" bar {found.bar[0]:.2f} to {found.bar[1]:.2f}" if found.bar else " no bar"
    is_few = found.method == "t" and int(found.size.removeprefix("n=")) < NORMAL_BASE
    note = f" n below {NORMAL_BASE}: told beside the interval" if is_few else ""
    missed = "" if found.is_held else " MISSED"
    said = f"{found.method:14} {found.size:18} mean {found.mean:.4f} least {found.least:.4f}"
    return f"{said}{bar}{note}{missed}\n"


def main() -> int:
    is_held = True
    for found in measured():
        is_held = is_held and found.is_held
        sys.stdout.write(line(found))
    control = of_wald(10)
    sys.stdout.write(line(control))
    return 0 if is_held and not control.is_held else 1


if __name__ == "__main__":
    sys.exit(main())
