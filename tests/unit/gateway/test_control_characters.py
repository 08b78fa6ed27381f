"""What was typed is quoted without control characters by every door: they change terminals and lines of logs."""

from gateway import errors
from gateway.doors.lasting.websocket import Closing
from gateway.graph.base.mutations import user_error
from services.kit.errors import Invalid
from services.kit.imports.batches import Refusal
from services.kit.imports.row_batches import Tally
from tests.unit.gateway.support.running import Platform

TYPED = "a\x1b[2J\r\nb\x9bc\u202ed"
SAFE = "a?[2J??b?c?d"


def test_failures_errors_and_refusals_quote_none() -> None:
    assert Invalid(TYPED).message == SAFE
    assert errors.error_entry(None, TYPED, "X", "1")["message"] == SAFE
    assert user_error("X", TYPED, (), {}).message == SAFE
    assert Closing(4400, TYPED).reason == SAFE


def test_rows_that_are_refused_quote_none() -> None:
    """Neither in the message, nor in the name of the column."""
    (progress,) = Tally(1, 0).tell([Refusal(1, TYPED, "X", TYPED)])

    assert (progress.refusals[0].column, progress.refusals[0].message) == (SAFE, SAFE)


async def test_a_parameter_with_control_characters_is_quoted_without(platform: Platform) -> None:
    answer = await platform.http.post(
        "/imports/responses?%1b%5b2J=1", headers={"authorization": platform.bearer()}
    )

    assert "?[2J" in answer.json()["errors"][0]["message"]
    assert b"\\u001b" not in answer.content


async def test_what_fails_inside_is_told_in_no_words_of_its_own(platform: Platform) -> None:
    platform.services.failures["BatchGetDepartments"] = ValueError('relation "survey_response"')

    answer = await platform.ask("{ organization { key } }")

    assert "survey_response" not in str(answer)
    assert answer["errors"][0]["extensions"]["code"] == "INTERNAL"
