"""Numbers of a wave, one by one: what was released, or that it is withheld."""

from collections.abc import Sequence
from dataclasses import dataclass

import strawberry

from cxm.employee_exp.v1 import releases_pb2, waves_pb2
from cxm.metrics.v1 import scores_pb2
from gateway.graph.scores.changes import Change
from gateway.graph.scores.values import Interval, ScoreStatus
from gateway.graph.waves.kinds import WaveBandEnd
from gateway.graph.waves.loaders import ChangesRef, wave_changes
from gateway.graph.waves.questions import WaveQuestion
from gateway.request.context import Info
from gateway.request.prices import SHARED_CALL
from services.kit.rpc.fields import optional

LEVEL = 0.95
LOW_BASE = 30
STATISTICS = ("enps", "engagement", "burnout", "participationRate")
WITHHELD_IN = (
    "Where WITHHELD: the name of the nearest department above in which these answers are counted. Null where there "
    "is none, and where nothing is withheld."
)


@dataclass(frozen=True, slots=True)
class ScoreView:
    """A number of a wave, or that it is withheld; `changes`: against which wave it is compared."""

    wave: waves_pb2.Wave
    message: releases_pb2.ReleasedScore
    counted_in: str | None = None  # None: it is not withheld
    changes: ChangesRef | None = None


def in_order(wave: waves_pb2.Wave, scores: Sequence[ScoreView]) -> list[ScoreView]:
    """Metrics first, then questions in the order they were asked."""
    asked = [*STATISTICS, *(question.key for question in wave.draft.questions)]
    places = {name: place for place, name in reversed(list(enumerate(asked)))}
    return sorted(scores, key=lambda view: places.get(view.message.statistic, len(asked)))


@strawberry.type(description="The share of one group of answers, told for 10 people or more.")
class WaveBand:
    name: str = strawberry.field(
        description="promoters, passives, detractors; favourable, neutral, unfavourable; high (burnout of 50 or more); "
        "yes."
    )
    share: float = strawberry.field(
        description="0.1 to 0.9; at the ends the share itself is not told."
    )

    @strawberry.field(
        description="Where the share is a bound, which; null: it is the share itself.",
        graphql_type=WaveBandEnd | None,
    )
    @staticmethod
    def end(root: strawberry.Parent[releases_pb2.ReleasedBand]) -> int | None:
        return root.end or None


Score = strawberry.Parent[ScoreView]


@strawberry.type(description="One number about a group of people, as it was released.")
class WaveScore:
    @strawberry.field(
        description="enps, engagement, burnout, participationRate, or the key of a question."
    )
    @staticmethod
    def statistic(root: Score) -> str:
        return root.message.statistic

    @strawberry.field(
        description="The question it is of; null for a metric over several or over none.",
        graphql_type=WaveQuestion | None,
    )
    @staticmethod
    def question(root: Score) -> waves_pb2.WaveQuestion | None:
        questions = root.wave.draft.questions
        return next((each for each in questions if each.key == root.message.statistic), None)

    @strawberry.field(
        description="OK from a base of 30, LOW_BASE below; INSUFFICIENT_BASE: only the base is shown; WITHHELD: "
        "nothing is, though other numbers of the department are.",
        graphql_type=ScoreStatus,
    )
    @staticmethod
    def status(root: Score) -> int:
        if root.counted_in is not None:
            return scores_pb2.SCORE_STATUS_WITHHELD
        if not root.message.HasField("value"):
            return scores_pb2.SCORE_STATUS_INSUFFICIENT_BASE
        is_low = not root.message.HasField("n") or root.message.n < LOW_BASE
        return scores_pb2.SCORE_STATUS_LOW_BASE if is_low else scores_pb2.SCORE_STATUS_OK

    @strawberry.field(description=WITHHELD_IN)
    @staticmethod
    def counted_in(root: Score) -> str | None:
        return root.counted_in or None

    @strawberry.field(
        description="enps: points, -100 to 100. engagement, participationRate and questions: a share, 0 to 1 (of "
        "agreement: answers 4 and 5; of yes or no: yes). burnout: 0 to 100, higher is worse. Null unless status is OK "
        "or LOW_BASE; the same where it stays within what is told of it: 5 to 95 % of its range."
    )
    @staticmethod
    def value(root: Score) -> float | None:
        value: float | None = optional(root.message, "value")
        return value

    @strawberry.field(
        description="People behind it (participationRate: people invited). Null when WITHHELD, and for a "
        "participationRate that would tell more with it."
    )
    @staticmethod
    def base(root: Score) -> int | None:
        base: int | None = optional(root.message, "n")
        return base

    @strawberry.field(
        description="95 %, in the unit of value; null where value is, and for a participationRate without a base."
    )
    @staticmethod
    def interval(root: Score) -> Interval | None:
        low, high = optional(root.message, "low"), optional(root.message, "high")
        if low is None or high is None:
            return None
        return Interval(low=low, high=high, level=LEVEL, method=root.message.method)

    @strawberry.field(
        description="Shares of groups of answers; empty below 10 people, and for metrics without.",
        graphql_type=list[WaveBand],
    )
    @staticmethod
    def bands(root: Score) -> list[releases_pb2.ReleasedBand]:
        return list(root.message.bands)

    @strawberry.field(
        description="Cronbach's alpha of engagement, at most 1: below 0.70 its items do not measure one thing. Null "
        "for all but the engagement of the top department."
    )
    @staticmethod
    def alpha(root: Score) -> float | None:
        alpha: float | None = optional(root.message, "alpha")
        return alpha

    @strawberry.field(
        description="Against `compareTo`, adjusted over all statistics of this department; both waves are taken as "
        "independent samples. Null without compareTo, unless both waves have a value and a base, for engagement "
        "and burnout where they asked other questions, for a category, and when metrics is away.",
        graphql_type=Change | None,
        metadata=SHARED_CALL,
    )
    @staticmethod
    async def change(root: Score, info: Info) -> scores_pb2.Change | None:
        if root.changes is None:
            return None
        changes = await wave_changes(info.context).load(root.changes)
        return changes.get(root.message.statistic)
