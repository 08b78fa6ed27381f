"""What became of every row: counts, and a file of the refused ones."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from infra.client.api import Json

# As in the exports of the services, which the client does not import.
FORMULA_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n")
_SKIPPED = " \xa0"
_FORMULA_WITHIN = re.compile('([;,\t\r\n|][ "\xa0]*)([=+\\-@\uff1d\uff0b\uff0d\uff20])')


@dataclass(slots=True)
class Tally:
    """Rows by what became of them; `rows` in the file, 0 while that is not known, `read` so far."""

    rows: int = 0
    read: int = 0
    stored: int = 0
    already: int = 0
    refused: int = 0
    left_out: int = 0


class Report:
    """Refused rows as CSV; a file that was not asked for exists only when there are any."""

    def __init__(self, path: Path, *, always: bool) -> None:
        self.path = path
        self.always = always
        self.file: TextIO | None = None

    def __enter__(self) -> "Report":
        return self

    def __exit__(self, *_: object) -> None:
        if self.file is not None:
            self.file.close()

    def restart(self) -> None:
        """Begin anew, for the file is read from its start; a report of an earlier run goes."""
        if self.file is not None:
            self.file.close()
            self.file = None
        self.path.unlink(missing_ok=True)
        if self.always:
            self._open()

    def add(self, refused: Json) -> None:
        """One refused row; they come in order, but for those refused before the first is stored."""
        writer = csv.writer(self.file or self._open())
        cells = (refused["row"], refused["column"], refused["reason"], refused["message"])
        writer.writerow(map(_unrunnable, cells))

    def _open(self) -> TextIO:
        self.file = self.path.open("w", encoding="utf-8", newline="")
        csv.writer(self.file).writerow(("row", "column", "reason", "message"))
        return self.file


def _unrunnable(cell: object) -> object:
    """A cell as no spreadsheet runs it, by whichever separator it reads the file: cells of a file come from outside."""
    if not isinstance(cell, str):
        return cell
    text = _FORMULA_WITHIN.sub(r"\1'\2", cell)
    return f"'{text}" if text.lstrip(_SKIPPED).startswith(FORMULA_STARTS) else text
