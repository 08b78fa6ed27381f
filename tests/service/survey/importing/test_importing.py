"""Files of responses: cells become answers, each row stands for itself, a second run stores nothing."""

import pytest

from services.kit.errors import Denied, Invalid
from services.kit.rights.access import Grant, Role
from tests.service.support.import_call import failure
from tests.service.survey.support.imports import answers
from tests.service.survey.support.imports import survey as survey  # the fixture
from tests.service.survey.support.running import SurveyService
from tests.support.builders import id_of, make_department

MAPPING = """
[defaults]
survey = "pulse"
[columns]
department = "dept"
[answers.recommend]
column = "nps"
kind = "NPS"
[answers.overall]
column = "csat"
kind = "CSAT"
values = { "Good" = 5, "Bad" = 1, "Don't know" = "DONT_KNOW" }
[answers.why]
column = "words"
kind = "TEXT"
[format]
missing = ["NA"]
[create]
survey = true
departments = true
"""
HEAD = "dept,nps,csat,words\n"
TIMES = """
[defaults]
survey = "pulse"
department = "root"
channel = "EMAIL"
[columns]
id = "id"
occurred_at = "at"
customer = "who"
channel = "channel"
[answers.q]
column = "q"
kind = "NPS"
[format]
dates = ["%Y-%m-%d %H:%M", "%d/%m/%Y"]
[create]
survey = true
"""


async def test_cells_become_answers(survey: SurveyService) -> None:
    outcome = await survey.load(
        MAPPING, HEAD + 'A,10, Good ,"two\nlines"\nA,7.0,Don\'t know,NA\nA,NA,Bad,\n'
    )

    assert (outcome.stored, outcome.refused) == (3, 0)
    assert await answers(survey) == [["1"], ["10", "5", "two\nlines"], ["7", "?"]]


BAD_ROWS = (
    ("A,11,,", ["2", "nps", "SCORE_OUT_OF_RANGE", '"11" is outside NPS 0 to 10']),
    ("A,-1,,", ["2", "nps", "SCORE_OUT_OF_RANGE", '"-1" is outside NPS 0 to 10']),
    ("A,ten,,", ["2", "nps", "SCORE_EXPECTED", '"ten" is no whole number from 0 to 10']),
    ("A,7.5,,", ["2", "nps", "SCORE_EXPECTED", '"7.5" is no whole number from 0 to 10']),
    ("A,,goods,", ["2", "csat", "UNKNOWN_LABEL", '"goods" is none of the mapped labels: "Good"']),
    ("A,9,," + "x" * 10_001, ["2", "words", "TEXT_TOO_LONG", "the text has 10,001 characters"]),
    ("A,9,Good", ["2", "", "WRONG_WIDTH", "the row has 3 cells, the header has 4"]),
    ("A,9,Good,x,y", ["2", "", "WRONG_WIDTH", "the row has 5 cells, the header has 4"]),
    ("A,NA, ,", ["2", "", "NO_ANSWERS", "none of the answer columns is filled: nps, csat"]),
    ("??,9,,", ["2", "dept", "KEY_MISSING", "no key can be made"]),
)


async def test_a_bad_row_is_reported_and_its_neighbours_are_stored(survey: SurveyService) -> None:
    rows = [row for row, _ in BAD_ROWS]

    outcome = await survey.load(MAPPING, HEAD + "".join(f"{row}\nA,9,Good,\n" for row in rows))

    assert (outcome.stored, outcome.refused) == (len(rows), len(rows))
    found = sorted(outcome.report, key=lambda line: int(line[0]))
    for number, ((*where, message), (_, line)) in enumerate(zip(found, BAD_ROWS, strict=True)):
        assert where == [str(2 + 2 * number), *line[1:3]]
        assert message.startswith(line[3])


