"""Workbooks as programs write them, part by part."""

import io
import zipfile
from collections.abc import Mapping
from typing import Final

from tests.support.workbook import MAIN, OFFICE, PACKAGE, PARTS

FORMATS: Final = {  # of styles from 1
    1: "yyyy-mm-dd hh:mm",
    2: "dd.mm.yyyy",
    3: "00000",
    4: "[h]:mm:ss",
    5: "h:mm",
    6: '[$-426]dddd, yyyy". gada "d. mmmm;@',
    7: '0.00" h"',
    8: "000-00",
    9: "0%",
    10: "#,##0",
    11: "mmm\\ yyyy",
    12: '"seen" 00',
    13: 'dd.mm.yyyy "h"',
    14: "[$-409]m/d/yy h:mm AM/PM;@",
}
CODES: Final = {
    at: code.replace("&", "&amp;").replace('"', "&quot;") for at, code in FORMATS.items()
}
STYLES: Final = (
    f'<styleSheet xmlns="{MAIN}"><numFmts>'
    + "".join(f'<numFmt numFmtId="{170 + at}" formatCode="{code}"/>' for at, code in CODES.items())
    + '</numFmts><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>'
    + "".join(f'<xf numFmtId="{170 + at}"/>' for at in FORMATS)
    + "</cellXfs></styleSheet>"
)
RELATIONS: Final = PARTS["xl/_rels/workbook.xml.rels"].replace(
    "</Relationships>",
    f'<Relationship Id="r2" Type="{OFFICE}/styles" Target="/xl/styles.xml"/>'
    f'<Relationship Id="r3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
)
assert PACKAGE in RELATIONS


def sheet(rows: str) -> str:
    start = f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{MAIN}">'
    return f"{start}<sheetData>{rows}</sheetData></worksheet>"


def book(
    content: str, strings: str = "", *, is_1904: bool = False, more: Mapping[str, str] | None = None
) -> bytes:
    """A workbook of one sheet; `strings`: its `<si>`."""
    parts = dict(PARTS)
    parts["xl/_rels/workbook.xml.rels"] = RELATIONS
    parts["xl/styles.xml"] = STYLES
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    parts["xl/worksheets/sheet1.xml"] = content
    if is_1904:
        text = parts["xl/workbook.xml"]
        parts["xl/workbook.xml"] = text.replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (parts | dict(more or {})).items():
            archive.writestr(name, text)
    return written.getvalue()
