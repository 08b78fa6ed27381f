"""Scorecards: period, scores by metric, definitions."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import strawberry
from graphql import GraphQLResolveInfo

from cxm.metrics.v1 import definitions_pb2
from cxm.metrics.v1 import scores_pb2 as pb
from gateway.calls.days import date_of, day_of
from gateway.graph.base.selection import nodes_below, selected_nodes, string_argument
from gateway.graph.scores import loaders
from gateway.graph.scores.completeness import METRICS, Completeness, completeness_of
from gateway.graph.scores.loaders import Scope
from gateway.graph.scores.score import Score, ScoreOrigin, name_of, score_of
from gateway.graph.scores.values import FILTERS, MetricDefinition, Period, TreeReading
from gateway.request.compiled.shareable import UNSHAREABLE
from gateway.request.context import Info
from services.kit.errors import Invalid


@strawberry.input(
    description="A range of local days of the organisation. One that is not over yet holds the days so far: answers up "
    "to now, and employment up to today, today included."
)
class PeriodInput:
    from_: date = strawberry.field(name="from", description="First day, included.")
    to: date = strawberry.field(description="Last day, excluded; later than `from`.")


@strawberry.input(
    description="Which answers count: those for which everything given here holds. A key that nothing has "
    "leaves no answers (NO_DATA). turnoverRate and employee surveys have no such cut (NOT_APPLICABLE)."
)
class ScoreFilter:
    survey: str | None = strawberry.field(default=None, description="Key of a survey.")
    touchpoint: str | None = strawberry.field(default=None, description="Key of a touchpoint.")
    stage: str | None = strawberry.field(default=None, description="Key of a journey stage.")
    channel: str | None = strawberry.field(default=None, description="E.g. EMAIL.")
    segment: str | None = strawberry.field(default=None, description="Of the customer, as sent.")
    language: str | None = strawberry.field(default=None, description="As sent.")


def scope_of(
    period: PeriodInput,
    include_subtree: bool,
    tree: TreeReading,
    kept: ScoreFilter | None = None,
    compare_to: PeriodInput | None = None,
) -> Scope:
    """Checked arguments of a scorecard; Invalid for a period that is empty or runs backwards."""
    given = [(name, getattr(kept, name)) for name in FILTERS] if kept is not None else []
    return Scope(
        *days_of(period, "period"),
        include_subtree,
        reading_of(tree),
        tuple((name, key) for name, key in given if key is not None),
        days_of(compare_to, "compareTo") if compare_to is not None else None,
    )


def reading_of(tree: TreeReading) -> pb.TreeReading.ValueType:
    """A reading of the tree as the contract has it."""
    return pb.TreeReading.Value(f"TREE_READING_{tree.name}")


def days_of(period: PeriodInput, argument: str) -> tuple[int, int]:
    """The days [from, to); Invalid for a period that is empty or runs backwards."""
    if period.from_ >= period.to:
        raise Invalid(
            f"the period is empty: `to` ({period.to}) is excluded and must be later than "
            f"`from` ({period.from_})",
            reason="EMPTY_PERIOD",
            field=[argument, "to"],
        )
    return day_of(period.from_), day_of(period.to)


@dataclass(frozen=True, slots=True)
class ScorecardView:
    """A scorecard and what was asked for it."""

    origin: ScoreOrigin
    message: pb.Scorecard

    def score(self, metric: str) -> Score | None:
        """The score of a metric, named by key or as key@version; None if the organisation does not keep it."""
        named = [m for m in self.message.scores if metric in (m.metric, name_of(m))]
        newest = max(named, key=lambda message: message.version, default=None)
        return None if newest is None else score_of(self.origin, newest)


@strawberry.type(
    description="Customer and staff scores of one department side by side, over one period."
)
class Scorecard:
    @strawberry.field(description="What was asked for.")
    @staticmethod
    def period(root: strawberry.Parent[ScorecardView]) -> Period:
        return Period(
            from_=date_of(root.origin.scope.from_day), to=date_of(root.origin.scope.to_day)
        )

    @strawberry.field(description="How the subtree was read.", graphql_type=TreeReading)
    @staticmethod
    def tree(root: strawberry.Parent[ScorecardView]) -> int:
        return root.origin.scope.tree

    @strawberry.field(
        description="Departments below this one that changed their parent in the period, came under it or left it. "
        "Above 0 the two readings of the tree may differ; 0 without the subtree, where they cannot."
    )
    @staticmethod
    def moves_in_period(root: strawberry.Parent[ScorecardView]) -> int:
        return root.message.moves_in_period

    @strawberry.field(
        description="Whether scores here are beside the rest of the department above, where both have enough answers. "
        "False for the root and where you may not read scores of the department above; without the subtree, and "
        "for AS_IT_WAS, where a department may have been under several.",
        metadata=UNSHAREABLE,
    )
    @staticmethod
    def has_rest(root: strawberry.Parent[ScorecardView]) -> bool:
        return root.message.has_rest

    @strawberry.field(
        description="Which of the six indicators of customers are measured here, in this period and with this filter."
    )
    @staticmethod
    def completeness(root: strawberry.Parent[ScorecardView]) -> Completeness:
        return completeness_of(root.message)

    @strawberry.field(
        description="Net Promoter Score: share of answers 9-10 minus share of 0-6, in points, -100 to "
        "100. Null when the organisation does not keep it."
    )
    @staticmethod
    def nps(root: strawberry.Parent[ScorecardView]) -> Score | None:
        return root.score("nps")

    @strawberry.field(
        description="Customer satisfaction: answers 4 and 5 over valid answers, a share, 0 to 1. Null "
        "when the organisation does not keep it."
    )
    @staticmethod
    def csat(root: strawberry.Parent[ScorecardView]) -> Score | None:
        return root.score("csat")

    @strawberry.field(
        description="Customer effort 2.0: mean of answers 1 to 7, higher is better; its `secondary` is the "
        "share of answers 5 to 7. Null when the organisation does not keep it."
    )
    @staticmethod
    def ces(root: strawberry.Parent[ScorecardView]) -> Score | None:
        return root.score("ces")

    @strawberry.field(
        description="Leavers per person-year of employment, 0 and up: 365.25 x leavers / person-days employed. A "
        "leaver counts on the last day employed, the day before `leftOn`. Days after today are not "
        "counted. Not a survey score. Null when "
        "the organisation does not keep it."
    )
    @staticmethod
    def turnover_rate(root: strawberry.Parent[ScorecardView]) -> Score | None:
        return root.score("turnoverRate")

    @strawberry.field(
        description="Leavers a year over the mean headcount on the last days of months, 0 and up, as personnel offices "
        "publish it: of 12 whole months, leavers / mean of 12 headcounts; days after today are not counted. It is not "
        "compared between periods; "
        "NO_DATA where no month ends in the period. Null when the organisation does not keep it."
    )
    @staticmethod
    def turnover_rate_headcount(root: strawberry.Parent[ScorecardView]) -> Score | None:
        return root.score("turnoverRateHeadcount")

    @strawberry.field(
        description="Employee Net Promoter Score of a wave: share of answers 9-10 minus share of 0-6, in points, -100 "
        "to 100; of 10 people or more. NOT_APPLICABLE with a filter or without the subtree, as all of employee "
        "surveys. Null when the organisation does not keep it."
    )
    @staticmethod
    def enps(root: strawberry.Parent[ScorecardView]) -> Score | None:
        return root.score("enps")

    @strawberry.field(
        description="Engagement of a wave: mean over its questions of agreement of the share of answers 4 and 5, "
        "0 to 1; a share that is told as a bound counts as 0.1 or 0.9. Null when the organisation does not keep it."
    )
    @staticmethod
    def engagement(root: strawberry.Parent[ScorecardView]) -> Score | None:
        return root.score("engagement")

    @strawberry.field(
        description="Participation in a wave: ballots with a scored answer over employees invited, 0 to 1; below 20 "
        "answers, and where fewer than 5 did not answer, to 0.05, from 0.05 to 0.95. Null when the organisation "
        "does not keep it."
    )
    @staticmethod
    def participation_rate(root: strawberry.Parent[ScorecardView]) -> Score | None:
        return root.score("participationRate")

    @strawberry.field(
        description="Burnout of a wave by the scoring of the Copenhagen Burnout Inventory: mean over employees of "
        "their items, 0 to 100, lower is better. Null when the organisation does not keep it."
    )
    @staticmethod
    def burnout(root: strawberry.Parent[ScorecardView]) -> Score | None:
        return root.score("burnout")

    @strawberry.field(
        description="Customers of the period before who bought here again in this one, a share, 0 to 1. The period "
        "before "
        "has as many months where the period is of whole months, else as many days. Over several departments each "
        "customer counts once. Null when the organisation does not keep it."
    )
    @staticmethod
    def retention_rate(root: strawberry.Parent[ScorecardView]) -> Score | None:
        return root.score("retentionRate")

    @strawberry.field(
        description="Customers of the period before who did not buy here in this one, a share, 0 to 1: 1 less "
        "retentionRate; `elsewhere` says how many of them bought in another department. Null when the organisation "
        "does "
        "not keep it."
    )
    @staticmethod
    def churn_rate(root: strawberry.Parent[ScorecardView]) -> Score | None:
        return root.score("churnRate")

    @strawberry.field(
        description="What was bought in the period, before returns, in the organisation's currency. Counted whole, so "
        "without an interval. Null when the organisation does not keep it."
    )
    @staticmethod
    def sales(root: strawberry.Parent[ScorecardView]) -> Score | None:
        return root.score("sales")

    @strawberry.field(
        description="How many purchases there were; a receipt is one. Null when the organisation does not keep it."
    )
    @staticmethod
    def orders(root: strawberry.Parent[ScorecardView]) -> Score | None:
        return root.score("orders")

    @strawberry.field(
        description="How many persons bought and did not return all of it; over several departments each counts once, "
        "and purchases without a customer count for nobody. Null when the organisation does not keep it."
    )
    @staticmethod
    def buyers(root: strawberry.Parent[ScorecardView]) -> Score | None:
        return root.score("buyers")

    @strawberry.field(
        description="Mean of a purchase, before returns, in the organisation's currency. Null when the organisation "
        "does "
        "not keep it."
    )
    @staticmethod
    def average_basket(root: strawberry.Parent[ScorecardView]) -> Score | None:
        return root.score("averageBasket")

    @strawberry.field(
        description="What was returned in the period over what was bought in it, 0 and up, each by its own day. Null "
        "when "
        "the organisation does not keep it."
    )
    @staticmethod
    def returns_share(root: strawberry.Parent[ScorecardView]) -> Score | None:
        return root.score("returnsShare")

    @strawberry.field(
        description="How many persons bought here for the first time; over several departments each counts once. Null "
        "when the organisation does not keep it."
    )
    @staticmethod
    def new_customers(root: strawberry.Parent[ScorecardView]) -> Score | None:
        return root.score("newCustomers")

    @strawberry.field(
        description="Customers who did not buy here on the last day of the period and the 90 days before, of all who "
        "ever did, a share, 0 to 1; of a period that is not over as of today. Null when the organisation does not keep "
        "it."
    )
    @staticmethod
    def silent_share(root: strawberry.Parent[ScorecardView]) -> Score | None:
        return root.score("silentShare")

    @strawberry.field(
        description="Any metric by its key, in its newest version or in the one that is named. Null when there is "
        "no such metric."
    )
    @staticmethod
    def score(
        root: strawberry.Parent[ScorecardView],
        metric: Annotated[
            str,
            strawberry.argument(
                description="Key of a metric, e.g. friendsAndFamily; with @ and a number that version of it, "
                "e.g. friendsAndFamily@1."
            ),
        ],
    ) -> Score | None:
        return root.score(metric)


FREE = {"period", "tree", "movesInPeriod", "hasRest", "__typename"}
"""Fields that are no metric; every other one, but for `score`, has the key of its metric for a name."""


def selected_metrics(info: GraphQLResolveInfo[Any]) -> tuple[str, ...]:
    """The metrics to ask for; empty, which means all, when any may be wanted."""
    keys: set[str | None] = set()
    for node in selected_nodes(info):
        name = node.name.value
        if name == "score":
            keys.add(string_argument(info, node, "metric"))
        elif name == "completeness":
            keys.update(METRICS.values())
        elif name not in FREE:
            keys.add(name)
    return tuple(sorted(key for key in keys if key)) if None not in keys else ()


def selects_rest(info: GraphQLResolveInfo[Any]) -> bool:
    """Whether some score is wanted beside the rest; it costs reading the parents too."""
    nodes = list(selected_nodes(info))
    return any(node.name.value == "hasRest" for node in nodes) or any(
        node.name.value == "rest" for node in nodes_below(info, nodes)
    )


async def load_scorecard(info: Info, department_id: str, scope: Scope) -> ScorecardView | None:
    """A department's scorecard; None where the viewer may see no scores of it."""
    info.context.departments.add(department_id)
    metrics = selected_metrics(info._raw_info)
    ref = loaders.ScorecardRef(department_id, scope, metrics, selects_rest(info._raw_info))
    message = await loaders.scorecards(info.context).load(ref)
    return (
        ScorecardView(ScoreOrigin(department_id, scope), message) if message is not None else None
    )


@strawberry.type
class ScoreQuery:
    @strawberry.field(
        description="The metrics this organisation keeps: built-in ones first, then its own by key. Null "
        "when metrics is away.",
        graphql_type=list[MetricDefinition] | None,
    )
    def metric_definitions(
        self,
        info: Info,
        all_versions: Annotated[
            bool, strawberry.argument(description="Older versions too, by key and version.")
        ] = False,
    ) -> Awaitable[Sequence[definitions_pb2.Definition]]:
        return loaders.list_definitions(info.context, all_versions=all_versions)
