"""What a sender may not see takes the same look-ups and the same answer as what is not there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from cxm.survey.v1 import import_pb2, surveys_pb2
from services.kit.rights.access import Role
from services.kit.rpc.servicing import Metadata
from tests.service.support.import_call import load
from tests.service.survey.support.running import SurveyService, make_submission, score

DOORS = [
    ("department", "care", "nobodys"),
    ("touchpoint", "invoice", "nothing"),
    ("survey", "internal", "nothing"),
]
"""Field, hidden key, absent key: care and its invoice are no matter of the shop's; `internal` is no stranger's."""


@contextmanager
def statements(survey: SurveyService) -> Iterator[list[str]]:
    """Statements of the sessions that surveys are read in."""
    heard: list[str] = []

    def hear(_: Any, __: Any, statement: str, *___: Any) -> None:
        heard.append(statement)

    engine = survey.database.read.kw["bind"].sync_engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def sender(survey: SurveyService, field: str) -> Metadata | None:
    return None if field == "survey" else survey.bearer(Role.INTEGRATION, "shop")


@pytest.mark.parametrize("is_wrong", [False, True], ids=["valid", "wrong besides"])
@pytest.mark.parametrize(("field", "hidden", "absent"), DOORS, ids=[door[0] for door in DOORS])
async def test_what_is_hidden_costs_and_says_what_what_is_absent_does(
    survey: SurveyService, field: str, hidden: str, absent: str, *, is_wrong: bool
) -> None:
    answers = [score(11 if is_wrong else 9)]
    admin = survey.bearer(Role.ADMIN)
    for known in ("internal", "relationship"):  # remembered from now on
        await survey.submit(make_submission(survey=known), metadata=admin)
    named = {"department": "shop"} if field == "survey" else {"department": None}

    seen = []
    for key in (hidden, absent):
        survey.profile.asked.clear()
        sent = make_submission(*answers, id=None, **(named | {field: key}))
        with statements(survey) as heard:
            [result] = await survey.submit(sent, metadata=sender(survey, field))
        said = [(tuple(r.field), r.reason, r.message.replace(key, "K")) for r in result.refusals]
        asked = [[name.replace(key, "K") for name in names] for names in survey.profile.asked]
        seen.append((said, asked, len(heard)))

    assert seen[0] == seen[1]
    assert seen[0][1] or seen[0][2]  # something was looked up at all


@pytest.mark.parametrize("is_wrong", [False, True], ids=["valid", "wrong besides"])
async def test_a_draft_is_no_survey_to_strangers(survey: SurveyService, *, is_wrong: bool) -> None:
    """Whatever they ask of it; the controls are who may submit, and the survey once it is open."""
    admin = survey.bearer(Role.ADMIN)
    await survey.create("coming", public=True, state=surveys_pb2.SURVEY_STATE_DRAFT)
    answers = [score(9, "unknown" if is_wrong else "recommend")]

    seen = []
    for key in ("coming", "nothing"):
        with statements(survey) as heard:
            [result] = await survey.submit(make_submission(*answers, survey=key, department=None))
        seen.append(([(r.reason, tuple(r.field)) for r in result.refusals], len(heard)))
    [trusted] = await survey.submit(make_submission(*answers, survey="coming"), metadata=admin)

    assert seen[0] == seen[1]
    assert seen[0][0] == [("UNKNOWN_SURVEY", ("survey",))]
    wrong = "UNKNOWN_QUESTION" if is_wrong else "SURVEY_NOT_OPEN"
    assert [r.reason for r in trusted.refusals] == [wrong]


async def test_who_sees_it_waits_for_no_look_up(survey: SurveyService) -> None:
    """The control: the counts above are of look-ups that known keys do not take."""
    everywhere = survey.bearer(Role.INTEGRATION)
    sent = make_submission(survey="internal", department="care", touchpoint="invoice")
    await survey.submit(sent, metadata=everywhere)

    survey.profile.asked.clear()
    with statements(survey) as heard:
        await survey.submit(
            make_submission(survey="internal", department="care"), metadata=everywhere
        )

    assert (survey.profile.asked, heard) == ([], [])


MAPPING = """
[defaults]
survey = "relationship"
[columns]
id = "id"
department = "dept"
[answers.recommend]
column = "nps"
"""


async def test_a_dry_run_does_not_tell_which_rows_others_have_imported(
    survey: SurveyService,
) -> None:
    await survey.load(MAPPING, "id,dept,nps\n1,care,9\n")
    method = survey.response_import.ImportResponses

    async def rehearse(department: str | None) -> Any:
        bearer = survey.bearer(Role.INTEGRATION, department)
        content = "id,dept,nps\n1,shop,9\n2,shop,9\n"
        request = import_pb2.ImportResponsesRequest
        return await load(method, request, bearer, MAPPING, content, dry_run=True)

    shop, everywhere = await rehearse("shop"), await rehearse(None)

    assert (shop.stored, shop.refused) == (2, 0)
    assert [line[2] for line in everywhere.report] == ["ID_CONFLICT"]  # the control
