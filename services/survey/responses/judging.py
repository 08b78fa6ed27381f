"""What submissions are judged by: looked up once per call, never per response."""

import asyncio
from collections.abc import Callable, Mapping, Sequence

from services.kit import clock
from services.kit.rights.access import ANONYMOUS, Viewer
from services.survey.attribution.domain import SubmitScope
from services.survey.attribution.lookup import DirectoryLookup
from services.survey.attribution.submission import Submission
from services.survey.attribution.submitters import SubmitScopes
from services.survey.invitations.domain import Invitation, with_fixed
from services.survey.invitations.lookup import InvitationLookup
from services.survey.responses.domain.judgement import Judged, Judgement
from services.survey.responses.domain.naming import is_worth_a_look
from services.survey.responses.domain.quota import DAILY_LIMIT
from services.survey.surveys.cache import SurveyCache
from services.survey.surveys.domain.surveys import Survey

CHECKED_AT_ONCE = 100  # then other callers have their turn


class Judging:
    """Judges the submissions of a call, each on its own, all by the same state of the world."""

    def __init__(
        self,
        cache: SurveyCache,
        lookup: DirectoryLookup,
        invitations: InvitationLookup,
        customer_key: bytes,
        now: clock.Clock,
        daily_limit: int = DAILY_LIMIT,
    ) -> None:
        self.cache = cache
        self.lookup = lookup
        self.invitations = invitations
        self.scopes = SubmitScopes()
        self.customer_key = customer_key
        self.now = now
        self.daily_limit = daily_limit

    async def judge(
        self, viewer: Viewer, submissions: Sequence[Submission], planned: Survey | None = None
    ) -> tuple[Sequence[Submission], list[Judged]]:
        """The submissions as their invitations have them, and what is decided of each; nothing about labels.

        `planned`: the survey they are for, where it is yet to be created.
        """
        named, judgement = await self.look_up(viewer, submissions, planned)
        judged: list[Judged] = []
        for sent, original in zip(named, submissions, strict=True):
            judged.append(judgement.judge(sent, original))
            if len(judged) % CHECKED_AT_ONCE == 0:
                await asyncio.sleep(0)
        return named, judged

    async def look_up(
        self, viewer: Viewer, submissions: Sequence[Submission], planned: Survey | None = None
    ) -> tuple[Sequence[Submission], Judgement]:
        """The submissions as their invitations have them, and all that decides about them."""
        invited = await self.invitations.find(submissions)
        scope = self.scopes.find(viewer, self.lookup.directory.tree)
        surveys = (
            {planned.key: planned} if planned else await self._find(submissions, invited, scope)
        )
        if invited:
            submissions = [_as_invited(sent, invited) for sent in submissions]
        named = submissions
        if viewer is ANONYMOUS:
            named = [sent for sent in submissions if _is_worth_a_look(sent, surveys, invited)]
        tree = await self.lookup.know(named, scope)
        judgement = Judgement(
            surveys,
            invited,
            self.scopes.find(viewer, tree),
            self.scopes.find(ANONYMOUS, tree),
            self.now(),
            self.customer_key,
            clock.new_id,
            self.daily_limit,
        )
        return submissions, judgement

    def sees(self, viewer: Viewer) -> Callable[[str], bool]:
        """Whether a viewer sees a department, by id."""
        return self.scopes.find(viewer, self.lookup.directory.tree).sees

    async def _find(
        self,
        submissions: Sequence[Submission],
        invited: Mapping[str, Invitation],
        scope: SubmitScope,
    ) -> dict[str, Survey]:
        """The surveys that submissions name, by key; one out of the sender's sight is looked up like an absent one."""
        keys = (sent.survey for sent in submissions)
        if scope.private_surveys:
            return await self.cache.find(keys)
        ids = {invitation.survey_id for invitation in invited.values()}
        return await self.cache.find(
            keys, lambda survey: survey.shown_to_strangers or survey.id in ids
        )


def _is_worth_a_look(
    sent: Submission, surveys: Mapping[str, Survey], invited: Mapping[str, Invitation]
) -> bool:
    invitation = None if sent.invitation is None else invited.get(sent.invitation)
    return is_worth_a_look(sent, surveys.get(sent.survey), invitation)


def _as_invited(sent: Submission, invited: Mapping[str, Invitation]) -> Submission:
    invitation = None if sent.invitation is None else invited.get(sent.invitation)
    return sent if invitation is None else with_fixed(sent, invitation.fixed)
