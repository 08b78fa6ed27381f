"""The parts of an XLSX workbook: its sheets, its strings, how its numbers are shown; and what is none."""

import posixpath
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Final
from xml.parsers import expat

from services.kit.imports.format.records import FileUnreadable
from services.kit.imports.workbooks.number_formats import Shown, number_text, shown_by
from services.kit.imports.workbooks.text import Texts

LARGEST_UNPACKED: Final = 1024**3
HIGHEST_RATIO: Final = 200  # sheets shrink by 5 to 50
SMALL: Final = 16 * 1024**2  # below it no ratio matters
PIECE: Final = 256 * 1024
OTHER_KINDS: Final = {
    "xl/workbook.bin": "is a binary Excel workbook (XLSB): save it as XLSX",
    "content.xml": "is an OpenDocument spreadsheet (ODS): save it as XLSX",
    "Index/Document.iwa": "is a Numbers document: export it as XLSX or CSV",
    "word/document.xml": "is a Word document, no table: save the table as XLSX or CSV",
}
Attributes = dict[str, str]


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet of worksheets that are not hidden, and where it is in the archive."""

    name: str
    path: str


class Strings(list[str]):
    """The texts that cells share, as far as one was asked for: they may be most of a workbook."""

    def __init__(self, pieces: Iterable[list[str]] = ()) -> None:
        super().__init__()
        self.pieces = iter(pieces)

    def read_to(self, at: int) -> str:
        """One that was not read yet; IndexError where there is none."""
        for piece in self.pieces:
            self.extend(piece)
            if at < len(self):
                break
        return self[at]


@dataclass(frozen=True, slots=True)
class Book:
    """What is common to the sheets of a workbook; `shown`: by the number of a cell's style."""

    sheets: list[SheetPart]
    strings: Strings
    shown: list[Shown]


@contextmanager
def opened(source: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """Refuse what unpacks to too much, by unpacking it: what an archive says of itself may be a lie."""
    try:
        with zipfile.ZipFile(source) as archive:
            _check(archive)
            yield archive
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise FileUnreadable(
            "is no whole XLSX workbook: send it again, or save it as CSV"
        ) from error


def _check(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        for name, words in OTHER_KINDS.items():
            if name in names:
                raise FileUnreadable(words)
        raise FileUnreadable("is a zip archive, but no XLSX workbook; unpack it, or save it as CSV")
    size = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if size > LARGEST_UNPACKED or (size > SMALL and size > HIGHEST_RATIO * packed):
        raise FileUnreadable(
            f"unpacks from {packed:,} to {size:,} bytes, as no honest workbook does; save it as CSV"
        )
    if archive.testzip() is not None:
        raise FileUnreadable("is a damaged XLSX workbook: send it again, or save it as CSV")


def read_book(archive: zipfile.ZipFile) -> Book:
    """Sheets, strings and formats."""
    targets, kinds = _relations(archive)
    sheets: list[SheetPart] = []
    is_1904 = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal is_1904
        if name == "workbookPr":
            is_1904 = attributes.get("date1904", "0") in ("1", "true", "on")
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            ref = next(
                (v for k, v in attributes.items() if k.rpartition(":")[2] == "id" and ":" in k), ""
            )
            if kinds.get(ref) == "worksheet":
                sheets.append(SheetPart(attributes["name"], targets[ref]))

    parse(archive, "xl/workbook.xml", start)
    paths = {kind: targets[ref] for ref, kind in kinds.items()}
    strings = Strings(_strings(archive, paths.get("sharedStrings", "xl/sharedStrings.xml")))
    shown = _styles(archive, paths.get("styles", "xl/styles.xml"), is_1904=is_1904)
    return Book(sheets, strings, shown)


def _relations(archive: zipfile.ZipFile) -> tuple[dict[str, str], dict[str, str]]:
    """Path and kind of each part by its id."""
    targets: dict[str, str] = {}
    kinds: dict[str, str] = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes["Target"]
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            targets[attributes["Id"]] = posixpath.normpath(path)
            kinds[attributes["Id"]] = attributes["Type"].rpartition("/")[2]

    parse(archive, "xl/_rels/workbook.xml.rels", start)
    return targets, kinds


def _strings(archive: zipfile.ZipFile, path: str) -> Iterator[list[str]]:
    strings: list[str] = []
    texts = Texts()

    def end(name: str) -> None:
        texts.end(name)
        if name == "si":
            strings.append(texts.take())

    for _ in parsing(archive, path, lambda name, _: texts.start(name), end, texts.data):
        yield strings
        strings.clear()


def _styles(archive: zipfile.ZipFile, path: str, *, is_1904: bool) -> list[Shown]:
    codes: dict[int, str] = {}
    shown: list[Shown] = []
    is_cell = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal is_cell
        if name == "numFmt":
            codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            is_cell = True
        elif name == "xf" and is_cell:
            number = int(attributes.get("numFmtId", "0"))
            shown.append(shown_by(number, codes.get(number, ""), is_1904=is_1904))

    def end(name: str) -> None:
        nonlocal is_cell
        is_cell = is_cell and name != "cellXfs"

    parse(archive, path, start, end)
    return shown or [number_text]


def parse(
    archive: zipfile.ZipFile,
    path: str,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] = lambda _: None,
    data: Callable[[str], None] | None = None,
) -> None:
    """A part of the workbook through, names without prefixes; nothing where there is no such part."""
    for _ in parsing(archive, path, start, end, data):
        pass


def parsing(
    archive: zipfile.ZipFile,
    path: str,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    data: Callable[[str], None] | None,
) -> Iterator[None]:
    """As parse, a piece at a time."""
    if path not in archive.NameToInfo:
        return
    parser = new_parser()
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if data is not None:
        parser.CharacterDataHandler = data
    with archive.open(path) as part:
        while chunk := part.read(PIECE):
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
        yield


def new_parser() -> expat.XMLParserType:
    """Of a document without a type of its own: entities are what makes a small one large."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_type
    return parser


def _refuse_type(*_: object) -> None:
    raise FileUnreadable(
        "has a document type in it, as no workbook of a spreadsheet has; save it as CSV"
    )
