"""Two aliases joined, or parted, because somebody says so."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.clock import Clock
from services.kit.db.database import Database, reaching
from services.kit.errors import Invalid, NotFound
from services.kit.items import ItemOutcome
from services.kit.rights.access import Action, Viewer
from services.kit.rights.audit.entries import Deed
from services.kit.rights.tree import Tree
from services.profile.customers import storage
from services.profile.customers.auditing import CustomerAudit, customer_key
from services.profile.customers.domain.kinds import KindItem, Kinds, upsert_kinds
from services.profile.customers.domain.merging import Conflict, Link, LinkFate
from services.profile.customers.domain.persons import (
    Alias,
    Cause,
    LinkReason,
    Move,
    Pair,
    pair_of,
    parts,
)
from services.profile.customers.reading import (
    Customer,
    compose_customers,
    no_customer,
    read_customer,
    read_customers,
)
from services.profile.customers.sealed_names import SealedNames
from services.profile.customers.upserting import load_merging, put_merging
from services.profile.summaries.storage import keep_summaries

SOURCE: Final = ""
"""Of links that somebody makes by a call: who it was stands beside."""


@dataclass(frozen=True, slots=True)
class Linked:
    """One of the two: who has both aliases now, or why they were not joined."""

    customer: Customer | None
    conflict: Conflict | None
    kinds: Kinds


async def find_both(session: AsyncSession, one: int, other: int) -> tuple[Pair, list[Alias]]:
    """Two aliases by their numbers; NotFound with the field of the one that is none."""
    if one == other:
        raise Invalid("these are two numbers of one alias", reason="SAME", field=["b"])
    known = await storage.find_numbers(session, [one, other])
    for number, field in ((one, "a"), (other, "b")):
        if number not in known:
            raise no_customer(field)
    return pair_of(one, other), list(known.values())


async def part_persons(
    session: AsyncSession, persons: Collection[int], ended: Pair | None, now: datetime
) -> tuple[list[Alias], list[Link]]:
    """Move what no live link joins with the rest of these persons; their aliases as they are now, and the live links.

    `ended`: the link that parts them; None where an alias between them was erased. The transaction holds the lock.
    """
    members = await storage.find_members(session, persons)
    live = await storage.find_links(session, [member.number for member in members])
    person_of = parts((member.number for member in members), (link.pair for link in live))
    moves = [
        Move(member.number, member.person, is_now, Cause.UNLINKED, ended)
        for member in members
        if (is_now := person_of[member.number]) != member.person
    ]
    await storage.move_aliases(session, moves, now)
    await keep_summaries(session, {*persons, *person_of.values()})
    return [replace(member, person=person_of[member.number]) for member in members], live


class CustomerLinker:
    """Unavailable without PostgreSQL."""

    def __init__(self, database: Database, sealed: SealedNames, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        self.audit = CustomerAudit(sealed)

    async def link(self, who: Viewer, tree: Tree, one: int, other: int, reason: str) -> Linked:
        """Say that two aliases are of one person; again it changes nothing."""
        with reaching("customers"):
            async with self.database.write.begin() as session:
                await storage.lock_customers(session)
                pair, aliases = await find_both(session, one, other)
                kinds = await storage.find_kinds(session)
                now = self.clock()
                merging = await load_merging(session, aliases, kinds, who.subject, now)
                fate = merging.link(pair, LinkReason.SAID, SOURCE, insists=True)
                await keep_summaries(session, await put_merging(session, merging))
                if fate is LinkFate.MADE:
                    await self._write(session, who, tree, Deed.CUSTOMERS_LINKED, pair, reason)
                refusal = merging.persons.refusal(pair)
                if refusal is not None:
                    return Linked(None, merging.find_conflict(pair, refusal), kinds)
                return Linked(await read_customer(session, pair.a), None, kinds)

    async def unlink(
        self, who: Viewer, tree: Tree, one: int, other: int, reason: str
    ) -> tuple[Customer, Customer]:
        """End a link and keep the two apart; what else joins them stays. Who has each of the two now.

        NotFound where there is no such link; one that was ended before changes nothing.
        """
        with reaching("customers"):
            async with self.database.write.begin() as session:
                await storage.lock_customers(session)
                pair, aliases = await find_both(session, one, other)
                now = self.clock()
                if await storage.end_link(session, pair, who.subject, now):
                    read = await self._part(session, aliases[0].person, pair, now)
                    await self._write(session, who, tree, Deed.CUSTOMERS_UNLINKED, pair, reason)
                elif await storage.was_linked(session, pair):
                    read = await read_customers(session, aliases)
                else:
                    raise NotFound("there is no such link", reason="NO_LINK", field=["b"])
                return read[one], read[other]

    async def _part(
        self, session: AsyncSession, person: int, ended: Pair, now: datetime
    ) -> dict[int, Customer]:
        """Part a person, by the number of each of its aliases."""
        return await compose_customers(session, *await part_persons(session, [person], ended, now))

    async def _write(
        self, session: AsyncSession, who: Viewer, tree: Tree, deed: Deed, pair: Pair, reason: str
    ) -> None:
        action = Action.LINK_CUSTOMERS if deed is Deed.CUSTOMERS_LINKED else Action.UNLINK_CUSTOMERS
        keys = map(customer_key, pair)
        await self.audit.write(session, who, tree, action, deed, *keys, reason=reason)

    async def upsert_kinds(
        self, who: Viewer, tree: Tree, items: Sequence[KindItem]
    ) -> Sequence[ItemOutcome]:
        """Make own kinds of identifiers, or rename them."""
        with reaching("customers"):
            async with self.database.write.begin() as session:
                await storage.lock_customers(session)
                upserted = upsert_kinds(await storage.find_kinds(session), items)
                await storage.put_kinds(session, upserted.changed)
                for kind in upserted.changed:
                    await self.audit.write(
                        session,
                        who,
                        tree,
                        Action.LINK_CUSTOMERS,
                        Deed.IDENTIFIER_KIND_CHANGED,
                        kind.key,
                    )
        return upserted.outcomes
