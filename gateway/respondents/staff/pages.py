"""Pages of an employee who answers: plain HTML, without scripts; the promise stands before the first question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from math import ceil
from typing import Final

from starlette.responses import HTMLResponse

from gateway.calls.ballots import Ballot
from gateway.respondents.fields import Field, Problem, Words
from gateway.respondents.frame import hidden, page
from gateway.respondents.pages import error_of, summary
from gateway.respondents.sentences import NAMES, Phrase, say
from gateway.respondents.staff.fields import SMALLEST_SHARED, draw, hint_of, is_typed
from gateway.respondents.staff.sentences import StaffPhrase, say_staff
from gateway.respondents.staff.steps import PAGE, Step, address_of_step

QUESTIONS_A_MINUTE: Final = 4
_WHEN: Final = "%Y-%m-%d %H:%M UTC"
"""Read alike in all languages; whose clocks the organisation goes by is not told to strangers."""


@dataclass(frozen=True, slots=True)
class BallotView:
    """What a page shows. Entered and problems by the place of their question, from 1; 0: of the whole."""

    token: str
    ballot: Ballot
    words: Words
    language: str = ""
    """As the address asked for it; empty: it did not."""
    sent: Mapping[int, Sequence[str]] | None = None
    problems: Mapping[int, Problem] = field(default_factory=dict)

    def entering(
        self, sent: Mapping[int, Sequence[str]], problems: Mapping[int, Problem]
    ) -> "BallotView":
        """With what stands in the form, and what is wrong with it."""
        return replace(self, sent=sent, problems=problems)

    @property
    def entered(self) -> Mapping[int, Sequence[str]]:
        """What was sent; else what was kept."""
        if self.sent is not None:
            return self.sent
        kept = self.ballot.kept
        return {
            place: [str(kept[question.key])] if question.key in kept else []
            for place, question in enumerate(self.ballot.form.questions, 1)
        }

    @property
    def title(self) -> str:
        """The wave's name in the language of its questions; not escaped."""
        return self.ballot.form.title.said(self.words.texts)

    def at(self, step: Step, language: str | None = None) -> str:
        """The address of a page, escaped."""
        asked = self.language if language is None else language
        return escape(address_of_step(self.token, asked, step))

    def says(self, sentence: StaffPhrase, **values: object) -> str:
        """A sentence, escaped."""
        return escape(say_staff(sentence, self.words.page, **values))


def promise_page(view: BallotView) -> HTMLResponse:
    """The promise, before anything is asked."""
    count = len(view.ballot.form.questions)
    facts = view.says(StaffPhrase.COUNT, count=count, minutes=ceil(count / QUESTIONS_A_MINUTE))
    kept = f'<p class="box">{view.says(StaffPhrase.KEPT_HERE)}</p>' if view.ballot.kept else ""
    k, few = view.ballot.k, SMALLEST_SHARED
    sizes = (
        f'<p class="hint">{view.says(StaffPhrase.PROMISE_SIZES, k=k, few=few)}</p>'
        if k < few
        else ""
    )
    language = hidden("lang", view.language) if view.language else ""
    begin = view.says(StaffPhrase.GO_ON if view.ballot.kept else StaffPhrase.BEGIN)
    body = f"""{_bar(view, has_languages=True)}
<h1>{view.says(StaffPhrase.BEFORE)}</h1>
<p class="promise">{view.says(StaffPhrase.PROMISE_GROUPS, k=k)}</p>
<p class="promise">{view.says(StaffPhrase.PROMISE_NAME)}</p>{sizes}
<p class="hint">{facts} {view.says(StaffPhrase.NOT_FOUND_AGAIN)}</p>{kept}
<form action="{PAGE}{escape(view.token)}" method="get">{language}
<div class="acts"><button type="submit" name="step" value="{Step.QUESTIONS}">{begin}</button></div>
</form>
<p class="other"><a href="{view.at(Step.LATER)}">{view.says(StaffPhrase.NOT_THIS_TIME)}</a></p>"""
    return page(200, view.words.page, say_staff(StaffPhrase.BEFORE, view.words.page), body)


def ballot_page(view: BallotView, status: int = 200) -> HTMLResponse:
    """All questions in one form; it says that sent answers are not found again before it sends them."""
    places = range(1, len(view.ballot.form.questions) + 1)
    send = view.words.say(Phrase.SEND)
    body = "\n".join(
        (
            _problems(view),
            f'<h1{_lang(view)} dir="auto">{escape(view.title)}</h1>',
            f'<p class="hint">{view.says(StaffPhrase.MAY_SKIP)}</p>',
            f'<form action="{view.at(Step.QUESTIONS)}" method="post">',
            *(f'<div class="asked">{_asked(view, place)}</div>' for place in places),
            f'<p class="box">{view.says(StaffPhrase.NOT_FOUND_AGAIN)}</p>',
            f'<div class="acts"><button type="submit" name="do" value="send">{send}</button>',
            f'<button class="second" type="submit" name="do" value="keep">{view.says(StaffPhrase.KEEP)}</button></div>',
            "</form>",
        )
    )
    title = say(Phrase.ERROR, view.words.page, text=view.title) if view.problems else view.title
    return page(status, view.words.page, title, body)


