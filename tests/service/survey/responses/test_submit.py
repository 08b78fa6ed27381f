"""Responses that are sent: stored with their words, announced without them."""

from datetime import UTC, datetime, timedelta

import grpc
import pytest

from cxm.survey.v1 import responses_pb2 as pb
from services.kit.clock import day_number, new_id
from services.kit.errors import Invalid
from services.kit.rights.access import Role
from services.kit.rpc.status import from_rpc
from services.kit.sealing.customer_refs import customer_ref
from tests.service.survey.conftest import KEY, OpenSurvey
from tests.service.survey.support.running import (
    REFUSED,
    STORED,
    SurveyService,
    make_submission,
    reasons,
    score,
    words,
)
from tests.support.builders import id_of


async def test_a_response_is_stored_with_its_words_and_announced_without_them(
    survey: SurveyService,
) -> None:
    sent = make_submission(
        score(9),
        pb.Answer(question="overall", dont_know=True),
        words("Fine, said Mrs. Smith"),
        department=None,
        touchpoint="invoice",
        customer="C-1",
        occurred_at="2025-12-31T22:30:00Z",
    )

    (result,) = await survey.submit(sent)

    assert (result.id, result.status) == (sent.id, STORED)
    row = await survey.database.fetchrow("SELECT * FROM survey_response")
    assert row is not None
    assert bytes(row["answers"]) == bytes([9, 254, 0])
    assert row["customer_ref"] == customer_ref(KEY, "C-1")
    assert row["occurred_at"] == datetime(2025, 12, 31, 22, 30, tzinfo=UTC)
    verbatim = await survey.database.fetchrow("SELECT * FROM survey_verbatim")
    assert verbatim is not None
    assert (str(verbatim["response_id"]), verbatim["text"]) == (sent.id, "Fine, said Mrs. Smith")
    (fact,) = await survey.facts()
    assert fact.response_id == sent.id
    assert fact.department_id == id_of("care")  # 00:30 on the first of January in Riga
    assert fact.local_day == day_number(datetime(2026, 1, 1, tzinfo=UTC).date())
    assert fact.sign == 1
    assert (fact.dimensions.stage, fact.dimensions.channel) == ("purchase", "EMAIL")
    assert fact.dimensions.touchpoint_id == id_of("touchpoint invoice")
    assert [(a.score, a.dont_know) for a in fact.answers] == [(9, False), (0, True)]
    assert b"Smith" not in fact.SerializeToString()
    assert b"C-1" not in fact.SerializeToString()


async def test_controls_that_nobody_sees_are_dropped_and_labels_are_composed(
    survey: SurveyService,
) -> None:
    sent = make_submission(words("one\u0001\ttwo\r\n e\u0304 \u200b"), segment="ma\u0304js")
    again = make_submission(score(9), segment="m\u0101js")

    results = await survey.submit(sent, again, metadata=survey.bearer(Role.ADMIN))

    assert [result.status for result in results] == [STORED, STORED]
    verbatim = await survey.database.fetchrow("SELECT text FROM survey_verbatim")
    assert verbatim is not None
    assert verbatim["text"] == "one\ttwo\r\n e\u0304 \u200b"
    assert [fact.dimensions.segment for fact in await survey.facts()] == ["m\u0101js"] * 2


async def test_one_bad_item_does_not_harm_its_neighbours(survey: SurveyService) -> None:
    bad = {
        "answers.0.score": make_submission(score(11)),
        "answers.0.question": make_submission(score(9, "nosuch")),
        "answers": pb.Submission(id=new_id(), survey="relationship", department="sales"),
        "survey": make_submission(survey="nosuch"),
        "department": make_submission(department="nosuch"),
        "touchpoint": make_submission(touchpoint="nosuch"),
        "id": make_submission(id="42"),
        "occurred_at": make_submission(occurred_at="yesterday"),
        "channel": make_submission(channel="NEW"),
        "answers.0.text": make_submission(words("a\0b")),
    }
    good = [make_submission() for _ in range(len(bad) + 1)]
    mixed = [item for pair in zip(good, bad.values(), strict=False) for item in pair] + good[-1:]

    results = await survey.submit(*mixed)

    assert [result.status for result in results] == [STORED, REFUSED] * len(bad) + [STORED]
    assert [field for result in results for field, _ in reasons(result)] == list(bad)
    assert await survey.stored_ids() == {submission.id for submission in good}
    assert [fact.response_id for fact in await survey.facts()] == [item.id for item in good]


async def test_no_department_at_all_is_refused_unless_the_survey_has_one(
    survey: SurveyService,
) -> None:
    await survey.create("visit", public=True, department="shop")

    refused, stored = await survey.submit(
        make_submission(department=None), make_submission(department=None, survey="visit")
    )

    assert reasons(refused) == [("department", "DEPARTMENT_REQUIRED")]
    assert stored.status == STORED
    assert [fact.department_id for fact in await survey.facts()] == [id_of("shop")]


@pytest.mark.parametrize(("count", "reason"), [(0, "EMPTY"), (1_001, "TOO_MANY")])
async def test_a_call_carries_1_to_1_000(survey: SurveyService, count: int, reason: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await survey.submit(*[make_submission() for _ in range(count)])

    failure = from_rpc(refused.value)
    assert isinstance(failure, Invalid)
    assert failure.reason == reason
    assert await survey.stored_ids() == set()


async def test_1_000_in_one_call_are_one_envelope(survey: SurveyService) -> None:
    results = await survey.submit(*[make_submission() for _ in range(1_000)])

    assert {result.status for result in results} == {STORED}
    assert [len(envelope.responses) for envelope in await survey.envelopes()] == [1_000]


async def test_a_touchpoint_that_changes_hands_keeps_its_earlier_responses(
    survey: SurveyService,
) -> None:
    earlier = make_submission(
        department=None, touchpoint="invoice", occurred_at="2025-12-31T21:59:59Z"
    )
    later = make_submission(
        department=None, touchpoint="invoice", occurred_at="2025-12-31T22:00:00Z"
    )

    await survey.submit(earlier, later)

    assert [fact.department_id for fact in await survey.facts()] == [id_of("sales"), id_of("care")]


async def test_the_local_day_is_that_of_the_organisation(open_survey: OpenSurvey) -> None:
    new_york = await open_survey(time_zone="America/New_York")
    await new_york.create("relationship", public=True)

    await new_york.submit(make_submission(occurred_at="2026-02-01T04:59:59Z"))

    (fact,) = await new_york.facts()
    assert fact.local_day == day_number(datetime(2026, 1, 31, tzinfo=UTC).date())


async def test_no_time_is_now_and_the_future_ends_tomorrow(survey: SurveyService) -> None:
    now = datetime.now(UTC)
    too_late = (now + timedelta(days=1, minutes=1)).isoformat()
    in_time = (now + timedelta(days=1, minutes=-1)).isoformat()

    results = await survey.submit(
        make_submission(),
        make_submission(occurred_at=too_late),
        make_submission(occurred_at=in_time),
    )

    assert [result.status for result in results] == [STORED, REFUSED, STORED]
    assert reasons(results[1]) == [("occurred_at", "OCCURRED_AT_OUT_OF_RANGE")]
