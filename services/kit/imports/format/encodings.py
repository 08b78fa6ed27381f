"""How text is written in bytes: the encodings that are read, and what is known not to be text."""

import codecs
from typing import BinaryIO, Final

from services.kit.imports.format.records import FileUnreadable
from services.kit.imports.sections import list_names

BOMS: Final = {
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
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
}


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
    """Refuse what is known not to be text; take a byte order mark as the better witness of the encoding."""
    file.seek(0)
    start = file.read(8)
    for magic, kind in BINARY.items():
        if start.startswith(magic):
            raise FileUnreadable(f"{name} is {kind}, not text; save it as CSV")
    for bom, marked in BOMS.items():
        if start.startswith(bom):
            return marked
    return encoding
