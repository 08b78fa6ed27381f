"""Letters and blanks as people see them: what looks alike is alike, at every door.

A letter with a mark can be one character or two (`ē`, or `e` and a macron); macOS writes two. Names, keys, ids and
labels are kept composed (Unicode NFC). What respondents wrote is kept as they wrote it.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final, TypeVar

BLANKS: Final = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
UNSEEN: Final = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
SEEN: Final = {ord(blank): " " for blank in BLANKS} | {ord(unseen): None for unseen in UNSEEN}
STRAIGHT: Final = {
    **dict.fromkeys(map(ord, "‘’‚‛ʼ′`´"), "'"),
    **dict.fromkeys(map(ord, "“”„‟«»″"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—−"), "-"),
    ord("…"): "...",
}
CONTROLS: Final = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f]+")

# Letters and digits of any script at both ends; dots, hyphens and underscores inside.
KEY: Final = re.compile(r"[^\W_](?:[\w.-]*[^\W_])?")

ValueT = TypeVar("ValueT")


def composed(text: str) -> str:
    """The same letters, each as one character where there is one."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def plain(text: str) -> str:
    """Composed, blanks of every kind as one kind and none around; what has no width is left out."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFC", text.translate(SEEN)).strip()


def in_one_line(text: str) -> str:
    """Plain, and runs of blanks and line breaks as one blank: as a title is meant that has several lines."""
    return " ".join(plain(text).split())


def is_key(text: str) -> bool:
    """Whether a text is shaped like the key of a department or a touchpoint, however long."""
    return KEY.fullmatch(text) is not None


def alike(text: str) -> str:
    """Equal for what people take for the same: `Don’t  Know` and `don't know`."""
    return " ".join(plain(text).casefold().translate(STRAIGHT).split())


def find_alike(known: Mapping[str, ValueT], text: str) -> ValueT | None:
    """What is known by a text as it is sent, else by its composed form."""
    found = known.get(text)
    return known.get(composed(text)) if found is None and not text.isascii() else found


def with_composed(known: dict[str, ValueT]) -> dict[str, ValueT]:
    """By composed names too: what was stored before names were composed is found by both."""
    decomposed = {composed(name): value for name, value in known.items() if not name.isascii()}
    return decomposed | known if decomposed else known


def without_controls(text: str) -> str:
    """Without C0 controls other than tab and line breaks: no spreadsheet can hold them. A NUL stays, and is refused."""
    if text.isprintable():  # ten times as fast as the search, and true of nearly every line
        return text
    return CONTROLS.sub("", text) if CONTROLS.search(text) else text
