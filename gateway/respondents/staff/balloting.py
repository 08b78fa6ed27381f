"""The pages at /w/TOKEN: the promise, the questions, and what became of the answers. Only the link is known."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gateway.browsers.languages import language_of
from gateway.calls.ballots import Ballot, Ballots, LinkState
from gateway.calls.forms import Form, Value
from gateway.respondents.fields import Problem, Words
from gateway.respondents.requests import Pages, Sent, page_language, wishes_of, words_for
from gateway.respondents.sentences import Phrase
from gateway.respondents.staff.fields import read
from gateway.respondents.staff.pages import (
    BallotView,
    ballot_page,
    kept_page,
    no_link_page,
    promise_page,
    said_page,
    sent_page,
)
from gateway.respondents.staff.sentences import StaffPhrase
from gateway.respondents.staff.steps import Step, address_of_step
from services.kit.errors import Invalid

SEND: Final = "send"
KEEP: Final = "keep"
PROBLEM_STATUS: Final = 422
GONE: Final = 410
_TOKEN: Final = re.compile(r"[A-Za-z0-9_=-]{20,100}")


class Balloting:
    """Asks what a link asks. Nothing is in a cookie: what is kept for later is kept behind the link, sealed.

    There is no brake but the values of an address: a whole company may answer from one, and a link is spent once.
    """

    def __init__(self, pages: Pages, ballots: Ballots) -> None:
        self.pages = pages
        self.ballots = ballots

    async def show(self, sent: Sent) -> Response:
        """The promise, the questions, or what became of them; as the link stands now."""
        token = _token(sent)
        if token is None:
            return no_ballot(sent.request)
        ballot = await self.ballots.find(token)
        view = _view(sent, token, ballot)
        step = sent.request.query_params.get("step", "")
        if ballot.state is not LinkState.READY:
            return _ended(view, ballot.state, was_sent=step == Step.SENT)
        match step:
            case Step.QUESTIONS:
                return ballot_page(view)
            case Step.KEPT if ballot.kept:
                return kept_page(view)
            case Step.LATER:
                return said_page(view, StaffPhrase.LATER, StaffPhrase.LATER_WHY)
        return promise_page(view)

    async def answer(self, sent: Sent) -> Response:
        """Send the answers, or keep them; the page again with what is wrong."""
        token = _token(sent)
        if token is None:
            return no_ballot(sent.request)
        ballot = await self.ballots.find(token)
        view = _view(sent, token, ballot)
        if ballot.state is not LinkState.READY:
            return _ended(view, ballot.state)
        answers, problems = _read_form(ballot.form, sent)
        wanted = sent.first("do")
        is_kept = wanted == KEEP
        # Sent answers are found by nobody: only who says so sends them.
        if wanted not in (SEND, KEEP):
            problems = {0: Problem(Phrase.SEND_OR_KEEP)}
        elif not answers and not problems and not is_kept:
            problems = {0: Problem(Phrase.ANSWER_ONE)}
        view = view.entering(_entered(ballot.form, sent), problems)
        if problems:
            return ballot_page(view, PROBLEM_STATUS)
        try:
            return await (self._keep if is_kept else self._send)(view, token, answers)
        except Invalid:  # all else was looked at here: what remains is a text
            return ballot_page(
                view.entering(view.entered, {0: Problem(Phrase.BAD_TEXT)}), PROBLEM_STATUS
            )

    async def _keep(self, view: BallotView, token: str, answers: Mapping[str, Value]) -> Response:
        state = await self.ballots.keep(token, answers)
        if state is not LinkState.READY:
            return _ended(view, state)
        return RedirectResponse(address_of_step(token, view.language, Step.KEPT), 303)

    async def _send(self, view: BallotView, token: str, answers: Mapping[str, Value]) -> Response:
        state, is_taken = await self.ballots.send(token, answers)
        if not is_taken:
            return _ended(view, state)
        return RedirectResponse(address_of_step(token, view.words.page, Step.SENT), 303)


def no_ballot(request: Request) -> Response:
    """The page for an address below /w/ that is no door or no link: as for every link that leads to nothing."""
    return no_link_page(language_of(wishes_of(request)))


def _token(sent: Sent) -> str | None:
    """The token of the address; None for what can be none."""
    token: str = sent.request.path_params["token"]
    return token if _TOKEN.fullmatch(token) else None


def _view(sent: Sent, token: str, ballot: Ballot) -> BallotView:
    asked, wishes = sent.request.query_params.get("lang", ""), wishes_of(sent.request)
    if ballot.state is LinkState.SPENT:  # nothing is known of its wave
        return BallotView(token, ballot, Words(page_language(asked, wishes), ""))
    words = words_for(ballot.form, asked, wishes)
    return BallotView(token, ballot, words, asked if asked in ballot.form.languages else "")


def _ended(view: BallotView, state: LinkState, *, was_sent: bool = False) -> Response:
    """The page of a link that takes no answers (any more)."""
    if state is LinkState.SPENT and was_sent:
        return sent_page(view)
    if state is LinkState.SPENT:
        return said_page(view, StaffPhrase.SPENT, StaffPhrase.SPENT_WHY, GONE)
    if state is LinkState.CLOSED:
        return said_page(view, StaffPhrase.CLOSED, StaffPhrase.CLOSED_WHY, GONE)
    return no_link_page(view.words.page)


def _read_form(form: Form, sent: Sent) -> tuple[dict[str, Value], dict[int, Problem]]:
    """Answers by the keys of their questions, and what is wrong by their places from 1."""
    answers: dict[str, Value] = {}
    problems: dict[int, Problem] = {}
    for place, question in enumerate(form.questions, 1):
        answer = read(question, sent.fields.get(f"q{place}", ()))
        if isinstance(answer, Problem):
            problems[place] = answer
        elif answer is not None:
            answers[question.key] = answer
    return answers, problems


def _entered(form: Form, sent: Sent) -> dict[int, Sequence[str]]:
    return {place: sent.fields.get(f"q{place}", ()) for place in range(1, len(form.questions) + 1)}
