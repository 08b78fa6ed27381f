"""Which indicators of customers a department measures; most measure three of six, and do not miss the others."""

from collections.abc import Mapping
from enum import Enum

import strawberry

from cxm.metrics.v1 import scores_pb2 as pb


@strawberry.enum(description="The six indicators of customers.")
class CustomerIndicator(Enum):
    NPS = strawberry.enum_value("NPS", description="Would they recommend us?")
    CSAT = strawberry.enum_value("CSAT", description="Are they satisfied?")
    CES = strawberry.enum_value("CES", description="Was it easy?")
    CHURN = strawberry.enum_value("CHURN", description="How many leave.")
    RETENTION = strawberry.enum_value("RETENTION", description="How many stay.")
    LIFETIME_VALUE = strawberry.enum_value(
        "LIFETIME_VALUE", description="What a customer is worth over the years."
    )


@strawberry.enum(description="Whether an indicator is measured.")
class IndicatorStatus(Enum):
    MEASURED = strawberry.enum_value(
        "MEASURED",
        description="There are answers in the period, or customers of the period before.",
    )
    NO_DATA = strawberry.enum_value(
        "NO_DATA",
        description="Nothing in the period: no answers, which a question of this kind would bring; or no customers in "
        "the period before, which files of purchases would bring.",
    )
    NO_SOURCE = strawberry.enum_value(
        "NO_SOURCE", description="Made of what customers do, which is not calculated yet."
    )


@strawberry.type(description="One indicator of customers.")
class MeasuredIndicator:
    indicator: CustomerIndicator = strawberry.field(description="Which.")
    status: IndicatorStatus = strawberry.field(description="Whether it is measured here.")


@strawberry.type(description="Which of the six indicators of customers a department measures.")
class Completeness:
    measured: int = strawberry.field(description="How many, 0 to 6.")
    indicators: list[MeasuredIndicator] = strawberry.field(
        description="All six, in the order of CustomerIndicator."
    )


METRICS: Mapping[CustomerIndicator, str] = {
    CustomerIndicator.NPS: "nps",
    CustomerIndicator.CSAT: "csat",
    CustomerIndicator.CES: "ces",
    CustomerIndicator.CHURN: "churnRate",
    CustomerIndicator.RETENTION: "retentionRate",
}
"""The metric of each indicator that is calculated."""


def completeness_of(card: pb.Scorecard) -> Completeness:
    """Of a scorecard that has the metrics of METRICS."""
    bases = {score.metric: score.base for score in card.scores}
    indicators = [
        MeasuredIndicator(indicator=each, status=_status(METRICS.get(each), bases))
        for each in CustomerIndicator
    ]
    measured = sum(each.status is IndicatorStatus.MEASURED for each in indicators)
    return Completeness(measured=measured, indicators=indicators)


def _status(metric: str | None, bases: Mapping[str, int]) -> IndicatorStatus:
    if metric is None:
        return IndicatorStatus.NO_SOURCE
    return IndicatorStatus.MEASURED if bases.get(metric, 0) else IndicatorStatus.NO_DATA
