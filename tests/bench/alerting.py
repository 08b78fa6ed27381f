"""`make bench-alerts`: how often alerts are raised of nothing, and how soon of a fall.

Series of NPS are drawn and judged as the service judges them, after every answer: half of the answers promoters,
three tenths passives, a fifth detractors; a fall takes as many from promoters as it adds to detractors. Answers of a
week are a Poisson number about its mean, evenly over the week; a fall begins at any moment of it. Bars: fewer than
one false alarm a year of a flat series, at 40, 200 and 1,000 answers a week, and of shares and NPS where 90 % to
99.9 % answer the best; at 200 20 points seen within 2 weeks in 90 %, 10 points within 4 weeks in 80 %. A bar is missed
where the figure lies two standard errors beyond it. Rows of other limits, of weeks that differ without any cause, and
of what an alert tells of a fall, have no bar.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import partial
from math import ceil, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from services.metrics.alerts.domain import (
    BACK_WEEKS,
    EWMA,
    READ_WEEKS,
    Alert,
    AlertEnd,
    Judgement,
    Past,
    interval_of,
    judge,
)
from services.metrics.definitions.domain.definitions import BUILT_IN
from services.metrics.domain.periods import FIRST_MONDAY, WEEK_DAYS
from services.metrics.formulas.scores import NORMAL_BASE, Interval
from services.metrics.formulas.shifts.weeks import (
    LATEST_WEEKS,
    LIMIT,
    NOTHING,
    Ends,
    Shift,
    WeekSums,
)

NPS = next(metric for metric in BUILT_IN if metric.key == "nps")
NET, SHARE = (-100.0, 100.0), (0.0, 1.0)
UNTOLD = Interval(0.0, 0.0, "")
SEED = 1
LIMITS = (2.3, 2.4, LIMIT, 2.6, 3.0)
WEEKS_PER_YEAR = 52
CASES_PER_YEAR = 5
NEAR = (0.9, 0.98, 0.995, 0.999)
WORKERS = 2
Answers = NDArray[np.float64]


class Row(NamedTuple):
    """A figure, its standard error and its bar: at most, or at least; None for none."""

    what: str
    limit: float
    value: float
    error: float
    at_most: float | None = None
    at_least: float | None = None

    @property
    def bar(self) -> str:
        if self.at_most is not None:
            return f"< {self.at_most:g}"
        return "" if self.at_least is None else f">= {self.at_least:g}"

    @property
    def is_held(self) -> bool:
        low, high = self.value - 2 * self.error, self.value + 2 * self.error
        return (self.at_most is None or low < self.at_most) and (
            self.at_least is None or high >= self.at_least
        )


class World(NamedTuple):
    """Answers a week, the points of a fall, by how many points weeks differ without any cause (SD), which parts of the
    answers count as the most and the least, and what these are.
    """

    answers: int = 200
    fall: float = 0.0
    shocks: float = 0.0
    best: float = 0.5
    worst: float = 0.2
    ends: Ends = NET


def draw(dice: np.random.Generator, world: World, weeks: int, fallen_from: float) -> list[Answers]:
    """The answers of each week, in points; the fall begins after so many weeks."""
    drawn: list[Answers] = []
    for week in range(weeks):
        many = dice.poisson(world.answers)
        moment = week + (np.arange(many) + 0.5) / max(many, 1)
        moved = np.where(moment >= fallen_from, world.fall / 200, 0.0)
        moved = moved - dice.normal(0, world.shocks / 200)
        chance = dice.random(many)
        low, high = world.ends
        others = np.where(chance > 1 - world.worst - moved, low, 0.0)
        drawn.append(np.where(chance < world.best - moved, high, others))
    return drawn


def looks(
    series: list[Answers], ends: Ends, first: int, limit: float
) -> Iterator[tuple[float, Judgement]]:
    """What is judged after every answer from a week on, as (weeks gone by, judgement)."""
    closed = [
        WeekSums(len(week), *(float((week**power).sum()) for power in (1, 2, 3))) for week in series
    ]
    past, fallen = Past(), set[int]()
    for at in range(first, len(series)):
        monday = FIRST_MONDAY + WEEK_DAYS * (READ_WEEKS + at)
        before = [NOTHING] * (READ_WEEKS - 1 - at) + closed[max(0, at - READ_WEEKS + 1) : at]
        sums = np.cumsum([series[at] ** power for power in (1, 2, 3)], axis=1).T.tolist()
        for base in (1, *range(NORMAL_BASE, len(sums) + 1)):
            running = WeekSums(base, *sums[base - 1])
            found = judge(NPS, [*before, running], ends, monday, past, limit)
            if found.fall is not None:
                past = Past(_alert(monday, found.fall), fallen)
            elif found.end is not None and past.open is not None:
                if found.end is AlertEnd.BACK:
                    fallen |= set(range(past.open.since_day, monday + 1, WEEK_DAYS))
                past = Past(None, fallen)
            yield at + base / len(sums), found


def _alert(monday: int, fall: Shift) -> Alert:
    since_day = monday - (4 - fall.since) * WEEK_DAYS
    raised_at = datetime(2026, 1, 1, tzinfo=UTC)
    return Alert(
        id="",
        department_id="",
        metric=NPS.key,
        version=NPS.version,
        rule=EWMA,
        week=monday,
        since_day=since_day,
        value=0.0,
        value_interval=UNTOLD,
        base=0,
        usual=fall.usual,
        usual_interval=UNTOLD,
        deviation=0.0,
        touchpoint="",
        segment="",
        raised_at=raised_at,
    )


def false_alarms(world: World, limit: float, seed: int) -> int:
    """In a year of a flat series."""
    dice = np.random.default_rng(seed)
    series = draw(dice, world, BACK_WEEKS + WEEKS_PER_YEAR, np.inf)
    return sum(found.fall is not None for _, found in looks(series, world.ends, BACK_WEEKS, limit))


def is_seen(world: World, within: float, limit: float, seed: int) -> int:
    """Whether an alert is raised from the beginning of a fall on, within so many weeks."""
    dice = np.random.default_rng(seed)
    begins = BACK_WEEKS + dice.random()
    series = draw(dice, world, BACK_WEEKS + int(within) + 1, begins)
    return any(
        found.fall is not None
        for moment, found in looks(series, world.ends, BACK_WEEKS, limit)
        if begins <= moment <= begins + within
    )


def told(world: World, weeks: int, seed: int) -> tuple[float, float, float] | None:
    """Of the alert of a fall that begins with a week: the fall that it tells, whether the week is right, and whether
    its interval holds the true score; None where it is not seen within so many weeks.
    """
    dice = np.random.default_rng(seed)
    series = draw(dice, world, BACK_WEEKS + weeks, BACK_WEEKS)
    true = 100 * (world.best - world.worst) - world.fall
    for moment, found in looks(series, world.ends, BACK_WEEKS, LIMIT):
        if found.fall is not None:
            fall, weeks_ago = found.fall, LATEST_WEEKS - 1 - found.fall.since
            interval = interval_of(NPS, fall.latest)
            is_right = ceil(moment) - 1 - weeks_ago == BACK_WEEKS
            is_held = interval.low <= true <= interval.high
            return fall.usual.value - fall.latest.value, is_right, is_held
    return None


def mean_of(
    pool: ProcessPoolExecutor, case: Callable[[int], int], many: int
) -> tuple[float, float]:
    """The mean of so many seeds, and its standard error."""
    found = np.array(list(pool.map(case, range(SEED, SEED + many), chunksize=8)), np.float64)
    return float(found.mean()), float(found.std() / sqrt(many))


def rows(years: int) -> Iterator[Row]:
    cases = CASES_PER_YEAR * years
    with ProcessPoolExecutor(WORKERS) as pool:
        for limit in LIMITS if years >= 100 else (LIMIT,):
            is_ours = limit == LIMIT
            flat = mean_of(pool, partial(false_alarms, World(), limit), years)
            yield Row(
                "false alarms a year, 200 answers a week", limit, *flat, 1.0 if is_ours else None
            )
            for fall, within, bar in ((20, 2, 0.9), (10, 4, 0.8)):
                seen = mean_of(pool, partial(is_seen, World(fall=fall), within, limit), cases)
                what = f"{fall} points seen within {within} weeks"
                yield Row(what, limit, *seen, None, bar if is_ours else None)
        for world, what in (
            (World(answers=40), "40 answers a week"),
            (World(answers=1_000), "1,000 answers a week"),
            (World(shocks=6), "200, weeks differ by 6 points (SD)"),
        ):
            flat = mean_of(pool, partial(false_alarms, world, LIMIT), max(years // 4, 4))
            yield Row(f"false alarms a year, {what}", LIMIT, *flat, None if world.shocks else 1.0)
        yield from near_the_end(pool, max(years // 4, 4), NEAR if years >= 100 else NEAR[-1:])
        yield from what_is_told(pool, cases)


def near_the_end(pool: ProcessPoolExecutor, years: int, parts: Sequence[float]) -> Iterator[Row]:
    """Where nearly all answers are alike, so that few others make a week."""
    for best in parts:
        for ends, worst, what in (
            (SHARE, 1 - best, f"{best:.1%} satisfied"),
            (NET, (1 - best) / 2, f"{best:.1%} promoters"),
        ):
            for answers in (50, 200, 500):
                world = World(answers, best=best, worst=worst, ends=ends)
                flat = mean_of(pool, partial(false_alarms, world, LIMIT), years)
                yield Row(f"false alarms a year, {what}, {answers} a week", LIMIT, *flat, 1.0)


def what_is_told(pool: ProcessPoolExecutor, cases: int) -> Iterator[Row]:
    """Alerts of falls within 6 weeks."""
    for fall in (10.0, 20.0):
        alerts = pool.map(
            partial(told, World(fall=fall), 6), range(SEED, SEED + cases), chunksize=8
        )
        found = np.array([each for each in alerts if each is not None])
        for at, what in enumerate(("told", "week right", "interval holds the true score")):
            figures, many = found[:, at], sqrt(len(found))
            middle = np.median(figures) if at == 0 else figures.mean()
            yield Row(f"{fall:g} points, {what}", LIMIT, float(middle), float(figures.std() / many))


def main(years: int) -> int:
    falls = CASES_PER_YEAR * years
    sys.stdout.write(f"{years} years and {falls} falls of each size, seed {SEED}\n")
    sys.stdout.write(f"{'what':<58}{'limit':>6}{'figure':>9}{'error':>8}  bar\n")
    is_held = True
    for row in rows(years):
        figures = f"{row.what:<58}{row.limit:>6.1f}{row.value:>9.3f}{row.error:>8.3f}"
        sys.stdout.write(f"{figures}  {row.bar}{'' if row.is_held else '  MISSED'}\n")
        sys.stdout.flush()
        is_held = is_held and row.is_held
    return 0 if is_held else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
