"""The hot path: submissions in, each checked and attributed on its own, all that hold stored in the next group."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from services.kit import clock, telemetry
from services.kit.db.group_commit import GroupCommit
from services.kit.rights.access import ANONYMOUS, Viewer
from services.survey.attribution.domain import (
    Attribution,
    FrozenAttribution,
    SubmitScope,
    attribute,
)
from services.survey.attribution.labels import Labels
from services.survey.attribution.lookup import DirectoryLookup
from services.survey.attribution.submitters import SubmitScopes
from services.survey.domain.refusal import Refusal
from services.survey.invitations.domain import UNKNOWN, Invitation, refuse_invitation, with_fixed
from services.survey.invitations.inviting import InvitationLookup
from services.survey.responses import facts
from services.survey.responses.domain.fingerprint import body_hash, customer_ref
from services.survey.responses.domain.outcome import Fate, Outcome
from services.survey.responses.domain.responses import Checked, Submission, check, read_id
from services.survey.responses.storage import Row
from services.survey.responses.writer import Entry, ResponseWriter
from services.survey.surveys.cache import SurveyCache
from services.survey.surveys.domain.lifecycle import refuse_late
from services.survey.surveys.domain.surveys import Survey

LARGEST_GROUP = 1_000
COMPANY_SECONDS = 0.005  # a commit takes some milliseconds; so long more fill its envelope
CHECKED_AT_ONCE = 100  # then other callers have their turn


class Late(NamedTuple):
    """A response that was valid once: refused, unless it is stored already."""

    entry: Entry
    refusal: Refusal


Taken = Entry | Late | list[Refusal]


class Intake:
    """Takes submissions in. What a response needs to be judged is awaited per call, never per response."""

    def __init__(
        self,
        cache: SurveyCache,
        lookup: DirectoryLookup,
        labels: Labels,
        invitations: InvitationLookup,
        commit: ResponseWriter,
        customer_key: bytes,
        now: clock.Clock,
    ) -> None:
        self.cache = cache
        self.lookup = lookup
        self.labels = labels
        self.invitations = invitations
        self.commit = commit
        self.scopes = SubmitScopes()
        self.group = GroupCommit(commit.store, largest=LARGEST_GROUP, company=COMPANY_SECONDS)
        self.customer_key = customer_key
        self.now = now

    def work(self) -> list[Callable[[], Coroutine[Any, Any, None]]]:
        """What must run in the background for `accept` to return."""
        waiting: tuple[GroupCommit[Any, Any], ...] = (
            self.cache.lookups,
            self.invitations.lookups,
            self.lookup.questions,
            self.labels.wishes,
            self.group,
        )
        return [group.run for group in waiting]

    async def accept(self, viewer: Viewer, submissions: Sequence[Submission]) -> list[Outcome]:
        """What became of 1 to 1,000 submissions, in order; returns after the commit.

        Unavailable if PostgreSQL, or profile when it must be asked, is away: the same ids may come again.
        """
        taken = await self._judge(viewer, submissions)
        entries = [item for item in taken if isinstance(item, Entry)]
        fates = await self.group.submit(entries) if entries else ()
        lates = [item.entry.row.id for item in taken if isinstance(item, Late)]
        stored = await self.commit.known(lates) if lates else {}
        return _outcomes(submissions, taken, fates, stored)

    async def rehearse(
        self, viewer: Viewer, submissions: Sequence[Submission], planned: Survey | None
    ) -> list[Outcome]:
        """What accepting them would come to; nothing is stored, new labels neither.

        `planned`: the survey they are for, where it is yet to be created.
        """
        taken = await self._judge(viewer, submissions, planned, rehearsal=True)
        entries = [item for item in taken if isinstance(item, Entry)]
        lates = [item.entry for item in taken if isinstance(item, Late)]
        stored = await self.commit.known([entry.row.id for entry in entries + lates])
        spent: dict[bytes, str] = {}
        fates = [_foreseen(entry, stored, spent) for entry in entries]
        return _outcomes(submissions, taken, fates, stored)

    async def _judge(
        self,
        viewer: Viewer,
        submissions: Sequence[Submission],
        planned: Survey | None = None,
        *,
        rehearsal: bool = False,
    ) -> list[Taken]:
        """Each on its own, all by the same state of the world; a rehearsal introduces no labels."""
        if planned is None:
            surveys = await self.cache.find(sent.survey for sent in submissions)
        else:
            surveys = {planned.key: planned}
        invited = await self.invitations.find(submissions)
        asked = submissions
        if invited:
            submissions = [_as_invited(sent, invited) for sent in asked]
        tree = await self.lookup.know(submissions)
        desk = Desk(
            surveys,
            invited,
            self.scopes.find(viewer, tree),
            self.scopes.find(ANONYMOUS, tree),
            self.now(),
            self.customer_key,
            telemetry.current_traceparent(),
        )
        taken: list[Taken] = []
        for sent, original in zip(submissions, asked, strict=True):
            taken.append(desk.take(sent, original))
            if len(taken) % CHECKED_AT_ONCE == 0:
                await asyncio.sleep(0)
        if not rehearsal:
            await self._check_labels(viewer, submissions, taken)
        return taken

    async def _check_labels(
        self, viewer: Viewer, submissions: Sequence[Submission], taken: list[Taken]
    ) -> None:
        """Replace, in place, what names labels that are not to be had."""
        strange = [
            index
            for index, item in enumerate(taken)
            if isinstance(item, Entry) and not self.labels.knows(submissions[index])
        ]
        if not strange:
            return
        add = viewer is not ANONYMOUS
        await self.labels.learn([submissions[index] for index in strange], add=add)
        for index in strange:
            if refusals := self.labels.refusals(submissions[index], add=add):
                taken[index] = refusals


def _as_invited(sent: Submission, invited: Mapping[str, Invitation]) -> Submission:
    invitation = None if sent.invitation is None else invited.get(sent.invitation)
    return sent if invitation is None else with_fixed(sent, invitation.fixed)


def _judged(late: Late, stored: Mapping[str, bytes]) -> Outcome:
    """A caller that repeats what was stored in time hears so."""
    row = late.entry.row
    if row.id not in stored:
        return Outcome(row.id, None, [late.refusal])
    same = stored[row.id] == row.body_hash
    return Outcome(row.id, Fate.ALREADY_STORED if same else Fate.ID_CONFLICT)


def _foreseen(entry: Entry, stored: dict[str, bytes], spent: dict[bytes, str]) -> Fate:
    """What becomes of a response; it counts as stored, and its invitation as spent, from then on."""
    row, token = entry.row, entry.token_hash
    if row.id not in stored:
        if token is not None and spent.setdefault(token, row.id) != row.id:
            return Fate.INVITATION_SPENT
        stored[row.id] = row.body_hash
        return Fate.STORED
    return Fate.ALREADY_STORED if stored[row.id] == row.body_hash else Fate.ID_CONFLICT


def _outcomes(
    submissions: Sequence[Submission],
    taken: Sequence[Taken],
    fates: Sequence[Fate],
    stored: Mapping[str, bytes],
) -> list[Outcome]:
    """In the order of the submissions; `fates` are those of the entries among them."""
    settled = iter(fates)
    return [
        Outcome(item.row.id, next(settled))
        if isinstance(item, Entry)
        else _judged(item, stored)
        if isinstance(item, Late)
        else Outcome(read_id(sent.id) or "", None, item)
        for sent, item in zip(submissions, taken, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Desk:
    """Judges the submissions of one call, all by the same state of the world."""

    surveys: Mapping[str, Survey]
    invited: Mapping[str, Invitation]
    scope: SubmitScope
    invited_scope: SubmitScope  # of those who hold an invitation, whoever they are
    now: datetime
    customer_key: bytes
    traceparent: str | None

    def take(self, sent: Submission, original: Submission) -> Taken:
        """The response ready to be stored, or everything that is wrong with it; `original`: before its invitation."""
        survey = self.surveys.get(sent.survey)
        invitation = None
        if sent.invitation is not None:
            invitation = self.invited.get(sent.invitation)
            if survey is None or invitation is None or invitation.survey_id != survey.id:
                return [UNKNOWN]
        elif survey is not None and not (survey.public or self.scope.private_surveys):
            survey = None
        checked = check(sent, survey, self.now)
        if survey is None:
            return checked if isinstance(checked, list) else []
        at = checked.occurred_at if isinstance(checked, Checked) else self.now
        scope = self.invited_scope if invitation else self.scope
        where = attribute(sent, survey.department_id, at, scope)
        if isinstance(where, Refusal):
            return [where] if isinstance(checked, Checked) else [*checked, where]
        if not isinstance(checked, Checked):
            return checked
        entry = self._entry(sent, original, survey, checked, where, invitation)
        if invitation:
            refusal = refuse_invitation(invitation, entry.row.id, self.now)
            if refusal:
                return Late(entry, refusal)
        history = scope.history and sent.occurred_at is not None
        late = refuse_late(survey.life, self.now, checked.occurred_at if history else None)
        return Late(entry, late) if late else entry

    def _entry(
        self,
        sent: Submission,
        original: Submission,
        survey: Survey,
        checked: Checked,
        where: Attribution,
        invitation: Invitation | None,
    ) -> Entry:
        response_id = checked.id or clock.new_id()
        sent_ref = ref = customer_ref(self.customer_key, sent.customer)
        if invitation and invitation.customer_ref:
            ref = invitation.customer_ref
        frozen = FrozenAttribution(
            where.department_id,
            where.local_day,
            where.touchpoint_id,
            where.stage or None,
            where.channel or None,
            sent.segment,
            sent.language,
        )
        row = Row(
            response_id,
            survey.version_id,
            body_hash(original, sent_ref),
            *frozen,
            ref,
            checked.occurred_at,
            checked.codes,
            facts.fact(response_id, survey, frozen, checked.codes, sign=1),
        )
        token = invitation.token_hash if invitation else None
        return Entry(row, checked.verbatims, self.traceparent, token)
