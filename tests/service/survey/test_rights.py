from datetime import date

import grpc
import pytest

from cxm.survey.v1 import responses_pb2, surveys_pb2
from services.kit.rights.access import Role
from services.kit.rpc.servicing import Metadata
from tests.service.survey.support.running import (
    QUESTIONS,
    REFUSED,
    STORED,
    SurveyService,
    make_submission,
    reasons,
)

OK = "OK"
ROLES = [role for role in Role if role is not Role.SERVICE]


async def status(call: object) -> str:
    """The name of the status a call ends with."""
    try:
        await call  # type: ignore[misc]
    except grpc.aio.AioRpcError as error:
        return error.code().name
    return OK


def creating(survey: SurveyService, metadata: Metadata | None) -> object:
    message = surveys_pb2.Survey(key="visit", title="Visit", questions=QUESTIONS)
    return survey.surveys.CreateSurvey(
        surveys_pb2.CreateSurveyRequest(survey=message), metadata=metadata
    )


@pytest.mark.parametrize(
    ("role", "department", "create", "read"),
    [
        (Role.ADMIN, None, OK, OK),
        (Role.ANALYST, None, OK, OK),
        (Role.INTEGRATION, None, OK, OK),
        (Role.DEPARTMENT_HEAD, None, "PERMISSION_DENIED", OK),
        (Role.ADMIN, "sales", "PERMISSION_DENIED", OK),
        (Role.ANALYST, "sales", "PERMISSION_DENIED", OK),
        (Role.INTEGRATION, "sales", "PERMISSION_DENIED", OK),
        (Role.DEPARTMENT_HEAD, "sales", "PERMISSION_DENIED", OK),
        (Role.ADMIN, "nosuch", "PERMISSION_DENIED", "PERMISSION_DENIED"),
        (None, None, "UNAUTHENTICATED", "UNAUTHENTICATED"),
    ],
)
async def test_who_creates_and_reads_surveys(
    survey: SurveyService, role: Role | None, department: str | None, create: str, read: str
) -> None:
    metadata = survey.bearer(role, department) if role else None
    listing = survey.surveys.ListSurveys(surveys_pb2.ListSurveysRequest(first=1), metadata=metadata)
    getting = survey.surveys.BatchGetSurveys(
        surveys_pb2.BatchGetSurveysRequest(keys=["internal"]), metadata=metadata
    )

    assert await status(creating(survey, metadata)) == create
    assert await status(listing) == read
    assert await status(getting) == read


@pytest.mark.parametrize(
    ("role", "change"),
    [
        (Role.ADMIN, OK),
        (Role.ANALYST, OK),
        (Role.INTEGRATION, "PERMISSION_DENIED"),
        (Role.DEPARTMENT_HEAD, "PERMISSION_DENIED"),
    ],
)
async def test_who_publishes_pauses_and_rewrites_a_survey_that_is_there(
    survey: SurveyService, role: Role, change: str
) -> None:
    metadata = survey.bearer(role)
    publishing = survey.surveys.UpdateSurvey(
        surveys_pb2.UpdateSurveyRequest(key="internal", public=True), metadata=metadata
    )
    pausing = survey.surveys.ChangeSurveyState(
        surveys_pb2.ChangeSurveyStateRequest(key="internal", state=surveys_pb2.SURVEY_STATE_PAUSED),
        metadata=metadata,
    )

    assert [await status(publishing), await status(pausing)] == [change, change]


async def test_services_read_surveys_and_write_nothing(survey: SurveyService) -> None:
    metadata = survey.identities.service("metrics").metadata("survey")
    getting = survey.surveys.BatchGetSurveys(
        surveys_pb2.BatchGetSurveysRequest(keys=["internal"]), metadata=metadata
    )

    assert await status(getting) == OK
    assert await status(creating(survey, metadata)) == "PERMISSION_DENIED"
    (result,) = await survey.submit(make_submission(), metadata=metadata)
    assert reasons(result) == [("department", "FORBIDDEN")]


