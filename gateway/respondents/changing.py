"""The page /r: by the code of a response it is removed for good, or answered again."""

from dataclasses import replace
from typing import Final

from starlette.responses import RedirectResponse, Response

from gateway.browsers.answers import AnswerCookies
from gateway.browsers.languages import language_of
from gateway.calls.forms import Form, Forms, Place, Proof
from gateway.respondents.answering import PROBLEM_STATUS
from gateway.respondents.codes import proof_of, read_code
from gateway.respondents.fields import Problem
from gateway.respondents.links import CODE_PAGE, Link
from gateway.respondents.pages import View, choice_page, code_page, message, whole_page
from gateway.respondents.reading import entered_in, read_form
from gateway.respondents.requests import Pages, Sent, wishes_of, words_for
from gateway.respondents.sentences import Phrase
from services.kit.errors import Invalid, NotFound

DONE: Final = {"removed": Phrase.REMOVED, "changed": Phrase.CHANGED}


class Changing:
    """Asks for a code, and does what its holder wants. What was answered before is shown to nobody."""

    def __init__(self, pages: Pages, forms: Forms, cookies: AnswerCookies) -> None:
        self.pages = pages
        self.forms = forms
        self.cookies = cookies

    async def show(self, sent: Sent) -> Response:
        """The page that asks for a code, or says what was done."""
        language = language_of(wishes_of(sent.request))
        done = DONE.get(sent.request.query_params.get("done", ""))
        if done is not None:
            return message(200, language, done, Phrase.CLOSE)
        return code_page(language)

    async def change(self, sent: Sent) -> Response:
        """What is wanted of the response that a code is for; the page again where there is none."""
        self.pages.admit_code(sent.request)
        language, typed = language_of(wishes_of(sent.request)), sent.first("code")
        code = read_code(typed)
        try:
            if code is None:
                raise NotFound("this is no code", reason="NO_CODE")
            return await self._change(sent, code)
        except NotFound:
            problem = Problem(Phrase.UNKNOWN_CODE)
            return code_page(language, typed=typed, problem=problem, status=PROBLEM_STATUS)

    async def _change(self, sent: Sent, code: str) -> Response:
        proof, wanted = proof_of(code), sent.first("do")
        form = await self.forms.open_again(proof)
        view = self._view(sent, form, code)
        if wanted == "remove":
            await self.forms.withdraw(proof)
            answer = RedirectResponse(f"{CODE_PAGE}?done=removed", 303)
            answer.headers["set-cookie"] = self.cookies.forget(form.survey)
            return answer
        if wanted == "again":
            return whole_page(view)
        if wanted != "correct":
            return choice_page(language_of(wishes_of(sent.request)), view.title, code)
        return await self._correct(sent, view, proof)

    async def _correct(self, sent: Sent, view: View, proof: Proof) -> Response:
        """Replace the answers by those of the form; the page again with what is wrong."""
        answers, problems = read_form(view.form, sent, view.link, {})
        if not answers and not problems:
            problems = {0: Problem(Phrase.ANSWER_ONE)}
        if not problems:
            try:
                await self.forms.correct(proof, answers)
            except Invalid:
                problems = {0: Problem(Phrase.BAD_TEXT)}
            else:
                return RedirectResponse(f"{CODE_PAGE}?done=changed", 303)
        entered = entered_in(view.form, sent, view.link)
        return whole_page(replace(view, entered=entered, problems=problems), PROBLEM_STATUS)

    def _view(self, sent: Sent, form: Form, code: str) -> View:
        words = words_for(form, "", wishes_of(sent.request))
        link = Link(Place(form.survey), is_whole=True)
        return View(form, link, words, code, action=CODE_PAGE)
