"""Addresses of the page: which survey, what the link names, which language and step."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import quote, urlencode

from gateway.calls.forms import Place

CODE_PAGE: Final = "/r"
SENT: Final = "sent"
"""The step after the last."""


@dataclass(frozen=True, slots=True)
class Link:
    """One address below /r/. `step`: 1 for the first question, 0 once all is sent."""

    place: Place
    language: str = ""
    step: int = 1
    is_whole: bool = False

    def at(self, **changes: Any) -> str:
        """The address, with something changed: made here, so nothing of it leads elsewhere."""
        link = replace(self, **changes)
        place = link.place
        asked = {
            "t": place.touchpoint,
            "d": place.department,
            "i": place.invitation,
            "lang": link.language,
            "all": "1" if link.is_whole else None,
            "step": SENT if link.step == 0 else str(link.step) if link.step > 1 else None,
        }
        query = urlencode({name: value for name, value in asked.items() if value})
        path = f"/r/{quote(place.survey, safe='')}"
        return f"{path}?{query}" if query else path


def link_of(survey: str, query: Mapping[str, str]) -> Link:
    """What an address says; what it does not say well is left out."""
    step = query.get("step", "")
    number = int(step) if step.isascii() and step.isdigit() and len(step) < 4 else 1
    place = Place(survey, query.get("t") or None, query.get("d") or None, query.get("i") or None)
    return Link(
        place,
        query.get("lang", ""),
        0 if step == SENT else max(number, 1),
        query.get("all") == "1",
    )
