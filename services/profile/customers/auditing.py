"""What the audit log says of customers: numbers and keys, and beside it the reason that somebody gave, sealed."""

from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit.errors import Invalid
from services.kit.rights.access import Action, Viewer
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_entries
from services.kit.rights.tree import Tree
from services.profile.customers import storage
from services.profile.customers.sealed_names import SealedNames

LONGEST_REASON: Final = 500


def check_reason(reason: str, *, least: int = 1) -> str:
    """The reason without blanks around; Invalid (REASON) unless it has so many characters, and at most 500."""
    said = reason.strip()
    if not least <= len(said) <= LONGEST_REASON or "\0" in said:
        message = f"say why, in {least} to {LONGEST_REASON} characters"
        raise Invalid(message, reason="REASON", field=["reason"])
    return said


def customer_key(number: int) -> str:
    """How the audit log names an alias or a person."""
    return f"customer:{number}"


class CustomerAudit:
    """Writes entries in the transaction of what they tell of."""

    def __init__(self, sealed: SealedNames) -> None:
        self.sealed = sealed

    async def write(
        self,
        session: AsyncSession,
        who: Viewer,
        tree: Tree,
        action: Action,
        deed: Deed,
        *keys: str,
        ids: tuple[str, ...] = (),
        reason: str = "",
    ) -> None:
        """One entry; `reason` is kept sealed, for it is free text."""
        actor = actor_of(who, action, tree, tree.root_id)
        entry = AuditEntry(tree.clock(), actor, deed, ids, keys)
        await write_entries(session, [entry])
        if reason:
            await storage.add_reason(session, entry.id, self.sealed.seal_reason(entry.id, reason))
