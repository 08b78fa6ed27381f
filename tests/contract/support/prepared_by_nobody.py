"""Files as people have them, and the lines that a suggested mapping must have; no mapping was made for them."""

from typing import Final

from tests.contract.support.found_files import Found

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
    Found(
        "a LimeSurvey export: a column for each option, ticked or not",
        (),
        "responses",
        (
            "[answers.use.options]",
            'sq001 = "USE[SQ001]"',
            'other = "USE[other]"',
            "[answers.use-other]",
            "? columns that are marked or not: taken for the options of one question",
            'delimiter = ";"',
        ),
        3,
        """"id";"submitdate";"USE[SQ001]";"USE[SQ002]";"USE[other]";"NPS"
"1";"2026-03-01 10:00:00";"Y";"";"";"9"
"2";"2026-03-01 10:05:00";"Y";"Y";"";"3"
"3";"2026-03-01 10:06:00";"";"N";"by fax";"10"
""",
    ),
    Found(
        "options by their texts, ticked in Latvian",
        (),
        "responses",
        ('chosen = ["Jā"]', '"tīmeklis" = "Kā? [Tīmeklis]"', '[answers."kā".options]'),
        2,
        """nr,Datums,Kā? [Tīmeklis],Kā? [Tālrunis],Vērtējums
1,2026-03-01,Jā,Nē,9
2,2026-03-01,Nē,Jā,8
""",
    ),
    Found(
        "options with their words in the cells, under one title",
        (),
        "responses",
        (
            "skip = 1",
            "phone = 4",
            'web = "What did you use?"',
            "[answers.what-did-you-use.options]",
        ),
        3,
        """Respondent ID,End Date,What did you use?,,How likely are you to recommend us?
,,Web,Phone,Response
11,03/01/2026 10:00:00,Web,,9
12,03/13/2026 10:00:00,Web,Phone,3
13,03/14/2026 10:00:00,,Phone,8
""",
    ),
    Found(
        "what the product exports",
        (),
        "responses",
        (
            'id = "response"',
            "[answers.recommend]",
            "[answers.use.options]",
            'web = "answer.use.web"',
            'values = { "DONT_KNOW" = "DONT_KNOW" }',
        ),
        2,
        """response,survey,version,department,day,occurred_at,answer.recommend,answer.overall,answer.use.web,answer.use.phone
a1,service,1,care,2026-03-01,2026-03-01T08:30:00Z,9,DONT_KNOW,1,0
a2,service,1,care,2026-03-01,2026-03-01T08:31:00Z,8,5,1,1
""",
    ),
    Found(
        "one response over several rows",
        (),
        "responses",
        ('one_response = "id"', "? rows of one id agree in their scores"),
        3,
        """case id,date,score,comment
7,2026-03-01,9,"They were quick and friendly, which I did not expect at all"
7,2026-03-01,9,"The invoice came twice, and nobody could tell me why that was"
8,2026-03-02,3,"I waited for twenty minutes, and then the line was cut off"
9,2026-03-02,8,""
""",
    ),
    Found(
        "published counts with a share",
        (),
        "responses",
        ('count = "Respondents"', 'share = ["yes", "no"]', "? a share of the row's count"),
        3,
        """Surgery,Month,Respondents,Would recommend
Care,2026-03-01,12,92 %
Sales,2026-03-01,30,62.5%
Care,2026-04-01,8,50 %
""",
    ),
    Found(
        "contracts with their last day, and a person with several",
        (),
        "employees",
        ('last_day = "Līdz"', "? most stints end one day before the next one", 'id = "Darbinieks"'),
        4,
        """Darbinieks,Struktūrvienība,No,Līdz
e1,Care,01.01.2024,31.12.2024
e1,Care,01.01.2025,
e2,Sales,01.02.2024,31.01.2025
e2,Care,01.02.2025,
""",
    ),
    Found(
        "ends that are the last days of months",
        (),
        "employees",
        ('last_day = "End date"', "? most of them are the last day of a month"),
        4,
        """Employee ID,Department,Start date,End date
e1,Care,2024-01-01,2024-12-31
e2,Care,2025-01-01,2025-06-30
e3,Sales,2024-02-01,2025-01-31
e4,Care,2025-02-01,
""",
    ),
    Found(
        "tenure in years",
        (),
        "employees",
        ('tenure_years = "YearsAtCompany"', 'left = "Attrition"', "observed_on = "),
        2,
        """EmployeeNumber,Department,YearsAtCompany,Attrition
1,Care,3,Yes
2,Sales,0,No
""",
    ),
    Found(
        "a choice with words of people's own, and one word in two spellings",
        (),
        "responses",
        (
            'other = "other"',
            'other_text = "where-did-you-hear-of-other"',
            '{ "Friend" = "friend", "Online" = "online" }',
            '{ "E-mail" = "e-mail", "Phone" = "phone" }',
        ),
        9,
        """id,date,Where did you hear of us?,By what?
1,2026-03-01,Friend,Phone
2,2026-03-01,Online,"Phone, E-mail"
3,2026-03-01,Friend,E-mail
4,2026-03-01,on a bus in Ventspils,phone
5,2026-03-01,Online,"E-mail, Phone"
6,2026-03-01,Online,Phone
7,2026-03-01,Friend,Phone
8,2026-03-01,from my dentist,E-mail
9,2026-03-01,Friend,"Phone, E-mail"
""",
    ),
    Found(
        "merged cells",
        ("workbook", "Answers"),
        "responses",
        ('fill_down = ["department"]', "? blank cells mean the cell above"),
        5,
        """Department,Date,Score
Care,2026-03-01,9
,2026-03-02,8
,2026-03-03,3
Sales,2026-03-03,10
,2026-03-04,0
""",
    ),
)
