"""Interactions are taken back, for good."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.kit.clock import Clock
from services.kit.db.database import Database, reaching
from services.kit.errors import Failure, Invalid
from services.kit.items import ItemOutcome
from services.kit.rights.access import Action, Viewer
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_entries
from services.kit.rights.tree import Tree
from services.profile.customers.auditing import customer_key
from services.profile.facts.identifying import AliasFinder, Named
from services.profile.interactions import storage
from services.profile.interactions.domain.items import checked_mark
from services.profile.interactions.storage import InteractionKey


@dataclass(frozen=True, slots=True, repr=False)
class InteractionName:
    """An interaction as it was sent. Personal data."""

    named: Named
    source: str
    id: str


class InteractionWithdrawer:
    """Unavailable without PostgreSQL."""

    def __init__(self, database: Database, finder: AliasFinder, clock: Clock) -> None:
        self.database = database
        self.finder = finder
        self.clock = clock

    async def withdraw(
        self, who: Viewer, tree: Tree, names: Sequence[InteractionName]
    ) -> list[ItemOutcome]:
        """What became of each: changed where it was there. The audit log has of whom, in the same transaction."""
        aliases = await self.finder.find(who, [name.named for name in names], dry_run=True)
        keys = [_key(name, alias) for name, alias in zip(names, aliases, strict=True)]
        wanted = [key for key in keys if isinstance(key, InteractionKey)]
        with reaching("interactions"):
            async with self.database.write.begin() as session:
                gone = await storage.withdraw(session, wanted)
                if gone:
                    actor = actor_of(who, Action.WITHDRAW_FACTS, tree, tree.root_id)
                    of = tuple(customer_key(alias) for alias in sorted({key.alias for key in gone}))
                    deed = Deed.INTERACTIONS_WITHDRAWN
                    await write_entries(session, [AuditEntry(self.clock(), actor, deed, (), of)])
        return [_outcome(key, gone) for key in keys]


def _key(name: InteractionName, alias: int | Failure) -> InteractionKey | Failure:
    if isinstance(alias, Failure):
        return alias
    try:
        return InteractionKey(alias, name.named.at, checked_mark(name.source, name.id))
    except Invalid as failure:
        return failure


def _outcome(key: InteractionKey | Failure, gone: set[InteractionKey]) -> ItemOutcome:
    """Of several that are the same the first was there."""
    if isinstance(key, Failure):
        return ItemOutcome(refusal=key)
    was_there = key in gone
    gone.discard(key)
    return ItemOutcome(str(max(key.alias, 0)), was_there)
