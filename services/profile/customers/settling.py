"""Conflicts: links that were refused, and what people say about them."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.clock import Clock
from services.kit.db.database import Database, reaching
from services.kit.errors import Conflict as Contradiction
from services.kit.errors import NotFound
from services.kit.rights.access import Action, Viewer, authorize
from services.kit.rights.audit.entries import Deed
from services.kit.rights.tree import Tree
from services.profile.customers import storage
from services.profile.customers.auditing import CustomerAudit, customer_key
from services.profile.customers.domain.kinds import Kinds
from services.profile.customers.domain.merging import Conflict, Merging, Settlement
from services.profile.customers.domain.persons import ConflictReason, LinkReason
from services.profile.customers.reading import Customer, read_customer
from services.profile.customers.sealed_names import SealedNames
from services.profile.customers.upserting import load_merging, put_merging
from services.profile.summaries.storage import keep_summaries


class ConflictSettler:
    """Unavailable without PostgreSQL."""

    def __init__(self, database: Database, sealed: SealedNames, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        self.audit = CustomerAudit(sealed)

    async def page(self, first: int, after: UUID | None) -> tuple[list[Conflict], Kinds]:
        """The first open conflicts after one, the oldest first, and the kinds that they may be about."""
        with reaching("customers"):
            async with self.database.write.begin() as session:
                await storage.read_steadily(session)
                kinds = await storage.find_kinds(session)
                return await storage.list_conflicts(session, first, after), kinds

    async def count(self) -> int:
        """How many wait."""
        with reaching("customers"):
            async with self.database.write() as session:
                return await storage.count_conflicts(session)

    async def settle(
        self, who: Viewer, tree: Tree, id_: UUID, settlement: Settlement, reason: str
    ) -> Customer | None:
        """Say what becomes of a conflict; who has both aliases then, None where they are not joined.

        Denied where only an admin may join them. Contradiction (SETTLED) where something else was said before, (JOINED)
        where they cannot be apart because they are one person meanwhile.
        """
        with reaching("customers"):
            async with self.database.write.begin() as session:
                await storage.lock_customers(session)
                conflict = await storage.find_conflict(session, id_)
                if conflict is None:
                    raise NotFound("there is no such conflict", field=["id"])
                merging = await self._load(session, who, conflict)
                if conflict.settled is None:
                    await self._settle(session, who, tree, merging, conflict, settlement, reason)
                elif conflict.settled is not settlement:
                    message = "something else was said about this conflict before"
                    raise Contradiction(message, reason="SETTLED", field=["settlement"])
                a, b = (merging.persons.person_of[alias] for alias in conflict.pair)
                return await read_customer(session, a) if a == b else None

    async def _load(self, session: AsyncSession, who: Viewer, conflict: Conflict) -> Merging:
        aliases = await storage.find_numbers(session, conflict.pair)
        kinds = await storage.find_kinds(session)
        return await load_merging(session, aliases.values(), kinds, who.subject, self.clock())

    async def _settle(
        self,
        session: AsyncSession,
        who: Viewer,
        tree: Tree,
        merging: Merging,
        conflict: Conflict,
        settlement: Settlement,
        reason: str,
    ) -> None:
        action, deed = Action.LINK_CUSTOMERS, Deed.CUSTOMER_CONFLICT_SETTLED
        if settlement is Settlement.JOIN and await self._join(
            session, who, tree, merging, conflict
        ):
            action, deed = Action.FORCE_CUSTOMERS, Deed.CUSTOMERS_FORCED
        if settlement is Settlement.APART:
            if merging.persons.are_one(conflict.pair):
                message = "they are one person meanwhile: end the links that join them"
                raise Contradiction(message, reason="JOINED", field=["settlement"])
            await storage.set_apart(session, conflict.pair, who.subject, merging.at)
        await storage.settle_conflict(session, conflict.id, settlement, who.subject, merging.at)
        keys = (*map(customer_key, conflict.pair), settlement.name)
        ids = (conflict.id,)
        await self.audit.write(session, who, tree, action, deed, *keys, ids=ids, reason=reason)

    async def _join(
        self, session: AsyncSession, who: Viewer, tree: Tree, merging: Merging, conflict: Conflict
    ) -> bool:
        """Make the link, also of persons that were said to be apart; whether it breaks a rule, which needs a right."""
        pair = conflict.pair
        if pair in merging.live:
            return False
        apart = merging.persons.part_no_more(pair)
        await storage.end_apart(session, apart, who.subject, merging.at)
        refusal = merging.persons.refusal(pair)
        assert refusal is None or refusal.reason is not ConflictReason.APART
        if refusal is None:
            merging.link(pair, LinkReason.SAID, conflict.source)
        else:
            authorize(who, Action.FORCE_CUSTOMERS, None, tree)
            merging.force(pair, conflict.source)
        await keep_summaries(session, await put_merging(session, merging))
        return refusal is not None
