"""Receipts and secrets: who reads a response, or guesses at it, cannot change it."""

from collections.abc import Sequence

import pytest

from cxm.survey.v1 import responses_pb2 as pb
from services.kit.db.row_security import transaction_about
from services.kit.errors import NotFound
from services.kit.rights.access import Role
from services.kit.rpc.servicing import Metadata
from services.kit.sealing.answer_receipts import answer_receipt
from services.survey.responses import convert
from services.survey.responses.domain.fingerprint import body_hash
from tests.service.survey.conftest import KEY
from tests.service.survey.support.calls import failure_of
from tests.service.survey.support.corrections import correct, receipt_of, withdraw
from tests.service.survey.support.exports import Exports
from tests.service.survey.support.invitations import invite
from tests.service.survey.support.running import (
    ALREADY_STORED,
    STORED,
    SurveyService,
    make_submission,
    reasons,
    score,
    words,
)

SECRET = "sixteen letters!"


async def send(
    survey: SurveyService, *submissions: pb.Submission, metadata: Metadata | None = None
) -> pb.SubmitResponsesResponse:
    request = pb.SubmitResponsesRequest(submissions=submissions)
    return await survey.responses.SubmitResponses(request, metadata=metadata)


def changed(sent: pb.Submission, *answers: pb.Answer, secret: str | None = None) -> pb.Submission:
    """The same submission with other answers, or another secret."""
    other = pb.Submission.FromString(sent.SerializeToString())
    if answers:
        del other.answers[:]
        other.answers.extend(answers)
    if secret is not None:
        other.secret = secret
    return other


async def test_who_reads_an_export_cannot_take_the_responses_back(exports: Exports) -> None:
    """Every row is repeated as it is read, by its row id and by the id itself; the control is the sender."""
    survey = exports.survey
    sent = [make_submission(score(number), department="shop") for number in range(7)]
    receipts = (await send(survey, *sent)).receipts
    rows = await exports.read("sales", role=Role.DEPARTMENT_HEAD, granted="sales")
    shown = [row["response"] for row in rows]

    assert not {each.id.replace("-", "") for each in sent} & {row.replace("-", "") for row in shown}
    assert set(shown) == {row["response"] for row in await exports.read()}
    again = await send(survey, *sent)
    assert list(again.receipts) == [""] * 7
    for row in shown:
        assert await refused(survey, row, receipts[0]) == "UNKNOWN_RESPONSE"
    assert len(await exports.read()) == 7
    assert await withdraw(survey, sent[0].id, receipts[0])
    assert len(await exports.read()) == 6


async def refused(survey: SurveyService, response: str, given: str) -> str | None:
    failure = await failure_of(withdraw(survey, response, given))
    assert isinstance(failure, NotFound)
    return failure.reason


async def test_an_admin_corrects_the_response_that_an_export_shows(exports: Exports) -> None:
    survey = exports.survey
    await send(survey, make_submission(score(9)))
    (row,) = [row["response"] for row in await exports.read()]

    assert await correct(survey, row, score(2), metadata=survey.bearer(Role.ADMIN))
    assert [row["answer.recommend"] for row in await exports.read()] == ["2"]
    assert await withdraw(survey, row, None, survey.bearer(Role.ADMIN))
    assert await exports.read() == []


async def test_only_who_holds_the_secret_is_given_the_receipt_again(survey: SurveyService) -> None:
    sent, plain = make_submission(secret=SECRET), make_submission()
    first = await send(survey, sent, plain)

    mine = await send(survey, sent)
    others = await send(survey, changed(sent, secret=SECRET[::-1]), changed(plain, secret=SECRET))
    sent.ClearField("secret")
    without = await send(survey, sent, metadata=survey.bearer(Role.ADMIN))

    assert mine.results[0].status == ALREADY_STORED
    assert mine.receipts == first.receipts[:1] == [answer_receipt(KEY, sent.id)]
    assert list(others.receipts) == ["", ""]
    assert list(without.receipts) == [""]
    statuses = [result.status for reply in (others, without) for result in reply.results]
    assert statuses == [ALREADY_STORED] * 3


async def test_who_holds_no_secret_cannot_tell_a_repetition_from_a_conflict(
    survey: SurveyService,
) -> None:
    """All scores are tried: every answer is the same. The controls are the secret, and a token to submit with."""
    sent = make_submission(score(7), words("why not"), secret=SECRET)
    await send(survey, sent)
    guesses = [changed(sent, score(number), words("why not")) for number in range(11)]
    for guess in guesses:
        guess.ClearField("secret")
    wrong_secret = [changed(guess, secret=SECRET.upper()) for guess in guesses]

    for tried in (guesses, wrong_secret):
        alone = [(await send(survey, guess)).SerializeToString() for guess in tried]
        assert len(set(alone)) == 1
    assert told(await send(survey, *guesses)) == ["ALREADY_STORED"] * 11

    right = ["ID_CONFLICT"] * 7 + ["ALREADY_STORED"] + ["ID_CONFLICT"] * 3
    mine = [changed(guess, secret=SECRET) for guess in guesses]
    assert told(await send(survey, *mine)) == right
    trusted = await send(survey, *guesses, metadata=survey.bearer(Role.INTEGRATION, "sales"))
    assert told(trusted) == right


