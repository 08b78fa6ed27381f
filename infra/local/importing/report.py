"""What became of every row: counts, and a file of the refused ones."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from infra.local.importing.batches import Refusal


@dataclass(slots=True)
class Tally:
    """Rows by what became of them."""

    stored: int = 0
    already: int = 0
    refused: int = 0


class Report:
    """Refused rows as CSV; a file that was not asked for exists only when there are any."""

    def __init__(self, path: Path, *, always: bool) -> None:
        self.path = path
        self.file: TextIO | None = None
        if always:
            self._open()

    def __enter__(self) -> "Report":
        return self

    def __exit__(self, *_: object) -> None:
        if self.file is not None:
            self.file.close()

    def add(self, refusals: list[Refusal]) -> None:
        """In the order of the rows within what is given."""
        if not refusals:
            return
        writer = csv.writer(self.file or self._open())
        for refused in sorted(refusals, key=lambda one: one.row):
            writer.writerow((refused.row, refused.column, refused.reason, refused.message))

    def _open(self) -> TextIO:
        self.file = self.path.open("w", encoding="utf-8", newline="")
        csv.writer(self.file).writerow(("row", "column", "reason", "message"))
        return self.file
