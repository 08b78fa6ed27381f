"""A survey on pages: a question a step, or all at once; each form is posted, and leads to the next page."""

from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from gateway.browsers.answers import AnswerCookies, Kept
from gateway.calls.forms import AnswerRefused, CodeSpent, Form, Forms
from gateway.respondents.codes import new_code, proof_of, read_code
from gateway.respondents.fields import Problem
from gateway.respondents.links import Link, link_of
from gateway.respondents.pages import ANEW, View, question_page, thanks_page, whole_page
from gateway.respondents.reading import entered_in, given, problems_of, read_form
from gateway.respondents.requests import (
    Pages,
    Sent,
    page_language,
    wishes_of,
    words_for,
)
from gateway.respondents.sentences import Phrase
from services.kit.errors import Invalid, NotFound

PROBLEM_STATUS: Final = 422


class Answering:
    """The pages below /r/KEY."""

    def __init__(self, pages: Pages, forms: Forms, cookies: AnswerCookies) -> None:
        self.pages = pages
        self.forms = forms
        self.cookies = cookies

    async def show(self, sent: Sent) -> Response:
        """A question, all of them, or thanks; who comes first is given a code of the response to be."""
        link, kept = self._link(sent.request), self._kept(sent.request)
        if kept is not None and kept.sent:
            if link.step == 0:
                language = page_language(link.language, wishes_of(sent.request))
                return thanks_page(link, language, kept.sent, kept.code)
            kept = None
        form = await self.forms.open(link.place)
        kept = kept or Kept(new_code(), {})
        view = self._view(sent.request, form, _within(link, form), kept)
        answer = _shown(view)
        if (cookie := self.cookies.keep(link.place, kept)) is not None:
            answer.headers["set-cookie"] = cookie
        return answer

    async def answer(self, sent: Sent) -> Response:
        """What was entered, kept or stored; then the next page. Or nothing of it, for somebody else."""
        if sent.first(ANEW):
            return self._begin_anew(self._link(sent.request))
        link, code = self._link(sent.request), read_code(sent.first("code"))
        found = self._kept(sent.request)
        if found is not None and code not in (None, found.code):
            found = None  # the browser keeps another response by now
        kept = found or Kept(code or new_code(), {})
        try:
            form = await self.forms.open(link.place)
        except NotFound:  # the same form again, after it was stored, is no bad link
            return await self._answer_again(sent, link, kept, is_kept=found is not None)
        if kept.sent:
            return RedirectResponse(link.at(step=0), 303)
        link = _within(link, form)
        view = self._view(sent.request, form, link, kept)
        answers, problems = read_form(form, sent, link, kept.answers)
        entered = {**view.entered, **entered_in(form, sent, link)}
        view = replace(view, entered=entered, problems=problems)
        if problems:
            return _shown(view, PROBLEM_STATUS)
        kept = kept._replace(answers=answers)
        is_last = link.is_whole or link.step == len(form.questions)
        has_others = not link.is_whole and len(form.questions) > 1
        if not is_last or (has_others and found is None):  # else those given before would be lost
            return self._go_on(view, kept, is_kept=found is not None)
        return await self._store(sent.request, view, kept, is_kept=found is not None)

    def _begin_anew(self, link: Link) -> Response:
        """To the first question, with nothing kept of who answered before on this device."""
        answer = RedirectResponse(link.at(step=1), 303)
        answer.headers["set-cookie"] = self.cookies.forget(link.place.survey)
        return answer

    async def _answer_again(self, sent: Sent, link: Link, kept: Kept, *, is_kept: bool) -> Response:
        """What was stored by this form before, as the form says it now; NotFound where nothing was."""
        self.pages.admit_code(sent.request)
        proof = proof_of(kept.code)
        stored = await self.forms.open_again(proof)
        link = _within(link, stored)
        answers, problems = read_form(stored, sent, link, kept.answers)
        # Of one step alone those of other questions would be lost.
        if answers and not problems and (link.is_whole or is_kept):
            try:
                await self.forms.correct(proof, answers)
            except Invalid:
                problems = {0: Problem(Phrase.BAD_TEXT)}
        if problems:
            view = self._view(sent.request, stored, link, kept)
            entered = {**view.entered, **entered_in(stored, sent, link)}
            return _shown(replace(view, entered=entered, problems=problems), PROBLEM_STATUS)
        return self._thank(sent.request, link, kept, stored, is_kept=is_kept)

    def _go_on(self, view: View, kept: Kept, *, is_kept: bool) -> Response:
        """To the next question; where the browser keeps nothing, or not as much, all questions at once."""
        cookie = self.cookies.keep(view.link.place, kept)
        if cookie is None or not is_kept:
            link = replace(view.link, is_whole=True, step=1)
            carried = replace(view, link=link, entered=given(view.form, kept.answers))
            return whole_page(replace(carried, note=Phrase.CARRIED))
        answer = RedirectResponse(view.link.at(step=view.link.step + 1), 303)
        answer.headers["set-cookie"] = cookie
        return answer

    async def _store(self, request: Request, view: View, kept: Kept, *, is_kept: bool) -> Response:
        """Store the response once, then thank; else the page again with what is wrong."""
        if not kept.answers:
            return _shown(replace(view, problems={0: Problem(Phrase.ANSWER_ONE)}), PROBLEM_STATUS)
        self.pages.admit(request, view.link.place.survey)
        try:
            refused = await self._submit(view, kept)
        except CodeSpent:
            kept = kept._replace(code=new_code())
            refused = await self._submit(view, kept)
        if refused:
            return _shown(replace(view, problems=problems_of(view.form, refused)), PROBLEM_STATUS)
        return self._thank(request, view.link, kept, view.form, is_kept=is_kept)

    async def _submit(self, view: View, kept: Kept) -> list[AnswerRefused]:
        place, proof = view.link.place, proof_of(kept.code)
        return await self.forms.submit(place, proof, kept.answers, view.words.texts)

    def _thank(
        self, request: Request, link: Link, kept: Kept, form: Form, *, is_kept: bool
    ) -> Response:
        words = words_for(form, link.language, wishes_of(request))
        title = form.title.said(words.texts)
        cookie = self.cookies.keep(link.place, Kept(kept.code, {}, title))
        if cookie is None or not is_kept:
            return thanks_page(link, words.page, title, kept.code)
        answer = RedirectResponse(link.at(step=0, language=link.language or words.page), 303)
        answer.headers["set-cookie"] = cookie
        return answer

    def _view(self, request: Request, form: Form, link: Link, kept: Kept) -> View:
        words = words_for(form, link.language, wishes_of(request))
        return View(form, link, words, kept.code, given(form, kept.answers))

    def _link(self, request: Request) -> Link:
        return link_of(request.path_params["survey"], request.query_params)

    def _kept(self, request: Request) -> Kept | None:
        return self.cookies.find(self._link(request).place, request.headers.get("cookie", ""))


def _within(link: Link, form: Form) -> Link:
    """The link to a question that there is."""
    step = 1 if link.is_whole else min(max(link.step, 1), len(form.questions))
    return replace(link, step=step)


def _shown(view: View, status: int = 200) -> Response:
    """The page that a link names; all questions, where something is wrong with another one."""
    if view.link.is_whole:
        return whole_page(view, status)
    if view.problems.keys() <= {0, view.link.step}:
        return question_page(view, status)
    return whole_page(replace(view, link=replace(view.link, is_whole=True, step=1)), status)
