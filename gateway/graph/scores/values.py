"""What a score is made of: its status, definition, interval, change and distribution."""

from datetime import date
from enum import Enum

import strawberry

from cxm.metrics.v1 import definitions_pb2 as pb


@strawberry.enum(description="Whether a score has a value, and if not, why.")
class ScoreStatus(Enum):
    OK = strawberry.enum_value(1, description="Base 30 or more.")
    LOW_BASE = strawberry.enum_value(2, description="Base below 30: shown, but rank nothing by it.")
    INSUFFICIENT_BASE = strawberry.enum_value(
        3, description="Base below the metric's minimumBase: only the base is shown."
    )
    NO_DATA = strawberry.enum_value(4, description="Nothing to count in this period.")
    NOT_APPLICABLE = strawberry.enum_value(5, description="The metric has no such cut.")
    COUNTING = strawberry.enum_value(
        6,
        description="Of turnover: a file of staff is being counted. The base is what is there so far, the value comes "
        "with the last row, and `scoreChanged` says when.",
    )
    WITHHELD = strawberry.enum_value(
        7,
        description="Of an employee survey: nothing is shown here, to protect those who answered. The group is small, "
        "or would tell of a small one beside others; `countedIn` says where its answers are counted.",
    )


@strawberry.enum(description="What a value is measured in.")
class MetricUnit(Enum):
    POINTS = strawberry.enum_value(1, description="-100 to 100.")
    SHARE = strawberry.enum_value(2, description="0 to 1.")
    PER_YEAR = strawberry.enum_value(3, description="Events per person-year, 0 and up.")
    SCALE = strawberry.enum_value(
        4, description="On the scale of the answers, e.g. 1 to 7; burnout: 0 to 100."
    )
    MONEY = strawberry.enum_value(5, description="In the organisation's currency, 0 and up.")
    COUNT = strawberry.enum_value(6, description="Of orders or persons, 0 and up.")


@strawberry.enum(description="What a metric of customers is made of.")
class Basis(Enum):
    PURCHASE = strawberry.enum_value(1, description="Purchases, without a contract.")


@strawberry.enum(description="Calendar units, in the organisation's time zone.")
class CalendarInterval(Enum):
    DAY = strawberry.enum_value(2, description="Local days.")
    WEEK = strawberry.enum_value(3, description="ISO weeks, from Monday.")
    MONTH = strawberry.enum_value(1, description="Calendar months.")
    QUARTER = strawberry.enum_value(4, description="Calendar quarters, from January.")
    WAVE = strawberry.enum_value(
        5,
        description="Of enps, engagement, participationRate and burnout, and only there: a point per wave that closed "
        "in the period, from the day it opened to the day after it closed.",
    )


@strawberry.enum(description="What a score can be broken down by.")
class ScoreDimension(Enum):
    CHILD_DEPARTMENT = strawberry.enum_value(
        1, description="The departments right under it, each with its own subtree."
    )
    TOUCHPOINT = strawberry.enum_value(2, description="The touchpoints answers were given at.")
    STAGE = strawberry.enum_value(
        3, description="The journey stage of the touchpoint on the day of the answer."
    )
    CHANNEL = strawberry.enum_value(4, description="The channel sent, else the touchpoint's.")
    SEGMENT = strawberry.enum_value(5, description="The customer segment sent.")
    SURVEY = strawberry.enum_value(6, description="The survey that asked.")
    LANGUAGE = strawberry.enum_value(7, description="The language sent.")


@strawberry.enum(description="What is done with answers.")
class CalculationKind(Enum):
    SHARE = strawberry.enum_value(1, description="`answers` over all in the denominator.")
    MEAN = strawberry.enum_value(
        2, description="Of the answers, as numbers; don't know is left out."
    )
    NET = strawberry.enum_value(
        3, description="100 x (`answers` less `against`) over all in the denominator."
    )
    RATE = strawberry.enum_value(4, description="Leavers per person-year.")
    HEADCOUNT_RATE = strawberry.enum_value(
        5, description="Leavers a year over the mean headcount at the ends of months."
    )


@strawberry.type(
    description="One of the items of an index: a standard item, or `question` of `survey`."
)
class IndexItem:
    @strawberry.field(description="Key of the standard item; null for a question.")
    @staticmethod
    def standard_item(root: strawberry.Parent[pb.ItemName]) -> str | None:
        return root.standard_item or None

    @strawberry.field(description="Key of the survey; null for a standard item.")
    @staticmethod
    def survey(root: strawberry.Parent[pb.ItemName]) -> str | None:
        return root.question.survey or None

    @strawberry.field(description="Key of the question; null for a standard item.")
    @staticmethod
    def question(root: strawberry.Parent[pb.ItemName]) -> str | None:
        return root.question.question or None

    @strawberry.field(
        description="Key of an option of a multiple choice, read as 1 and 0; null for none."
    )
    @staticmethod
    def option(root: strawberry.Parent[pb.ItemName]) -> str | None:
        return root.question.option or None


