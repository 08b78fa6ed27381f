"""Who has no token names only what the survey or the invitation offers, and learns of nothing else."""

import pytest

from cxm.batch.v1.batch_pb2 import ItemResult
from cxm.survey.v1.invitations_pb2 import InvitationTarget
from cxm.survey.v1.surveys_pb2 import (
    SURVEY_STATE_DRAFT,
    SURVEY_STATE_LIVE,
    SURVEY_STATE_PAUSED,
    ChangeSurveyStateRequest,
    Offers,
    UpdateSurveyRequest,
)
from services.kit.rights.access import Role
from tests.service.survey.support.calls import failure_of
from tests.service.survey.support.invitations import invite
from tests.service.survey.support.running import (
    STORED,
    SurveyService,
    make_submission,
    reasons,
)
from tests.support.builders import make_department, make_touchpoint

DEPARTMENT = [("department", "UNKNOWN_DEPARTMENT")]
TOUCHPOINT = [("touchpoint", "UNKNOWN_TOUCHPOINT")]
OFFERS = Offers(departments=["shop"], touchpoints=["till"])


@pytest.fixture
async def kiosk(survey: SurveyService) -> SurveyService:
    """With a public survey `kiosk` and a private one `diary`; each offers the shop and its till."""
    await survey.create("kiosk", public=True, department="care", offers=OFFERS)
    await survey.create("diary", department="care", offers=OFFERS)
    return survey


async def submit(service: SurveyService, **fields: str | None) -> ItemResult:
    named = {"survey": "kiosk", "department": None} | fields
    (result,) = await service.submit(make_submission(**named))
    return result


async def test_what_is_offered_may_be_named(kiosk: SurveyService) -> None:
    results = [
        await submit(kiosk),
        await submit(kiosk, department="shop"),
        await submit(kiosk, touchpoint="till"),
        await submit(kiosk, department="shop", touchpoint="till"),
    ]

    assert [result.status for result in results] == [STORED] * 4


async def test_what_is_not_offered_and_what_is_not_there_are_one_answer(
    kiosk: SurveyService,
) -> None:
    there = [
        await submit(kiosk, department="sales"),
        await submit(kiosk, department="shop", touchpoint="invoice"),
    ]
    absent = [
        await submit(kiosk, department="no-such"),
        await submit(kiosk, department="shop", touchpoint="no-such"),
    ]

    assert [reasons(result) for result in there] == [DEPARTMENT, TOUCHPOINT]
    assert [result.refusals for result in there] == [result.refusals for result in absent]
    assert kiosk.profile.asked == []  # nobody was asked, so it takes the same time


async def test_a_new_survey_offers_nothing(survey: SurveyService) -> None:
    await survey.create("plain", public=True, department="care", offers=Offers())

    assert (await submit(survey, survey="plain")).status == STORED
    assert reasons(await submit(survey, survey="plain", department="care")) == DEPARTMENT
    assert reasons(await submit(survey, survey="plain", touchpoint="till")) == TOUCHPOINT


async def test_who_has_a_token_names_what_its_rights_cover(kiosk: SurveyService) -> None:
    sent = make_submission(survey="kiosk", department="sales")

    (result,) = await kiosk.submit(sent, metadata=kiosk.bearer(Role.INTEGRATION))

    assert result.status == STORED


async def test_an_offer_that_the_copy_lacks_is_asked_for(kiosk: SurveyService) -> None:
    kiosk.profile.departments["new"] = make_department("new", "sales")
    kiosk.profile.touchpoints["door"] = make_touchpoint("door", "new")
    offers = Offers(departments=["new"], touchpoints=["door"])
    await kiosk.create("opening", public=True, offers=offers)

    assert (await submit(kiosk, survey="opening", touchpoint="door")).status == STORED


async def test_an_invitation_has_offers_of_its_own(kiosk: SurveyService) -> None:
    async def answer(token: str, **fields: str) -> ItemResult:
        return await submit(kiosk, survey="diary", invitation=token, **fields)

    offers = Offers(departments=["sales"], touchpoints=["invoice"])
    tokens = await invite(kiosk, survey="diary", count=3, offers=offers)
    (plain,) = await invite(kiosk, survey="diary", count=1)

    assert reasons(await answer(plain, department="sales")) == DEPARTMENT
    assert reasons(await answer(plain, department="no-such")) == DEPARTMENT
    assert reasons(await answer(tokens[0], department="care")) == DEPARTMENT
    assert (await answer(tokens[0], department="sales")).status == STORED
    assert (await answer(tokens[1], touchpoint="invoice")).status == STORED
    assert (await answer(tokens[2], department="shop")).status == STORED  # the survey offers it
    assert (await answer(plain)).status == STORED


