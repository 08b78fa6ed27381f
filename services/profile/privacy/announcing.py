"""What profile announces of erasures: ids and keyed hashes only."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from cxm.profile.v1 import events_pb2 as pb
from services.kit.events.outbox import Outbox
from services.kit.events.streams import ERASURE_ASKED, ERASURE_LIFTED, ERASURE_ORDERED
from services.profile.privacy.domain import Erasure


class ErasureEvents:
    """Each in the transaction of what it tells of; each may be announced again."""

    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox

    async def asked(self, session: AsyncSession, erasure: Erasure) -> None:
        """Ask what would be erased."""
        fact = pb.ErasureAsked(
            id=erasure.id, round=erasure.round, refs=erasure.refs, responses=erasure.responses
        )
        await self.outbox.announce(session, ERASURE_ASKED, fact)

    async def ordered(self, session: AsyncSession, erasure: Erasure) -> None:
        """Order everybody to erase."""
        fact = pb.ErasureOrdered(
            id=erasure.id, revision=erasure.revision, refs=erasure.refs, responses=erasure.responses
        )
        await self.outbox.announce(session, ERASURE_ORDERED, fact)

    async def lifted(self, session: AsyncSession, revision: int, refs: Sequence[bytes]) -> None:
        """Say that customers may be stored again."""
        fact = pb.ErasureLifted(revision=revision, refs=refs)
        await self.outbox.announce(session, ERASURE_LIFTED, fact)
