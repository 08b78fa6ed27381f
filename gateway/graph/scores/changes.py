"""How a score differs: from another period, from the rest; and of what such a change is made."""

from enum import Enum

import strawberry

from cxm.metrics.v1 import scores_pb2 as pb
from gateway.graph.scores.values import Interval
from services.kit.rpc.fields import optional


@strawberry.enum(description="What the adjusted p-value of a change says.")
class ChangeVerdict(Enum):
    CLEAR = strawberry.enum_value(1, description="Below 0.05.")
    WEAK = strawberry.enum_value(2, description="0.05 to 0.20: may well be chance.")
    NONE = strawberry.enum_value(3, description="Above 0.20: no change to speak of.")


@strawberry.enum(
    description="What can be said of a change, in the order of the scale; up is a higher value, which is worse where "
    "`metric.higherIsBetter` is false."
)
class ChangeFinding(Enum):
    CLEARLY_UP = strawberry.enum_value(1, description="adjustedPValue below 0.05.")
    PERHAPS_UP = strawberry.enum_value(2, description="0.05 to 0.20: may well be chance.")
    ABOUT_THE_SAME = strawberry.enum_value(
        3,
        description="Not clear, and small wherever in its interval it lies: within a fortieth of the range to either "
        "side, 5 points of nps, 0.025 of a share.",
    )
    NO_CLEAR_CHANGE = strawberry.enum_value(
        4, description="Above 0.20; there may be none, or a large one that too few answers show."
    )
    PERHAPS_DOWN = strawberry.enum_value(5, description="0.05 to 0.20: may well be chance.")
    CLEARLY_DOWN = strawberry.enum_value(6, description="adjustedPValue below 0.05.")


@strawberry.type(
    description="How a score differs from the same score over `compareTo`, or from that of the rest; the answers of "
    "the two are independent samples. The test: of nets (nps) a z test with 3/8 added to the best and to the worst "
    "answers of each sample; of shares (csat) a pooled z test, or Fisher's exact one where fewer than 5 answers are "
    "expected; of means (ces) Welch's t test; of turnoverRate the exact conditional test of two Poisson rates; of "
    "employee surveys Welch's t test of what was published of two waves."
)
class Change:
    delta: float = strawberry.field(
        description="In `metric.unit` (shares: 0.1 is ten points): this score less the other."
    )
    interval: Interval = strawberry.field(description="95 %, of delta.")
    p_value: float = strawberry.field(description="Two-sided, of this test alone; 0 to 1.")
    adjusted_p_value: float = strawberry.field(
        description="Benjamini-Hochberg over one family, whatever was selected: all metrics of the scorecard that can "
        "be compared, or all groups of the breakdown; 0 to 1."
    )
    verdict: ChangeVerdict = strawberry.field(description="What adjustedPValue says.")

    @strawberry.field(
        description="What can be said of it; null while metrics is of an older version.",
        graphql_type=ChangeFinding | None,
    )
    @staticmethod
    def finding(root: strawberry.Parent[pb.Change]) -> int | None:
        return root.finding or None


@strawberry.type(
    description="The places a group may have among those that are ranked, 1 the best: a place is left out where "
    "another group is clearly better or worse, all pairs judged as one family. Groups that share places cannot be told "
    "apart."
)
class Places:
    best: int = strawberry.field(description="1 to `of`.")
    worst: int = strawberry.field(description="`best` to `of`.")
    of: int = strawberry.field(description="How many groups are ranked.")


@strawberry.type(description="What one part adds to a change.")
class ChangePart:
    rate: float = strawberry.field(
        description="Because the part changed: its weight x (its value - its value before), in `metric.unit`."
    )
    mix: float = strawberry.field(
        description="Because it holds more or fewer of the answers: (weight - weight before) x (its value before - "
        "that of the whole before), in `metric.unit`."
    )
    weight_before: float = strawberry.field(
        description="Its share of the answers (turnoverRate: of the time employed) before, 0 to 1; 0 where it had no "
        "value by itself."
    )
    weight: float = strawberry.field(description="The same, now; 0 to 1.")


@strawberry.type(description="One named part of a change.")
class NamedChangePart:
    key: str | None = strawberry.field(description="As `ScoreGroup.key`, null as it.")
    label: str = strawberry.field(description="As `ScoreGroup.label`.")
    part: ChangePart = strawberry.field(description="What it adds.")


@strawberry.type(
    description="Of what a change is made. A whole may become worse while each of its parts becomes better, when more "
    "answers come from parts with low values."
)
class ChangeParts:
    delta: float = strawberry.field(
        description="`change.delta`, in `metric.unit`; rate and mix sum to it."
    )
    rate: float = strawberry.field(description="Because parts changed, in `metric.unit`.")
    mix: float = strawberry.field(
        description="Because answers came from other parts than before, in `metric.unit`."
    )
    parts: list[NamedChangePart] = strawberry.field(description="What adds most comes first.")
    others: ChangePart | None = strawberry.field(
        description="Parts too small to be shown, together; null for none."
    )


@strawberry.type(
    description="A whole without the part that is looked at: the part is no measure of what holds it."
)
class Rest:
    value: float = strawberry.field(description="Of the rest, in `metric.unit`.")
    base: int | None = strawberry.field(
        description="Responses behind it, 30 and up; null for turnoverRate: who worked in both counts in both."
    )
    change: Change = strawberry.field(description="This score less that of the rest.")


def change_parts_of(message: pb.ChangeParts) -> ChangeParts:
    return ChangeParts(
        delta=message.delta,
        rate=message.rate,
        mix=message.mix,
        parts=[
            NamedChangePart(key=each.key or None, label=each.label, part=_change_part(each))
            for each in message.parts
        ],
        others=_change_part(message.others) if message.HasField("others") else None,
    )


def _change_part(message: pb.ChangePart) -> ChangePart:
    return ChangePart(
        rate=message.rate,
        mix=message.mix,
        weight_before=message.weight_before,
        weight=message.weight,
    )


def rest_of(message: pb.Score) -> Rest | None:
    if not message.HasField("rest"):
        return None
    rest = message.rest
    return Rest(value=rest.value, base=optional(rest, "base"), change=optional(rest, "change"))