@strawberry.type(
    description="How the value of a metric is calculated. It reads `questionKind`, or `standardItem`, or `question` "
    "of `survey`, or `items` side by side, or employment, where none is set."
)
class MetricCalculation:
    kind: CalculationKind = strawberry.field(description="What is done with answers.")
    answers: list[str] = strawberry.field(
        description="SHARE and NET: those that count, as in `DistributionBucket.label`."
    )
    against: list[str] = strawberry.field(description="NET: those that count against.")

    @strawberry.field(
        description="E.g. NPS: the first question of this kind in each survey of the scorecard; null where it reads "
        "one question."
    )
    @staticmethod
    def question_kind(root: strawberry.Parent[pb.Calculation]) -> str | None:
        return root.question_kind or None

    @strawberry.field(
        description="Key of a standard item: whatever asks it in the surveys of the scorecard; null where it reads "
        "something else."
    )
    @staticmethod
    def standard_item(root: strawberry.Parent[pb.Calculation]) -> str | None:
        return root.standard_item or None

    @strawberry.field(description="Key of the survey whose question it reads; null for a kind.")
    @staticmethod
    def survey(root: strawberry.Parent[pb.Calculation]) -> str | None:
        return root.question.survey or None

    @strawberry.field(description="Key of the question it reads; null for a kind.")
    @staticmethod
    def question(root: strawberry.Parent[pb.Calculation]) -> str | None:
        return root.question.question or None

    @strawberry.field(
        description="Key of an option of a multiple choice, read as 1 and 0; null for none."
    )
    @staticmethod
    def option(root: strawberry.Parent[pb.Calculation]) -> str | None:
        return root.question.option or None

    @strawberry.field(
        description="Of an index: what is read side by side in each response, whose score is the mean over the items "
        "it answers, where these are two thirds or more. Empty for others.",
        graphql_type=list[IndexItem],
    )
    @staticmethod
    def items(root: strawberry.Parent[pb.Calculation]) -> list[pb.ItemName]:
        return list(root.items)

    @strawberry.field(
        description="Whether don't know is in the denominator; null for rates, which have none of answers."
    )
    @staticmethod
    def with_dont_know(root: strawberry.Parent[pb.Calculation]) -> bool | None:
        return root.denominator == pb.DENOMINATOR_ALL if root.denominator else None


@strawberry.type(
    description="What a metric is. A version never changes once scores were shown with it."
)
class MetricDefinition:
    key: str = strawberry.field(description="E.g. nps, csat, friendsAndFamily, turnoverRate.")
    version: int = strawberry.field(description="From 1; a changed formula is a new version.")
    name: str = strawberry.field(description="For people.")
    unit: MetricUnit = strawberry.field(description="What `Score.value` is measured in.")
    higher_is_better: bool = strawberry.field(description="Which way is up.")
    formula: str = strawberry.field(description="In words.")
    denominator: str = strawberry.field(description="In words: who is counted.")
    minimum_base: int = strawberry.field(description="Below it there is no value.")
    built_in: bool = strawberry.field(
        description="Of the product; false: registered by the organisation."
    )

    @strawberry.field(
        description="The formula as data, of `Score.value`; null for metrics of employee surveys, which are calculated "
        "once, when a wave closed, for metrics of purchases, and while metrics is of an older version.",
        graphql_type=MetricCalculation | None,
    )
    @staticmethod
    def calculation(root: strawberry.Parent[pb.Definition]) -> pb.Calculation | None:
        return root.calculation if root.HasField("calculation") else None

    @strawberry.field(description="In words: what `Score.secondary` is; null when there is none.")
    @staticmethod
    def secondary(root: strawberry.Parent[pb.Definition]) -> str | None:
        return root.secondary or None


@strawberry.type(description="A 95 % interval, in the metric's unit.")
class Interval:
    low: float = strawberry.field(description="Lower end, in the unit of what it is of.")
    high: float = strawberry.field(description="Upper end, in the same unit.")
    level: float = strawberry.field(
        description="How often such intervals hold the true value, 0 to 1: 0.95."
    )
    method: str = strawberry.field(
        description="E.g. adjusted Wald, Wilson, Newcombe, t, Welch t, exact Poisson."
    )


@strawberry.enum(description="What an interval asks of the answers it is made of.")
class IntervalNote(Enum):
    T_BELOW_30 = strawberry.enum_value(
        "T_BELOW_30",
        description="A t interval of fewer than 30 answers: it holds what it says only where few answers lie far from "
        "the others.",
    )


@strawberry.type(description="How a score came about, with its numbers.")
class ScoreExplanation:
    formula: str = strawberry.field(description="In words; of `version` of the metric.")
    version: int = strawberry.field(description="Of the metric; a changed formula is a new one.")
    denominator: str = strawberry.field(description="In words: who is counted.")
    worked: str | None = strawberry.field(
        description="The value as a calculation with its numbers, e.g. 100 x (39 - 117) / 211; null without a value, "
        "for employee surveys, whose counts are not told, for turnoverRateHeadcount, for what is counted whole, and "
        "while metrics is of an older "
        "version."
    )
    counts: list["DistributionBucket"] = strawberry.field(
        description="How many gave each answer, as `Score.distribution`; empty where that is null."
    )
    interval_method: str | None = strawberry.field(
        description="As `Interval.method`; null without an interval."
    )
    interval_note: IntervalNote | None = strawberry.field(
        description="What to mind of the interval; null for nothing."
    )


@strawberry.type(description="How many gave one answer.")
class DistributionBucket:
    value: int | None = strawberry.field(
        description="The answer; null for don't know, and for options of a choice."
    )
    label: str = strawberry.field(description="For people; of an option its key.")
    count: int = strawberry.field(description="Responses, 0 and up.")


FILTERS = ("survey", "touchpoint", "stage", "channel", "segment", "language")


@strawberry.enum(description="How a department's subtree is read over time.")
class TreeReading(Enum):
    TODAY = strawberry.enum_value(
        1, description="The departments under it now, with all their history."
    )
    AS_IT_WAS = strawberry.enum_value(
        2, description="Each answer counts for those who were its ancestors on its own day."
    )


@strawberry.type(description="A range of local days of the organisation.")
class Period:
    from_: date = strawberry.field(name="from", description="First day, included.")
    to: date = strawberry.field(description="Last day, excluded.")
