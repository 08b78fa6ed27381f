"""What the audit log says of surveys, corrections and withdrawals."""

from cxm.survey.v1 import surveys_pb2
from services.kit.rights.access import Role
from services.kit.rights.audit.entries import AuditEntry
from services.kit.rights.audit.storage import AuditFilter, list_entries
from tests.service.survey.support.corrections import correct, receipt_of, withdraw
from tests.service.survey.support.running import SurveyService, make_submission, score


async def deeds(survey: SurveyService, about: str = "") -> list[AuditEntry]:
    """Oldest first."""
    async with survey.database.write() as session:
        found = await list_entries(session, 100, None, AuditFilter(about=about))
    return found[::-1]


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

    entries = await deeds(survey, "visit")

    assert sorted((e.deed, e.actor.grant.role) for e in entries if e.actor.grant) == [
        ("survey_changed", Role.ANALYST),
        ("survey_created", Role.ADMIN),
        ("survey_published", Role.ANALYST),
        ("survey_state_changed", Role.ANALYST),
    ]


async def test_corrections_and_withdrawals_are_in_the_log_without_what_was_said(
    survey: SurveyService,
) -> None:
    before = len(await deeds(survey))
    sent = make_submission(score(9))
    receipt = await receipt_of(survey, sent)
    for _ in range(2):
        await correct(survey, sent.id, score(2), receipt=receipt)
    for _ in range(2):
        await withdraw(survey, sent.id, metadata=survey.bearer(Role.ADMIN))

    corrected, withdrawn = (await deeds(survey))[before:]

    assert (corrected.deed, corrected.actor.grant) == ("response_corrected", None)
    assert withdrawn.deed == "response_withdrawn"
    assert withdrawn.actor.grant is not None
    assert withdrawn.actor.grant.role is Role.ADMIN
    assert sent.id not in corrected.ids
    assert corrected.ids == withdrawn.ids
