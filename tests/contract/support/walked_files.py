"""Files of five programs as people send them, each walked once from the suggestion to the first score."""

from typing import Final

from tests.contract.support.found_files import Found

STAFF: Final = """SIA "Ziemeļu pakalpojumi",,,,,,
Darbinieku saraksts uz 31.03.2026.,,,,,,
,,,,,,
Tab. nr.,"Vārds, uzvārds",Struktūrvienība,Amats,Pieņemts darbā,Atbrīvots no darba,Iemesls
00101,Anna Bērziņa,Care,Konsultante,01.03.2021,,
00102,Jānis Kalniņš,Care,Konsultants,02.05.2023,31.08.2025,Pušu vienošanās
00104,Pēteris Liepa,Sales,Krāvējs,01.06.2024,31.12.2024,Termiņš
00104,Pēteris Liepa,Sales,Krāvējs,01.01.2025,31.12.2025,Termiņš
00104,Pēteris Liepa,Sales,Krāvējs,01.01.2026,,
00107,Elīna Vītola,Care,Konsultante,03.02.2025,02.05.2025,Pārbaudes laiks
"""
FORM: Final = """Timestamp,Would you recommend our clinic?,Which services did you use?,How was the staff?,Clinic
2026/03/02 9:12:44 AM EET,10,Blood test;X-ray,Very satisfied,Care
2026/03/02 9:40:01 AM EET,8,Blood test,Satisfied,Care
2026/03/02 1:15:00 PM EET,9,Visit;Blood test,Very satisfied,Sales
2026/03/03 8:01:30 AM EET,10,Visit,Neutral,Sales
2026/03/30 8:55:12 AM EEST,0,X-ray;Visit,Dissatisfied,Sales
"""
LIME: Final = (
    '"id","submitdate","lastpage","startlanguage","NPS. Vai ieteiktu?","USE[SQ001]. Kā sazinājāties? [Tālrunis]",'
    '"USE[SQ002]. Kā sazinājāties? [E-pasts]","USE[other]. Kā sazinājāties? [Cits]",'
    '"SAT[SQ001]. Novērtējiet: [Laipnība]"'
    """
"1","2026-02-03 10:15:12","3","lv","10","Jā","Nē","","5"
"2","2026-02-03 11:20:00","3","lv","8","Nē","Jā","","4"
"4","2026-02-04 09:05:41","3","lv","2","Jā","Jā","WhatsApp","3"
"""
)
SHOP: Final = """Pasūtījums;Datums;Veikals;NPS;Groza summa;Komentārs;Klienta Nr.
00088010;01.04.2026 8:00;Care;8,0;92,16;;K-1000
00088011;02.04.2026 9:07;Sales;10,0;80,66;Ātri un laipni;K-1001
00088012;13.04.2026 10:14;Care;9,0;5,15;"Rinda; un atkal rinda";K-1000
00088013;14.04.2026 11:21;Care;0,0;93,24;Ātri un laipni;K-1001
"""
QUALTRICS: Final = """StartDate,EndDate,Status,IPAddress,Progress,Finished,ResponseId,ExternalReference,LocationLatitude,Q1_NPS_GROUP,Q1,Q2_1,Q2_2,Q2_3,Q2_3_TEXT
Start Date,End Date,Response Type,IP Address,Progress,Finished,Response ID,External Data Reference,Location Latitude,How likely? - Group,How likely?,Repair,Purchase,Other,Other - Text
"{""ImportId"":""startDate""}","{""ImportId"":""endDate""}","{""ImportId"":""status""}","{""ImportId"":""ipAddress""}","{""ImportId"":""progress""}","{""ImportId"":""finished""}","{""ImportId"":""_recordId""}","{""ImportId"":""ref""}","{""ImportId"":""lat""}","{""ImportId"":""QID1_NPS_GROUP""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2_1""}","{""ImportId"":""QID2_2""}","{""ImportId"":""QID2_3""}","{""ImportId"":""QID2_3_TEXT""}"
2026-05-02 10:00:00,2026-05-02 10:04:00,Survey Preview,192.0.2.1,100,True,R_1,C-1,56.9,Promoter,9,Repair,,,
2026-05-03 10:00:00,2026-05-03 10:04:00,IP Address,192.0.2.2,100,True,R_2,C-2,56.9,Passive,8,Repair,Purchase,,
2026-05-04 10:00:00,2026-05-04 10:04:00,IP Address,192.0.2.3,100,False,R_3,C-1,56.9,Detractor,2,,,Other,to return a lamp
"""  # noqa: E501
WALKED: Final = (
    Found(
        "staff of a Latvian company, in a workbook with titles above",
        ("workbook", "Darbinieki"),
        "employees",
        ("header = 4", 'id = "Tab. nr."', 'last_day = "Atbrīvots no darba"', 'started_on = "Pieņemts darbā"'),
        6,
        STAFF,
    ),
    Found(
        "a Google Forms file with times of a zone and a checkbox column",
        (),
        "responses",
        ('dates = ["%Y/%m/%d %I:%M:%S %p %Z"]', 'separator = ";"', 'department = "Clinic"'),
        5,
        FORM,
    ),
    Found(
        "a LimeSurvey file with codes and texts in its titles, in Latvian",
        (),
        "responses",
        ('[answers."use-kā-sazinājāties".options]', 'chosen = ["Jā"]', '[answers."use-other-kā-sazinājāties-cits"]'),
        3,
        LIME,
    ),
    Found(
        "a shop's export with decimal commas",
        ("encoding", "windows-1257"),
        "responses",
        ('id = "Pasūtījums"', 'customer = "Klienta Nr."', 'decimal = ","', 'delimiter = ";"', 'kind = "TEXT"'),
        4,
        SHOP,
    ),
    Found(
        "a Qualtrics file with its three rows of titles",
        (),
        "responses",
        ("skip = 2", "[answers.q2.options]", 'purchase = "Q2_2"', '# Status = ["IP Address"]', '# Finished = ["True"]',
         'column 4 "IPAddress" looks like personal data', "[answers.q2-3-text]"),
        3,
        QUALTRICS,
    ),
)  # fmt: skip
