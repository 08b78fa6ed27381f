"""Whether a submission is stored: all that decides it, and what is decided."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from services.kit.sealing.customer_refs import customer_ref
from services.survey.attribution.domain import Attribution, SubmitScope, attribute
from services.survey.attribution.submission import Submission
from services.survey.domain.refusal import Refusal
from services.survey.invitations.domain import UNKNOWN, Invitation, refuse_invitation
from services.survey.responses.domain.fingerprint import body_hash, keyed
from services.survey.responses.domain.lateness import refuse_late
from services.survey.responses.domain.naming import refuse_names
from services.survey.responses.domain.quota import DAILY_LIMIT, Quota, QuotaKey
from services.survey.responses.domain.receipts import secret_hash
from services.survey.responses.domain.responses import Checked, check
from services.survey.surveys.domain.surveys import Survey


class Accepted(NamedTuple):
    """A response that may be stored. `survey`: the version it answers; verbatims by question id."""

    id: str
    survey: Survey
    body_hash: bytes
    attribution: Attribution
    customer_ref: bytes | None
    occurred_at: datetime
    codes: bytes
    verbatims: tuple[tuple[str, str], ...]
    token_hash: bytes | None = None  # of the invitation it spends
    secret_hash: bytes | None = None
    is_told: bool = False  # what else its id stands for, without the secret
    quota: Quota | None = None  # that it counts against
    importer: int | None = None  # whose row of a file it is
    import_number: int | None = None  # of the file


class LateResponse(NamedTuple):
    """A response that was valid once: refused, unless it is stored already."""

    response: Accepted
    refusal: Refusal


Judged = Accepted | LateResponse | list[Refusal]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Judges the submissions of one call, all by the same state of the world."""

    surveys: Mapping[str, Survey]
    invited: Mapping[str, Invitation]
    scope: SubmitScope
    invited_scope: SubmitScope  # of those who hold an invitation, whoever they are
    now: datetime
    customer_key: bytes
    new_id: Callable[[], str]
    daily_limit: int = DAILY_LIMIT

    def judge(self, sent: Submission, original: Submission) -> Judged:
        """The response as it may be stored, or everything that is wrong with it; `original`: before its invitation."""
        survey, invitation = self._let_in(sent)
        if survey is None and sent.invitation is not None:
            return [UNKNOWN]
        checked = check(sent, survey, self.now)
        if survey is None or not isinstance(checked, Checked):
            # Whether a department is there is told to nobody whose response is refused anyway.
            return checked if isinstance(checked, list) else []
        attribution = self._attribute(sent, survey, invitation, checked.occurred_at)
        if isinstance(attribution, Refusal):
            return [attribution]
        accepted = self._accepted(sent, original, survey, checked, attribution, invitation)
        refusal = refuse_invitation(invitation, accepted.id, self.now) if invitation else None
        if refusal is None:
            history = self.scope.history and invitation is None and sent.occurred_at is not None
            refusal = refuse_late(survey.life, self.now, checked.occurred_at if history else None)
        return LateResponse(accepted, refusal) if refusal else accepted

    def asked(self, sent: Submission) -> Survey | None:
        """The survey that a submission, which has no answers yet, may answer now; None where it may not."""
        survey, invitation = self._let_in(sent)
        if survey is None:
            return None
        is_spent = invitation is not None and refuse_invitation(invitation, "", self.now)
        if is_spent or refuse_late(survey.life, self.now, None):
            return None
        attribution = self._attribute(sent, survey, invitation, self.now)
        return None if isinstance(attribution, Refusal) else survey

    def _let_in(self, sent: Submission) -> tuple[Survey | None, Invitation | None]:
        """The survey, None where its sender may not see it, and the invitation that it comes with."""
        survey = self.surveys.get(sent.survey)
        if sent.invitation is not None:
            invitation = self.invited.get(sent.invitation)
            if survey is None or invitation is None or invitation.survey_id != survey.id:
                return None, None
            return survey, invitation
        if survey is not None and not (survey.shown_to_strangers or self.scope.private_surveys):
            survey = None
        return survey, None

    def _attribute(
        self, sent: Submission, survey: Survey, invitation: Invitation | None, at: datetime
    ) -> Attribution | Refusal:
        """By what is offered, to who is invited or has no token; else, and beyond that, by the sender's rights."""
        scope = self.scope
        if invitation or scope.stranger:
            refusal = refuse_names(sent, survey, invitation)
            if refusal is None:
                scope = self.invited_scope
            elif scope.stranger:
                return refusal
        return attribute(sent, survey.department_id, at, scope)

    def _accepted(
        self,
        sent: Submission,
        original: Submission,
        survey: Survey,
        checked: Checked,
        attribution: Attribution,
        invitation: Invitation | None,
    ) -> Accepted:
        sent_ref = ref = customer_ref(self.customer_key, sent.customer)
        if invitation and invitation.customer_ref:
            ref = invitation.customer_ref
        response_id, secret = checked.id or self.new_id(), sent.secret
        return Accepted(
            response_id,
            survey,
            keyed(self.customer_key, body_hash(original, sent_ref)),
            attribution,
            ref,
            checked.occurred_at,
            checked.codes,
            checked.verbatims,
            invitation.token_hash if invitation else None,
            None if secret is None else secret_hash(self.customer_key, response_id, secret),
            sent.imported or (self.scope.history and invitation is None),
            self._quota(survey) if self.scope.stranger and invitation is None else None,
            sent.importer,
            sent.import_number,
        )

    def _quota(self, survey: Survey) -> Quota:
        key = QuotaKey(survey.id, self.scope.today)
        return Quota(key, survey.daily_limit or self.daily_limit, self.scope.tree.zone)
