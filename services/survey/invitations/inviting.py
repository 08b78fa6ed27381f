"""Invitations, made for those who may submit themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from services.kit import clock
from services.kit.db.database import Pool, reaching
from services.kit.errors import Denied, Failure, Invalid, NotFound
from services.kit.rights.access import Action, Viewer, authorize_somewhere
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rpc.servicing import check_count
from services.kit.sealing.customer_refs import customer_ref
from services.survey.attribution.domain import DEPARTMENT_REQUIRED, SubmitScope, attribute
from services.survey.attribution.labels import Labels
from services.survey.attribution.lookup import DirectoryLookup
from services.survey.attribution.submission import Submission, check_strings
from services.survey.attribution.submitters import submit_scope
from services.survey.domain.offers import NOTHING, Offers, check_offers
from services.survey.domain.refusal import Refusal, failure_of, refuse
from services.survey.domain.times import parse_instant
from services.survey.invitations import storage
from services.survey.invitations.domain import (
    DEFAULT_TERM,
    LONGEST_TERM,
    MOST_OFFERED,
    Fixed,
    Invitation,
    new_token,
    token_hash,
)
from services.survey.surveys.cache import SurveyCache
from services.survey.surveys.domain.lifecycle import refuse_edit
from services.survey.surveys.domain.surveys import Survey

MOST_INVITATIONS = 1_000
NAME_PLACES = (
    "only who may submit for the whole organisation leaves the department open:"
    " say whom each invitation is for, with a department or a touchpoint"
)


@dataclass(frozen=True, slots=True)
class NewInvitations:
    """Invitations to a survey (key): so many that name nobody, or one per target; `expires_at`: RFC 3339.

    `offers`: what their respondents may name beside what the survey offers.
    """

    survey: str
    count: int
    targets: tuple[Submission, ...]
    expires_at: str | None
    offers: Offers = NOTHING


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

    async def create(self, viewer: Viewer, wanted: NewInvitations) -> list[tuple[str, datetime]]:
        """Tokens and when they expire, one per target; for departments the viewer may submit for itself."""
        targets = _targets(wanted)
        expires_at = self._expiry(wanted.expires_at)
        tree = self.lookup.directory.tree
        authorize_somewhere(viewer, Action.SUBMIT, tree)
        tree = await self.lookup.know(targets, submit_scope(viewer, tree))
        scope = submit_scope(viewer, tree)
        survey = await self._survey(wanted.survey, scope)
        if wanted.count and not scope.submits(tree.root_id):
            raise Invalid(NAME_PLACES, reason="DEPARTMENT_REQUIRED", field=["count"])
        for number, target in enumerate(targets):
            self._check(target, number, survey, scope)
        await self._check_offers(wanted.offers, scope)
        await self._learn_labels(targets)
        actor = actor_of(viewer, Action.SUBMIT, tree)
        made = {new_token(): target for target in targets}
        with reaching("invitations"):
            await storage.add_invitations(
                self.pool,
                [
                    self._made(token, survey, expires_at, target, wanted.offers)
                    for token, target in made.items()
                ],
                AuditEntry(
                    self.now(), actor, Deed.INVITATIONS_CREATED, (survey.id,), (survey.key,)
                ),
            )
        return [(token, expires_at) for token in made]

    def _made(
        self,
        token: str,
        survey: Survey,
        expires_at: datetime,
        target: Submission,
        offers: Offers,
    ) -> Invitation:
        ref = customer_ref(self.customer_key, target.customer)
        fixed = Fixed(*(getattr(target, name) for name in Fixed._fields))
        return Invitation(token_hash(token), survey.id, expires_at, ref, fixed, offers=offers)

    async def _survey(self, key: str, scope: SubmitScope) -> Survey:
        survey = (await self.cache.find([key])).get(key)
        if survey is None or not scope.private_surveys:
            raise NotFound("there is no such survey", reason="UNKNOWN_SURVEY", field=["survey"])
        refuse(refuse_edit(survey.life.at(self.now())))
        return survey

    def _expiry(self, expires_at: str | None) -> datetime:
        now = self.now()
        if expires_at is None:
            return now + DEFAULT_TERM
        at = parse_instant(expires_at)
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

    async def _check_offers(self, offers: Offers, scope: SubmitScope) -> None:
        """Offered is only what the caller may submit for itself."""
        refuse(*check_offers(offers, MOST_OFFERED))
        if offers.everything and not scope.submits(scope.tree.root_id):
            raise Denied(
                "offer only what you may submit for, by key", field=["offers", "everything"]
            )
        offered = [Submission("", "", (), department=key) for key in sorted(offers.departments)]
        offered += [Submission("", "", (), touchpoint=key) for key in sorted(offers.touchpoints)]
        tree = await self.lookup.know(offered, scope)
        for named in offered:
            where = attribute(named, None, self.now(), replace(scope, tree=tree))
            if isinstance(where, Refusal):
                raise _refused_at(("offers", f"{where.field[0]}s"), where)

    async def _learn_labels(self, targets: Sequence[Submission]) -> None:
        strange = [(n, target) for n, target in enumerate(targets) if not self.labels.knows(target)]
        if not strange:
            return
        await self.labels.learn([target for _, target in strange], add=True)
        for number, target in strange:
            for refusal in self.labels.refusals(target, add=True):
                raise _in_target(number, refusal)


def _targets(wanted: NewInvitations) -> Sequence[Submission]:
    if wanted.targets and wanted.count:
        message = "give either a count, or the targets the invitations are for"
        raise Invalid(message, reason="ONE_OF_COUNT_AND_TARGETS", field=["count"])
    count = len(wanted.targets) or wanted.count
    check_count(max(count, 0), largest=MOST_INVITATIONS, what="invitations")
    return wanted.targets or [Submission("", "", ())] * count


def _in_target(number: int, refusal: Refusal) -> Failure:
    return _refused_at(("targets", str(number), *refusal.field), refusal)


def _refused_at(at: tuple[str, ...], refusal: Refusal) -> Failure:
    if refusal.reason == "FORBIDDEN":
        return Denied(refusal.message, field=at)
    return failure_of(refusal._replace(field=at))
