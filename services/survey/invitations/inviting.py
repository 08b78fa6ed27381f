"""Invitations: found for those who come with one, made for those who may submit themselves."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from cxm.survey.v1 import invitations_pb2 as pb
from services.kit import clock
from services.kit.db.database import Pool, reaching
from services.kit.db.group_commit import GroupCommit
from services.kit.errors import Denied, Failure, Invalid, NotFound, Unauthenticated
from services.kit.rights.access import ANONYMOUS, Action, Viewer, visible_roots
from services.kit.rpc.door import check_count
from services.survey.attribution.domain import DEPARTMENT_REQUIRED, SubmitScope, attribute
from services.survey.attribution.labels import Labels
from services.survey.attribution.lookup import DirectoryLookup
from services.survey.attribution.submitters import submit_scope
from services.survey.domain.refusal import Refusal, failure_of, refuse
from services.survey.domain.times import parse_instant
from services.survey.invitations.domain import (
    DEFAULT_TERM,
    LONGEST_TERM,
    LONGEST_TOKEN,
    Fixed,
    Invitation,
    new_token,
    token_hash,
)
from services.survey.responses import storage
from services.survey.responses.domain.fingerprint import customer_ref
from services.survey.responses.domain.responses import Submission, check_strings
from services.survey.surveys import convert
from services.survey.surveys.cache import SurveyCache
from services.survey.surveys.domain.lifecycle import refuse_edit
from services.survey.surveys.domain.surveys import Survey

MOST_HASHES_AT_ONCE = 1_000
MOST_INVITATIONS = 1_000
NAME_PLACES = (
    "only who may submit for the whole organisation leaves the department open:"
    " say whom each invitation is for, with a department or a touchpoint"
)


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
            found = await storage.invitations(self.pool, list(set(hashes)))
        return [found.get(each) for each in hashes]


class Inviting:
    """Makes invitations."""

    def __init__(
        self,
        pool: Pool,
        cache: SurveyCache,
        lookup: DirectoryLookup,
        labels: Labels,
        customer_key: bytes,
        now: clock.Clock,
    ) -> None:
        self.pool = pool
        self.cache = cache
        self.lookup = lookup
        self.labels = labels
        self.customer_key = customer_key
        self.now = now

    async def create(
        self, viewer: Viewer, request: pb.CreateInvitationsRequest
    ) -> list[tuple[str, datetime]]:
        """Tokens and when they expire, one per target; for departments the viewer may submit for itself."""
        if viewer is ANONYMOUS:
            raise Unauthenticated("this needs a bearer token")
        targets = [convert.target(message) for message in _targets(request)]
        expires_at = self._expiry(request)
        tree = await self.lookup.know(targets)
        scope = submit_scope(viewer, tree)
        if not visible_roots(viewer, Action.SUBMIT, tree):
            raise Denied("your role does not allow this (submit)")
        survey = await self._survey(request.survey, scope)
        if request.count and not scope.submits(tree.root_id):
            raise Invalid(NAME_PLACES, reason="DEPARTMENT_REQUIRED", field=["count"])
        for number, target in enumerate(targets):
            self._check(target, number, survey, scope)
        await self._learn_labels(targets)
        made = {new_token(): target for target in targets}
        with reaching("invitations"):
            await storage.add_invitations(
                self.pool,
                [self._made(token, survey, expires_at, target) for token, target in made.items()],
            )
        return [(token, expires_at) for token in made]

    def _made(
        self, token: str, survey: Survey, expires_at: datetime, target: Submission
    ) -> Invitation:
        ref = customer_ref(self.customer_key, target.customer)
        fixed = Fixed(*(getattr(target, name) for name in Fixed._fields))
        return Invitation(token_hash(token), survey.id, expires_at, ref, fixed)

    async def _survey(self, key: str, scope: SubmitScope) -> Survey:
        survey = (await self.cache.find([key])).get(key)
        if survey is None or not scope.private_surveys:
            raise NotFound("there is no such survey", reason="UNKNOWN_SURVEY", field=["survey"])
        refuse(refuse_edit(survey.life.at(self.now())))
        return survey

    def _expiry(self, request: pb.CreateInvitationsRequest) -> datetime:
        now = self.now()
        if not request.HasField("expires_at"):
            return now + DEFAULT_TERM
        at = parse_instant(request.expires_at)
        if at is None:
            message = "this is no time with an offset, like 2026-01-31T09:30:00Z"
            raise Invalid(message, reason="INVALID_TIME", field=["expires_at"])
        if not now < at <= now + LONGEST_TERM:
            message = f"an invitation expires in the future, and within {LONGEST_TERM.days} days"
            raise Invalid(message, reason="EXPIRES_AT_OUT_OF_RANGE", field=["expires_at"])
        return at.astimezone(UTC)

    def _check(self, target: Submission, number: int, survey: Survey, scope: SubmitScope) -> None:
        refused = [refusal for refusal in check_strings(target) if refusal]
        if refused:
            raise _in_target(number, refused[0])
        if target.department is None and target.touchpoint is None:
            # The respondent may name any department: only who may submit for all of them gives that away.
            if not scope.submits(scope.tree.root_id):
                raise _in_target(number, DEPARTMENT_REQUIRED)
            return
        where = attribute(target, survey.department_id, self.now(), scope)
        if isinstance(where, Refusal):
            raise _in_target(number, where)

    async def _learn_labels(self, targets: Sequence[Submission]) -> None:
        strange = [(n, target) for n, target in enumerate(targets) if not self.labels.knows(target)]
        if not strange:
            return
        await self.labels.learn([target for _, target in strange], add=True)
        for number, target in strange:
            for refusal in self.labels.refusals(target, add=True):
                raise _in_target(number, refusal)


def _targets(request: pb.CreateInvitationsRequest) -> list[pb.InvitationTarget]:
    if request.targets and request.count:
        message = "give either a count, or the targets the invitations are for"
        raise Invalid(message, reason="ONE_OF_COUNT_AND_TARGETS", field=["count"])
    count = len(request.targets) or request.count
    check_count(max(count, 0), largest=MOST_INVITATIONS, what="invitations")
    return list(request.targets) or [pb.InvitationTarget()] * count


def _in_target(number: int, refusal: Refusal) -> Failure:
    at = ("targets", str(number), *refusal.field)
    if refusal.reason == "FORBIDDEN":
        return Denied(refusal.message, field=at)
    return failure_of(refusal._replace(field=at))
