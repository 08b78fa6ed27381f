"""The languages that pages of the gateway speak, and which of them, or of others, a browser wishes for."""

from collections.abc import Sequence
from typing import Final

LANGUAGES: Final = ("en", "lv", "lt", "sl", "mk")
"""In the order of the columns of tables of sentences; the first for whoever reads none of them."""
LONGEST_WISHES: Final = 1_000
"""Characters of Accept-Language that are looked at."""


def language_of(wishes: str) -> str:
    """The most wanted of LANGUAGES in an Accept-Language header; of equals the first, English where none is."""
    return wished_of(wishes, LANGUAGES) or LANGUAGES[0]


def wished_of(wishes: str, offered: Sequence[str]) -> str | None:
    """The most wanted of the offered BCP 47 tags, by their first part; of equals the first, None where none is."""
    by_language = {primary(tag): tag for tag in reversed(offered)}
    best, most = None, 0.0
    for wish in wishes[:LONGEST_WISHES].split(","):
        name, _, quality = wish.partition(";")
        tag, wanted = by_language.get(primary(name)), _quality(quality)
        if tag is not None and wanted > most:
            best, most = tag, wanted
    return best


def primary(tag: str) -> str:
    """The language of a tag, without region and script."""
    return tag.strip().lower().partition("-")[0]


def _quality(text: str) -> float:
    """0 to 1; 1 where it is not said."""
    name, _, value = text.strip().lower().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
