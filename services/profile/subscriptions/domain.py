"""Subscriptions as they are sent, and what becomes of them: spans of departments, without overlaps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Final

from services.kit.errors import Conflict, Failure, Invalid
from services.profile.customers.domain.identifiers import Identifier

MOST_ITEMS: Final = 1_000
MOST_SPANS: Final = 100
MOST_CENTS: Final = 10**13
FIRST_DAY: Final = date(1950, 1, 1)
LAST_DAY: Final = date(2200, 1, 1)
LONGEST: Final = {"id": 100, "source": 100, "plan": 100, "reason": 100}
"""Characters of each text."""


@dataclass(frozen=True, slots=True, repr=False)
class SubscriptionItem:
    """A subscription and one of its spans; `ended_on` is the first day that it is over. Personal data."""

    id: str
    customer: Identifier | None
    department: str | None
    started_on: date
    ended_on: date | None = None
    reason: str = ""
    plan: str = ""
    monthly_cents: int = 0
    contract_ends_on: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Days on which a department had a subscription; the department by its number."""

    started_on: date
    department: int
    ended_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed, as it was told with the last span."""

    plan: str
    monthly_cents: int
    contract_ends_on: date | None


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscription; spans by their first days."""

    id: str
    mark: int
    alias: int
    terms: Terms
    spans: Mapping[date, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ToldSpan:
    """An item in which all is well, with the numbers of what it names."""

    mark: int
    alias: int
    terms: Terms
    span: Span


def check_subscription(item: SubscriptionItem, today: date) -> None:
    """Invalid, with the field, for what no contract says."""
    for name, longest in LONGEST.items():
        text: str = getattr(item, name)
        if len(text) > longest or not text.isprintable():
            message = f"{name} is one line of at most {longest} characters"
            raise Invalid(message, reason="INVALID_TEXT", field=[name])
    if not item.id:
        message = "a subscription is known by an id of its source"
        raise Invalid(message, reason="INVALID_ID", field=["id"])
    if item.customer is None:
        message = "a subscription is somebody's: name the customer"
        raise Invalid(message, reason="IDENTIFIER", field=["customer"])
    if not item.plan:
        raise Invalid("say what is subscribed", reason="INVALID_TEXT", field=["plan"])
    if not 0 <= item.monthly_cents <= MOST_CENTS:
        message = f"an amount a month has 0 to {MOST_CENTS:,} cents"
        raise Invalid(message, reason="AMOUNT", field=["monthly_cents"])
    _check_days(item, today)


def _check_days(item: SubscriptionItem, today: date) -> None:
    for name in ("started_on", "ended_on", "contract_ends_on"):
        day: date | None = getattr(item, name)
        if day is not None and not FIRST_DAY <= day < LAST_DAY:
            message = f"days lie between {FIRST_DAY} and {LAST_DAY}"
            raise Invalid(message, reason="DAYS", field=[name])
    if (item.started_on - today).days > 1:
        message = "a subscription begins tomorrow at the latest: send it then"
        raise Invalid(message, reason="DAYS", field=["started_on"])
    if item.ended_on is not None and item.ended_on <= item.started_on:
        message = "it ends after it began: the first day that it is not subscribed any more"
        raise Invalid(message, reason="DAYS", field=["ended_on"])
    if item.reason and item.ended_on is None:
        message = "a reason is why it ended: say when"
        raise Invalid(message, reason="DAYS", field=["reason"])


class Subscriptions:
    """Known subscriptions by their marks, and what items change of them."""

    def __init__(self, known: Iterable[Subscription]) -> None:
        self.known = {each.mark: each for each in known}
        self.changed: dict[int, Subscription] = {}

    def take(self, said: ToldSpan, new_id: str) -> tuple[Subscription, bool]:
        """The subscription after an item, and whether that says anything new; raises a Failure for what cannot be."""
        before = self.known.get(said.mark)
        if before is None:
            before = Subscription(new_id, said.mark, said.alias, said.terms)
        elif before.alias != said.alias:
            raise _ANOTHER_CUSTOMER
        spans = {**before.spans, said.span.started_on: said.span}
        _check_spans(spans)
        is_last = said.span.started_on == max(spans)
        after = replace(before, terms=said.terms if is_last else before.terms, spans=spans)
        is_new = said.mark not in self.known or after != before
        if is_new:
            self.known[said.mark] = self.changed[said.mark] = after
        return after, is_new


def _check_spans(spans: Mapping[date, Span]) -> None:
    if len(spans) > MOST_SPANS:
        message = f"a subscription has at most {MOST_SPANS} spans"
        raise Invalid(message, reason="TOO_MANY_SPANS", field=["started_on"])
    ordered = sorted(spans.values(), key=lambda span: span.started_on)
    for span, following in pairwise(ordered):
        if span.ended_on is None or span.ended_on > following.started_on:
            raise Invalid(
                f"the span from {span.started_on} is not over on {following.started_on}: no day is of two departments",
                reason="OVERLAP",
                field=["started_on"],
            )


_ANOTHER_CUSTOMER: Final[Failure] = Conflict(
    "this subscription is of another customer, and that never changes: send it under an id of its own",
    reason="ANOTHER_CUSTOMER",
    field=["customer"],
)
