"""Between the contract's messages and subscriptions."""

from datetime import date

from cxm.profile.v1 import subscriptions_pb2 as pb
from services.kit.clock import day_date, day_number
from services.kit.errors import Invalid
from services.profile.customers.convert import identifier
from services.profile.subscriptions.domain import SubscriptionItem
from services.profile.subscriptions.storage import ListedSpan, ListedSubscription


def subscription_item(message: pb.SubscriptionItem) -> SubscriptionItem:
    """An item as it was sent; Invalid for a day that no calendar has."""
    return SubscriptionItem(
        message.id.strip(),
        identifier(message.customer) if message.HasField("customer") else None,
        message.department or None,
        _day(message.started_day, "started_on"),
        _day(message.ended_day, "ended_on") if message.HasField("ended_day") else None,
        message.reason.strip(),
        message.plan.strip(),
        message.monthly_cents,
        _day(message.contract_ends_day, "contract_ends_on")
        if message.HasField("contract_ends_day")
        else None,
        message.source.strip(),
    )


def subscription_message(subscription: ListedSubscription) -> pb.StoredSubscription:
    """A subscription with its spans."""
    terms = subscription.terms
    ends = terms.contract_ends_on
    return pb.StoredSubscription(
        id=subscription.id,
        plan=terms.plan,
        monthly_cents=terms.monthly_cents,
        contract_ends_day=None if ends is None else day_number(ends),
        spans=map(_span, subscription.spans),
    )


def _span(span: ListedSpan) -> pb.SubscriptionSpan:
    return pb.SubscriptionSpan(
        department_id=span.department_id,
        started_day=day_number(span.started_on),
        ended_day=None if span.ended_on is None else day_number(span.ended_on),
        reason=span.reason,
    )


def _day(number: int, field: str) -> date:
    try:
        return day_date(number)
    except (ValueError, OverflowError) as error:
        raise Invalid("no calendar has this day", reason="DAYS", field=[field]) from error
