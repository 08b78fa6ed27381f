"""Files of responses given to invitations: the token in a column opens what it opens, and stands in no report."""

import pytest

from cxm.survey.v1 import invitations_pb2 as pb
from services.kit.errors import Invalid
from tests.service.support.import_call import failure
from tests.service.survey.support.invitations import invite
from tests.service.survey.support.running import SurveyService
from tests.support.builders import id_of

MAPPING = """
[defaults]
survey = "internal"
[columns]
invitation = "token"
department = "dept"
[answers.recommend]
column = "nps"
"""
HEAD = "token,dept,nps\n"


async def test_a_row_spends_its_invitation_once(survey: SurveyService) -> None:
    first, second = await invite(survey, count=2)
    content = HEAD + f" {first} ,care,9\n{second},care,8\n{first},care,7\n,care,6\n"

    outcome = await survey.load(MAPPING, content)
    again = await survey.load(MAPPING, content)

    assert (outcome.stored, outcome.refused) == (3, 1)
    assert [line[:3] for line in outcome.report] == [["4", "token", "INVITATION_SPENT"]]
    assert (again.stored, again.already, again.report) == (0, 3, outcome.report)
    spent = await survey.database.fetch("SELECT spent_by::text FROM survey_invitation")
    assert {row[0] for row in spent} < await survey.stored_ids()


async def test_what_the_invitation_fixes_counts(survey: SurveyService) -> None:
    (token,) = await invite(survey, pb.InvitationTarget(department="shop"))

    outcome = await survey.load(MAPPING, HEAD + f"{token},care,9\n")

    assert outcome.stored == 1
    (fact,) = await survey.facts()
    assert fact.department_id == id_of("shop")


async def test_a_token_is_never_in_the_report(survey: SurveyService) -> None:
    (token,) = await invite(survey, count=1)
    rows = [
        f"x{token},care,9",  # no such invitation
        f"{token},care,11",
        f"{token},nosuch,9",
        f"{token},care",
        f"{token * 30},care,9",  # too long
        f"{token},care,",
    ]

    outcome = await survey.load(MAPPING, HEAD + "\n".join(rows) + "\n")

    assert [line[1:3] for line in sorted(outcome.report)] == [
        ["token", "INVITATION_UNKNOWN"],
        ["nps", "SCORE_OUT_OF_RANGE"],
        ["dept", "UNKNOWN_DEPARTMENT"],
        ["", "WRONG_WIDTH"],
        ["token", "TOO_LONG"],
        ["", "NO_ANSWERS"],
    ]
    assert token[:8] not in str(outcome.report)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('department = "dept"', "department = 1", "[columns] department"),
        ('column = "nps"', 'column = "token"', "[answers.recommend] column"),
    ],
)
async def test_the_column_of_tokens_is_no_column_that_reports_quote(
    survey: SurveyService, old: str, new: str, where: str
) -> None:
    refused = await failure(survey.load(MAPPING.replace(old, new), HEAD + "t,care,9\n"))

    assert isinstance(refused, Invalid)
    assert refused.message == f'{where}: column "token" holds the tokens of invitations'


async def test_the_token_may_be_the_id_of_its_row(survey: SurveyService) -> None:
    (token,) = await invite(survey, count=1)
    mapping = MAPPING.replace("[columns]", '[columns]\nid = "token"')
    content = HEAD + f"{token},care,9\n{token},care,8\n"

    outcome = await survey.load(mapping, content)

    assert outcome.stored == 1
    assert [line[:3] for line in outcome.report] == [["3", "token", "ID_CONFLICT"]]
    assert token not in str(outcome.report)
