"""The few pages of signing in: plain HTML without scripts."""

import re
from html import escape
from typing import Final

from starlette.responses import HTMLResponse

SIGN_IN: Final = "/signin"
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action {targets}; "
    "frame-ancestors 'none'; base-uri 'none'"
)
_ORIGIN: Final = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+")
_PAGE: Final = """<!doctype html>
<html lang="en">
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
    status: int, title: str, text: str, more: str = "", leads_to: str | None = None
) -> HTMLResponse:
    """A page; title and text are escaped, `more` is HTML. `leads_to`: where its form is redirected, if not here.

    Browsers apply form-action to redirects too.
    """
    html = _PAGE.format(title=escape(title), text=escape(text), more=more)
    origin = _ORIGIN.match(leads_to or "")
    targets = f"'self' {origin[0]}" if origin else "'self'"
    policy = _POLICY.format(targets=targets)
    headers = {"content-security-policy": policy, "referrer-policy": "same-origin"}
    return HTMLResponse(html, status, headers)


def button(path: str, label: str) -> str:
    """A button that posts to a path of ours."""
    action = escape(path)
    return f'<form method="post" action="{action}"><button>{escape(label)}</button></form>'


def again() -> str:
    """A link to begin anew."""
    return f'<p><a href="{SIGN_IN}">Sign in again</a></p>'
