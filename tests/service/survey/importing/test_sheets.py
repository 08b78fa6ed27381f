"""Workbooks and Parquet: read by their content, bounded, and refused in a sentence."""

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from xml.sax.saxutils import escape

import polars as pl
import pytest

from tests.service.support.import_call import failure
from tests.service.survey.support.imports import survey as survey  # the fixture
from tests.service.survey.support.running import SurveyService

MAPPING = """
[defaults]
survey = "pulse"
[columns]
id = "id"
department = "dept"
occurred_at = "day"
[answers.recommend]
column = "nps"
kind = "NPS"
[answers.why]
column = "words"
kind = "TEXT"
[format]
dates = ["%d/%m/%Y"]
[create]
survey = true
departments = true
"""
HEAD = ("id", "dept", "day", "nps", "words")
DAY = date(2026, 3, 1)
CONTENT = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.spreadsheetml.sheet.main+xml"/></Types>'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STYLES = f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'


def cell(place: str, value: object) -> str:
    match value:
        case date():
            return f'<c r="{place}" s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
        case int() | float():
            return f'<c r="{place}"><v>{value}</v></c>'
        case _:
            text = escape(str(value))
            return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet(rows: Mapping[int, tuple[object, ...]]) -> str:
    written = "".join(
        f'<row r="{number}">'
        + "".join(
            cell(f"{chr(65 + place)}{number}", value)
            for place, value in enumerate(row)
            if value is not None
        )
        + "</row>"
        for number, row in rows.items()
    )
    return f'<worksheet xmlns="{MAIN}"><sheetData>{written}</sheetData></worksheet>'