async def test_what_an_invitation_fixes_need_not_be_offered(kiosk: SurveyService) -> None:
    target = InvitationTarget(department="sales")
    one, other = await invite(kiosk, target, target, survey="diary")

    fixed = await submit(kiosk, survey="diary", invitation=one, department="no-such")
    beside = await submit(kiosk, survey="diary", invitation=other, touchpoint="invoice")

    assert fixed.status == STORED
    assert reasons(beside) == TOUCHPOINT


async def test_an_invitation_gives_no_rights_beyond_its_offers_to_who_has_a_token(
    kiosk: SurveyService,
) -> None:
    (token,) = await invite(kiosk, survey="diary", count=1)
    sent = make_submission(survey="diary", invitation=token, department="sales")

    (head,) = await kiosk.submit(sent, metadata=kiosk.bearer(Role.DEPARTMENT_HEAD, "care"))
    (integration,) = await kiosk.submit(sent, metadata=kiosk.bearer(Role.INTEGRATION))

    assert reasons(head) == DEPARTMENT
    assert integration.status == STORED


async def test_an_offer_and_a_response_may_spell_a_letter_in_two_ways(
    kiosk: SurveyService,
) -> None:
    one, two = "caf\u00e9", "cafe\u0301"
    kiosk.profile.departments[one] = make_department(one, "sales")
    await kiosk.create("opening", public=True, offers=Offers(departments=[two]))

    for spelt in (one, two):
        assert (await submit(kiosk, survey="opening", department=spelt)).status == STORED
    assert reasons(await submit(kiosk, survey="opening", department="cafe")) == DEPARTMENT


async def test_offers_are_changed(kiosk: SurveyService) -> None:
    request = UpdateSurveyRequest(key="kiosk", offers=Offers(departments=["sales"]))
    reply = await kiosk.surveys.UpdateSurvey(request, metadata=kiosk.bearer(Role.ANALYST))
    again = await kiosk.surveys.UpdateSurvey(
        UpdateSurveyRequest(key="kiosk", title="Kiosk 2"), metadata=kiosk.bearer(Role.ANALYST)
    )

    assert reply.survey.offers == again.survey.offers == Offers(departments=["sales"])
    assert (await submit(kiosk, department="sales")).status == STORED
    assert reasons(await submit(kiosk, department="shop")) == DEPARTMENT


@pytest.mark.parametrize(
    ("offers", "refused"),
    [
        (Offers(departments=["no-such"]), (("offers", "departments"), "UNKNOWN_DEPARTMENT")),
        (Offers(touchpoints=["no-such"]), (("offers", "touchpoints"), "UNKNOWN_TOUCHPOINT")),
        (Offers(departments=[""]), (("offers", "departments"), "UNKNOWN_DEPARTMENT")),
        (
            Offers(departments=["sales"], everything=True),
            (("offers", "departments"), "EVERYTHING_OFFERED"),
        ),
        (
            Offers(touchpoints=[f"t{number}" for number in range(1_001)]),
            (("offers", "touchpoints"), "TOO_MANY_OFFERS"),
        ),
    ],
)
async def test_what_cannot_be_offered_is_refused(
    kiosk: SurveyService, offers: Offers, refused: tuple[tuple[str, ...], str]
) -> None:
    request = UpdateSurveyRequest(key="kiosk", offers=offers)

    failure = await failure_of(
        kiosk.surveys.UpdateSurvey(request, metadata=kiosk.bearer(Role.ADMIN))
    )
    created = await failure_of(kiosk.create("another", offers=offers))

    assert (failure.field, failure.reason) == (created.field, created.reason) == refused


