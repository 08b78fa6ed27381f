"""Numbers as people's programs write them: a decimal comma, blanks between thousands."""

import re
from typing import Final

from services.kit.letters import plain

POINT: Final = "."
COMMA: Final = ","
GROUPED: Final = {  # digits in threes, parted by a blank or an apostrophe, and by the mark that is not decimal
    POINT: re.compile(r"[+-]?\d{1,3}(?:[ '’]\d{3})+(?:\.\d+)?"),
    COMMA: re.compile(r"[+-]?\d{1,3}(?:[ '’.]\d{3})+(?:,\d+)?"),
}
TYPED: Final = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
WITH_COMMA: Final = re.compile(r"[+-]?\d+,\d+")
FLAGS: Final = {
    **dict.fromkeys(("1", "true", "t", "yes", "y", "jā", "taip", "da", "да"), True),
    **dict.fromkeys(("0", "false", "f", "no", "n", "nē", "ne", "не"), False),
}
WHOLE: Final = re.compile(r"([01])[.,]0+", re.ASCII)


class Numbers:
    """Reads the numbers of one file. `decimal`: a point or a comma; `is_typed`: some were numbers, with a point."""

    def __init__(self, decimal: str, *, is_typed: bool = False) -> None:
        self.decimal = decimal
        self.is_typed = is_typed

    def text(self, cell: str) -> str:
        """The number with a point and nothing between its digits; a cell that is none stays as it is."""
        shown = plain(cell)
        if self.is_typed and TYPED.fullmatch(shown):
            return shown
        if GROUPED[self.decimal].fullmatch(shown):
            marks = " '’." if self.decimal == COMMA else " '’"
            shown = shown.translate(dict.fromkeys(map(ord, marks)))
        if self.decimal == COMMA and WITH_COMMA.fullmatch(shown):
            return shown.replace(COMMA, POINT)
        return shown

    def advice(self, cell: str) -> str:
        """What to write into the mapping where a comma stands in the way; empty: none does."""
        if self.decimal == POINT and WITH_COMMA.fullmatch(plain(cell)):
            return '; a decimal comma is [format] decimal = ","'
        return ""


def check_decimal(value: object) -> str:
    if value in (POINT, COMMA):
        return str(value)
    raise ValueError('decimal: must be "." or ","')


def read_flag(cell: str) -> bool | None:
    """1 or 0, true or false, yes or no in five languages; whole numbers with a point, as pandas writes a column with a
    gap; else None."""
    shown = plain(cell).casefold()
    whole = WHOLE.fullmatch(shown)
    return FLAGS.get(whole[1] if whole else shown)
