"""Whether a response without a token names only what it is offered: by its survey, or by its invitation."""

from services.survey.attribution.domain import UNKNOWN_DEPARTMENT, UNKNOWN_TOUCHPOINT
from services.survey.attribution.submission import Submission
from services.survey.domain.offers import NOTHING
from services.survey.domain.refusal import Refusal
from services.survey.invitations.domain import Fixed, Invitation
from services.survey.surveys.domain.surveys import Survey

_NOTHING_FIXED = Fixed()


def refuse_names(sent: Submission, survey: Survey, invitation: Invitation | None) -> Refusal | None:
    """Why a stranger may not name this; decided without looking it up. What the invitation fixes is no naming."""
    offers = (survey.offers, invitation.offers if invitation else NOTHING)
    fixed = invitation.fixed if invitation else _NOTHING_FIXED
    if fixed.touchpoint is None and not any(o.has_touchpoint(sent.touchpoint) for o in offers):
        return UNKNOWN_TOUCHPOINT
    if fixed.department is None and not any(o.has_department(sent.department) for o in offers):
        return UNKNOWN_DEPARTMENT
    return None


def is_worth_a_look(sent: Submission, survey: Survey | None, invitation: Invitation | None) -> bool:
    """Whether what a stranger names is looked up: not for a response that is refused whatever comes of it."""
    if survey is None or (sent.invitation is not None and invitation is None):
        return False
    if invitation is None and not survey.shown_to_strangers:
        return False
    return refuse_names(sent, survey, invitation) is None