async def test_a_cell_is_quoted_only_in_part_and_words_never(survey: SurveyService) -> None:
    secret = "my name is " + "x" * 100

    outcome = await survey.load(MAPPING, HEAD + f"A,,{secret},{secret * 100}\nA,,,{secret * 100}\n")

    assert secret not in str(outcome.report)
    assert "my name" not in outcome.report[1][3]


async def test_a_second_run_stores_nothing(survey: SurveyService) -> None:
    content = HEAD + "A,9,,\nB,9,,\nA,9,,\n" * 800
    first = await survey.load(MAPPING, content)

    second = await survey.load(MAPPING, content)

    assert (first.stored, first.survey, first.departments) == (2_400, "pulse", ["A", "B"])
    assert (second.stored, second.already, second.refused) == (0, 2_400, 0)
    assert (second.survey, second.departments) == ("", [])
    assert len(await survey.stored_ids()) == 2_400


async def test_an_error_in_every_hundredth_row_leaves_the_others(survey: SurveyService) -> None:
    """More errors than one message of the progress reports."""
    rows = [f"A,{11 if number % 100 == 0 else 9},,\n" for number in range(2, 12_002)]

    outcome = await survey.load(MAPPING, HEAD + "".join(rows))

    assert (outcome.stored, outcome.refused) == (11_880, 120)
    assert [line[0] for line in outcome.report] == [str(n) for n in range(100, 12_001, 100)]


async def test_constants_fill_empty_cells_and_times_are_kept_in_utc(survey: SurveyService) -> None:
    content = "id,at,who,channel,q\n1,2024-07-01 09:00,c1,WEB,9\n2,01/01/2024,,,8\n4,1.1.2024,,,7\n"

    outcome = await survey.load(TIMES, content)

    rows = await survey.database.fetch(
        "SELECT occurred_at, channel, customer_ref IS NULL FROM survey_response ORDER BY occurred_at"
    )
    assert [(row[0].isoformat(), row[1], row[2]) for row in rows] == [
        ("2024-01-01T10:00:00+00:00", "EMAIL", True),
        ("2024-07-01T06:00:00+00:00", "WEB", False),
    ]
    assert [line[:3] for line in outcome.report] == [["4", "at", "DATE_UNREADABLE"]]


async def test_a_row_without_its_date_counts_for_no_day_unless_the_mapping_names_one(
    survey: SurveyService,
) -> None:
    content = "id,at,who,channel,q\n1, 03/01/2024 ,,,9\n2, ,,,8\n"

    refused = await survey.load(TIMES, content)
    named = TIMES.replace("[columns]", "occurred_at = 2024-02-29\n[columns]")
    stored = await survey.load(named, content)

    assert [line[:3] for line in refused.report] == [["3", "at", "CELL_EMPTY"]]
    assert (refused.stored, stored.already, stored.stored) == (1, 1, 1)
    rows = await survey.database.fetch("SELECT occurred_at FROM survey_response")
    assert sorted(row[0].isoformat()[:10] for row in rows) == ["2024-01-03", "2024-02-29"]


async def test_letters_in_two_pieces_and_unseen_blanks_are_no_difference(
    survey: SurveyService,
) -> None:
    department = make_department("north")
    department.name = "Zieme\u013cu noda\u013ca"
    survey.profile.departments["north"] = department
    mapping = MAPPING.replace('column = "nps"', 'column = "vērtējums"')
    head = HEAD.replace("nps", "ve\u0304rte\u0304jums\u00a0").replace("dept", "\u200bdept")
    name = "Zieme\u013cu noda\u013ca".replace("\u013c", "l\u0327").replace(" ", "\u00a0")

    outcome = await survey.load(mapping, head + f"{name},\u00a09\u200b,Good\u00a0,a\u0007b\u0001\n")

    assert (outcome.stored, outcome.refused, outcome.departments) == (1, 0, [])
    assert outcome.remarks == {"CONTROL_CHARACTERS": 2}
    assert await answers(survey) == [["9", "5", "ab"]]


