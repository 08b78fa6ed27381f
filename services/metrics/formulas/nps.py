"""Net Promoter Score."""

from dataclasses import dataclass

from services.metrics.formulas.intervals import adjusted_wald
from services.metrics.formulas.samples import Net
from services.metrics.formulas.scores import Answers, Score, buckets, status_of, withheld

NPS_CODES = tuple(str(score) for score in range(11))


@dataclass(frozen=True, slots=True)
class RecommendCounts:
    """Answers to likelihood to recommend: 9-10, 7-8, 0-6."""

    promoters: int
    passives: int
    detractors: int

    @property
    def base(self) -> int:
        return self.promoters + self.passives + self.detractors


def recommend_counts(answers: Answers) -> RecommendCounts:
    """Answers 0 to 10 by group."""

    detractors, passives, promoters = (
        sum(answers.get(code, 0) for code in codes)
        for codes in (NPS_CODES[:7], NPS_CODES[7:9], NPS_CODES[9:])
    )
    return RecommendCounts(promoters, passives, detractors)


def net_promoter_score(counts: RecommendCounts, *, minimum_base: int) -> float | None:
    """Net Promoter Score, in points from -100 to +100.

    Share of promoters minus share of detractors; passives count only in the base.
    None below the minimum base, or with no responses at all.

    Source: F. Reichheld, "The One Number You Need to Grow", HBR, December 2003.
    """
    if counts.base < max(minimum_base, 1):
        return None
    return 100 * (counts.promoters - counts.detractors) / counts.base


def nps(answers: Answers, *, minimum_base: int) -> Score:
    """The Net Promoter Score with its adjusted Wald interval."""
    counts = recommend_counts(answers)
    if (score := withheld(counts.base, minimum_base)) is not None:
        return score
    return Score(
        status_of(counts.base, minimum_base=minimum_base),
        counts.base,
        net_promoter_score(counts, minimum_base=minimum_base),
        adjusted_wald(counts.promoters, counts.detractors, counts.base),
        buckets(answers, NPS_CODES),
        sample=Net(counts.promoters, counts.detractors, counts.base),
    )
