"""A survey takes so many responses a day from who has neither a token nor an invitation."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from cxm.batch.v1.batch_pb2 import ItemResult
from cxm.survey.v1.surveys_pb2 import UpdateSurveyRequest
from services.kit.rights.access import Role
from services.survey.responses import daily_quotas
from services.survey.responses.domain.quota import QuotaKey
from tests.service.survey.conftest import OpenSurvey
from tests.service.survey.support.calls import failure_of
from tests.service.survey.support.invitations import invite
from tests.service.survey.support.running import (
    ALREADY_STORED,
    REFUSED,
    STORED,
    SurveyService,
    make_submission,
    reasons,
    words,
)

LIMIT = 5
REASON = [("survey", "DAILY_LIMIT")]


@pytest.fixture
async def limited(survey: SurveyService) -> SurveyService:
    """With a public survey `pulse` of five responses a day."""
    await survey.create("pulse", public=True, daily_limit=LIMIT)
    return survey


async def send(service: SurveyService, count: int) -> Sequence[ItemResult]:
    return await service.submit(*(make_submission(survey="pulse") for _ in range(count)))


async def stored(service: SurveyService) -> int:
    return len(await service.stored_ids())


async def test_beyond_its_quota_a_survey_refuses_strangers(limited: SurveyService) -> None:
    results = await send(limited, LIMIT + 2)

    assert [result.status for result in results] == [STORED] * LIMIT + [REFUSED] * 2
    assert reasons(results[-1]) == REASON
    assert await stored(limited) == LIMIT
    assert len(await limited.facts()) == LIMIT
    (one,) = await send(limited, 1)
    assert reasons(one) == REASON


async def test_the_refusal_says_when_the_day_ends(limited: SurveyService) -> None:
    """A local day of the organisation, which is in Riga."""
    result = (await send(limited, LIMIT + 1))[-1]

    tomorrow = limited.directory.tree.today + timedelta(days=1)
    midnight = datetime(*tomorrow.timetuple()[:3], tzinfo=limited.directory.tree.zone)
    ends_at = f"{midnight.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    assert ends_at in result.refusals[0].message


async def test_the_next_day_has_a_quota_of_its_own(limited: SurveyService) -> None:
    await send(limited, LIMIT)
    await limited.database.pool.execute("UPDATE survey_daily SET local_day = local_day - 1")
    limited.intake.writer.quotas.used.clear()

    assert [result.status for result in await send(limited, 1)] == [STORED]


async def test_tokens_and_invitations_have_no_quota(limited: SurveyService) -> None:
    await send(limited, LIMIT)
    (token,) = await invite(limited, survey="pulse", count=1)

    invited = await limited.submit(make_submission(survey="pulse", invitation=token))
    sent = [make_submission(survey="pulse") for _ in range(20)]
    signed_in = await limited.submit(*sent, metadata=limited.bearer(Role.INTEGRATION))

    assert {result.status for result in (*invited, *signed_in)} == {STORED}


async def test_what_is_stored_is_known_again_beyond_the_quota(limited: SurveyService) -> None:
    first = make_submission(survey="pulse")
    await limited.submit(first)
    await send(limited, LIMIT)

    (again,) = await limited.submit(first)

    assert again.status == ALREADY_STORED


async def test_what_is_not_stored_uses_nothing(limited: SurveyService) -> None:
    first = make_submission(survey="pulse")
    for _ in range(LIMIT):
        await limited.submit(first, make_submission(words("\0"), survey="pulse"))

    assert [r.status for r in await send(limited, LIMIT)] == [STORED] * (LIMIT - 1) + [REFUSED]


async def test_other_surveys_are_not_touched(limited: SurveyService) -> None:
    await send(limited, LIMIT)

    (other,) = await limited.submit(make_submission())

    assert other.status == STORED


async def test_the_limit_is_changed_and_the_change_audited(limited: SurveyService) -> None:
    await send(limited, LIMIT)
    request = UpdateSurveyRequest(key="pulse", daily_limit=LIMIT + 1)

    reply = await limited.surveys.UpdateSurvey(request, metadata=limited.bearer(Role.ANALYST))

    assert reply.survey.daily_limit == LIMIT + 1
    assert [result.status for result in await send(limited, 2)] == [STORED, REFUSED]
    deeds = await limited.database.pool.fetch(
        "SELECT deed FROM audit_entry WHERE 'pulse' = ANY (keys) ORDER BY id"
    )
    assert [row[0] for row in deeds] == ["survey_created", "survey_published", "survey_changed"]
    back = await limited.surveys.UpdateSurvey(
        UpdateSurveyRequest(key="pulse", daily_limit=0), metadata=limited.bearer(Role.ANALYST)
    )
    assert back.survey.daily_limit == 0
    assert [result.status for result in await send(limited, 20)] == [STORED] * 20


@pytest.mark.parametrize("limit", [-1, 10_000_001])
async def test_a_limit_has_limits(survey: SurveyService, limit: int) -> None:
    failure = await failure_of(survey.create("odd", public=True, daily_limit=limit))

    assert (failure.field, failure.reason) == (("daily_limit",), "DAILY_LIMIT_OUT_OF_RANGE")


async def test_the_deployment_has_a_limit_for_surveys_without_one(survey: SurveyService) -> None:
    survey.intake.judging.daily_limit = 3

    results = await survey.submit(*(make_submission() for _ in range(5)))

    assert [result.status for result in results] == [STORED] * 3 + [REFUSED] * 2


async def test_replicas_know_of_each_other(
    open_survey: OpenSurvey, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await open_survey()
    second = await open_survey(replica_of=first)
    await first.create("pulse", public=True, daily_limit=LIMIT)
    await send(first, 2)
    await send(second, 3)

    (too_many,) = await send(second, 1)  # its own commit told it what the other used
    assert reasons(too_many) == REASON
    (late,) = await send(first, 1)  # it does not know yet: a group too much at most
    assert late.status == STORED
    (known,) = await send(first, 1)
    assert reasons(known) == REASON

    monkeypatch.setattr(daily_quotas, "KNOWN_SECONDS", 0.0)  # what it knows is old
    assert reasons((await send(second, 1))[0]) == REASON


async def test_at_once_no_more_than_the_quota(limited: SurveyService) -> None:
    results = await asyncio.gather(*(send(limited, 3) for _ in range(10)))

    assert sum(result.status == STORED for part in results for result in part) == LIMIT
    taken = await limited.database.pool.fetchval("SELECT taken FROM survey_daily")
    assert taken == await stored(limited) == LIMIT


async def test_what_is_known_of_other_surveys_may_be_forgotten_at_any_time(
    limited: SurveyService,
) -> None:
    await limited.create("other", public=True)
    await send(limited, 1)  # so what is used of `pulse` was told a moment ago
    quotas = limited.intake.writer.quotas
    quotas.learn((QuotaKey(str(number), 0), 1) for number in range(daily_quotas.MOST_KNOWN))
    sent = [make_submission(survey=key) for key in ("pulse", "other")]

    assert [result.status for result in await limited.submit(*sent)] == [STORED] * 2
    assert len(quotas.used) == 2
