"""Dry runs of responses: they say what a run would come to, row by row, and store nothing."""

from tests.service.survey.conftest import OpenSurvey
from tests.service.survey.support.invitations import invite
from tests.service.survey.support.running import SurveyService
from tests.support.builders import id_of

MAPPING = """
[defaults]
survey = "pulse"
[columns]
id = "id"
department = "dept"
touchpoint = "place"
occurred_at = "day"
language = "language"
[answers.recommend]
column = "nps"
kind = "NPS"
[create]
survey = true
departments = true
"""
HEAD = "id,dept,place,day,language,nps\n"
ROWS = (
    "1,sales,,2026-03-01,lv,9",
    "2,New,,2026-03-01,never seen,9",
    "3,sales,ghost,2026-03-01,,9",  # no such touchpoint
    "4,sales,,1999-12-31,,9",  # before surveys
    f"5,sales,,2026-03-01,{'x' * 65},9",  # too long a language
    "6,sales,,2026-03-01,,11",
    "1,sales,,2026-03-01,lv,8",  # another response has the id
    "1,sales,,2026-03-01,lv,9",
)
REASONS = [
    ["4", "place", "UNKNOWN_TOUCHPOINT"],
    ["5", "day", "OCCURRED_AT_OUT_OF_RANGE"],
    ["6", "language", "TOO_LONG"],
    ["7", "nps", "SCORE_OUT_OF_RANGE"],
    ["8", "id", "ID_CONFLICT"],
]


async def test_a_dry_run_says_what_a_run_would_come_to(open_survey: OpenSurvey) -> None:
    survey = await open_survey()
    content = HEAD + "\n".join(ROWS)

    foreseen = await survey.load(MAPPING, content, dry_run=True)
    assert await nothing_stored(survey)
    outcome = await survey.load(MAPPING, content)
    again = await survey.load(MAPPING, content, dry_run=True)

    assert foreseen == outcome
    assert (outcome.stored, outcome.already) == (2, 1)
    assert [line[:3] for line in outcome.report] == REASONS
    assert (outcome.survey, outcome.departments) == ("pulse", ["New"])
    assert (again.stored, again.already, again.report) == (0, 3, outcome.report)


async def nothing_stored(survey: SurveyService) -> bool:
    tables = ("survey_response", "survey_survey", "survey_label", "outbox")
    fetchval = survey.database.fetchval
    counts = [await fetchval(f"SELECT count(*) FROM {table}") for table in tables]
    return counts == [0] * len(tables) and survey.profile.departments == {}


async def test_a_dry_run_spends_no_invitation(survey: SurveyService) -> None:
    mapping = (
        '[defaults]\nsurvey = "internal"\ndepartment = "care"\n[columns]\ninvitation = "token"\n'
    )
    mapping += '[answers.recommend]\ncolumn = "nps"\n'
    (token,) = await invite(survey, count=1)
    content = f"token,nps\n{token},9\n{token},8\nunknown,7\n"

    foreseen = await survey.load(mapping, content, dry_run=True)
    outcome = await survey.load(mapping, content)

    assert foreseen == outcome
    assert [line[:3] for line in outcome.report] == [
        ["3", "token", "INVITATION_SPENT"],
        ["4", "token", "INVITATION_UNKNOWN"],
    ]


async def test_a_dry_run_is_refused_where_the_survey_takes_nothing(survey: SurveyService) -> None:
    await survey.create("draft", state=1)
    mapping = '[defaults]\nsurvey = "draft"\n[columns]\ndepartment = "dept"\n'
    mapping += '[answers.recommend]\ncolumn = "nps"\n'

    outcome = await survey.load(mapping, "dept,nps\ncare,9\n", dry_run=True)

    assert [line[2] for line in outcome.report] == ["SURVEY_NOT_OPEN"]


async def test_columns_that_are_not_mapped_and_customers_stay_out_of_events(
    survey: SurveyService,
) -> None:
    mapping = '[defaults]\nsurvey = "internal"\ndepartment = "care"\n[columns]\ncustomer = "who"\n'
    mapping += '[answers.recommend]\ncolumn = "nps"\n'

    outcome = await survey.load(mapping, "who,nps,phone\nann@example.org,9,555-0199\n")

    assert outcome.stored == 1
    (fact,) = await survey.facts()
    assert fact.department_id == id_of("care")
    rows = await survey.database.fetch("SELECT r::text FROM survey_response r")
    payloads = await survey.database.pool.fetch("SELECT payload FROM outbox")
    for held in [row[0].encode() for row in rows] + [bytes(row[0]) for row in payloads]:
        assert b"555-0199" not in held
        assert b"ann@example.org" not in held


async def test_a_dry_run_remembers_the_rows_of_earlier_batches(open_survey: OpenSurvey) -> None:
    """Batches have 1,000 rows. An id comes again beyond them, with the same answer and with another."""
    survey = await open_survey()
    mapping = MAPPING.replace('touchpoint = "place"\n', "").replace('language = "language"\n', "")
    rows = [f"{number},sales,2026-03-01,9" for number in range(1_100)]
    rows += ["7,sales,2026-03-01,9", "8,sales,2026-03-01,3"]
    content = "id,dept,day,nps\n" + "\n".join(rows)

    foreseen = await survey.load(mapping, content, dry_run=True)
    outcome = await survey.load(mapping, content)

    for each in (foreseen, outcome):
        assert (each.stored, each.already, each.refused) == (1_100, 1, 1)
    assert [line[:3] for line in foreseen.report] == [["1103", "id", "ID_CONFLICT"]]
