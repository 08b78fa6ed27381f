"""The rows of one sheet, as they come: cells by their column, however far apart they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import TextIOWrapper
from typing import IO, Final
from xml.parsers import expat

from services.kit.imports.format.records import FileUnreadable
from services.kit.imports.workbooks.archive import PIECE, Attributes, Book, new_parser
from services.kit.imports.workbooks.text import Texts, unescape

LONGEST_ROW: Final = 16 * 1024**2  # characters with the marks around its cells
NO_VALUE: Final = "a formula without a value"
DIGITS: Final = "0123456789"
UTF_8: Final = re.compile(
    rb'^(?:\xef\xbb\xbf)?(?:<\?xml [^>]*encoding=["\']utf-8["\'][^>]*>|(?=\s*<w))', re.IGNORECASE
)
ROW: Final = re.compile(r'<row\b[^>]*?\sr="(\d+)"[^>]*>$')
CELL: Final = re.compile(
    r'<c r="([A-Z]{1,3})[0-9]+"(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?'
    r"(?:/>|>(<f(?: [^>]*)?(?:/>|>[^<]*</f>))?"
    r'(?:<v>([^<]*)</v>|<v/>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
)


@dataclass(slots=True)
class SheetRow:
    """Cells by column from 0, blank ones left out; `broken`: what is wrong with those that have no value."""

    number: int
    cells: dict[int, str] = field(default_factory=dict)
    broken: dict[int, str] = field(default_factory=dict)


def read_rows(part: IO[bytes], book: Book) -> Iterator[SheetRow]:
    """Rows in their order; blank ones may be missing, as they are in the sheet.

    Rows as spreadsheet programs write them are taken apart by one expression, which is three times as fast as the
    parser; the parser takes those that are written otherwise, and whole sheets that are.
    """
    cells = _Cells(book)
    start = part.read(1_000)
    part.seek(0)
    if not UTF_8.match(start) or b"<worksheet" not in start or b"<!" in start:
        yield from cells.parse(part)
        return
    rest = ""
    text = TextIOWrapper(part, "utf-8-sig", newline="")
    while chunk := text.read(PIECE):
        *rows, rest = (rest + chunk).split("</row>")
        for row in rows:
            yield cells.read(row)
        if "</sheetData>" in rest or "<sheetData/>" in rest:
            return  # links and formats follow, and may be long
        if len(rest) > LONGEST_ROW:
            raise FileUnreadable("has a row that is too long to read: save it as CSV")
    raise FileUnreadable("is a damaged XLSX workbook: send it again, or save it as CSV")


class _Cells:
    """Reads rows; the handlers of the parser are called some five times for each cell."""

    def __init__(self, book: Book) -> None:
        self.strings = book.strings
        self.shown = book.shown
        self.rows: list[SheetRow] = []
        self.row = SheetRow(0)
        self.columns: dict[str, int] = {}
        self.at = -1
        self.kind = self.style = ""
        self.is_formula = self.is_value = False
        self.value = ""
        self.texts: Texts | None = None

    def read(self, text: str) -> SheetRow:
        """A row without its end, after whatever stands before it."""
        start = text.rfind("<row")
        opened = text.find(">", start) + 1
        number = ROW.match(text[start:opened])
        found = CELL.findall(text, opened)
        if number is None or text.count("<c", opened) != len(found) or "&" in text or "<!" in text:
            return self._parse_row(text[start:] + "</row>")
        self.row = SheetRow(int(number[1]))
        for letters, style, kind, formula, value, inline in found:
            at = self.columns.get(letters)
            self.at = self._column(letters) if at is None else at
            if value or inline:
                self._put(kind, style, value or inline)
            elif formula and kind != "str":
                self.row.broken[self.at] = NO_VALUE
        return self.row

    def _parse_row(self, text: str) -> SheetRow:
        parser = self._parser()
        self.rows.clear()
        parser.Parse(text.encode(), True)
        return self.rows[0]

    def parse(self, part: IO[bytes]) -> Iterator[SheetRow]:
        """A whole sheet."""
        parser = self._parser()
        while chunk := part.read(PIECE):
            parser.Parse(chunk, False)
            yield from self.rows
            self.rows.clear()
        parser.Parse(b"", True)
        yield from self.rows

    def _parser(self) -> expat.XMLParserType:
        parser = new_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        return parser

    def _start(self, name: str, attributes: Attributes) -> None:
        name = name.rpartition(":")[2]
        if name == "c":
            self.kind, self.style = attributes.get("t", ""), attributes.get("s", "")
            place = attributes.get("r", "").rstrip(DIGITS)
            self.at = self._column(place) if place else self.at + 1
            self.value, self.is_formula = "", False
        elif name == "v":
            self.is_value = True
        elif name == "row":
            number = attributes.get("r")
            self.row = SheetRow(int(number) if number else self.row.number + 1)
            self.at = -1
        elif name == "f":
            self.is_formula = True
        elif name == "is":
            self.texts = Texts()
        elif self.texts is not None:
            self.texts.start(name)

    def _data(self, text: str) -> None:
        if self.is_value:
            self.value += text
        elif self.texts is not None:
            self.texts.data(text)

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "v":
            self.is_value = False
        elif name == "c":
            if self.value:
                self._put(self.kind, self.style, self.value)
            elif self.is_formula and self.kind != "str":
                self.row.broken[self.at] = NO_VALUE
        elif name == "row":
            self.rows.append(self.row)
        elif name == "is" and self.texts is not None:
            self.value, self.kind, self.texts = self.texts.take(), "inlineStr", None
        elif self.texts is not None:
            self.texts.end(name)

    def _column(self, letters: str) -> int:
        at = 0
        for letter in letters.upper():
            at = at * 26 + ord(letter) - 64
        self.columns[letters] = at - 1
        return at - 1

    def _put(self, kind: str, style: str, value: str) -> None:
        """A cell with something in it."""
        if kind == "s":
            at = int(value)
            try:
                text = self.strings[at]
            except IndexError:
                text = self.strings.read_to(at)
        elif kind in ("", "n"):
            text = self.shown[int(style or 0)](value.strip())
        elif kind == "b":
            text = "true" if value.strip() in ("1", "true") else "false"
        elif kind == "e":
            self.row.broken[self.at] = f"the error {value[:20]}"
            return
        else:
            text = unescape(value)
        if text:
            self.row.cells[self.at] = text
