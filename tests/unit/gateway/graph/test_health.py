"""How far services are: each says what it gave up, the owners of facts say who is behind with them."""

from typing import Any

from cxm.operate.v1.operate_pb2 import DeadLetters, GetHealthResponse, Unapplied
from services.kit.errors import Denied, Unavailable
from services.kit.events.streams import DURABLES
from tests.unit.gateway.support.running import Platform

HEALTH = """{ health { service isAnswering unpublished stuckSeconds unapplied unappliedSeconds deadLetterCount
  deadLetters { place subject error count } } }"""


def fill(platform: Platform) -> None:
    """Metrics is behind with surveys and responses, and gave up one fact."""
    behind = {"metrics-copy-surveys": (2, 9), "metrics-record-responses": (40, 7)}
    for service in ("profile", "survey", "employee_exp"):
        platform.services.health[service] = GetHealthResponse(
            unapplied=[
                Unapplied(durable=durable.name, facts=facts, seconds=seconds)
                for durable in DURABLES
                if durable.stream == service.upper()
                for facts, seconds in [behind.get(durable.name, (0, 0))]
            ]
        )
    platform.services.health["survey"].unpublished = 3
    platform.services.health["survey"].stuck_seconds = 5
    kind = DeadLetters(durable="metrics-copy-surveys", subject="s", error="DecodeError", count=1)
    platform.services.health["metrics"] = GetHealthResponse(dead=1, dead_letters=[kind])


async def health(platform: Platform) -> dict[str, Any]:
    found = (await platform.data(HEALTH))["health"]
    return {one.pop("service"): one for one in found}


async def test_what_waits_and_what_was_given_up_is_told_by_service(platform: Platform) -> None:
    fill(platform)

    found = await health(platform)

    assert list(found) == ["PROFILE", "SURVEY", "METRICS", "EMPLOYEE_EXP"]
    assert found["SURVEY"] == {
        "isAnswering": True,
        "unpublished": 3,
        "stuckSeconds": 5,
        "unapplied": 0,
        "unappliedSeconds": 0,
        "deadLetterCount": 0,
        "deadLetters": [],
    }
    assert (found["METRICS"]["unapplied"], found["METRICS"]["unappliedSeconds"]) == (42, 9)
    assert found["METRICS"]["deadLetters"] == [
        {"place": "metrics-copy-surveys", "subject": "s", "error": "DecodeError", "count": 1}
    ]


async def test_who_is_away_is_still_behind_and_tells_nothing_of_itself(platform: Platform) -> None:
    fill(platform)
    platform.services.failures["GetHealth metrics"] = Unavailable("away")

    found = await health(platform)

    assert found["METRICS"] == {
        "isAnswering": False,
        "unpublished": None,
        "stuckSeconds": None,
        "unapplied": 42,
        "unappliedSeconds": 9,
        "deadLetterCount": None,
        "deadLetters": None,
    }
    assert found["SURVEY"]["unpublished"] == 3


async def test_where_an_owner_of_facts_is_away_nobody_knows_who_is_behind_with_them(
    platform: Platform,
) -> None:
    fill(platform)
    platform.services.failures["GetHealth survey"] = Unavailable("away")

    found = await health(platform)

    assert (found["METRICS"]["unapplied"], found["METRICS"]["deadLetterCount"]) == (None, 1)
    assert (found["EMPLOYEE_EXP"]["unapplied"], found["SURVEY"]["unapplied"]) == (0, 0)


async def test_a_service_that_cannot_say_is_none_that_answers_and_the_others_stay(
    platform: Platform,
) -> None:
    """One of the last version, which does not have the question, too."""
    fill(platform)
    platform.services.failures["GetHealth profile"] = ZeroDivisionError()

    found = await health(platform)

    assert [one["isAnswering"] for one in found.values()] == [False, True, True, True]


async def test_who_may_not_hears_why(platform: Platform) -> None:
    for service in ("profile", "survey", "metrics", "employee_exp"):
        platform.services.failures[f"GetHealth {service}"] = Denied("your role does not allow this")

    assert await platform.codes(HEALTH, platform.bearer()) == ["FORBIDDEN"]
    assert await platform.codes(HEALTH) == ["UNAUTHENTICATED"]
