"""How text is written in bytes: the encodings that are read, and what is known not to be text."""

import codecs
import re
from typing import BinaryIO, Final

from services.kit.imports.format.guessing import find_wide
from services.kit.imports.format.records import FileUnreadable
from services.kit.imports.sections import list_names

BOMS: Final = {  # the longer ones first: one begins with the other
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
ENCODINGS: Final = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-32-le",
    "utf-32-be",
    "ascii",
    *(f"cp{number}" for number in (*range(1250, 1259), 437, 850, 852, 855, 857, 862, 866)),
    *(f"iso8859-{number}" for number in (*range(1, 12), *range(13, 17))),
    "koi8-r",
    "koi8-u",
    "mac-roman",
    "shift_jis",
    "cp932",
    "euc_jp",
    "euc_kr",
    "cp949",
    "gb2312",
    "gbk",
    "gb18030",
    "big5",
)
"""By Python's own names; `windows-1252`, `latin1` and the like mean the same."""
BINARY: Final = {
    b"PK\x03\x04": "an XLSX workbook or a zip",
    b"PAR1": "Parquet",
    b"\x1f\x8b": "gzip",
    b"%PDF": "PDF",
    b"{\\rtf": "RTF",
}
COMPOUND: Final = (
    b"\xd0\xcf\x11\xe0"  # of Microsoft's programs before 2007, and of what they encrypt
)
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
MARKUP: Final = re.compile(
    rb"\s*<(?:!doctype|html|head|body|table|meta|\?xml|workbook)\b", re.IGNORECASE
)
LOOKED_AT: Final = 4_096  # bytes from the start, by which text without a mark is known


def check_encoding(name: str) -> str:
    """Refuse what files of spreadsheets and survey tools are not written in; others may be slow without end."""
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        known = ""
    if known in ENCODINGS:
        return name
    raise ValueError(f'encoding: "{name[:40]}" is unknown; these are read: {list_names(ENCODINGS)}')


def sniff(file: BinaryIO, name: str, encoding: str) -> str:
    """Refuse what is known not to be text; what its bytes say of the encoding is a better witness than the mapping."""
    file.seek(0)
    start = file.read(LOOKED_AT)
    for magic, kind in BINARY.items():
        if start.startswith(magic):
            raise FileUnreadable(f"{name} is {kind}, not text; save it as CSV")
    if start.startswith(COMPOUND):
        raise FileUnreadable(f"{name} is {_compound(file)}")
    for bom, marked in BOMS.items():
        if start.startswith(bom):
            return marked
    if MARKUP.match(start):
        raise FileUnreadable(
            f"{name} is a web page or XML, whatever its name: save it as XLSX or CSV"
        )
    return find_wide(start) or encoding


def _compound(file: BinaryIO) -> str:
    """What is in a container of Microsoft's, by the names in its directory."""
    file.seek(0)
    head = file.read(80)
    sector = 1 << int.from_bytes(head[30:32], "little")
    file.seek((int.from_bytes(head[48:52], "little") + 1) * sector if sector <= LOOKED_AT else 0)
    if ENCRYPTED in file.read(4 * LOOKED_AT):
        return "a workbook with a password: save it without one"
    return "an old Excel workbook (XLS): save it as XLSX or CSV"
