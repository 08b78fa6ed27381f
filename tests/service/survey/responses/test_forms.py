"""Forms: what a respondent is asked is shown exactly while an answer to it would be taken."""

from datetime import timedelta

import pytest

from cxm.survey.v1 import responses_pb2 as pb
from cxm.survey.v1.invitations_pb2 import InvitationTarget
from cxm.survey.v1.surveys_pb2 import (
    SURVEY_STATE_CLOSED,
    SURVEY_STATE_DRAFT,
    SURVEY_STATE_PAUSED,
    ChangeSurveyStateRequest,
    Offers,
    Text,
    UpdateSurveyRequest,
)
from cxm.survey.v1.surveys_pb2 import TextList as Texts
from services.kit import clock
from services.kit.errors import NotFound
from services.kit.rights.access import Role
from tests.service.survey.support.calls import failure_of
from tests.service.survey.support.invitations import invite
from tests.service.survey.support.running import (
    ALREADY_STORED,
    REFUSED,
    STORED,
    SurveyService,
    make_submission,
    reasons,
    score,
)

SECRET = "sixteen letters!"
OFFERS = Offers(departments=["shop"], touchpoints=["till"])


@pytest.fixture
async def kiosk(survey: SurveyService) -> SurveyService:
    """With a public survey `kiosk` that offers the shop and its till, and one that says nothing of departments."""
    await survey.create("kiosk", public=True, department="care", offers=OFFERS)
    await survey.create("nowhere", department=None, offers=Offers())
    return survey


async def ask(service: SurveyService, survey: str = "kiosk", **named: str) -> pb.Form:
    reply = await service.responses.GetForm(pb.GetFormRequest(survey=survey, **named))
    return reply.form


async def refusal(service: SurveyService, survey: str = "kiosk", **named: str) -> tuple[str, str]:
    failure = await failure_of(service.responses.GetForm(pb.GetFormRequest(survey=survey, **named)))
    assert isinstance(failure, NotFound)
    return failure.reason, failure.message


async def test_a_public_survey_is_shown_with_what_it_offers(kiosk: SurveyService) -> None:
    forms = [
        await ask(kiosk),
        await ask(kiosk, department="shop"),
        await ask(kiosk, touchpoint="till"),
    ]

    assert [form.survey for form in forms] == ["kiosk"] * 3
    assert [question.key for question in forms[0].questions] == ["recommend", "overall", "why"]


@pytest.mark.parametrize("state", [SURVEY_STATE_PAUSED, SURVEY_STATE_CLOSED])
async def test_what_takes_no_answers_is_not_shown(kiosk: SurveyService, state: int) -> None:
    assert (await ask(kiosk)).survey == "kiosk"
    await kiosk.surveys.ChangeSurveyState(
        ChangeSurveyStateRequest(key="kiosk", state=state),  # type: ignore[arg-type]
        metadata=kiosk.bearer(Role.ANALYST),
    )

    assert await refusal(kiosk) == await refusal(kiosk, "absent")


async def test_everything_else_is_one_answer(kiosk: SurveyService) -> None:
    await kiosk.create("draft", public=True, department="care", state=SURVEY_STATE_DRAFT)
    refused = {
        await refusal(kiosk, "absent"),
        await refusal(kiosk, "draft"),
        await refusal(kiosk, "internal"),
        await refusal(kiosk, "nowhere"),
        await refusal(kiosk, department="sales"),
        await refusal(kiosk, department="absent"),
        await refusal(kiosk, touchpoint="invoice"),
        await refusal(kiosk, invitation="guess"),
        await refusal(kiosk, ""),
    }

    assert refused == {("NO_FORM", "there is nothing to answer here")}


async def test_an_invitation_shows_its_form_until_it_is_spent_or_over(
    kiosk: SurveyService,
) -> None:
    target = InvitationTarget(department="shop", language="lv")
    first, second = await invite(kiosk, target, target, survey="internal")
    form = await ask(kiosk, "internal", invitation=first)
    assert (form.survey, form.invited_language) == ("internal", "lv")
    assert await refusal(kiosk, "kiosk", invitation=first) == await refusal(kiosk, "absent")

    sent = make_submission(survey="internal", department=None, invitation=first)
    (result,) = await kiosk.submit(sent)
    assert result.status == STORED, reasons(result)

    assert await refusal(kiosk, "internal", invitation=first) == await refusal(kiosk, "absent")
    assert (await ask(kiosk, "internal", invitation=second)).survey == "internal"
    kiosk.clock.read = lambda: clock.now() + timedelta(days=800)
    assert await refusal(kiosk, "internal", invitation=second) == await refusal(kiosk, "absent")


async def test_a_secret_shows_the_version_that_was_answered(survey: SurveyService) -> None:
    sent = make_submission(score(9), secret=SECRET)
    await survey.submit(sent)
    reply = await survey.responses.GetForm(pb.GetFormRequest(response=sent.id, secret=SECRET))

    assert reply.form.survey == "relationship"


async def test_a_response_is_changed_by_its_secret_and_by_no_other(survey: SurveyService) -> None:
    sent, plain = make_submission(score(9), secret=SECRET), make_submission(score(9))
    await survey.submit(sent, plain)
    responses = survey.responses
    guesses = [
        responses.WithdrawResponse(pb.WithdrawResponseRequest(id=sent.id, secret="x" * 16)),
        responses.WithdrawResponse(pb.WithdrawResponseRequest(id=sent.id, secret="")),
        responses.WithdrawResponse(pb.WithdrawResponseRequest(id=plain.id, secret=SECRET)),
        responses.CorrectResponse(
            pb.CorrectResponseRequest(id=sent.id, secret="x" * 16, answers=[score(1)])
        ),
        responses.GetForm(pb.GetFormRequest(response=sent.id, secret="x" * 16)),
        responses.GetForm(pb.GetFormRequest(response="no id", secret=SECRET)),
    ]
    assert {type(await failure_of(guess)) for guess in guesses} == {NotFound}

    correction = pb.CorrectResponseRequest(id=sent.id, secret=SECRET, answers=[score(2)])
    assert (await responses.CorrectResponse(correction)).changed
    withdrawal = pb.WithdrawResponseRequest(id=sent.id, secret=SECRET)
    assert (await responses.WithdrawResponse(withdrawal)).changed

    # Erased with all that was said: nobody can prove anything of it any more.
    assert isinstance(await failure_of(responses.WithdrawResponse(withdrawal)), NotFound)
    again = pb.GetFormRequest(response=sent.id, secret=SECRET)
    assert isinstance(await failure_of(responses.GetForm(again)), NotFound)
    (repeated,) = await survey.submit(sent)
    assert repeated.status == ALREADY_STORED


async def test_a_survey_is_answered_in_its_own_languages_without_a_token(
    survey: SurveyService,
) -> None:
    await survey.surveys.UpdateSurvey(
        UpdateSurveyRequest(
            key="relationship",
            language="en",
            texts=Texts(texts=[Text(language="mk", text="Како беше?")]),
        ),
        metadata=survey.bearer(Role.ANALYST),
    )
    results = [
        (await survey.submit(make_submission(language=language)))[0]
        for language in ("mk", "en", "sl", "MK")
    ]

    assert [result.status for result in results] == [STORED, STORED, REFUSED, REFUSED]
    assert reasons(results[2]) == [("language", "UNKNOWN_LANGUAGE")]
