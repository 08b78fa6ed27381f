"""Files as people have them, and the lines that a suggested mapping must have; no mapping was made for them."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Found:
    """A file, how it is written (made_files.py), the kind it is, lines of the mapping, and how many rows it has."""

    name: str
    words: tuple[str, ...]
    kind: str
    lines: tuple[str, ...]
    rows: int
    text: str


FILES: Final = (
    Found(
        "a form of two choices, answered in America",
        (),
        "responses",
        (
            'occurred_at = "Timestamp"',
            'department = "Branch"',
            "[answers.recommend]",
            'separator = ", "',
            'dates = ["%m/%d/%Y %H:%M:%S"]',
            '"Very satisfied" = 5, "Satisfied" = 4, "Neutral" = 3, "Dissatisfied" = 2',
            'not mapped: column 6 "Email address" looks like personal data',
            "? whether the day or the month comes first is a guess",
        ),
        4,
        """Timestamp,Would you recommend us?,Which did you use?,The staff?,Anything else?,Email address,Branch
03/01/2026 10:15:00,9,"Phone, E-mail",Very satisfied,"Quick and friendly, and I was surprised by the calm",a@b.c,Care
03/02/2026 11:20:10,10,Phone,Satisfied,,c@d.e,Care
03/04/2026 09:00:00,3,E-mail,Dissatisfied,"Waited too long, and nobody told me why it took so long",x@y.z,Sales
03/04/2026 12:00:00,7,"Phone, E-mail",Neutral,,q@y.z,Sales
""",
    ),
    Found(
        "staff, as personnel keeps them in Riga",
        ("encoding", "windows-1257"),
        "employees",
        (
            'encoding = "windows-1257"',
            'delimiter = ";"',
            "header = 3",
            'dates = ["%d.%m.%Y"]',
            'id = "Tabeles numurs"',
            'started_on = "Pieņemts"',
            'left_on = "Atbrīvots"',
            'as windows-1257 "Personāls"',
        ),
        3,
        """Personāls 2026. gada martā;;;;
;;;;
Tabeles numurs;Struktūrvienība;Pieņemts;Atbrīvots;Amats
00123;Klientu apkalpošana;01.02.2020;;Konsultants
00124;Klientu apkalpošana;15.06.2021;31.12.2025;Vadītājs
00125;Noliktava;03.03.2019;;Krāvējs
""",
    ),
    Found(
        "an export with three rows of titles",
        (),
        "responses",
        ("skip = 2", 'id = "ResponseId"', 'occurred_at = "EndDate"', "[answers.recommend]"),
        2,
        """EndDate,ResponseId,Status,Q1,Q2
End Date,Response ID,Response Type,How likely?,Why?
"{""ImportId"":""endDate""}","{""ImportId"":""_recordId""}","{""ImportId"":""status""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"
2026-03-01 10:00:00,R_1,0,9,"They were quick, and they called back when they said they would"
2026-03-02 10:00:00,R_2,0,0,Never again
""",
    ),
    Found(
        "a chart of departments in a workbook of two sheets",
        ("workbook", "Chart", "Notes"),
        "departments",
        ('sheet = "Chart"', 'key = "Code"', 'name = "Department"', 'parent = "Reports to"'),
        2,
        """Code,Department,Reports to
n,North,care
n1,North One,n
""",
    ),
    Found(
        "a shop's list: half a scale in words, a marker for nothing, tabs",
        (),
        "responses",
        (
            'delimiter = "\\t"',
            'missing = ["-"]',
            '"0 - Not at all" = 0',
            'kind = "SINGLE_CHOICE"',
            'kind = "CES"',
            'dates = ["epoch"]',
        ),
        5,
        """Order\tsubmitted_at\tNPS\tWas it easy?\tDelivery
1\t1772353800\t0 - Not at all\t7\tParcel shop
2\t1772353900\t10 - Extremely\t-\tCourier
3\t1772353900\t9\t6\tCourier
4\t1772354900\t3\t1\tParcel shop
5\t1772355900\t8\t2\tCourier
""",
    ),
    Found(
        "where customers meet the organisation",
        (),
        "touchpoints",
        ('name = "Title"', 'department = "Owner"', 'stage = "Journey stage"'),
        1,
        """Title,Owner,Journey stage,Medium
Invoice,Care,loyalty,EMAIL
""",
    ),
    Found(
        "what a data frame wrote: an index without a title, 1 and 0",
        (),
        "responses",
        ("id = 1", 'kind = "SINGLE_CHOICE"', 'kind = "CSAT"', 'not mapped: column 5 "Age"'),
        3,
        """,when,Recommended IND,Rating,Age
0,2026-03-01,1,4,33
1,2026-03-02,0,5,41
2,2026-03-02,1,2,29
""",
    ),
    Found(
        "a spreadsheet of a country with a decimal comma, words of a scale that are not all there",
        (),
        "responses",
        ('decimal = ","', 'delimiter = ";"', '"Neutral" = 3', '"Very dissatisfied" = 1'),
        2,
        """nr;Datums;Vērtējums;Service
1;01.03.2026;9,0;Very satisfied
2;02.03.2026;10,0;Dissatisfied
""",
    ),
)