async def test_refusals_of_the_service_name_the_column_of_the_file(survey: SurveyService) -> None:
    mapping = MAPPING.replace('department = "dept"', 'department = "dept"\ntouchpoint = "csat"')

    outcome = await survey.load(mapping, HEAD + "A,9,Good,\n")

    assert [line[:3] for line in outcome.report] == [["2", "csat", "UNKNOWN_TOUCHPOINT"]]


async def test_an_id_used_twice_with_another_body_is_a_conflict_of_its_row(
    survey: SurveyService,
) -> None:
    content = "id,at,who,channel,q\n" + "".join(f"1,01/01/2024,,,{n}\n" for n in (9, 8, 9))

    outcome = await survey.load(TIMES, content)

    assert (outcome.stored, outcome.already) == (1, 1)
    assert [line[:3] for line in outcome.report] == [["3", "id", "ID_CONFLICT"]]


async def test_departments_are_matched_by_key_then_by_name_then_created(
    survey: SurveyService,
) -> None:
    outcome = await survey.load(MAPPING, HEAD + " care ,9,,\nCare,8,,\nNew & One,7,,\n")

    assert outcome.departments == ["New & One"]
    assert [fact.department_id for fact in await survey.facts()].count(id_of("care")) == 2
    assert survey.profile.departments["new-one"].name == "New & One"


async def test_departments_that_the_copy_has_not_heard_of_are_known(survey: SurveyService) -> None:
    department = make_department("d77")
    department.name = "Just made"
    survey.profile.departments["d77"] = department

    outcome = await survey.load(MAPPING, HEAD + "Just made,9,,\n")

    assert (outcome.stored, outcome.departments) == (1, [])


@pytest.mark.parametrize("dry_run", [True, False])
async def test_a_misspelt_department_is_answered_with_the_nearest_that_one_sees(
    survey: SurveyService, dry_run: bool
) -> None:
    """Names of departments out of sight are told to nobody."""
    department = make_department("d77")
    department.name = "Kiosk West"
    survey.profile.departments["d77"] = department
    mapping = MAPPING.replace("departments = true", "departments = false")
    content = HEAD + "Kiosk Wst,9,,\nkiosk\u00a0wset,9,,\nNobody's,9,,\n"
    await survey.load(mapping, HEAD + "Kiosk West,9,,\n")

    outcome = await survey.load(mapping, content, dry_run=dry_run)
    sales = survey.identities.granted("survey", "sales", Grant(Role.INTEGRATION, "sales"))
    elsewhere = await survey.load(mapping, content, metadata=sales, dry_run=True)

    told = [line[3].partition(";")[2].partition(";")[0] for line in outcome.report]
    assert told[:2] == [' the nearest is "Kiosk West"'] * 2
    assert "nearest" not in told[2]
    assert len(elsewhere.report) == 3
    assert "Kiosk West" not in str(elsewhere.report)


CONTRADICTIONS = (
    ('kind = "NPS"', 'kind = "CSAT"', "the question is NPS in the survey, not CSAT"),
    (
        'kind = "NPS"',
        'kind = "CSAT"',
        "leave kind out if the column answers it; else give the table",
    ),
    ('kind = "NPS"', 'kind = "CSAT"', "if it is another survey, name that in [defaults] survey"),
    ("[answers.why]", "[answers.how]", "Give the table one of these keys, or add the question"),
    ("[answers.why]", "[answers.how]", 'survey "pulse" has no such question; it has: reco'),
    ('column = "words"', 'column = "word"', 'has no column "word"; it has: "dept", "nps"'),
    ("[format]", "[formats]", 'unknown table "formats"'),
    ("[format]", "[format", "the mapping is not TOML"),
)


