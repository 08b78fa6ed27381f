"""Contracts of customers, and which departments had them."""

from datetime import date

import strawberry

from cxm.profile.v1 import subscriptions_pb2 as pb
from gateway.graph.base.loaders import Ref
from gateway.graph.base.node import as_graphql
from gateway.graph.base.scalars import Cents
from gateway.graph.directory import loaders
from gateway.graph.directory.types import Department
from gateway.request.context import Info
from gateway.request.prices import SHARED_CALL
from services.kit.clock import day_date
from services.kit.errors import NotFound

SpanRoot = strawberry.Parent[pb.SubscriptionSpan]


@strawberry.type(description="Days on which a department had a subscription.")
class SubscriptionSpan:
    @strawberry.field(
        description="Which department. Null for who may not see it.",
        graphql_type=Department | None,
        metadata=SHARED_CALL,
    )
    @staticmethod
    async def department(root: SpanRoot, info: Info) -> object:
        return await loaders.departments(info.context).load(Ref(id=root.department_id))

    @strawberry.field(description="The first day.")
    @staticmethod
    def started_on(root: SpanRoot) -> date:
        return day_date(root.started_day)

    @strawberry.field(
        description="The first day that it was not subscribed any more; null: it has not ended."
    )
    @staticmethod
    def ended_on(root: SpanRoot) -> date | None:
        return day_date(root.ended_day) if root.HasField("ended_day") else None

    @strawberry.field(description="Why it ended; null: not said.")
    @staticmethod
    def reason(root: SpanRoot) -> str | None:
        return root.reason or None


@strawberry.type(description="What a customer pays for by the month.")
class CustomerSubscription:
    id: strawberry.ID = strawberry.field(description="Its own.")
    plan: str = strawberry.field(
        description="What is subscribed, as it was told with the last span."
    )
    monthly: Cents = strawberry.field(description="What it costs a month.")
    currency: str = strawberry.field(description="Of the amount, ISO 4217.")
    contract_ends_on: date | None = strawberry.field(
        description="Until when it cannot be cancelled; null: no such day."
    )
    spans: list[SubscriptionSpan] = strawberry.field(
        description="Departments that had it, in the order of days, 1 to 100."
    )


async def list_subscriptions(info: Info, number: int) -> list[CustomerSubscription] | None:
    """Of the person of an alias; null where it is gone."""
    request = pb.ListSubscriptionsRequest(number=number)
    try:
        reply = await info.context.call(
            "profile", info.context.clients.subscriptions.ListSubscriptions, request
        )
    except NotFound:
        return None
    return [_shown(each, reply.currency) for each in reply.subscriptions]


def _shown(message: pb.StoredSubscription, currency: str) -> CustomerSubscription:
    ends = message.HasField("contract_ends_day")
    return CustomerSubscription(
        id=strawberry.ID(message.id),
        plan=message.plan,
        monthly=Cents(message.monthly_cents),
        currency=currency,
        contract_ends_on=day_date(message.contract_ends_day) if ends else None,
        spans=as_graphql(list(message.spans)),
    )
