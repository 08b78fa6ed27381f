"""Pages of the respondent: plain HTML in one file each, without scripts and without anything from elsewhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Final

from starlette.responses import HTMLResponse

from gateway.calls.forms import Form
from gateway.respondents.codes import shown
from gateway.respondents.fields import KINDS, Field, Problem, Words, hint_of
from gateway.respondents.frame import button, hidden, page
from gateway.respondents.links import CODE_PAGE, Link
from gateway.respondents.sentences import NAMES, Phrase, say

ANEW: Final = "anew"
"""The field of a form that begins again."""
_SKIPPED: Final = frozenset({Phrase.CHOOSE_NUMBER, Phrase.CHOOSE_ANSWER, Phrase.WRITE})
"""What can be wrong with an answer, that is right by giving none."""


@dataclass(frozen=True, slots=True)
class View:
    """What a page of questions shows. Entered and problems by the place of their question, from 1; 0: of the whole."""

    form: Form
    link: Link
    words: Words
    code: str
    entered: Mapping[int, Sequence[str]] = field(default_factory=dict)
    problems: Mapping[int, Problem] = field(default_factory=dict)
    note: Phrase | None = None
    action: str = ""
    """Where the form is sent, if not to the link."""

    @property
    def title(self) -> str:
        """The survey's title in the language of its texts; not escaped."""
        return self.form.title.said(self.words.texts)

    @property
    def has_begun(self) -> bool:
        """Whether somebody has answered here, who may have left: a device may be shared."""
        return not self.action and (self.link.step > 1 or any(self.entered.values()))

    @property
    def may_skip(self) -> bool:
        """Whether a question may stay unanswered: an only one is what the response consists of."""
        return len(self.form.questions) > 1


def message(status: int, language: str, title: Phrase, text: Phrase) -> HTMLResponse:
    """A page that says one thing."""
    return page(status, language, say(title, language), _said(language, title, text))


def later_page(
    status: int, language: str, text: Phrase, seconds: int, fields: Mapping[str, Sequence[str]]
) -> HTMLResponse:
    """Something is in the way; the fields of the form are sent again by a button, to the address of this page."""
    body = _said(language, Phrase.PROBLEM, text, seconds=seconds)
    if fields:
        kept = "".join(hidden(name, value) for name in fields for value in fields[name])
        body += f"""
<form method="post">{kept}
<div class="acts">{button(Words(language, ""), Phrase.TRY_AGAIN)}</div>
</form>"""
    return page(status, language, say(Phrase.PROBLEM, language), body)


def bad_link(language: str, status: int = 404) -> HTMLResponse:
    """The one page for every link that leads to nothing, whatever the reason."""
    return message(status, language, Phrase.BAD_LINK, Phrase.BAD_LINK_WHY)


def question_page(view: View, status: int = 200) -> HTMLResponse:
    """One question; the link's step says which."""
    step, count = view.link.step, len(view.form.questions)
    words, is_last = view.words, step == count
    marks = '<i class="on"></i>' * step + "<i></i>" * (count - step)
    progress = say(Phrase.QUESTION, words.page, number=step, count=count)
    acts = button(words, Phrase.SEND if is_last else Phrase.CONTINUE)
    if view.may_skip:
        skip = words.say(Phrase.SEND_WITHOUT if is_last else Phrase.SKIP)
        acts += f'<button class="second" type="submit" name="skip" value="1">{skip}</button>'
    body = "\n".join(
        (
            _bar(view),
            _problems(view),
            _form_begin(view),
            f'<p class="progress">{escape(progress)}</p><div class="track" aria-hidden="true">{marks}</div>',
            _asked(view, step, "h1"),
            f'<div class="acts">{acts}</div>\n</form>',
            _other(view, Phrase.ALL_AT_ONCE, is_whole=True),
            _anew(view.link, words, Phrase.START_ANEW) if view.has_begun else "",
        )
    )
    return page(status, words.page, _title(view, f"{progress}: {view.title}"), body)


