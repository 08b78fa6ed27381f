"""Corrections and withdrawals: signed changes in one envelope."""

import asyncio
from collections import Counter
from functools import partial
from uuid import uuid4

import grpc
import pytest

from cxm.survey.v1 import responses_pb2, surveys_pb2
from cxm.survey.v1.events_pb2 import RecordedResponse
from services.kit.errors import Conflict, Denied, Failure, Invalid, NotFound, Unauthenticated
from services.kit.rights.access import Grant, Role
from services.kit.rpc.servicing import Metadata
from services.survey.responses.domain.ids import row_id
from tests.service.survey.conftest import KEY, Breaking
from tests.service.survey.support.calls import failure_of
from tests.service.survey.support.corrections import correct, image, receipt_of, standing, withdraw
from tests.service.survey.support.kinds import QUESTIONS
from tests.service.survey.support.running import (
    ALREADY_STORED,
    SurveyService,
    make_submission,
    reasons,
    score,
    words,
)


async def verbatims(survey: SurveyService) -> list[str]:
    rows = await survey.database.fetch("SELECT text FROM survey_verbatim ORDER BY text")
    return [row[0] for row in rows]


async def test_a_correction_is_a_minus_and_a_plus_in_one_envelope(survey: SurveyService) -> None:
    sent = make_submission(
        score(9), words("Fine"), department=None, touchpoint="invoice", customer="C-1"
    )
    receipt = await receipt_of(survey, sent)

    assert await correct(survey, sent.id, score(2), words("Not fine"), receipt=receipt)

    given, change = await survey.envelopes()
    minus, plus = change.responses
    assert (minus.sign, plus.sign) == (-1, 1)
    assert image(minus) == image(given.responses[0])
    assert [answer.score for answer in plus.answers] == [2]
    assert plus.dimensions == minus.dimensions
    assert (plus.department_id, plus.local_day) == (minus.department_id, minus.local_day)
    assert await verbatims(survey) == ["Not fine"]


async def test_the_same_correction_again_is_nothing(survey: SurveyService) -> None:
    sent = make_submission(score(9), words("Fine"))
    receipt = await receipt_of(survey, sent)

    assert not await correct(survey, sent.id, words("Fine"), score(9), receipt=receipt)
    assert await correct(survey, sent.id, score(3), receipt=receipt)
    assert not await correct(survey, sent.id, score(3), receipt=receipt)

    assert len(await survey.envelopes()) == 2
    assert await verbatims(survey) == []


async def test_corrected_words_alone_announce_nothing(survey: SurveyService) -> None:
    sent = make_submission(score(9), words("Fine"))
    receipt = await receipt_of(survey, sent)

    assert await correct(survey, sent.id, score(9), words("Very fine"), receipt=receipt)

    assert len(await survey.envelopes()) == 1
    assert await verbatims(survey) == ["Very fine"]


async def test_a_withdrawal_is_a_minus_and_erases_what_was_said(survey: SurveyService) -> None:
    sent = make_submission(score(9), words("Said Mrs. Smith"), customer="C-1")
    receipt = await receipt_of(survey, sent)

    assert await withdraw(survey, sent.id, receipt)
    assert not await withdraw(survey, sent.id, receipt)

    assert standing(await survey.facts()) == Counter()
    row = await survey.database.fetchrow("SELECT * FROM survey_response")
    assert row is not None
    assert bytes(row["answers"]) == b"\xff\xff\xff"
    assert row["customer_ref"] is None
    assert await verbatims(survey) == []


async def test_what_was_withdrawn_neither_comes_back_nor_is_corrected(
    survey: SurveyService,
) -> None:
    sent = make_submission(score(9))
    receipt = await receipt_of(survey, sent)
    await withdraw(survey, sent.id, receipt)

    (again,) = await survey.submit(sent)
    failure = await failure_of(correct(survey, sent.id, score(1), receipt=receipt))

    assert again.status == ALREADY_STORED
    assert isinstance(failure, Conflict)
    assert failure.reason == "RESPONSE_WITHDRAWN"
    assert len(await survey.envelopes()) == 2


