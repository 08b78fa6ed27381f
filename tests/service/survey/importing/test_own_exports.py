"""Exports of responses come back in: to the same responses, and as equal ones to another platform."""

import pytest

from cxm.survey.v1 import surveys_pb2
from services.kit.rights.access import Role
from services.survey.responses.domain.ids import row_id
from tests.service.survey.conftest import KEY, OpenSurvey
from tests.service.survey.support.corrections import withdraw
from tests.service.survey.support.own_exports import (
    EVERY_KIND,
    FORMS,
    Own,
    as_csv,
    counts,
    in_a_workbook,
    rows_of,
    said,
)
from tests.service.survey.support.own_exports import own as own
from tests.service.survey.support.own_exports import own_of_many as own_of_many
from tests.service.survey.support.running import (
    make_submission,
    score,
)


@pytest.mark.parametrize("form", FORMS)
async def test_what_is_unchanged_is_already_stored_in_every_form(
    own_of_many: Own, form: str
) -> None:
    file = await own_of_many.file(form)
    before = await own_of_many.survey.facts()

    plain = await own_of_many.load(file, form)
    updating = await own_of_many.load(file, form, update=True, role=Role.ANALYST)
    foreseen = await own_of_many.load(file, form, update=True, dry_run=True)

    assert plain.report == []
    assert counts(plain) == counts(updating) == counts(foreseen) == (0, 0, len(before), 0)
    assert await own_of_many.survey.facts() == before


@pytest.mark.parametrize("form", FORMS)
async def test_another_platform_gets_equal_responses_once(
    own_of_many: Own, open_survey: OpenSurvey, form: str
) -> None:
    other = Own(await open_survey())
    file, mapping = (
        await own_of_many.file(form),
        await own_of_many.mapping(delimiter=FORMS[form][1]),
    )

    foreseen = await other.load(file, form, mapping=mapping, dry_run=True)
    first = await other.load(file, form, mapping=mapping)
    again = await other.load(file, form, mapping=mapping, update=True)

    assert first.report == []
    assert counts(foreseen) == counts(first)
    assert first.survey == "all"
    stored = len(await own_of_many.survey.facts())
    assert (counts(first), counts(again)) == ((stored, 0, 0, 0), (0, 0, stored, 0))
    held = in_a_workbook if form == "XLSX" else str
    assert said(rows_of(await other.file()), held) == said(rows_of(await own_of_many.file()), held)


async def test_what_was_withdrawn_stays_so(own: Own) -> None:
    file = await own.file()
    sent = make_submission(score(7), survey="all")
    gone = (await own.survey.facts())[0].response_id
    admin = own.survey.bearer(Role.ADMIN)
    await withdraw(own.survey, gone, metadata=admin)
    await own.survey.submit(sent, metadata=admin)
    before = await own.survey.facts()

    for update in (False, True):
        outcome = await own.load(file, update=update)
        assert counts(outcome) == (0, 0, len(before) - 2, 0)

    assert await own.survey.facts() == before
    shown = {row["response"] for row in rows_of(await own.file())}
    assert row_id(KEY, gone) not in shown
    assert row_id(KEY, sent.id) in shown, "the control"


async def test_questions_that_are_not_asked_any_more_come_back(
    own: Own, open_survey: OpenSurvey
) -> None:
    survey, admin = own.survey, own.survey.bearer(Role.ADMIN)
    asked = [q for q in EVERY_KIND if q.key not in ("colour", "why")]
    asked = [*asked, surveys_pb2.Question(key="more", kind=surveys_pb2.QUESTION_KIND_CES, text="?")]
    asked[1].dont_know = False
    request = surveys_pb2.UpdateSurveyRequest(
        key="all", questions=surveys_pb2.QuestionList(questions=asked)
    )
    await survey.surveys.UpdateSurvey(request, metadata=admin)
    asked[1].dont_know = True
    new = make_submission(score(6, "more"), survey="all")
    await survey.submit(new, metadata=admin)
    file, mapping = await own.file(), await own.mapping()
    rows = rows_of(file)
    later = next(row for row in rows if row["response"] == row_id(KEY, new.id))
    other = Own(await open_survey())

    unchanged = await own.load(file, update=True)
    elsewhere = await other.load(file, mapping=mapping)
    later["answer.colour"] = "red"
    refused = await own.load(as_csv(rows), update=True)

    assert counts(unchanged) == (0, 0, len(rows), 0)
    assert counts(elsewhere) == (len(rows), 0, 0, 0)
    assert [line[1:3] for line in refused.report] == [["answer.colour", "UNKNOWN_QUESTION"]]


async def test_the_mapping_of_a_survey_is_for_who_reads_surveys(own: Own) -> None:
    assert await own.mapping(role=Role.INTEGRATION) == await own.mapping()
    with pytest.raises(Exception, match="your role does not allow this"):
        await own.mapping(role=Role.OPERATOR)