@pytest.mark.parametrize(
    ("role", "granted", "department", "reason"),
    [
        (Role.ADMIN, None, "shop", None),
        (Role.ANALYST, None, "care", None),
        (Role.INTEGRATION, None, "root", None),
        (Role.ANALYST, "sales", "sales", None),
        (Role.INTEGRATION, "sales", "shop", None),
        (Role.ANALYST, "sales", "care", "UNKNOWN_DEPARTMENT"),
        (Role.ANALYST, "sales", "root", "UNKNOWN_DEPARTMENT"),
        (Role.ADMIN, "shop", "sales", "UNKNOWN_DEPARTMENT"),
        (Role.DEPARTMENT_HEAD, "sales", "shop", "FORBIDDEN"),
        (Role.DEPARTMENT_HEAD, "sales", "care", "UNKNOWN_DEPARTMENT"),
        (Role.DEPARTMENT_HEAD, None, "care", "FORBIDDEN"),
    ],
)
async def test_whom_a_token_submits_for(
    survey: SurveyService, role: Role, granted: str | None, department: str, reason: str | None
) -> None:
    sent = make_submission(survey="internal", department=department)

    (result,) = await survey.submit(sent, metadata=survey.bearer(role, granted))

    assert result.status == (REFUSED if reason else STORED)
    assert reasons(result) == ([("department", reason)] if reason else [])


async def test_a_grant_that_has_ended_submits_nothing_and_sees_no_private_survey(
    survey: SurveyService,
) -> None:
    ended = survey.identities.bearer("survey", Role.ADMIN, to_on=date(2020, 1, 1))

    public, private = await survey.submit(
        make_submission(), make_submission(survey="internal"), metadata=ended
    )

    assert reasons(public) == [("department", "UNKNOWN_DEPARTMENT")]
    assert reasons(private) == [("survey", "UNKNOWN_SURVEY")]


async def test_without_a_token_public_surveys_take_responses_and_others_look_absent(
    survey: SurveyService,
) -> None:
    public, private, absent = await survey.submit(
        make_submission(), make_submission(survey="internal"), make_submission(survey="nosuch")
    )

    assert public.status == STORED
    assert reasons(private) == [("survey", "UNKNOWN_SURVEY")]
    assert private.refusals == absent.refusals


async def test_a_forged_token_is_worse_than_none(survey: SurveyService) -> None:
    forged = [("authorization", "Bearer nonsense")]
    request = responses_pb2.SubmitResponsesRequest(submissions=[make_submission()])

    assert (
        await status(survey.responses.SubmitResponses(request, metadata=forged))
        == "UNAUTHENTICATED"
    )
    assert await survey.stored_ids() == set()


async def test_the_reading_role_reads_surveys_and_of_persons_only_what_is_guarded(
    survey: SurveyService,
) -> None:
    await survey.submit(make_submission())
    granted = await survey.database.pool.fetch(
        "SELECT table_name FROM information_schema.role_table_grants"
        " WHERE grantee = 'cxm_survey_read'"
    )
    rights = await survey.database.pool.fetch(
        "SELECT relname, has_table_privilege('cxm_survey_read', oid, 'SELECT') AS reads,"
        " relrowsecurity AS guarded FROM pg_class WHERE relname LIKE 'survey\\_%' AND relkind = 'r'"
    )

    customers = await survey.database.pool.fetchval(
        "SELECT has_column_privilege('cxm_survey_read', 'survey_response', 'customer_ref', 'SELECT')"
    )

    assert not customers
    assert {row["relname"] for row in rights if row["reads"] and not row["guarded"]} == {
        "survey_survey",
        "survey_version",
        "survey_question",
    }
    assert {row["relname"] for row in rights if row["guarded"]} == {
        "survey_response",
        "survey_verbatim",
        "survey_invitation",
        "survey_secret",
        "survey_import",
        "survey_erased_customer",
    }
    assert "survey_invitation" not in {row["relname"] for row in rights if row["reads"]}
    assert all(row["table_name"] not in ("outbox", "dead_letter") for row in granted)