def whole_page(view: View, status: int = 200) -> HTMLResponse:
    """All questions in one form."""
    places = range(1, len(view.form.questions) + 1)
    texts = _lang(view)
    note = f'<p class="box" role="status">{view.words.say(view.note)}</p>' if view.note else ""
    first = replace(view, link=replace(view.link, step=1))
    body = "\n".join(
        (
            _bar(first),
            _problems(view),
            f'<h1{texts} dir="auto">{escape(view.title)}</h1>{note}',
            _form_begin(view),
            *(f'<div class="asked">{_asked(view, place, "h2")}</div>' for place in places),
            f'<div class="acts">{button(view.words, Phrase.SEND)}</div>\n</form>',
            "" if view.action else _other(first, Phrase.ONE_BY_ONE, is_whole=False),
            _anew(first.link, view.words, Phrase.START_ANEW) if view.has_begun else "",
        )
    )
    return page(status, view.words.page, _title(view, view.title), body)


def thanks_page(link: Link, language: str, title: str, code: str) -> HTMLResponse:
    """All is saved; the code by which it is removed or changed. Where others may answer, the next one begins."""
    words = Words(language, "")
    anew = "" if link.place.invitation else _anew(link, words, Phrase.NEXT_PERSON)
    body = f"""<div class="bar"><p class="from" dir="auto">{escape(title)}</p></div>
<h1>{words.say(Phrase.THANKS)}</h1>
<p class="hint">{words.say(Phrase.CLOSE)}</p>
<div class="box"><p>{words.say(Phrase.KEEP_CODE)} <span class="code">{shown(code)}</span></p></div>
<p class="other"><a href="{CODE_PAGE}">{words.say(Phrase.CODE_TITLE)}</a></p>
{anew}"""
    return page(200, language, say(Phrase.THANKS, language), body)


def code_page(
    language: str, *, typed: str = "", problem: Problem | None = None, status: int = 200
) -> HTMLResponse:
    """Asks for a code."""
    words, title = Words(language, ""), say(Phrase.CODE_TITLE, language)
    above = error = ""
    if problem is not None:
        said = words.say(problem.sentence, **problem.values)
        above, error = summary(words, [("code", said)]), error_of(words, "xcode", said)
        title = say(Phrase.ERROR, language, text=title)
    described = ' aria-describedby="xcode"' if error else ""
    body = f"""{above}
<form action="{CODE_PAGE}" method="post">
<h1>{words.say(Phrase.CODE_TITLE)}</h1>
<p class="hint"><label for="code">{words.say(Phrase.CODE_LABEL)}</label></p>{error}
<input class="typed code" type="text" id="code" name="code" value="{escape(typed)}" maxlength="60" autocomplete="off"
 autocapitalize="characters" spellcheck="false"{described}>
<div class="acts">{button(words, Phrase.CONTINUE)}</div>
</form>"""
    return page(status, language, title, body)


def choice_page(language: str, title: str, code: str) -> HTMLResponse:
    """Whether the answers behind a code are removed, or given anew."""
    words = Words(language, "")
    heading = say(Phrase.ANSWERS_TO, language, title=title)
    body = f"""<h1 dir="auto">{escape(heading)}</h1>
<p class="hint">{words.say(Phrase.CODE_CHOICE)}</p>
<form action="{CODE_PAGE}" method="post">{hidden("code", code)}
<div class="acts"><button class="second" type="submit" name="do" value="again">{words.say(Phrase.AGAIN)}</button>
<button class="second" type="submit" name="do" value="remove">{words.say(Phrase.REMOVE)}</button></div>
</form>"""
    return page(200, language, heading, body)


def _said(language: str, title: Phrase, text: Phrase, **values: object) -> str:
    words = Words(language, "")
    return f'<h1>{words.say(title)}</h1>\n<p class="hint">{words.say(text, **values)}</p>'


def _title(view: View, title: str) -> str:
    return say(Phrase.ERROR, view.words.page, text=title) if view.problems else title