async def test_what_was_withdrawn_is_told_to_nobody_and_cannot_be_tried(
    survey: SurveyService,
) -> None:
    """All scores, with and without a token and the secret, and by the database; the control is one that stands."""
    sent, stands = (make_submission(score(7), secret=SECRET) for _ in range(2))
    first = await send(survey, sent, stands)
    assert await withdraw(survey, sent.id, first.receipts[0])
    bearer = survey.bearer(Role.INTEGRATION, "sales")

    for metadata in (None, bearer):
        tries = [changed(sent, score(number)) for number in range(11)]
        assert told(await send(survey, *tries, metadata=metadata)) == ["ALREADY_STORED"] * 11
    control = [changed(stands, score(number)) for number in range(6, 9)]
    right = ["ID_CONFLICT", "ALREADY_STORED", "ID_CONFLICT"]
    assert told(await send(survey, *control, metadata=bearer)) == right

    rows = await survey.database.fetch("SELECT id::text, body_hash FROM survey_response")
    kept = {row["id"]: row["body_hash"] for row in rows}
    plain = [body_hash(convert.submission(changed(sent, score(n))), None) for n in range(11)]
    assert not {*plain} & {*kept.values()}
    assert kept[sent.id] != kept[stands.id]  # the same was said


async def test_a_response_whose_body_was_hashed_without_the_key_is_known_again(
    survey: SurveyService,
) -> None:
    sent = make_submission(score(7))
    await send(survey, sent)
    async with (
        survey.database.pool.acquire() as connection,
        transaction_about(connection, responses=[sent.id]),
    ):
        plain = body_hash(convert.submission(sent), None)
        await connection.execute(
            "UPDATE survey_response SET body_hash = $2 WHERE id = $1::uuid", sent.id, plain
        )
    bearer = survey.bearer(Role.INTEGRATION, "sales")

    reply = await send(survey, sent, changed(sent, score(8)), metadata=bearer)

    assert told(reply) == ["ALREADY_STORED", "ID_CONFLICT"]


def told(reply: pb.SubmitResponsesResponse) -> Sequence[str]:
    return [
        result.refusals[0].reason if result.refusals else "ALREADY_STORED"
        for result in reply.results
    ]


async def test_an_invitation_does_not_tell_it_either(survey: SurveyService) -> None:
    (token,) = await invite(survey, count=1)
    sent = make_submission(score(7), survey="internal", invitation=token)
    other = changed(sent, score(3))

    first, *again = [await send(survey, each) for each in (sent, sent, other)]

    assert first.results[0].status == STORED
    assert again[0] == again[1]


async def test_a_secret_is_kept_as_a_hash_that_no_reader_sees(survey: SurveyService) -> None:
    one, other = make_submission(secret=SECRET), make_submission(secret=SECRET)
    await send(survey, one, other)

    rows = await survey.database.fetch("SELECT * FROM survey_secret")
    hashes = {row["hash"] for row in rows}
    assert len(hashes) == 2  # the same secret of two responses is not seen to be the same
    assert not any(SECRET.encode() in each for each in hashes)
    allowed = await survey.database.pool.fetchval(
        "SELECT has_table_privilege('cxm_survey_read', 'survey_secret', 'SELECT')"
    )
    assert not allowed
    await withdraw(survey, one.id, await receipt_of(survey, one))
    left = await survey.database.fetch("SELECT response_id::text FROM survey_secret")
    assert [row[0] for row in left] == [other.id]


@pytest.mark.parametrize("length", [0, 15, 129])
async def test_a_secret_is_neither_short_nor_long(survey: SurveyService, length: int) -> None:
    fits = [make_submission(secret="s" * each) for each in (16, 128)]

    results = await survey.submit(make_submission(secret="s" * length), *fits)

    assert [reasons(result) for result in results] == [[("secret", "SECRET_LENGTH")], [], []]


async def test_secrets_and_invitations_go_into_one_group(survey: SurveyService) -> None:
    tokens = await invite(survey, count=2)
    sent = [
        make_submission(survey="internal", invitation=tokens[0], secret=SECRET),
        make_submission(survey="internal", invitation=tokens[1]),
        make_submission(survey="internal", invitation=tokens[0], secret=SECRET),
        make_submission(secret=SECRET),
    ]

    first, again = await send(survey, *sent), await send(survey, *sent)

    assert [result.status for result in first.results] == [STORED, STORED, 3, STORED]
    assert list(again.receipts) == [first.receipts[0], "", "", first.receipts[3]]