def workbook(content: str, name: str = "Answers", image: bytes = b"", others: str = "") -> bytes:
    """A workbook of one sheet with cells, with a picture; `others`: entries of more sheets, after it."""
    parts = {
        "[Content_Types].xml": CONTENT,
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{RELATIONS}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        f'<sheet name="{escape(name)}" sheetId="1" r:id="r1"/>{others}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r3" Type="{RELATIONS}/worksheet" Target="worksheets/sheet2.xml"/>'
        f'<Relationship Id="r2" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
        "xl/worksheets/sheet1.xml": content,
        "xl/worksheets/sheet2.xml": sheet({1: ("note",)}),
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            archive.writestr(path, text)
        archive.writestr("xl/media/image1.png", image)
    return written.getvalue()


def broken() -> bytes:
    """A whole archive with a workbook that is none."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("xl/workbook.xml", "no")
    return written.getvalue()


def parquet(**columns: object) -> bytes:
    written = io.BytesIO()
    pl.DataFrame(columns).write_parquet(written)
    return written.getvalue()


ROWS = {
    1: HEAD,
    2: (1, "A", DAY, 9, 'words, "two"\nlines'),
    4: (2, "A", "01/03/2026", 10.0, None),
    5: (3, "A", DAY, 11, None),
}


async def days(survey: SurveyService) -> set[str]:
    rows = await survey.database.fetch("SELECT occurred_at FROM survey_response")
    return {row[0].isoformat() for row in rows}


@pytest.mark.parametrize("name", ["Answers", "../../etc/passwd", "/etc/passwd"])
async def test_the_first_sheet_is_read_with_its_row_numbers(
    survey: SurveyService, name: str
) -> None:
    outcome = await survey.load(MAPPING, workbook(sheet(ROWS), name))

    assert (outcome.stored, outcome.refused) == (2, 1)
    assert outcome.report[0][:3] == ["5", "nps", "SCORE_OUT_OF_RANGE"]
    assert await days(survey) == {"2026-03-01T10:00:00+00:00"}
    words = await survey.database.fetchval("SELECT text FROM survey_verbatim")
    assert words == 'words, "two"\nlines'


NOTES = '<sheet name="Notes &quot;1&quot;" sheetId="2" r:id="r3"/>'
HIDDEN = '<sheet name="Lists" sheetId="3" state="hidden" r:id="r3"/>'


async def test_of_several_sheets_the_mapping_names_one(survey: SurveyService) -> None:
    book = workbook(sheet(ROWS), others=NOTES + HIDDEN)
    named = MAPPING.replace("[format]", '[format]\nsheet = "Answers"')

    unsaid = await failure(survey.load(MAPPING, book))
    absent = await failure(survey.load(named, workbook(sheet(ROWS), "Sheet1")))
    hidden = await survey.load(MAPPING, workbook(sheet(ROWS), others=HIDDEN), dry_run=True)
    outcome = await survey.load(named, book)

    assert unsaid.message == (
        'file.csv has 2 sheets: say in the mapping which one is meant, [format] sheet = "Answers";'
        ' it has: "Answers", "Notes \\"1\\""'
    )
    assert absent.message == 'file.csv has no sheet "Answers"; it has: "Sheet1"'
    assert (hidden.stored, outcome.stored) == (2, 2)


async def test_a_row_has_one_identity_in_every_format(survey: SurveyService) -> None:
    text = "id,dept,day,nps,words\n1,A,01/03/2026,9,x\n2,A,01/03/2026,8,\n"
    table = parquet(id=[1, 2], dept=["A", "A"], day=[DAY, DAY], nps=[9, 8], words=["x", None])
    book = workbook(sheet({1: HEAD, 2: (1, "A", DAY, 9, "x"), 3: (2, "A", DAY, 8, None)}))

    outcomes = [await survey.load(MAPPING, content) for content in (text, table, book)]

    assert [(o.stored, o.already, o.refused) for o in outcomes] == [(2, 0, 0), (0, 2, 0), (0, 2, 0)]


async def test_times_of_a_table_are_instants(survey: SurveyService) -> None:
    at = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    zoned = parquet(id=[1], dept=["A"], day=[at], nps=[9.0], words=[None])
    naive = parquet(id=[2], dept=["A"], day=[at.replace(tzinfo=None)], nps=[9], words=[""])

    for table in (zoned, naive):
        assert (await survey.load(MAPPING, table)).stored == 1

    assert await days(survey) == {"2026-03-01T09:30:00+00:00", "2026-03-01T07:30:00+00:00"}


BOMB = workbook(sheet(ROWS), image=b"\0" * 50_000_000)
SPARSE = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{cell("A1", "id")}</row>'
SPARSE += f'<row r="1048576">{cell("XFD1048576", 1)}</row></sheetData></worksheet>'
LIE = bytearray(BOMB)
for at in range(len(LIE) - 4):  # what the directory and the entry say of their size
    if LIE[at : at + 4] == (50_000_000).to_bytes(4, "little"):
        LIE[at : at + 4] = (1_000).to_bytes(4, "little")


UNREADABLE = (
    (BOMB, "unpacks from"),
    (bytes(LIE), "XLSX workbook: send it again, or save it as CSV"),
    (workbook(SPARSE), 'has no column "dept"; it has: "id"'),
    (workbook(sheet(ROWS))[:-300], "is no whole XLSX workbook"),
    (broken(), "cannot be read as an XLSX workbook"),
    (workbook(sheet({})), "is empty; its first row must be the header"),
    (workbook(sheet({1: ("a", "b")})), 'has no column "id"; it has: "a", "b"'),
    (b"PK\x03\x04 and then nothing", "is no whole XLSX workbook"),
    (parquet(other=[1]), 'has no column "id"; it has: "other"'),
    (parquet(id=[[1, 2]]), 'has a column "id" of type List(Int64): map one with plain values'),
    (parquet(**{f"c{n}": [1] for n in range(2_001)}), "has 2,001 columns; at most 2,000"),
    (parquet(id=list(range(9_000)))[:-2_000], "cannot be read as a Parquet table"),
    (b"PAR1" + b"\0" * 100, "cannot be read as a Parquet table"),
)


async def test_what_cannot_be_read_stores_nothing(survey: SurveyService) -> None:
    for content, message in UNREADABLE:
        stopped = await failure(survey.load(MAPPING, content))

        assert stopped.reason == "FILE_UNREADABLE"
        assert message in stopped.message
        assert stopped.message.startswith(("file.csv ", "[columns]"))
    assert await survey.stored_ids() == set()


async def test_a_thousand_columns_are_read(survey: SurveyService) -> None:
    wide = {f"c{n}": [n] for n in range(995)}
    table = parquet(id=[1], dept=["A"], day=[DAY], nps=[9], words=["x"], **wide)

    assert (await survey.load(MAPPING, table)).stored == 1
