import asyncio

import grpc
import pytest

from cxm.survey.v1 import responses_pb2, surveys_pb2
from services.kit.rights.access import Role
from services.survey.responses.domain.envelopes import MOST_BYTES
from tests.service.survey.conftest import Breaking
from tests.service.survey.support.running import (
    ALREADY_STORED,
    REFUSED,
    STORED,
    SurveyService,
    make_submission,
    reasons,
    score,
    words,
)


async def test_a_poisoned_response_is_refused_alone(
    survey: SurveyService, breaking: Breaking, capfd: pytest.CaptureFixture[str]
) -> None:
    await breaking.execute(
        "ALTER TABLE survey_verbatim ADD CONSTRAINT poison CHECK (text <> 'Mrs. Smith')"
    )
    poisoned = make_submission(score(9), words("Mrs. Smith"))
    batch = [make_submission(score(9), words(f"fine {n}")) for n in range(19)]
    batch.insert(7, poisoned)

    replies = await asyncio.gather(
        survey.submit(*batch), *(survey.submit(make_submission()) for _ in range(20))
    )

    assert [result.id for result in replies[0] if result.status == REFUSED] == [poisoned.id]
    assert reasons(replies[0][7]) == [("", "UNSTORABLE")]
    assert all(results[0].status == STORED for results in replies[1:])
    announced = [fact.response_id for fact in await survey.facts()]
    assert len(announced) == 39
    assert set(announced) == await survey.stored_ids()
    assert "Smith" not in "".join(capfd.readouterr())


@pytest.mark.parametrize("table", ["outbox", "survey_verbatim", "survey_response"])
async def test_responses_words_and_envelope_are_stored_together_or_not_at_all(
    survey: SurveyService, breaking: Breaking, table: str
) -> None:
    batch = [make_submission(score(9), words("fine")) for _ in range(5)]
    await breaking.execute(f"REVOKE INSERT ON {table} FROM cxm_survey_intake")

    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await survey.submit(*batch)

    assert failed.value.code() == grpc.StatusCode.UNAVAILABLE
    assert await survey.stored_ids() == set()
    assert await survey.facts() == []
    assert await survey.database.fetchval("SELECT count(*) FROM survey_verbatim") == 0
    await breaking.execute(f"GRANT INSERT ON {table} TO cxm_survey_intake")
    assert {result.status for result in await survey.submit(*batch)} == {STORED}
    assert [fact.response_id for fact in await survey.facts()] == [sent.id for sent in batch]


async def test_a_database_that_is_away_loses_and_doubles_nothing(
    survey: SurveyService, breaking: Breaking
) -> None:
    before = [make_submission() for _ in range(3)]
    await survey.submit(*before)
    batch = before + [make_submission() for _ in range(3)]

    await breaking.shut()
    replies = await asyncio.gather(*(survey.submit(sent) for sent in batch), return_exceptions=True)
    await breaking.open()

    for reply in replies:
        assert isinstance(reply, grpc.aio.AioRpcError)
        assert reply.code() == grpc.StatusCode.UNAVAILABLE
    again = await survey.submit(*batch)
    assert [result.status for result in again] == [ALREADY_STORED] * 3 + [STORED] * 3
    assert len(await survey.facts()) == 6


async def test_a_caller_that_leaves_takes_nobody_along(
    survey: SurveyService, breaking: Breaking
) -> None:
    leaver, stayer = make_submission(), make_submission()
    request = responses_pb2.SubmitResponsesRequest(submissions=[leaver])
    async with breaking.connection.transaction():
        await breaking.execute("LOCK TABLE survey_response")
        leaving = survey.responses.SubmitResponses(request)
        await breaking.until_somebody_waits()
        leaving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaving
        staying = asyncio.create_task(survey.submit(stayer))

    assert (await staying)[0].status == STORED
    assert (await survey.submit(leaver))[0].status == ALREADY_STORED
    assert len(await survey.facts()) == 2


async def test_large_responses_are_split_over_envelopes(survey: SurveyService) -> None:
    keys = [f"q{n}" for n in range(50)]
    questions = [
        surveys_pb2.Question(key=k, kind=surveys_pb2.QUESTION_KIND_NPS, text="?") for k in keys
    ]
    await survey.create("long", questions=questions)
    answers = [score(5, key) for key in keys]
    batch = [make_submission(*answers, survey="long", segment="€" * 64) for _ in range(400)]

    results = await survey.submit(*batch, metadata=survey.bearer(Role.INTEGRATION))

    assert {result.status for result in results} == {STORED}
    envelopes = await survey.envelopes()
    assert len(envelopes) > 1
    assert all(envelope.ByteSize() <= MOST_BYTES for envelope in envelopes)
    announced = [fact.response_id for envelope in envelopes for fact in envelope.responses]
    assert announced == [sent.id for sent in batch]


async def test_of_an_envelope_only_what_is_new_is_announced(survey: SurveyService) -> None:
    old, new = make_submission(), make_submission()
    await survey.submit(old)

    await survey.submit(old, new, old)
    await survey.submit(old, new)

    envelopes = await survey.envelopes()
    assert [[fact.response_id for fact in e.responses] for e in envelopes] == [[old.id], [new.id]]