def kept_page(view: BallotView) -> HTMLResponse:
    """Answers are kept, and counted only when they are sent."""
    go_on = f'<p class="other"><a href="{view.at(Step.QUESTIONS)}">{view.says(StaffPhrase.GO_ON)}</a></p>'
    return _says(view, StaffPhrase.KEPT, StaffPhrase.KEPT_WHY, go_on)


def sent_page(view: BallotView) -> HTMLResponse:
    """All was taken."""
    return _says(view, StaffPhrase.THANKS, StaffPhrase.THANKS_WHY)


def said_page(
    view: BallotView, title: StaffPhrase, text: StaffPhrase, status: int = 200
) -> HTMLResponse:
    """A page that says one thing."""
    return _says(view, title, text, status=status)


def no_link_page(language: str) -> HTMLResponse:
    """The one page for every link that leads to nothing: whose it was, and whether it was one, it does not say."""
    title = say_staff(StaffPhrase.NO_LINK, language)
    why = say_staff(StaffPhrase.NO_LINK_WHY, language)
    body = f'<h1>{escape(title)}</h1>\n<p class="hint">{escape(why)}</p>'
    return page(404, language, title, body)


def _says(
    view: BallotView, title: StaffPhrase, text: StaffPhrase, more: str = "", status: int = 200
) -> HTMLResponse:
    closes_at = view.ballot.closes_at
    until = ""
    if closes_at is not None and status == 200 and title is not StaffPhrase.THANKS:
        said = view.says(StaffPhrase.UNTIL, when=closes_at.strftime(_WHEN))
        until = f'<p class="hint">{said}</p>'
    body = f"""{_bar(view) if view.title else ""}
<h1>{view.says(title)}</h1>
<p class="hint">{view.says(text)}</p>{until}{more}"""
    return page(status, view.words.page, say_staff(title, view.words.page), body)


def _bar(view: BallotView, *, has_languages: bool = False) -> str:
    """The wave's name, and other languages, each in its own words."""
    others = [tag for tag in view.ballot.form.languages if tag and tag != view.words.texts]
    links = "".join(
        f'<a href="{view.at(Step.PROMISE, tag)}" lang="{tag}" hreflang="{tag}">{escape(NAMES.get(tag, tag))}</a>'
        for tag in others
    )
    language = view.words.say(Phrase.LANGUAGE)
    switch = f'<nav aria-label="{language}">{links}</nav>' if links and has_languages else ""
    name = f'<p class="from"{_lang(view)} dir="auto">{escape(view.title)}</p>'
    return f'<div class="bar">{name}{switch}</div>'


def _lang(view: BallotView) -> str:
    tag = view.words.texts
    return f' lang="{tag}"' if tag and tag != view.words.page else ""


def _asked(view: BallotView, place: int) -> str:
    """One question with its hint, what is wrong with it, and where it is answered."""
    question, words, name = view.ballot.form.questions[place - 1], view.words, f"q{place}"
    problem = view.problems.get(place)
    field = Field(question, name, words, view.entered.get(place, ()))
    hint = hint_of(field)
    described = " ".join(
        part for part, is_there in ((f"h{place}", hint), (f"x{place}", problem)) if is_there
    )
    field = field._replace(described_by=described)
    text = escape(question.text.said(words.texts))
    below = f'<p class="hint" id="h{place}">{hint}</p>' if hint else ""
    if problem is not None:
        below += error_of(words, f"x{place}", _said(view, problem))
    drawn, bad = draw(field), ' class="bad"' if problem else ""
    if is_typed(question):
        label = f'<h2{_lang(view)} dir="auto"><label for="{name}">{text}</label></h2>'
        return f"<div{bad}>{label}{below}{drawn}</div>"
    by = f' aria-describedby="{described}"' if described else ""
    legend = f'<legend><h2{_lang(view)} dir="auto">{text}</h2></legend>'
    return f"<fieldset{bad}{by}>{legend}{below}{drawn}</fieldset>"


def _problems(view: BallotView) -> str:
    """All that is wrong, each leading to its question."""
    said = [(f"q{place or 1}", _said(view, each)) for place, each in sorted(view.problems.items())]
    return summary(view.words, said) if said else ""


def _said(view: BallotView, problem: Problem) -> str:
    return view.words.say(problem.sentence, **problem.values)
