"""Purchases stored in groups, and taken back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.kit.db.database import Connection, Database, reaching
from services.kit.errors import Conflict, Failure, Invalid
from services.kit.groups.group_commit import GroupCommit
from services.kit.items import ItemOutcome
from services.kit.rights.access import Action, Viewer
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_on_driver
from services.kit.rights.tree import Tree
from services.profile.customers.auditing import customer_key
from services.profile.facts.attributing import FactAttributor, FactPlace
from services.profile.facts.domain import Attribution, Occurrence, mark
from services.profile.facts.identifying import AliasFinder, Named
from services.profile.facts.storage import find_gone, lock_reach
from services.profile.purchases import storage
from services.profile.purchases.domain import (
    MOST_ITEMS,
    PurchaseItem,
    PurchaseKey,
    Sold,
    StoredPurchase,
    check_purchase,
    take_return,
)
from services.profile.purchases.sold_before import SoldBefore


@dataclass(frozen=True, slots=True)
class PurchaseName:
    """A purchase by the id that its source gave it."""

    source: str
    id: str


class PurchaseRecorder:
    """Calls that come together are committed together. Unavailable without PostgreSQL."""

    def __init__(
        self, database: Database, attributor: FactAttributor, aliases: AliasFinder
    ) -> None:
        self.database = database
        self.attributor = attributor
        self.aliases = aliases
        self.commits = GroupCommit(self._commit, largest=MOST_ITEMS)

    async def record(self, who: Viewer, items: Sequence[PurchaseItem]) -> list[ItemOutcome]:
        """Store what is new. The id of an outcome is the number of the alias; 0: of nobody."""
        ready, refused = await self._prepare(who, items)
        with reaching("purchases"):
            outcomes = iter(await self.commits.submit(list(ready.values())) if ready else ())
        return [
            ItemOutcome(refusal=refused[position]) if position in refused else next(outcomes)
            for position in range(len(items))
        ]

    async def rehearse(
        self, who: Viewer, items: Sequence[PurchaseItem], before: SoldBefore | None
    ) -> list[ItemOutcome]:
        """What would become of items; nothing is stored. `before` keeps purchases for later calls."""
        ready, refused = await self._prepare(who, items, dry_run=True)
        backs = {n: p for n, p in ready.items() if p.return_of is not None}
        named = {p.return_of for p in backs.values() if p.return_of is not None}
        sold: dict[int, Sold] = {}
        if before is not None:
            before.add(p for p in ready.values() if not p.is_return)
            sold |= before.find(named)
        with reaching("purchases"):
            async with self.database.pool.acquire() as connection:
                stored = await storage.find_stored(connection, [p.key for p in ready.values()])
                sold |= await storage.find_sold(connection, named - sold.keys())
        for position, back in backs.items():
            if back.key not in stored and (failure := _refusal(back, sold)):
                refused[position] = failure
        if before is not None:
            before.keep(sold)
        return [
            ItemOutcome(refusal=refused[position])
            if position in refused
            else ItemOutcome(str(ready[position].key.alias), ready[position].key not in stored)
            for position in range(len(items))
        ]

    async def withdraw(
        self, who: Viewer, tree: Tree, names: Sequence[PurchaseName]
    ) -> list[ItemOutcome]:
        """Remove purchases; one of which something came back stays (Conflict) unless that is removed with it."""
        marks = [mark(name.source.strip(), name.id.strip()) for name in names]
        with reaching("purchases"):
            async with self.database.pool.acquire() as connection, connection.transaction():
                await storage.lock_returns(connection)
                await lock_reach(connection)  # no erasure goes through the same rows meanwhile
                kept = await storage.find_returned(connection, marks)
                withdrawn = await storage.withdraw(connection, set(marks) - kept)
                if withdrawn:
                    aliases = sorted({key.alias for key in withdrawn})
                    actor = actor_of(who, Action.WITHDRAW_FACTS, tree, tree.root_id)
                    deed, keys = Deed.PURCHASES_WITHDRAWN, tuple(map(customer_key, aliases))
                    entry = AuditEntry(tree.clock(), actor, deed, (), keys)
                    await write_on_driver(connection, entry)
        gone = {key.mark for key in withdrawn}
        outcomes: list[ItemOutcome] = []
        for name, each in zip(names, marks, strict=True):
            if each in kept:
                outcomes.append(ItemOutcome(refusal=_HAS_RETURNS))
            else:
                outcomes.append(ItemOutcome(name.id, each in gone))
                gone.discard(each)
        return outcomes

    async def _prepare(
        self, who: Viewer, items: Sequence[PurchaseItem], *, dry_run: bool = False
    ) -> tuple[dict[int, StoredPurchase], dict[int, Failure]]:
        """Items as they are to be stored, and why others are refused, by position."""
        refused: dict[int, Failure] = {}
        for position, item in enumerate(items):
            try:
                check_purchase(item)
            except Invalid as failure:
                refused[position] = failure
        good = [position for position in range(len(items)) if position not in refused]
        places = await self.attributor.attribute(who, [_occurrence(items[each]) for each in good])
        placed: dict[int, Attribution] = {}
        for position, place in zip(good, places, strict=True):
            if isinstance(place, Failure):
                refused[position] = _renamed(place)
            else:
                placed[position] = place
        named = [Named(items[position].customer, items[position].at) for position in placed]
        aliases = await self.aliases.find(who, named, dry_run=dry_run)
        known: dict[int, int] = {}
        for position, alias in zip(placed, aliases, strict=True):
            if isinstance(alias, Failure):
                refused[position] = alias
            else:
                known[position] = alias
        numbered = await self.attributor.number([placed[each] for each in known], dry_run=dry_run)
        ready = {
            position: _stored(items[position], place, known[position])
            for position, place in zip(known, numbered, strict=True)
        }
        return ready, refused

    async def _commit(self, group: Sequence[StoredPurchase]) -> Sequence[ItemOutcome]:
        """Sales first, then what came back of them, in one transaction; who touched whom last, in one order."""
        sales = _once(p for p in group if p.return_of is None)
        backs = [p for p in group if p.return_of is not None]
        refused: dict[int, Failure] = {}
        async with self.database.pool.acquire() as connection, connection.transaction():
            if backs:
                await storage.lock_returns(connection)
            await lock_reach(connection)
            new = await storage.record(connection, sales)
            if backs:
                new |= await self._record_returns(connection, backs, refused)
            await storage.touch(connection, new)
            left = {p.key.alias for p in group if p.key not in new}
            gone = await find_gone(connection, sorted(left)) if left else set()
        outcomes: list[ItemOutcome] = []
        for each in group:
            if failure := refused.get(id(each)):
                outcomes.append(ItemOutcome(refusal=failure))
            elif each.key.alias in gone:
                outcomes.append(ItemOutcome(refusal=_ERASED))
            else:
                outcomes.append(ItemOutcome(str(each.key.alias), each.key in new))
                new.pop(each.key, None)
        return outcomes

    async def _record_returns(
        self,
        connection: Connection,
        backs: Sequence[StoredPurchase],
        refused: dict[int, Failure],
    ) -> dict[PurchaseKey, int]:
        """Under the lock of returns; `refused` gets why some are, by the identity of the object."""
        stored = await storage.find_stored(connection, [p.key for p in backs])
        sold = await storage.find_sold(connection, {p.return_of for p in backs if p.return_of})
        good: dict[PurchaseKey, StoredPurchase] = {}
        for back in backs:
            if back.key in stored or back.key in good:
                continue
            if failure := _refusal(back, sold):
                refused[id(back)] = failure
            else:
                good[back.key] = back
        return await storage.record(connection, list(good.values())) if good else {}


def _once(purchases: Iterable[StoredPurchase]) -> list[StoredPurchase]:
    """Of those with one key the first."""
    kept: dict[PurchaseKey, StoredPurchase] = {}
    for each in purchases:
        kept.setdefault(each.key, each)
    return list(kept.values())


def _refusal(back: StoredPurchase, sold: Mapping[int, Sold]) -> Failure | None:
    try:
        take_return(back, sold)
    except Invalid as failure:
        return failure
    return None


def _occurrence(item: PurchaseItem) -> Occurrence:
    return Occurrence(item.at, item.department or "", item.touchpoint, item.channel)


def _renamed(failure: Failure) -> Failure:
    """A fact's time is `occurred_at` here."""
    if list(failure.field) != ["at"]:
        return failure
    return type(failure)(failure.message, reason=failure.reason, field=["occurred_at"])


def _stored(item: PurchaseItem, place: FactPlace, alias: int) -> StoredPurchase:
    key = PurchaseKey(alias, item.at, mark(item.source, item.id))
    return StoredPurchase(
        key,
        place.department,
        place.dimensions,
        place.attribution.local_day,
        item.cents,
        item.is_return,
        mark(item.source, item.return_of) if item.return_of else None,
        item.payment,
        item.place,
        item.card_used,
        item.receipt,
        item.lines,
    )


_ERASED: Final = Invalid(
    "this customer was erased: a privacy officer may allow it again",
    reason="ERASED",
    field=["customer"],
)
_HAS_RETURNS: Final = Conflict(
    "something of it was brought back: withdraw the returns with it", reason="RETURN", field=["id"]
)
