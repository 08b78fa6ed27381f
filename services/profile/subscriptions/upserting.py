"""Subscriptions stored in batches, and those of a customer."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from services.kit.clock import new_id
from services.kit.db.database import Database, reaching
from services.kit.errors import Failure, Invalid
from services.kit.items import ItemOutcome
from services.kit.rights.access import Viewer
from services.profile.customers.reading import read_customer
from services.profile.customers.storage import read_steadily
from services.profile.facts.attributing import FactAttributor, FactPlace
from services.profile.facts.domain import Attribution, Occurrence, mark
from services.profile.facts.identifying import AliasFinder, Named
from services.profile.facts.storage import find_gone
from services.profile.subscriptions import storage
from services.profile.subscriptions.domain import (
    Span,
    SubscriptionItem,
    Subscriptions,
    Terms,
    ToldSpan,
    check_subscription,
)
from services.profile.subscriptions.storage import ListedSubscription

NOON: Final = time(12)
MOST_LISTED: Final = 100


class SubscriptionKeeper:
    """Unavailable without PostgreSQL."""

    def __init__(
        self, database: Database, attributor: FactAttributor, aliases: AliasFinder
    ) -> None:
        self.database = database
        self.attributor = attributor
        self.aliases = aliases

    async def upsert(
        self, who: Viewer, items: Sequence[SubscriptionItem], *, dry_run: bool = False
    ) -> list[ItemOutcome]:
        """Store what is new in one transaction. The id of an outcome is that of its subscription."""
        tree = await self.attributor.directory.read_tree()
        refused: dict[int, Failure] = {}
        for position, item in enumerate(items):
            try:
                check_subscription(item, tree.today)
            except Invalid as failure:
                refused[position] = failure
        moments = self._moments(items, refused, tree.zone)
        said = await self._prepare(who, items, moments, refused, dry_run=dry_run)
        with reaching("subscriptions"):
            done = await self._store(said, refused, dry_run=dry_run)
        return [
            ItemOutcome(refusal=refused[position]) if position in refused else done[position]
            for position in range(len(items))
        ]

    def _moments(
        self, items: Sequence[SubscriptionItem], refused: Mapping[int, Failure], zone: ZoneInfo
    ) -> dict[int, datetime]:
        """Noon of the first day, by position; of one that is to come, now: no fact is of the future."""
        now = self.attributor.directory.now()
        return {
            position: min(datetime.combine(item.started_on, NOON, zone), now)
            for position, item in enumerate(items)
            if position not in refused
        }

    async def _prepare(
        self,
        who: Viewer,
        items: Sequence[SubscriptionItem],
        moments: Mapping[int, datetime],
        refused: dict[int, Failure],
        *,
        dry_run: bool,
    ) -> dict[int, tuple[ToldSpan, datetime]]:
        """Items with the numbers of what they name, and the instant of their first day, by position."""
        sent = [
            Occurrence(at, items[position].department or "") for position, at in moments.items()
        ]
        placed: dict[int, Attribution] = {}
        found = await self.attributor.attribute(who, sent)
        for position, place in zip(moments, found, strict=True):
            if isinstance(place, Failure):
                refused[position] = _renamed(place)
            else:
                placed[position] = place
        named = [Named(items[position].customer, moments[position]) for position in placed]
        aliases: dict[int, int] = {}
        for position, alias in zip(
            placed, await self.aliases.find(who, named, dry_run=dry_run), strict=True
        ):
            if isinstance(alias, Failure):
                refused[position] = alias
            else:
                aliases[position] = alias
        numbered = await self.attributor.number([placed[each] for each in aliases], dry_run=dry_run)
        return {
            position: (_said(items[position], place, aliases[position]), moments[position])
            for position, place in zip(aliases, numbered, strict=True)
        }

    async def _store(
        self,
        said: dict[int, tuple[ToldSpan, datetime]],
        refused: dict[int, Failure],
        *,
        dry_run: bool,
    ) -> dict[int, ItemOutcome]:
        outcomes: dict[int, ItemOutcome] = {}
        async with self.database.pool.acquire() as connection, connection.transaction():
            gone: set[int] = set()
            if not dry_run:
                await storage.lock_subscriptions(connection)
                touched = [(one.alias, one.span.department, at) for one, at in said.values()]
                await storage.touch(connection, touched)
                gone = await find_gone(connection, sorted({one.alias for one, _ in said.values()}))
            marks = {one.mark for one, _ in said.values()}
            known = Subscriptions(await storage.find_subscriptions(connection, marks))
            for position, (one, _) in said.items():
                if one.alias in gone:
                    refused[position] = _ERASED
                    continue
                try:
                    subscription, is_new = known.take(one, new_id())
                except Failure as failure:
                    refused[position] = failure
                else:
                    outcomes[position] = ItemOutcome(subscription.id, is_new)
            if known.changed and not dry_run:
                await storage.put_subscriptions(connection, list(known.changed.values()))
        return outcomes

    async def of(self, number: int) -> Sequence[ListedSubscription]:
        """Those of the person of an alias, 100 at most; NotFound where there is none."""
        with reaching("subscriptions"):
            async with self.database.write.begin() as session:
                await read_steadily(session)
                customer = await read_customer(session, number, "number")
                numbers = [alias.number for alias in customer.aliases]
                return await storage.list_subscriptions(session, numbers, MOST_LISTED)


def _said(item: SubscriptionItem, place: FactPlace, alias: int) -> ToldSpan:
    terms = Terms(item.plan, item.monthly_cents, item.contract_ends_on)
    span = Span(item.started_on, place.department, item.ended_on, item.reason)
    return ToldSpan(mark(item.source, item.id), alias, terms, span)


def _renamed(failure: Failure) -> Failure:
    """A fact's time is `started_on` here."""
    if list(failure.field) != ["at"]:
        return failure
    return type(failure)(failure.message, reason=failure.reason, field=["started_on"])


_ERASED: Final = Invalid(
    "this customer was erased: a privacy officer may allow it again",
    reason="ERASED",
    field=["customer"],
)