async def test_a_mapping_that_contradicts_survey_or_file_stops_everything(
    survey: SurveyService,
) -> None:
    await survey.load(MAPPING, HEAD + "A,9,,\n")

    for old, new, message in CONTRADICTIONS:
        stopped = await failure(survey.load(MAPPING.replace(old, new), HEAD + "A,8,,\n"))

        assert isinstance(stopped, Invalid)
        assert stopped.reason in ("MAPPING_INVALID", "FILE_UNREADABLE")
        assert message in stopped.message
    assert len(await survey.stored_ids()) == 1


BROKEN = (
    (b"", "file.csv is empty"),
    (HEAD.encode() + b"A,9,,\nA,9,,\xff\n", "row 3: the byte 0xFF"),
    (HEAD.encode() + b'A,9,,\nA,9,,"half', "row 3: a quote is opened in this row"),
    (b"\x89PNG\r\n\x1a\n", "the byte 0x89"),
)


async def test_a_broken_file_stops_everything_before_a_row_is_stored(
    survey: SurveyService,
) -> None:
    for content, message in BROKEN:
        stopped = await failure(survey.load(MAPPING, content))

        assert stopped.reason == "FILE_UNREADABLE"
        assert message in stopped.message
    assert await survey.stored_ids() == set()


async def test_kinds_are_needed_only_for_a_new_survey(survey: SurveyService) -> None:
    bare = MAPPING.replace('kind = "NPS"', "")
    assert '"kind" is missing' in (await failure(survey.load(bare, HEAD + "A,9,,\n"))).message
    await survey.load(MAPPING, HEAD + "A,9,,\n")

    assert (await survey.load(bare, HEAD + "A,8,,\n")).stored == 1


async def test_what_may_not_be_created_is_an_error_of_its_row(survey: SurveyService) -> None:
    bare = MAPPING.replace("survey = true", "survey = false")

    without = await survey.load(bare, HEAD + "A,9,,\nA,8,,\n")
    await survey.load(MAPPING, HEAD + "A,9,,\n")
    unplaced = await survey.load(MAPPING.replace("departments = true", ""), HEAD + "A,9,,\nB,7,,\n")

    assert [line[:3] for line in without.report] == [
        ["2", "", "UNKNOWN_SURVEY"],
        ["3", "", "UNKNOWN_SURVEY"],
    ]
    assert [line[:3] for line in unplaced.report] == [["3", "dept", "UNKNOWN_DEPARTMENT"]]


async def test_an_import_that_stores_no_row_creates_no_survey(survey: SurveyService) -> None:
    mapping = MAPPING.replace("departments = true", "").replace(
        'department = "dept"', 'department = "dept"\ntouchpoint = "nps2"'
    )
    head, rows = "dept,nps,csat,words,nps2\n", "root,9,,,ghost\n" * 1_001 + "root,11,,,\n"

    foreseen = await survey.load(mapping, head + rows, dry_run=True)
    refused = await survey.load(mapping, head + rows)

    assert (refused.stored, refused.refused, refused.survey) == (0, 1_002, "")
    assert {line[2] for line in refused.report} == {"UNKNOWN_TOUCHPOINT", "SCORE_OUT_OF_RANGE"}
    assert await survey.database.fetchval("SELECT count(*) FROM survey_survey") == 0
    assert foreseen == refused

    stored = await survey.load(mapping, head + rows + "root,9,,,\n")

    assert (stored.stored, stored.refused, stored.survey) == (1, 1_002, "pulse")


async def test_the_survey_that_is_created_is_not_public(survey: SurveyService) -> None:
    await survey.load(MAPPING, HEAD + "A,9,,\n")

    row = await survey.database.pool.fetchrow("SELECT title, public FROM survey_survey")
    assert tuple(row or ()) == ("pulse", False)


@pytest.mark.parametrize("role", [Role.DEPARTMENT_HEAD])
async def test_who_may_not_submit_may_not_import(survey: SurveyService, role: Role) -> None:
    stopped = await failure(survey.load(MAPPING, HEAD + "A,9,,\n", role=role))

    assert isinstance(stopped, Denied)
    assert survey.profile.departments == {}
