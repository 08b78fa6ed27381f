"""What a response names and this replica does not know yet is asked of profile, before it is refused."""

import asyncio

import grpc

from services.kit.rights.access import Role
from tests.service.survey.conftest import OpenSurvey
from tests.service.survey.support.running import (
    REFUSED,
    STORED,
    SurveyService,
    make_submission,
    reasons,
    score,
)
from tests.support.builders import id_of, make_department, make_touchpoint


async def test_what_the_copy_lacks_is_asked_of_profile_in_one_question_before_it_is_refused(
    survey: SurveyService,
) -> None:
    survey.profile.departments["new"] = make_department("new")
    survey.profile.touchpoints["kiosk"] = make_touchpoint("kiosk", "new")

    results = await survey.submit(
        make_submission(department="new"),
        make_submission(department="nosuch"),
        make_submission(department="nosuch2"),
        make_submission(department=None, touchpoint="kiosk"),
        make_submission(department=None, touchpoint="nosuch"),
    )

    assert [result.status for result in results] == [STORED, REFUSED, REFUSED, STORED, REFUSED]
    assert survey.profile.asked == [["new", "nosuch", "nosuch2"], ["kiosk", "nosuch"]]
    assert [fact.department_id for fact in await survey.facts()] == [id_of("new")] * 2


async def test_what_may_not_be_seen_is_asked_of_profile_as_what_is_not_there(
    survey: SurveyService,
) -> None:
    sender = survey.bearer(Role.INTEGRATION, "sales")
    asked = []
    for department, touchpoint in (
        ("care", None),
        ("nosuch", None),
        (None, "invoice"),
        (None, "nosuch"),
        ("sales", None),
    ):
        (result,) = await survey.submit(
            make_submission(department=department, touchpoint=touchpoint), metadata=sender
        )
        asked.append((result.status, survey.profile.asked.pop() if survey.profile.asked else []))

    assert asked == [
        (REFUSED, ["care"]),
        (REFUSED, ["nosuch"]),
        (REFUSED, ["invoice"]),
        (REFUSED, ["nosuch"]),
        (STORED, []),
    ]


async def test_the_owner_of_a_touchpoint_is_asked_for_too(survey: SurveyService) -> None:
    survey.profile.departments["new"] = make_department("new")
    survey.profile.touchpoints["kiosk"] = make_touchpoint("kiosk", "new")

    (result,) = await survey.submit(
        make_submission(department=None, touchpoint="kiosk"),
        metadata=survey.bearer(Role.INTEGRATION),
    )

    assert result.status == STORED
    assert survey.profile.asked == [["kiosk"], [id_of("new")]]


async def test_profile_away_is_no_unknown_department_and_harms_no_other_caller(
    survey: SurveyService,
) -> None:
    survey.profile.away = True
    sent = make_submission(department="nosuch")

    asking, *neighbours = await asyncio.gather(
        survey.submit(sent),
        *(survey.submit(make_submission()) for _ in range(10)),
        return_exceptions=True,
    )

    assert isinstance(asking, grpc.aio.AioRpcError)
    assert asking.code() == grpc.StatusCode.UNAVAILABLE
    assert all(
        not isinstance(results, BaseException) and results[0].status == STORED
        for results in neighbours
    )
    survey.profile.away = False
    survey.profile.departments["nosuch"] = make_department("nosuch")
    assert (await survey.submit(sent))[0].status == STORED


async def test_a_new_survey_of_another_replica_is_found(
    survey: SurveyService, open_survey: OpenSurvey
) -> None:
    replica = await open_survey(replica_of=survey)
    await replica.submit(make_submission())
    await survey.create("brand-new", public=True)

    (result,) = await replica.submit(make_submission(survey="brand-new"))

    assert result.status == STORED


async def test_whether_a_department_is_there_is_not_told_beside_another_error(
    survey: SurveyService,
) -> None:
    wrong = [make_submission(score(99), department=key) for key in ("sales", "nowhere")]
    unknown = make_submission(score(9), department="nowhere")

    known, absent, alone = await survey.submit(*wrong, unknown)

    assert reasons(known) == reasons(absent) != []
    assert reasons(alone) == [("department", "UNKNOWN_DEPARTMENT")]
