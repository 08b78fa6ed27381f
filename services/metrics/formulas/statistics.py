"""Statistics over any answers: a share, a mean, a net, each with its interval and distribution."""

from collections.abc import Collection

from services.metrics.formulas.intervals import adjusted_wald, t_interval, wilson
from services.metrics.formulas.samples import Mean, Net, Share
from services.metrics.formulas.scores import (
    DONT_KNOW,
    Answers,
    Score,
    buckets,
    number,
    status_of,
    withheld,
)

Codes = tuple[str, ...]


def base_of(answers: Answers, codes: Codes, *, with_dont_know: bool) -> int:
    """Everyone who answered; `with_dont_know` is the denominator rule."""
    return sum(answers.get(code, 0) for code in codes if with_dont_know or code != DONT_KNOW)


def share(
    answers: Answers,
    codes: Codes,
    hits: Collection[str],
    *,
    with_dont_know: bool,
    minimum_base: int,
) -> Score:
    """Share (0 to 1) of some answers, with its Wilson interval."""
    base = base_of(answers, codes, with_dont_know=with_dont_know)
    if (score := withheld(base, minimum_base)) is not None:
        return score
    sample = Share(sum(answers.get(code, 0) for code in hits), base)
    return Score(
        status_of(base, minimum_base=minimum_base),
        base,
        sample.value,
        wilson(sample.hits, base),
        buckets(answers, codes),
        sample=sample,
    )


def net(
    answers: Answers,
    codes: Codes,
    best: Collection[str],
    worst: Collection[str],
    *,
    with_dont_know: bool,
    minimum_base: int,
) -> Score:
    """Share of some answers less share of others, in points, with its adjusted Wald interval."""
    base = base_of(answers, codes, with_dont_know=with_dont_know)
    if (score := withheld(base, minimum_base)) is not None:
        return score
    for_, against = (sum(answers.get(code, 0) for code in side) for side in (best, worst))
    sample = Net(for_, against, base)
    return Score(
        status_of(base, minimum_base=minimum_base),
        base,
        sample.value,
        adjusted_wald(sample.best, sample.worst, base),
        buckets(answers, codes),
        sample=sample,
    )


def mean_of(answers: Answers, codes: Codes) -> Mean:
    """The sample of answers that are numbers; don't know is left out."""
    values = [
        (value, answers.get(code, 0)) for code in codes if (value := number(code)) is not None
    ]
    scale = [value for value, _ in values]
    return Mean(
        sum(count for _, count in values),
        sum(value * count for value, count in values),
        sum(value * value * count for value, count in values),
        max(scale, default=0) - min(scale, default=0),
        least=min(scale, default=0),
    )


def mean(
    answers: Answers, codes: Codes, top_box: Collection[str] = (), *, minimum_base: int
) -> Score:
    """Mean of the answers, with its t interval; the share of the top box, if there is one, as `secondary`."""
    sample = mean_of(answers, codes)
    if (score := withheld(sample.base, minimum_base)) is not None:
        return score
    hits = sum(answers.get(code, 0) for code in top_box)
    return Score(
        status_of(sample.base, minimum_base=minimum_base),
        sample.base,
        sample.value,
        t_interval(sample),
        buckets(answers, codes),
        secondary=hits / sample.base if top_box else None,
        secondary_interval=wilson(hits, sample.base) if top_box else None,
        sample=sample,
    )
