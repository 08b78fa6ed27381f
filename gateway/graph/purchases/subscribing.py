"""Saying what customers subscribe to, and which department has it."""

from datetime import date

import strawberry

from cxm.profile.v1 import customers_pb2
from cxm.profile.v1 import subscriptions_pb2 as pb
from gateway.graph.base.batch import UpsertPayload, check_items, upsert_results
from gateway.graph.base.identifiers import IdentifierInput
from gateway.graph.base.mutations import Input, mutate
from gateway.graph.base.scalars import Cents
from gateway.request.context import Context, Info
from services.kit.clock import day_number

NAMES = {"items": "subscriptions", "monthly_cents": "monthly"}


@strawberry.input(
    description="A subscription and one span of it. Spans that are not named stay; one that began on the same day is "
    "replaced."
)
class SubscriptionInput:
    id: str = strawberry.field(
        description="That the source gave it, e.g. the number of the contract; 1 to 100 characters."
    )
    source: str | None = strawberry.field(
        default=None, description="Which system says so; ids are its own; at most 100 characters."
    )
    customer: IdentifierInput = strawberry.field(
        description="Whose it is; one that is not known becomes known. It never changes."
    )
    plan: str = strawberry.field(description="What is subscribed, 1 to 100 characters.")
    monthly: Cents = strawberry.field(description="What it costs a month, 0 or more.")
    contract_ends_on: date | None = strawberry.field(
        default=None, description="Until when it cannot be cancelled; absent: no such day."
    )
    department: str = strawberry.field(description="Key of the department that has it in the span.")
    started_on: date = strawberry.field(
        description="The first day of the span; not after tomorrow."
    )
    ended_on: date | None = strawberry.field(
        default=None,
        description="The first day that it is not subscribed any more; absent: it has not ended.",
    )
    reason: str | None = strawberry.field(
        default=None, description="Why it ended, at most 100 characters."
    )


@strawberry.input(description="1 to 1,000 subscriptions, in any order.")
class UpsertSubscriptionsInput:
    subscriptions: list[SubscriptionInput] = strawberry.field(description="What is subscribed.")


@strawberry.type(
    description="What became of each subscription; the key of a result is its `id`. A bad one harms no neighbour."
)
class UpsertSubscriptionsPayload(UpsertPayload):
    pass


@strawberry.type
class SubscriptionMutation:
    @strawberry.field(
        description="Say what customers subscribe to. Repeatable. Admins, analysts and integrations, for departments "
        "of theirs."
    )
    async def upsert_subscriptions(
        self, info: Info, given: Input[UpsertSubscriptionsInput]
    ) -> UpsertSubscriptionsPayload:
        return await mutate(UpsertSubscriptionsPayload, _upsert(info.context, given), NAMES)


async def _upsert(context: Context, given: UpsertSubscriptionsInput) -> UpsertSubscriptionsPayload:
    check_items(given.subscriptions, "subscriptions")
    request = pb.UpsertSubscriptionsRequest(items=map(_item, given.subscriptions))
    reply = await context.call(
        "profile", context.clients.subscriptions.UpsertSubscriptions, request
    )
    ids = [each.id for each in given.subscriptions]
    return UpsertSubscriptionsPayload(results=upsert_results(reply.results, ids, NAMES))


def _item(given: SubscriptionInput) -> pb.SubscriptionItem:
    return pb.SubscriptionItem(
        id=given.id,
        source=given.source or "",
        customer=customers_pb2.Identifier(kind=given.customer.kind, value=given.customer.value),
        plan=given.plan,
        monthly_cents=given.monthly,
        contract_ends_day=_day(given.contract_ends_on),
        department=given.department,
        started_day=day_number(given.started_on),
        ended_day=_day(given.ended_on),
        reason=given.reason or "",
    )


def _day(day: date | None) -> int | None:
    return None if day is None else day_number(day)
