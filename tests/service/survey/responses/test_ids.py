"""An id is stored once, whoever sends it and however often."""

import asyncio

from cxm.survey.v1 import responses_pb2 as pb
from services.kit.rights.access import Role
from tests.service.survey.conftest import OpenSurvey
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


async def test_an_id_is_made_where_none_is_sent(survey: SurveyService) -> None:
    one, other = await survey.submit(make_submission(id=None), make_submission(id=None))

    assert one.id != other.id
    assert await survey.stored_ids() == {one.id, other.id}


async def test_the_same_body_again_is_stored_once_and_another_is_a_conflict(
    survey: SurveyService,
) -> None:
    sent = make_submission(score(9), words("good"), customer="C-1")
    other = pb.Submission.FromString(sent.SerializeToString())
    other.answers[0].score = 8
    shuffled = pb.Submission.FromString(sent.SerializeToString())
    del shuffled.answers[:]
    shuffled.answers.extend(reversed(sent.answers))
    shuffled.id = sent.id.upper()

    (first,) = await survey.submit(sent)
    again, conflict, reordered = await survey.submit(
        sent, other, shuffled, metadata=survey.bearer(Role.INTEGRATION)
    )

    assert first.status == STORED
    assert (again.status, again.id) == (ALREADY_STORED, sent.id)
    assert conflict.status == REFUSED
    assert reasons(conflict) == [("id", "ID_CONFLICT")]
    assert reordered.status == ALREADY_STORED
    assert [[a.score for a in fact.answers] for fact in await survey.facts()] == [[9]]


async def test_of_the_same_id_twice_in_one_call_the_first_counts(survey: SurveyService) -> None:
    sent = make_submission(score(9))
    other = make_submission(score(1), id=sent.id)

    results = await survey.submit(sent, other, sent, metadata=survey.bearer(Role.INTEGRATION))

    assert [result.status for result in results] == [STORED, REFUSED, ALREADY_STORED]
    assert reasons(results[1]) == [("id", "ID_CONFLICT")]
    assert [[a.score for a in fact.answers] for fact in await survey.facts()] == [[9]]


async def test_the_same_id_from_20_callers_at_two_replicas_is_stored_once(
    survey: SurveyService, open_survey: OpenSurvey
) -> None:
    replica = await open_survey(replica_of=survey)
    items = [make_submission(score(n % 11), words(f"text {n}")) for n in range(30)]

    calls = [
        (survey if n % 2 else replica).submit(*(items if n % 3 else reversed(items)))
        for n in range(20)
    ]
    replies = await asyncio.gather(*calls)

    by_id = [{result.id: result.status for result in results} for results in replies]
    for item in items:
        fates = sorted(statuses[item.id] for statuses in by_id)
        assert fates == [STORED] + [ALREADY_STORED] * 19
    announced = [fact.response_id for fact in await survey.facts()]
    assert sorted(announced) == sorted(item.id for item in items)
    assert await survey.stored_ids() == {item.id for item in items}
    assert await survey.database.fetchval("SELECT count(*) FROM survey_verbatim") == 30


async def test_an_empty_id_is_refused_and_one_that_was_not_sent_is_made(
    survey: SurveyService,
) -> None:
    """The last version's gateway sends an empty text for none, which is not sent at all: field presence tells."""
    sent = make_submission(id="")
    assert sent.HasField("id")
    before = make_submission(id=None)
    assert before.SerializeToString() == sent.SerializeToString().removeprefix(b"\x0a\x00")

    empty, absent = await survey.submit(sent, before)

    assert (empty.id, empty.status, reasons(empty)) == ("", REFUSED, [("id", "INVALID_ID")])
    assert absent.status == STORED
    assert len(absent.id) == 36