async def test_an_invitation_offers_what_its_maker_may_submit_for(kiosk: SurveyService) -> None:
    target = InvitationTarget(department="shop")

    async def made_with(offers: Offers) -> str:
        work = invite(
            kiosk,
            target,
            survey="diary",
            offers=offers,
            role=Role.INTEGRATION,
            department="sales",
        )
        return (await failure_of(work)).reason

    assert await made_with(Offers(departments=["care"])) == "UNKNOWN_DEPARTMENT"
    assert await made_with(Offers(touchpoints=["no-such"])) == "UNKNOWN_TOUCHPOINT"
    assert await made_with(Offers(everything=True)) == "FORBIDDEN"
    many = Offers(departments=[f"d{number}" for number in range(51)])
    assert await made_with(many) == "TOO_MANY_OFFERS"
    assert await invite(
        kiosk,
        target,
        survey="diary",
        offers=Offers(departments=["shop"]),
        role=Role.INTEGRATION,
        department="sales",
    )


async def test_what_was_stored_before_offers_everything(kiosk: SurveyService) -> None:
    """As the last version stores it: it knows nothing of offers."""
    pool = kiosk.database.pool
    columns = "id, key, title, public, in_scorecard, department_id, revision, state"
    await pool.execute(
        f"INSERT INTO survey_survey ({columns}) SELECT gen_random_uuid(), 'old', title, public,"
        " in_scorecard, department_id, revision, state FROM survey_survey WHERE key = 'kiosk'"
    )
    await pool.execute(
        "INSERT INTO survey_version (id, survey_id, number)"
        " SELECT gen_random_uuid(), id, 1 FROM survey_survey WHERE key = 'old'"
    )
    await pool.execute(
        "INSERT INTO survey_question SELECT (SELECT v.id FROM survey_version v JOIN survey_survey s"
        " ON s.id = v.survey_id WHERE s.key = 'old'), position, q.id, q.key, kind, text, dont_know, low, high,"
        " options, q.texts FROM survey_question q JOIN survey_version v ON v.id = q.version_id"
        " JOIN survey_survey s ON s.id = v.survey_id WHERE s.key = 'kiosk'"
    )

    assert (await submit(kiosk, survey="old", department="sales")).status == STORED
    assert (await submit(kiosk, survey="old", touchpoint="invoice")).status == STORED
    absent = await submit(kiosk, survey="old", department="no-such")
    assert absent.refusals == (await submit(kiosk, department="sales")).refusals


async def test_a_public_survey_that_nobody_could_answer_is_not_published(
    survey: SurveyService,
) -> None:
    metadata = survey.bearer(Role.ADMIN)

    created = await failure_of(survey.create("mute", public=True, offers=Offers()))
    await survey.create("mute", public=True, offers=Offers(), state=SURVEY_STATE_DRAFT)
    opening = ChangeSurveyStateRequest(key="mute", state=SURVEY_STATE_LIVE)
    opened = await failure_of(survey.surveys.ChangeSurveyState(opening, metadata=metadata))
    given = UpdateSurveyRequest(key="mute", department="care")
    await survey.surveys.UpdateSurvey(given, metadata=metadata)
    await survey.surveys.ChangeSurveyState(opening, metadata=metadata)
    taken = UpdateSurveyRequest(key="mute", department="")
    edited = await failure_of(survey.surveys.UpdateSurvey(taken, metadata=metadata))

    for failure in (created, opened, edited):
        assert (failure.reason, failure.field) == ("NOTHING_OFFERED", ("offers",))
        assert "name the department" in failure.message
    assert (await submit(survey, survey="mute")).status == STORED


async def test_an_older_survey_that_nobody_can_answer_is_edited_paused_and_not_opened_again(
    survey: SurveyService,
) -> None:
    metadata = survey.bearer(Role.ADMIN)
    await survey.create("old", public=True, department="care", offers=Offers())
    await survey.database.pool.execute(
        "UPDATE survey_survey SET department_id = NULL WHERE key = 'old'"
    )

    renamed = UpdateSurveyRequest(key="old", title="Older")
    reply = await survey.surveys.UpdateSurvey(renamed, metadata=metadata)
    paused = ChangeSurveyStateRequest(key="old", state=SURVEY_STATE_PAUSED)
    await survey.surveys.ChangeSurveyState(paused, metadata=metadata)
    opening = ChangeSurveyStateRequest(key="old", state=SURVEY_STATE_LIVE)
    failure = await failure_of(survey.surveys.ChangeSurveyState(opening, metadata=metadata))

    assert reply.survey.title == "Older"
    assert failure.reason == "NOTHING_OFFERED"
