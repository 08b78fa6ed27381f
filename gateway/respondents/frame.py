"""What every page of the respondent is made of: its head, its headers, a hidden field, a button."""

from html import escape
from typing import Final

from starlette.responses import HTMLResponse

from gateway.respondents.fields import Words
from gateway.respondents.sentences import Phrase
from gateway.respondents.style import POLICY, STYLE

HEADERS: Final = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex",
    "cross-origin-opener-policy": "same-origin",
    "vary": "accept-language, cookie",
}
_PAGE: Final = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main><div class="sheet">
{body}
</div></main>
</body>
</html>
"""


def page(status: int, language: str, title: str, body: str) -> HTMLResponse:
    """A page; the title is escaped here, the body is HTML."""
    html = _PAGE.format(language=language, title=escape(title), style=STYLE, body=body)
    return HTMLResponse(html, status, {**HEADERS, "content-language": language})


def hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'


def button(words: Words, label: Phrase) -> str:
    return f'<button type="submit">{words.say(label)}</button>'