async def test_a_repeated_submission_does_not_undo_a_correction(survey: SurveyService) -> None:
    sent = make_submission(score(9))
    receipt = await receipt_of(survey, sent)
    await correct(survey, sent.id, score(1), receipt=receipt)

    (again,) = await survey.submit(sent)
    (other,) = await survey.submit(
        make_submission(score(1), id=sent.id), metadata=survey.bearer(Role.INTEGRATION)
    )

    assert again.status == ALREADY_STORED
    assert reasons(other) == [("id", "ID_CONFLICT")]
    assert [a.score for f in await survey.facts() for a in f.answers] == [9, 9, 1]


async def test_a_receipt_opens_its_response_only(
    survey: SurveyService,
) -> None:
    one, other = make_submission(), make_submission()
    receipt = await receipt_of(survey, one)
    assert await receipt_of(survey, other) != receipt
    assert len(bytes.fromhex(receipt)) == 16

    for response, given in ((other.id, receipt), (one.id, ""), (one.id, "é"), ("42", receipt)):
        failure = await failure_of(withdraw(survey, response, given))
        assert isinstance(failure, NotFound)
        assert failure.reason == "UNKNOWN_RESPONSE"
    assert len(await survey.envelopes()) == 2


async def test_without_a_receipt_admins_withdraw_and_analysts_correct_too(
    survey: SurveyService,
) -> None:
    """As by a file with --update, which corrects and never withdraws what respondents sent."""
    sent = make_submission(department="care")
    await survey.submit(sent)
    cases: list[tuple[Metadata | None, type[Failure]]] = [
        (None, Unauthenticated),
        (survey.bearer(Role.ANALYST), Denied),
        (survey.bearer(Role.DEPARTMENT_HEAD, "care"), Denied),
        (survey.bearer(Role.ADMIN, "sales"), NotFound),
    ]

    for metadata, kind in cases:
        assert isinstance(await failure_of(withdraw(survey, sent.id, None, metadata)), kind)
    for kind, metadata in (
        (Denied, survey.bearer(Role.INTEGRATION)),
        (NotFound, survey.bearer(Role.ANALYST, "sales")),
    ):
        failure = await failure_of(correct(survey, sent.id, score(1), metadata=metadata))
        assert isinstance(failure, kind)
    assert await correct(survey, sent.id, score(0), metadata=survey.bearer(Role.ADMIN, "care"))
    assert await correct(survey, sent.id, score(1), metadata=survey.bearer(Role.ANALYST))


async def test_who_may_not_correct_a_response_hears_what_is_said_of_one_that_is_absent(
    survey: SurveyService,
) -> None:
    """By the id and by the row id. The control: who may correct it hears another word of the absent one alone."""
    sent = make_submission(department="care")
    await survey.submit(sent)
    stored, absent = sent.id, str(uuid4())
    elsewhere = [Grant(Role.INTEGRATION), Grant(Role.ADMIN, "sales")]
    viewers = [
        *(survey.bearer(role) for role in (Role.ANALYST, Role.INTEGRATION, Role.OPERATOR)),
        survey.bearer(Role.DEPARTMENT_HEAD, "care"),
        survey.bearer(Role.ADMIN, "sales"),
        survey.identities.granted("survey", "test-two", *elsewhere),
    ]

    for metadata in viewers:
        for name in (str, partial(row_id, KEY)):
            one, other = [
                await failure_of(withdraw(survey, name(id_), None, metadata))
                for id_ in (stored, absent)
            ]
            assert (type(one), one.reason, one.message) == (
                type(other),
                other.reason,
                other.message,
            )
    admin = survey.bearer(Role.ADMIN, "care")
    assert isinstance(await failure_of(withdraw(survey, absent, None, admin)), NotFound)
    assert await withdraw(survey, row_id(KEY, stored), None, admin)


