"""What became of every row: counts, and a file of the refused ones."""

import csv
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from infra.client.api import Json
from services.kit.exports.csv import cell


@dataclass(slots=True)
class RefusalReason:
    """How many rows were refused for it, and the one that came first."""

    first: Json
    rows: int = 0


@dataclass(slots=True)
class Tally:
    """Rows by what became of them; `rows` in the file, 0 while that is not known; `read` so far, and at the `furthest`
    of all attempts."""

    rows: int = 0
    read: int = 0
    furthest: int = 0
    stored: int = 0
    already: int = 0
    refused: int = 0
    left_out: int = 0
    corrected: int = 0
    joined: int = 0
    differences: list[Json] = field(default_factory=list)
    """What a file replaced, the first 1,000."""
    reasons: dict[str, RefusalReason] = field(default_factory=dict)

    def refuse(self, refused: Json) -> None:
        """Count the reason of a refused row."""
        reason = self.reasons.setdefault(refused["reason"], RefusalReason(refused))
        reason.rows += 1


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun: `1 row`, `2 rows`."""
    return f"{count} {one if count == 1 else many}"


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
        """One refused row, as no spreadsheet runs it; in order, but for those refused before the first is stored."""
        writer = csv.writer(self.file or self._open())
        cells = (refused["row"], refused["column"], refused["reason"], refused["message"])
        writer.writerow(map(cell, cells))

    def _open(self) -> TextIO:
        self.file = self.path.open("w", encoding="utf-8", newline="")
        csv.writer(self.file).writerow(("row", "column", "reason", "message"))
        return self.file
