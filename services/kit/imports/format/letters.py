"""Letters and blanks as people see them: what looks alike is alike."""

import unicodedata
from typing import Final

BLANKS: Final = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
UNSEEN: Final = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
SEEN: Final = {ord(blank): " " for blank in BLANKS} | {ord(unseen): None for unseen in UNSEEN}


def plain(text: str) -> str:
    """Composed letters (NFC), blanks of every kind as one kind and none around; what has no width is left out."""
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFC", text.translate(SEEN)).strip()