def _bar(view: View) -> str:
    """Back, the survey's title, and at the beginning other languages, each in its own words."""
    link, words = view.link, view.words
    back = ""
    if link.step > 1 and not view.action:
        back = f'<a href="{escape(link.at(step=link.step - 1))}">{words.say(Phrase.BACK)}</a>'
    others = [tag for tag in view.form.languages if tag and tag != words.texts]
    switch = ""
    if others and link.step == 1 and not view.action:
        links = "".join(
            f'<a href="{escape(link.at(language=tag))}" lang="{tag}" hreflang="{tag}">{escape(NAMES.get(tag, tag))}</a>'
            for tag in others
        )
        switch = f'<nav aria-label="{words.say(Phrase.LANGUAGE)}">{links}</nav>'
    title = f'<p class="from"{_lang(view)} dir="auto">{escape(view.title)}</p>'
    return f'<div class="bar">{back}{title if not link.is_whole else ""}{switch}</div>'


def _lang(view: View) -> str:
    tag = view.words.texts
    return f' lang="{tag}"' if tag and tag != view.words.page else ""


def _form_begin(view: View) -> str:
    action = escape(view.action or view.link.at())
    again = hidden("do", "correct") if view.action else ""
    return f'<form action="{action}" method="post">{hidden("code", view.code)}{again}'


def _asked(view: View, place: int, heading: str) -> str:
    """One question with its hint, what is wrong with it, and where it is answered."""
    question, words, name = view.form.questions[place - 1], view.words, f"q{place}"
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
        below += error_of(words, f"x{place}", _said_of(view, problem))
    drawn, bad = KINDS[question.kind].draw(field), ' class="bad"' if problem else ""
    if field.is_typed:
        label = f'<{heading}{_lang(view)} dir="auto"><label for="{name}">{text}</label></{heading}>'
        return f"<div{bad}>{label}{below}{drawn}</div>"
    by = f' aria-describedby="{described}"' if described else ""
    legend = f'<legend><{heading}{_lang(view)} dir="auto">{text}</{heading}></legend>'
    return f"<fieldset{bad}{by}>{legend}{below}{drawn}</fieldset>"


def _problems(view: View) -> str:
    """All that is wrong, each leading to its question."""
    said = [
        (f"q{place or view.link.step}", _said_of(view, problem))
        for place, problem in sorted(view.problems.items())
    ]
    return summary(view.words, said) if said else ""


def _said_of(view: View, problem: Problem) -> str:
    said = say(problem.sentence, view.words.page, **problem.values)
    if problem.sentence in _SKIPPED and view.may_skip:
        said = say(Phrase.OR_SKIP, view.words.page, text=said)
    return escape(said)


def summary(words: Words, said: Sequence[tuple[str, str]]) -> str:
    """What is wrong, above the form: for each the name of its field, and an escaped sentence."""
    links = "".join(f'<a href="#{name}">{text}</a>' for name, text in said)
    title = f"<p>{words.say(Phrase.PROBLEM)}</p>"
    return f'<div class="problem" role="alert" tabindex="-1" autofocus>{title}{links}</div>'


def error_of(words: Words, name: str, said: str) -> str:
    """What is wrong, at its field; `said` is escaped."""
    return f'<p class="err" id="{name}">{words.say(Phrase.ERROR, text="")}{said}</p>'


def _anew(link: Link, words: Words, label: Phrase) -> str:
    """A button that forgets what this browser keeps, and begins again."""
    action, text = escape(link.at(step=1)), words.say(label)
    return (
        f'<form action="{action}" method="post" class="other">'
        f'<button class="second" type="submit" name="{ANEW}" value="1">{text}</button></form>'
    )


def _other(view: View, label: Phrase, *, is_whole: bool) -> str:
    """A link to the other way of asking; one question is asked in one way."""
    if len(view.form.questions) == 1:
        return ""
    address = escape(view.link.at(is_whole=is_whole, step=1))
    return f'<p class="other"><a href="{address}">{view.words.say(label)}</a></p>'
