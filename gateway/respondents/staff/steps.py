"""Addresses below /w/: the link, and which of its pages."""

from enum import StrEnum
from typing import Final
from urllib.parse import quote, urlencode


class Step(StrEnum):
    """A page behind a link; the promise stands at the link itself."""

    PROMISE = ""
    QUESTIONS = "questions"
    LATER = "later"
    KEPT = "kept"
    SENT = "sent"


PAGE: Final = "/w/"


def address_of_step(token: str, language: str, step: Step) -> str:
    """The address of a page, made here, so nothing of it leads elsewhere; `language`: as the address asked for it."""
    asked = {name: value for name, value in (("step", step), ("lang", language)) if value}
    path = PAGE + quote(token, safe="")
    return f"{path}?{urlencode(asked)}" if asked else path
