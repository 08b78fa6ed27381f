"""The few pages of signing in: plain HTML without scripts."""

import re
from html import escape
from typing import Final

from starlette.responses import HTMLResponse

from gateway.signin.sentences import Sentence, say

SIGN_IN: Final = "/signin"
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action {targets}; "
    "frame-ancestors 'none'; base-uri 'none'"
)
_ORIGIN: Final = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+")
_PAGE: Final = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 15vh auto 0; padding: 0 1rem; }}
button {{ font: inherit; padding: .5rem 1rem; }}
</style>
<main>
<h1>{title}</h1>
<p>{text}</p>
{more}
</main>
</html>
"""


def page(
    status: int,
    language: str,
    title: Sentence,
    text: str,
    more: str = "",
    leads_to: str | None = None,
) -> HTMLResponse:
    """A page; the text is escaped, `more` is HTML. `leads_to`: where its form is redirected, if not here.

    Browsers apply form-action to redirects too.
    """
    html = _PAGE.format(
        language=language, title=escape(say(title, language)), text=escape(text), more=more
    )
    origin = _ORIGIN.match(leads_to or "")
    targets = f"'self' {origin[0]}" if origin else "'self'"
    policy = _POLICY.format(targets=targets)
    headers = {
        "content-security-policy": policy,
        "referrer-policy": "same-origin",
        "content-language": language,
        "vary": "accept-language",
    }
    return HTMLResponse(html, status, headers)


def button(path: str, label: Sentence, language: str) -> str:
    """A button that posts to a path of ours."""
    action = escape(path)
    text = escape(say(label, language))
    return f'<form method="post" action="{action}"><button>{text}</button></form>'


def again(language: str) -> str:
    """A link to begin anew."""
    return f'<p><a href="{SIGN_IN}">{escape(say(Sentence.SIGN_IN_AGAIN, language))}</a></p>'
