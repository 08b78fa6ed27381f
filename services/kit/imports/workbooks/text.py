"""Text of strings and cells: pieces of rich text joined, reading aids left out."""

import re
from typing import Final

ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")


class Texts:
    """Collects what is between <t> and </t>, but in <rPh>, which tells how to pronounce it."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.is_text = False
        self.is_aid = False

    def start(self, name: str) -> None:
        if name == "t":
            self.is_text = not self.is_aid
        elif name == "rPh":
            self.is_aid = True

    def end(self, name: str) -> None:
        if name == "t":
            self.is_text = False
        elif name == "rPh":
            self.is_aid = False

    def data(self, text: str) -> None:
        if self.is_text:
            self.pieces.append(text)

    def take(self) -> str:
        """What was collected since the last time."""
        text = "".join(self.pieces)
        self.pieces.clear()
        return unescape(text)


def unescape(text: str) -> str:
    """Characters that XML cannot hold are written as `_x000D_`."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
