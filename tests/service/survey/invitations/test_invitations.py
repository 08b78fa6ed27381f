"""One-time invitations: what they let in, once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cxm.survey.v1 import invitations_pb2, responses_pb2, surveys_pb2
from services.kit.errors import Denied, Failure, Invalid, NotFound, Unauthenticated
from services.kit.rights.access import Role
from services.kit.sealing.customer_refs import customer_ref
from services.survey.invitations.domain import token_hash
from tests.service.survey.conftest import KEY, Breaking, OpenSurvey
from tests.service.survey.support.calls import failure_of
from tests.service.survey.support.invitations import invite
from tests.service.survey.support.running import (
    ALREADY_STORED,
    STORED,
    SurveyService,
    make_submission,
    reasons,
    score,
)
from tests.support.builders import id_of


def answer(token: str, *answers: responses_pb2.Answer, **fields: Any) -> responses_pb2.Submission:
    return make_submission(*answers, **({"survey": "internal", "invitation": token} | fields))


async def test_an_invitation_lets_one_response_in_without_a_token(survey: SurveyService) -> None:
    (token,) = await invite(survey, count=1)
    sent = answer(token)

    (stored,) = await survey.submit(sent)
    (again,) = await survey.submit(sent)
    (other,) = await survey.submit(answer(token))
    (without,) = await survey.submit(make_submission(survey="internal"))

    assert (stored.status, again.status) == (STORED, ALREADY_STORED)
    assert reasons(other) == [("invitation", "INVITATION_SPENT")]
    assert reasons(without) == [("survey", "UNKNOWN_SURVEY")]
    assert await survey.stored_ids() == {sent.id}
    assert len(await survey.facts()) == 1


async def test_only_the_hash_of_a_token_is_kept(survey: SurveyService) -> None:
    (token,) = await invite(survey, count=1)

    row = await survey.database.fetchrow("SELECT * FROM survey_invitation")

    assert len(token) == 32  # base64 of 192 bits
    assert row is not None
    assert bytes(row["token_hash"]) == token_hash(token)
    assert token not in str(tuple(row))


async def test_what_an_invitation_fixes_counts_and_not_what_is_sent(survey: SurveyService) -> None:
    target = invitations_pb2.InvitationTarget(
        customer="C-1", department="shop", channel="EMAIL", segment="vip", language="lv"
    )
    (token,) = await invite(survey, target)

    (result,) = await survey.submit(
        answer(token, department="care", customer="C-2", channel="PHONE", touchpoint="invoice")
    )

    assert result.status == STORED
    (fact,) = await survey.facts()
    assert fact.department_id == id_of("shop")
    assert (fact.dimensions.channel, fact.dimensions.segment) == ("EMAIL", "vip")
    assert fact.dimensions.language == "lv"
    ref = await survey.database.fetchval("SELECT customer_ref FROM survey_response")
    assert ref == customer_ref(KEY, "C-1")


async def test_a_fixed_touchpoint_keeps_other_departments_out(survey: SurveyService) -> None:
    (token,) = await invite(survey, invitations_pb2.InvitationTarget(touchpoint="till"))

    await survey.submit(answer(token, department="care", touchpoint="invoice"))

    (fact,) = await survey.facts()
    assert fact.department_id == id_of("shop")


async def test_of_many_responses_at_once_one_spends_the_invitation(
    survey: SurveyService, open_survey: OpenSurvey
) -> None:
    other = await open_survey(replica_of=survey)
    (token,) = await invite(survey, count=1)
    sent = [answer(token, score(n % 11)) for n in range(40)]

    results = await asyncio.gather(
        survey.submit(*sent[:10]),
        *(survey.submit(each) for each in sent[10:25]),
        *(other.submit(each) for each in sent[25:]),
    )

    found = [result for part in results for result in part]
    assert [result.status for result in found].count(STORED) == 1
    refused = [result for result in found if result.status != STORED]
    assert {tuple(reasons(result)) for result in refused} == {(("invitation", "INVITATION_SPENT"),)}
    assert len(await survey.facts()) == len(await survey.stored_ids()) == 1


async def test_a_response_that_is_refused_spends_nothing(survey: SurveyService) -> None:
    (token,) = await invite(survey, count=1)
    taken = make_submission()
    await survey.submit(taken)

    wrong, known = await survey.submit(
        answer(token, score(11)), answer(token, score(1), id=taken.id)
    )
    (stored,) = await survey.submit(answer(token))

    assert reasons(wrong) == [("answers.0.score", "SCORE_OUT_OF_RANGE")]
    assert known.status == ALREADY_STORED
    assert stored.status == STORED


async def test_an_invitation_expires_but_its_response_stays_known(survey: SurveyService) -> None:
    token, unused = await invite(survey, count=2)
    sent = answer(token)
    await survey.submit(sent)
    later = datetime.now(UTC) + timedelta(days=90)
    survey.clock.read = lambda: later

    again, late = await survey.submit(sent, answer(unused))

    assert again.status == ALREADY_STORED
    assert reasons(late) == [("invitation", "INVITATION_EXPIRED")]


async def test_an_invitation_opens_nothing_else(survey: SurveyService) -> None:
    (token,) = await invite(survey, count=1)
    sent = [
        answer("nosuch"),
        answer("x" * 1_000),
        answer(""),
        answer(token, survey="relationship"),
        answer(token, survey="nosuch"),
    ]

    results = await survey.submit(*sent)

    assert {tuple(reasons(r)) for r in results} == {(("invitation", "INVITATION_UNKNOWN"),)}


async def test_an_invitation_does_not_open_a_closed_survey(survey: SurveyService) -> None:
    (token,) = await invite(survey, count=1)
    request = surveys_pb2.ChangeSurveyStateRequest(
        key="internal", state=surveys_pb2.SURVEY_STATE_CLOSED
    )
    await survey.surveys.ChangeSurveyState(request, metadata=survey.bearer(Role.ADMIN))

    (result,) = await survey.submit(answer(token, occurred_at="2026-01-01T00:00:00Z"))

    assert reasons(result) == [("survey", "SURVEY_CLOSED")]
    failure = await failure_of(invite(survey, count=1))
    assert failure.reason == "SURVEY_CLOSED"


async def test_many_are_made_in_one_call(survey: SurveyService) -> None:
    tokens = await invite(survey, count=1_000)

    assert len(set(tokens)) == 1_000


CARE, SHOP = (
    invitations_pb2.InvitationTarget(department="care"),
    invitations_pb2.InvitationTarget(department="shop"),
)


@pytest.mark.parametrize(
    ("fields", "kind", "reason", "field"),
    [
        ({"count": 0}, Invalid, "EMPTY", ()),
        ({"count": -1}, Invalid, "EMPTY", ()),
        ({"count": 1_001}, Invalid, "TOO_MANY", ()),
        ({"count": 1, "targets": [CARE]}, Invalid, "ONE_OF_COUNT_AND_TARGETS", ("count",)),
        ({"count": 1, "survey": "nosuch"}, NotFound, "UNKNOWN_SURVEY", ("survey",)),
        ({"count": 1, "expires_at": "soon"}, Invalid, "INVALID_TIME", ("expires_at",)),
        (
            {"count": 1, "expires_at": "2020-01-01T00:00:00Z"},
            Invalid,
            "EXPIRES_AT_OUT_OF_RANGE",
            ("expires_at",),
        ),
        (
            {"targets": [CARE, invitations_pb2.InvitationTarget(department="nosuch")]},
            Invalid,
            "UNKNOWN_DEPARTMENT",
            ("targets", "1", "department"),
        ),
        (
            {"targets": [invitations_pb2.InvitationTarget(department="care", channel="c" * 65)]},
            Invalid,
            "TOO_LONG",
            ("targets", "0", "channel"),
        ),
    ],
)
async def test_bad_invitations_are_refused(
    survey: SurveyService,
    fields: dict[str, Any],
    kind: type[Failure],
    reason: str,
    field: tuple[str, ...],
) -> None:
    failure = await failure_of(invite(survey, **fields))

    assert isinstance(failure, kind)
    assert (failure.reason, failure.field) == (reason, field)
    assert await survey.database.fetchval("SELECT count(*) FROM survey_invitation") == 0


async def test_who_may_not_submit_may_not_invite(survey: SurveyService) -> None:
    assert await invite(survey, CARE, role=Role.INTEGRATION, department="care")

    hidden = await failure_of(invite(survey, SHOP, role=Role.INTEGRATION, department="care"))
    any_department = await failure_of(
        invite(survey, count=1, role=Role.INTEGRATION, department="care")
    )
    heads = await failure_of(invite(survey, count=1, role=Role.DEPARTMENT_HEAD, department="sales"))
    head = await failure_of(invite(survey, SHOP, role=Role.DEPARTMENT_HEAD, department="sales"))
    request = invitations_pb2.CreateInvitationsRequest(survey="internal", count=1)
    nobody = await failure_of(survey.invitations.CreateInvitations(request))

    assert hidden.reason == "UNKNOWN_DEPARTMENT"
    assert (any_department.reason, any_department.field) == ("DEPARTMENT_REQUIRED", ("count",))
    assert isinstance(head, Denied)
    assert isinstance(heads, Denied)
    assert isinstance(nobody, Unauthenticated)


@asynccontextmanager
async def held(breaking: Breaking, token: str) -> AsyncIterator[None]:
    """An invitation that a replica is spending."""
    async with breaking.connection.transaction():
        await breaking.connection.execute(LOCK, token_hash(token))
        yield


LOCK = "SELECT FROM survey_invitation WHERE token_hash = $1 FOR UPDATE"


async def test_who_waits_for_an_invitation_holds_none_that_is_behind_it(
    survey: SurveyService, breaking: Breaking
) -> None:
    """In whatever order they came: else two replicas with the same ones wait for each other for ever."""
    tokens = sorted(await invite(survey, count=6), key=token_hash)
    async with held(breaking, tokens[0]):
        spending = asyncio.create_task(survey.submit(*map(answer, reversed(tokens))))
        await breaking.until_somebody_waits()
        for token in tokens[1:]:
            await breaking.connection.execute(f"{LOCK} NOWAIT", token_hash(token))

    assert [result.status for result in await spending] == [STORED] * 6


async def test_who_waits_for_an_invitation_holds_no_response(
    survey: SurveyService, breaking: Breaking, open_survey: OpenSurvey
) -> None:
    replica = await open_survey(replica_of=survey)
    plain = make_submission(id="00000000-0000-4000-8000-000000000001")  # before all others
    (token,) = await invite(survey, count=1)
    async with held(breaking, token):
        both = asyncio.create_task(survey.submit(plain, answer(token)))
        await breaking.until_somebody_waits()
        (first,) = await asyncio.wait_for(replica.submit(plain), 10)

    assert first.status == STORED
    assert [result.status for result in await both] == [ALREADY_STORED, STORED]
