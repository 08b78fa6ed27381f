"""What the audit log says of surveys, corrections and withdrawals."""

import pytest

from cxm.survey.v1 import surveys_pb2
from services.kit.errors import Invalid
from services.kit.rights.access import Role
from tests.service.survey.support.corrections import correct, receipt_of, withdraw
from tests.service.survey.support.invitations import invite
from tests.service.survey.support.running import SurveyService, make_submission, score
from tests.support.audit import deeds, told


async def test_a_survey_that_is_made_published_and_paused_is_in_the_log(
    survey: SurveyService,
) -> None:
    await survey.create("visit")
    analyst = survey.bearer(Role.ANALYST)
    publish = surveys_pb2.UpdateSurveyRequest(key="visit", public=True)
    pause = surveys_pb2.ChangeSurveyStateRequest(key="visit", state=surveys_pb2.SURVEY_STATE_PAUSED)
    for _ in range(2):
        await survey.surveys.UpdateSurvey(publish, metadata=analyst)
    await survey.surveys.ChangeSurveyState(pause, metadata=analyst)

    entries = await deeds(survey.database, "visit")

    assert sorted((e.deed, e.actor.grant.role) for e in entries if e.actor.grant) == [
        ("survey_changed", Role.ANALYST),
        ("survey_created", Role.ADMIN),
        ("survey_published", Role.ANALYST),
        ("survey_state_changed", Role.ANALYST),
    ]


async def test_corrections_and_withdrawals_are_in_the_log_without_what_was_said(
    survey: SurveyService,
) -> None:
    before = len(await deeds(survey.database))
    sent = make_submission(score(9))
    receipt = await receipt_of(survey, sent)
    for _ in range(2):
        await correct(survey, sent.id, score(2), receipt=receipt)
    for _ in range(2):
        await withdraw(survey, sent.id, metadata=survey.bearer(Role.ADMIN))

    corrected, withdrawn = (await deeds(survey.database))[before:]

    assert (corrected.deed, corrected.actor.grant) == ("response_corrected", None)
    assert withdrawn.deed == "response_withdrawn"
    assert withdrawn.actor.grant is not None
    assert withdrawn.actor.grant.role is Role.ADMIN
    assert sent.id not in corrected.ids
    assert corrected.ids == withdrawn.ids


async def test_invitations_and_imports_are_in_the_log_and_what_stores_nothing_is_not(
    survey: SurveyService,
) -> None:
    before = len(await deeds(survey.database))
    mapping = (
        '[defaults]\nsurvey = "relationship"\ndepartment = "care"\n'
        '[answers.recommend]\ncolumn = "nps"\n'
    )
    await invite(survey, survey="relationship", count=2)
    await survey.load(mapping, "nps\n9\n", dry_run=True)
    await survey.load(mapping, "nps\n9\n", role=Role.INTEGRATION)
    await survey.submit(make_submission(), metadata=survey.bearer(Role.INTEGRATION))

    assert [told(entry) for entry in (await deeds(survey.database))[before:]] == [
        ("test-analyst", "analyst", "invitations_created", ("relationship",)),
        ("test-integration", "integration", "responses_imported", ("relationship",)),
    ]


async def test_a_survey_that_is_public_from_the_start_is_on_record_as_published(
    survey: SurveyService,
) -> None:
    for key, public in (("inside", False), ("outside", True)):
        await survey.create(key, public=public)

    written = {key: await deeds(survey.database, key) for key in ("inside", "outside")}

    assert [entry.deed for entry in written["inside"]] == ["survey_created"]
    assert [entry.deed for entry in written["outside"]] == ["survey_created", "survey_published"]


async def test_an_import_that_is_not_carried_out_is_not_on_record(survey: SurveyService) -> None:
    before = len(await deeds(survey.database))
    mapping = (
        '[defaults]\nsurvey = "{}"\ndepartment = "care"\n'
        '[answers.{}]\ncolumn = "nps"\nkind = "NPS"\n[create]\nsurvey = {}\n'
    )

    for key, question, creates in (
        ("relationship", "no-such", "false"),
        ("\\u0000", "recommend", "true"),
    ):
        for dry_run in (True, False):
            with pytest.raises(Invalid):
                await survey.load(
                    mapping.format(key, question, creates), "nps\n9\n", dry_run=dry_run
                )
    refused = await survey.load(mapping.format("\\u0000", "recommend", "false"), "nps\n9\n")

    assert [line[2] for line in refused.report] == ["UNKNOWN_SURVEY"]
    assert len(await deeds(survey.database)) == before