@pytest.mark.parametrize(
    ("answers", "field", "reason"),
    [
        ([], ("answers",), "NO_ANSWERS"),
        ([score(11)], ("answers", "0", "score"), "SCORE_OUT_OF_RANGE"),
        ([score(1), score(2)], ("answers", "1", "question"), "DUPLICATE_QUESTION"),
        ([score(1, "nosuch")], ("answers", "0", "question"), "UNKNOWN_QUESTION"),
    ],
)
async def test_a_bad_correction_changes_nothing(
    survey: SurveyService, answers: list[responses_pb2.Answer], field: tuple[str, ...], reason: str
) -> None:
    sent = make_submission(score(9))
    receipt = await receipt_of(survey, sent)

    failure = await failure_of(correct(survey, sent.id, *answers, receipt=receipt))

    assert isinstance(failure, Invalid)
    assert (failure.field, failure.reason) == (field, reason)
    assert len(await survey.envelopes()) == 1


async def test_corrections_at_once_come_one_after_the_other(survey: SurveyService) -> None:
    sent = make_submission(score(9))
    receipt = await receipt_of(survey, sent)

    await asyncio.gather(
        *(correct(survey, sent.id, score(n), receipt=receipt) for n in range(9)),
        *(correct(survey, sent.id, score(n), words("a"), receipt=receipt) for n in range(9)),
    )

    stored = await survey.database.fetchval("SELECT answers FROM survey_response")
    (left,) = standing(await survey.facts())
    assert RecordedResponse.FromString(left).answers[0].score == stored[0]


async def test_a_correction_answers_the_version_that_was_answered(survey: SurveyService) -> None:
    sent = make_submission(score(9))
    receipt = await receipt_of(survey, sent)
    questions = surveys_pb2.QuestionList(questions=QUESTIONS)
    await survey.surveys.UpdateSurvey(
        surveys_pb2.UpdateSurveyRequest(key="relationship", questions=questions),
        metadata=survey.bearer(Role.ADMIN),
    )

    assert await correct(survey, sent.id, score(4), receipt=receipt)


async def test_every_change_is_in_the_audit_log_and_nothing_else(survey: SurveyService) -> None:
    """Who, by which grant or by none, and the row id that exports show; what changes nothing is no deed."""
    one, other = make_submission(score(9), department="care"), make_submission(words("Mrs. Smith"))
    receipt = await receipt_of(survey, one)
    await survey.submit(other)
    admin = survey.bearer(Role.ADMIN, "care")

    await correct(survey, one.id, score(1), metadata=admin)
    await correct(survey, one.id, score(1), metadata=admin)
    await failure_of(withdraw(survey, one.id, "wrong"))
    await failure_of(withdraw(survey, other.id, None, admin))
    await withdraw(survey, one.id, receipt)
    await withdraw(survey, one.id, receipt)

    rows = await survey.database.pool.fetch(
        "SELECT subject, role, department, deed, ids, keys FROM audit_entry ORDER BY at, id"
    )
    about = ([row_id(KEY, one.id)], ["relationship"])
    changes = [tuple(row) for row in rows if row["deed"].startswith("response_")]
    assert changes == [
        ("test-admin", "admin", "care", "response_corrected", *about),
        ("anonymous", "", "", "response_withdrawn", *about),
    ]


async def test_a_change_that_cannot_be_audited_is_not_made(
    survey: SurveyService, breaking: Breaking
) -> None:
    sent = make_submission(score(9))
    receipt = await receipt_of(survey, sent)
    await breaking.execute("REVOKE INSERT ON audit_entry FROM cxm_survey_intake")

    with pytest.raises(grpc.aio.AioRpcError):
        await withdraw(survey, sent.id, receipt)

    assert len(standing(await survey.facts())) == 1
    await breaking.execute("GRANT INSERT ON audit_entry TO cxm_survey_intake")
    assert await withdraw(survey, sent.id, receipt)
