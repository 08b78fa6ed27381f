"""The file of an example: CSV as it stands in the document, or written in another encoding or as a workbook."""

import csv
import io
import re
from collections.abc import Sequence
from typing import Final

import xlsxwriter

ESCAPED: Final = re.compile(r"\\u([0-9a-f]{4})")


def made(text: str, words: Sequence[str]) -> tuple[str, bytes]:
    """Name and content. `words`: none; `escaped`, where letters that nobody sees are written by their number;
    `encoding NAME`; `workbook SHEET ...`, whose first sheet has the table."""
    match list(words):
        case []:
            return "file.csv", text.encode()
        case ["escaped"]:
            return "file.csv", ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).encode()
        case ["encoding", name]:
            return "file.csv", text.encode(name)
        case ["workbook", *sheets]:
            return "file.xlsx", _workbook(list(csv.reader(io.StringIO(text))), sheets)
    raise ValueError(f"no such file can be made: {' '.join(words)}")


def _workbook(rows: Sequence[Sequence[str]], sheets: Sequence[str]) -> bytes:
    """Cells are texts; the other sheets hold a word."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        first, *others = sheets or ["Sheet1"]
        sheet = book.add_worksheet(first)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell)
        for name in others:
            book.add_worksheet(name).write_string(0, 0, "note")
    return written.getvalue()
