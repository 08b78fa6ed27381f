"""What a respondent is asked: the form behind a public survey, an invitation, or a response that is changed."""

from typing import NamedTuple

from services.kit.errors import NotFound
from services.kit.rights.access import ANONYMOUS
from services.survey.attribution.submission import Submission
from services.survey.responses.correcting import Correcting, ResponseClaim
from services.survey.responses.judging import Judging
from services.survey.surveys.domain.surveys import Survey


class Form(NamedTuple):
    """A version of a survey as it is answered, and the language that the invitation fixes; empty: none."""

    survey: Survey
    invited_language: str = ""


class Asking:
    """Finds forms for who has no token; a form is there exactly while an answer to it would be taken."""

    def __init__(self, judging: Judging, correcting: Correcting) -> None:
        self.judging = judging
        self.correcting = correcting

    async def ask(self, sent: Submission) -> Form:
        """The form that a response would answer; one NotFound for whatever is not, not yet or no more there."""
        (named,), judgement = await self.judging.look_up(ANONYMOUS, [sent])
        survey = judgement.asked(named)
        if survey is None:
            raise NotFound("there is nothing to answer here", reason="NO_FORM")
        invitation = judgement.invited.get(sent.invitation or "")
        return Form(survey, (invitation.fixed.language if invitation else None) or "")

    async def again(self, claim: ResponseClaim) -> Form:
        """The form that a stored response answered, as it was then."""
        return Form(await self.correcting.asked(claim))
