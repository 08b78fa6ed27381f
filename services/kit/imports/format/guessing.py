"""The encoding of text that does not say it: known by its zeros, or asked for with the word as each would read it."""

import re
from collections.abc import Sequence
from typing import Final

from services.kit.imports.sections import list_names

LONGEST_WORD: Final = 30
GUESSES: Final = ("windows-1257", "windows-1250", "windows-1251", "windows-1252")
WIDE: Final = {  # which of each four bytes are zero in text that is mostly Latin letters
    "utf-32-le": (False, True, True, True),
    "utf-32-be": (True, True, True, False),
    "utf-16-le": (False, True, False, True),
    "utf-16-be": (True, False, True, False),
}


def advice(line: bytes, encoding: str) -> str:
    """How the first word that is not text would be read otherwise, and how to say which is meant."""
    shown = readings(line)
    if not shown:
        return f'is this a text file in {encoding}? if another encoding, name it: [format] encoding = "{GUESSES[0]}"'
    read = list_names(f'as {guess} "{text}"' for guess, text in shown.items())
    return f'the word would read {read}; name the one that is right: [format] encoding = "{next(iter(shown))}"'


def readings(line: bytes) -> dict[str, str]:
    """The first word that is not ASCII as each code page would read it, by code page; those that make no letters of it
    are left out."""
    words = [word for word in re.split(rb"[\x00-\x26\x28-\x40;|]+", line) if not word.isascii()]
    return {guess: text for guess in GUESSES if (text := _read(words, guess))}


def _read(words: Sequence[bytes], encoding: str) -> str:
    """The first word with letters, short; empty where it is none."""
    for word in words:
        try:
            text = word.decode(encoding)
        except UnicodeError:
            return ""
        if any(letter.isalpha() and not letter.isascii() for letter in text):
            return text[:LONGEST_WORD]
    return ""


def find_wide(start: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: its bytes are zero by turns."""
    if b"\0" not in start:
        return None
    for encoding, zeros in WIDE.items():
        columns = [start[at::4] for at in range(4)]
        if all(
            (column.count(0) > len(column) / 2) is zero
            for column, zero in zip(columns, zeros, strict=True)
        ):
            return encoding
    return None
