"""Every version of every survey, read anew only after one has changed."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from services.survey.surveys import storage
from services.survey.surveys.domain.surveys import Survey


class KnownVersions:
    """Surveys as each of their versions asked, by key, the oldest version first."""

    def __init__(self) -> None:
        self.state: tuple[int, int] | None = None
        self.versions: Sequence[Survey] = ()

    async def read(self, session: AsyncSession) -> Sequence[Survey]:
        """As the transaction sees them."""
        state = await storage.read_revisions(session)
        if state != self.state:
            self.versions, self.state = await storage.all_versions(session), state
        return self.versions
