"""Surveys that open, pause and close, and what becomes of responses then."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cxm.survey.v1 import surveys_pb2 as pb
from services.kit.errors import Conflict, Denied, Invalid, NotFound
from services.kit.rights.access import Role
from services.kit.rpc.status import to_rpc
from tests.service.survey.conftest import OpenSurvey
from tests.service.survey.support.calls import failure_of
from tests.service.survey.support.running import (
    ALREADY_STORED,
    QUESTIONS,
    STORED,
    SurveyService,
    make_submission,
    reasons,
    score,
)

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock(survey: SurveyService) -> Clock:
    """The time as survey sees it."""
    clock = Clock()
    survey.clock.read = clock
    return clock


def text(at: datetime) -> str:
    return at.isoformat()


async def change(
    survey: SurveyService, key: str, state: pb.SurveyState.ValueType, **times: str
) -> pb.Survey:
    request = pb.ChangeSurveyStateRequest(key=key, state=state, **times)
    reply = await survey.surveys.ChangeSurveyState(request, metadata=survey.bearer(Role.ADMIN))
    return reply.survey


async def refused(service: SurveyService, **fields: Any) -> list[str]:
    (result,) = await service.submit(make_submission(**fields))
    return [reason for _, reason in reasons(result)]


async def test_a_survey_takes_responses_while_it_is_live_and_no_longer(
    survey: SurveyService, clock: Clock
) -> None:
    await survey.create(
        "wave",
        public=True,
        state=pb.SURVEY_STATE_SCHEDULED,
        opens_at=text(START + timedelta(hours=1)),
        closes_at=text(START + timedelta(hours=2)),
    )

    assert await refused(survey, survey="wave") == ["SURVEY_NOT_OPEN"]
    clock.at = START + timedelta(hours=1)
    assert await refused(survey, survey="wave") == []
    clock.at = START + timedelta(hours=2, microseconds=-1)
    assert await refused(survey, survey="wave") == []
    clock.at = START + timedelta(hours=2)
    assert await refused(survey, survey="wave") == ["SURVEY_CLOSED"]


async def test_the_state_at_the_submission_counts_and_not_the_one_of_the_experience(
    survey: SurveyService, clock: Clock
) -> None:
    await change(survey, "relationship", pb.SURVEY_STATE_CLOSED)
    clock.at = START + timedelta(hours=1)

    before = text(START - timedelta(hours=1))

    assert await refused(survey, occurred_at=before) == ["SURVEY_CLOSED"]


async def test_with_a_token_history_of_before_the_end_is_still_taken(
    survey: SurveyService, clock: Clock
) -> None:
    await change(survey, "relationship", pb.SURVEY_STATE_CLOSED)
    clock.at = START + timedelta(hours=1)
    sent = [
        make_submission(occurred_at=text(START - timedelta(hours=1))),
        make_submission(occurred_at=text(START)),
        make_submission(),
    ]

    results = await survey.submit(*sent, metadata=survey.bearer(Role.INTEGRATION))

    assert results[0].status == STORED
    assert [reasons(r) for r in results[1:]] == [[("survey", "SURVEY_CLOSED")]] * 2


async def test_a_repeated_response_is_known_after_the_end(
    survey: SurveyService, clock: Clock
) -> None:
    sent = make_submission()
    await survey.submit(sent)
    await change(survey, "relationship", pb.SURVEY_STATE_CLOSED)

    (again,) = await survey.submit(sent)
    (other,) = await survey.submit(
        make_submission(score(1), id=sent.id), metadata=survey.bearer(Role.INTEGRATION)
    )

    assert again.status == ALREADY_STORED
    assert reasons(other) == [("id", "ID_CONFLICT")]


async def test_a_pause_ends_when_the_survey_is_live_again(
    survey: SurveyService, clock: Clock
) -> None:
    await change(survey, "relationship", pb.SURVEY_STATE_PAUSED)
    assert await refused(survey) == ["SURVEY_NOT_OPEN"]

    await change(survey, "relationship", pb.SURVEY_STATE_LIVE)

    assert await refused(survey) == []


async def test_a_survey_is_listed_by_the_state_it_is_in_now(
    survey: SurveyService, clock: Clock
) -> None:
    await survey.create("draft", state=pb.SURVEY_STATE_DRAFT)
    await survey.create(
        "wave",
        state=pb.SURVEY_STATE_SCHEDULED,
        opens_at=text(START + timedelta(hours=1)),
        closes_at=text(START + timedelta(hours=2)),
    )

    async def listed(state: pb.SurveyState.ValueType) -> tuple[list[str], int]:
        reply = await survey.surveys.ListSurveys(
            pb.ListSurveysRequest(first=10, count=True, state=state),
            metadata=survey.bearer(Role.ANALYST),
        )
        assert all(each.state == state for each in reply.surveys)
        return [each.key for each in reply.surveys], reply.total

    assert await listed(pb.SURVEY_STATE_DRAFT) == (["draft"], 1)
    assert await listed(pb.SURVEY_STATE_SCHEDULED) == (["wave"], 1)
    clock.at = START + timedelta(hours=1)
    assert await listed(pb.SURVEY_STATE_SCHEDULED) == ([], 0)
    assert await listed(pb.SURVEY_STATE_LIVE) == (["internal", "relationship", "wave"], 3)
    clock.at = START + timedelta(hours=2)
    assert await listed(pb.SURVEY_STATE_CLOSED) == (["wave"], 1)


async def test_what_cannot_be_is_refused(survey: SurveyService, clock: Clock) -> None:
    await change(survey, "relationship", pb.SURVEY_STATE_CLOSED)
    await change(survey, "relationship", pb.SURVEY_STATE_ARCHIVED)

    cases: list[tuple[Any, type[Exception], str]] = [
        (change(survey, "relationship", pb.SURVEY_STATE_LIVE), Conflict, "STATE_NOT_REACHABLE"),
        (change(survey, "internal", pb.SURVEY_STATE_DRAFT), Conflict, "STATE_NOT_REACHABLE"),
        (change(survey, "internal", pb.SURVEY_STATE_UNSPECIFIED), Invalid, "UNKNOWN_STATE"),
        (change(survey, "internal", 99), Invalid, "UNKNOWN_STATE"),  # type: ignore[arg-type]
        (change(survey, "nosuch", pb.SURVEY_STATE_LIVE), NotFound, "UNKNOWN_SURVEY"),
        (
            change(survey, "internal", pb.SURVEY_STATE_LIVE, closes_at="soon"),
            Invalid,
            "INVALID_TIME",
        ),
        (
            change(survey, "internal", pb.SURVEY_STATE_LIVE, closes_at="9999-12-31T23:59:59-12:00"),
            Invalid,
            "INVALID_TIME",
        ),
        (survey.create("new", state=pb.SURVEY_STATE_CLOSED), Invalid, "STATE_NOT_REACHABLE"),
        (survey.create("new", state=pb.SURVEY_STATE_SCHEDULED), Invalid, "OPENING_REQUIRED"),
    ]
    for work, kind, reason in cases:
        failure = await failure_of(work)
        assert isinstance(failure, kind), to_rpc(failure)
        assert failure.reason == reason


async def test_a_department_head_changes_no_survey(survey: SurveyService) -> None:
    request = pb.ChangeSurveyStateRequest(key="internal", state=pb.SURVEY_STATE_PAUSED)

    failure = await failure_of(
        survey.surveys.ChangeSurveyState(
            request, metadata=survey.bearer(Role.DEPARTMENT_HEAD, "sales")
        )
    )

    assert isinstance(failure, Denied)


@pytest.mark.parametrize("before", [4, 60])
async def test_what_opens_is_answered_as_it_was_edited_last_wherever_it_was_seen_before(
    survey: SurveyService, clock: Clock, open_survey: OpenSurvey, before: int
) -> None:
    """Another replica saw the survey a moment before the edit. Shortly before it opens an edit is a new version."""
    replica = await open_survey(replica_of=survey)
    replica.clock.read = clock
    opening = START + timedelta(hours=1)
    await survey.create(
        "wave", public=True, state=pb.SURVEY_STATE_SCHEDULED, opens_at=text(opening)
    )
    clock.at = opening - timedelta(seconds=before)
    assert await refused(replica, survey="wave") == ["SURVEY_NOT_OPEN"]

    more = pb.Question(key="more", kind=pb.QUESTION_KIND_NPS, text="And more?")
    questions = pb.QuestionList(questions=[more, *QUESTIONS])
    edit = pb.UpdateSurveyRequest(key="wave", questions=questions)
    reply = await survey.surveys.UpdateSurvey(edit, metadata=survey.bearer(Role.ADMIN))
    clock.at = opening + timedelta(seconds=1)
    (result,) = await replica.submit(make_submission(score(9, "more"), survey="wave"))

    assert result.status == STORED, reasons(result)
    assert reply.survey.version == (2 if before < 10 else 1)
    (fact,) = await replica.facts()
    assert fact.survey_version_id == reply.survey.version_id
    assert fact.answers[0].question_id == reply.survey.questions[0].id
