"""The invitations that responses come with."""

from collections.abc import Iterable, Sequence

from services.kit.db.database import Pool, reaching
from services.kit.groups.group_commit import GroupCommit
from services.survey.attribution.submission import Submission
from services.survey.invitations import storage
from services.survey.invitations.domain import LONGEST_TOKEN, Invitation, token_hash

MOST_HASHES_AT_ONCE = 1_000


class InvitationLookup:
    """Invitations by their tokens. Look-ups go out together, so unknown tokens cost one query at a time."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.lookups = GroupCommit(self._look_up, largest=MOST_HASHES_AT_ONCE)

    async def find(self, submissions: Iterable[Submission]) -> dict[str, Invitation]:
        """The invitations that submissions name, by token; what is absent is left out."""
        tokens = {
            sent.invitation
            for sent in submissions
            if sent.invitation is not None and len(sent.invitation) <= LONGEST_TOKEN
        }
        if not tokens:
            return {}
        ordered = sorted(tokens)
        found = await self.lookups.submit([token_hash(token) for token in ordered])
        return {t: invitation for t, invitation in zip(ordered, found, strict=True) if invitation}

    async def _look_up(self, hashes: Sequence[bytes]) -> Sequence[Invitation | None]:
        with reaching("invitations"):
            found = await storage.find_invitations(self.pool, list(set(hashes)))
        return [found.get(each) for each in hashes]
