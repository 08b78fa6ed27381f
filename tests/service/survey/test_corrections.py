"""Corrections and withdrawals: signed changes in one envelope, and scores that follow."""

import asyncio
import random
from collections import Counter
from collections.abc import Sequence

import pytest

from cxm.survey.v1 import survey_pb2 as pb
from cxm.survey.v1.events_pb2 import RecordedResponse
from services.kit.access import Role
from services.kit.errors import Conflict, Denied, Failure, Invalid, NotFound, Unauthenticated
from services.kit.rpc import Metadata
from services.metrics.catalog import Catalog
from services.metrics.log import AnswerLog
from services.metrics.names import Names
from services.metrics.packing import joined, read_journal_row
from tests.conftest import Identities, OpenDatabase
from tests.service.survey.making import (
    ALREADY_STORED,
    SurveyService,
    make_submission,
    reasons,
    score,
    words,
)
from tests.service.survey.test_kinds import QUESTIONS, choice
from tests.service.survey.test_surveys import failure_of


async def receipt_of(survey: SurveyService, sent: pb.Submission) -> str:
    """Submit, and the receipt for it."""
    reply = await survey.stub.SubmitResponses(pb.SubmitResponsesRequest(submissions=[sent]))
    (receipt,) = reply.receipts
    return receipt


async def correct(
    survey: SurveyService,
    response: str,
    *answers: pb.Answer,
    receipt: str | None = None,
    metadata: Metadata | None = None,
) -> bool:
    request = pb.CorrectResponseRequest(id=response, receipt=receipt, answers=answers)
    return (await survey.stub.CorrectResponse(request, metadata=metadata)).changed


async def withdraw(
    survey: SurveyService,
    response: str,
    receipt: str | None = None,
    metadata: Metadata | None = None,
) -> bool:
    request = pb.WithdrawResponseRequest(id=response, receipt=receipt)
    return (await survey.stub.WithdrawResponse(request, metadata=metadata)).changed


def image(fact: RecordedResponse) -> bytes:
    """A fact without its sign."""
    plain = RecordedResponse()
    plain.CopyFrom(fact)
    plain.sign = 0
    return plain.SerializeToString(deterministic=True)


def standing(facts: Sequence[RecordedResponse]) -> Counter[bytes]:
    """What stands after all signs are added up."""
    found: Counter[bytes] = Counter()
    for fact in facts:
        found[image(fact)] += fact.sign
    assert all(count in (0, 1) for count in found.values())
    return +found


async def verbatims(survey: SurveyService) -> list[str]:
    rows = await survey.database.pool.fetch("SELECT text FROM survey_verbatim ORDER BY text")
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
    row = await survey.database.pool.fetchrow("SELECT * FROM survey_response")
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
    (other,) = await survey.submit(make_submission(score(1), id=sent.id))

    assert again.status == ALREADY_STORED
    assert reasons(other) == [("id", "ID_CONFLICT")]
    assert [a.score for f in await survey.facts() for a in f.answers] == [9, 9, 1]


async def test_a_receipt_is_the_same_each_time_and_opens_its_response_only(
    survey: SurveyService,
) -> None:
    one, other = make_submission(), make_submission()
    receipt = await receipt_of(survey, one)
    assert await receipt_of(survey, one) == receipt
    assert await receipt_of(survey, other) != receipt
    assert len(bytes.fromhex(receipt)) == 16

    for response, given in ((other.id, receipt), (one.id, ""), (one.id, "é"), ("42", receipt)):
        failure = await failure_of(withdraw(survey, response, given))
        assert isinstance(failure, NotFound)
        assert failure.reason == "UNKNOWN_RESPONSE"
    assert len(await survey.envelopes()) == 2


async def test_without_a_receipt_only_an_admin_corrects(survey: SurveyService) -> None:
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
    assert await correct(survey, sent.id, score(0), metadata=survey.bearer(Role.ADMIN, "care"))


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
    survey: SurveyService, answers: list[pb.Answer], field: tuple[str, ...], reason: str
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

    stored = await survey.database.pool.fetchval("SELECT answers FROM survey_response")
    (left,) = standing(await survey.facts())
    assert RecordedResponse.FromString(left).answers[0].score == stored[0]


async def test_a_correction_answers_the_version_that_was_answered(survey: SurveyService) -> None:
    sent = make_submission(score(9))
    receipt = await receipt_of(survey, sent)
    questions = pb.QuestionList(questions=QUESTIONS)
    await survey.stub.UpdateSurvey(
        pb.UpdateSurveyRequest(key="relationship", questions=questions),
        metadata=survey.bearer(Role.ADMIN),
    )

    assert await correct(survey, sent.id, score(4), receipt=receipt)


async def test_scores_follow_any_corrections_and_withdrawals(
    survey: SurveyService, new_database: OpenDatabase, identities: Identities
) -> None:
    await survey.create("reasons", public=True, questions=QUESTIONS)
    database = await new_database("metrics")
    names = Names(database.pool)
    catalog = Catalog(database, names, survey.stub, identities.service("metrics"))
    log = AnswerLog(database.pool, names, catalog, lambda: survey.directory.tree.today_number)
    dice = random.Random(3)
    said: dict[str, list[pb.Answer]] = {}
    receipts: dict[str, str] = {}

    for _ in range(25):
        sent = make_submission(*some_answers(dice), survey="reasons")
        receipts[sent.id] = await receipt_of(survey, sent)
        said[sent.id] = list(sent.answers)
    for _ in range(40):
        response = dice.choice(sorted(said))
        if dice.random() < 0.2:
            await withdraw(survey, response, receipts[response])
            del said[response]
        else:
            said[response] = some_answers(dice)
            await correct(survey, response, *said[response], receipt=receipts[response])
    envelopes = await survey.envelopes()
    dice.shuffle(envelopes)
    await log.apply(envelopes)

    rows = await database.pool.fetch("SELECT answers FROM metrics_journal")
    held = joined([read_journal_row(row[0]) for row in rows])
    (layout,) = catalog.by_number.values()
    counts = {
        (item.question_id, item.option, code): int(
            held.sign[held.codes[cell.position] == cell.byte].sum()
        )
        for item in layout.items.values()
        for code, cell in item.cells.items()
    }
    found = Counter({cell: count for cell, count in counts.items() if count})
    surveys = await survey.stub.BatchGetSurveys(
        pb.BatchGetSurveysRequest(keys=["reasons"]), metadata=survey.bearer(Role.ADMIN)
    )
    assert found == recount(surveys.surveys[0], said.values())
    assert int(held.sign.sum()) == len(said)


def some_answers(dice: random.Random) -> list[pb.Answer]:
    """At least one answer; any kind."""
    options = ["price", "time", "staff"]
    answers = [
        score(dice.randint(1, 7), "easy"),
        score(dice.randint(1, 5), "effort"),
        score(dice.randint(1, 4), "stars"),
        choice("main", dice.choice(options)),
        choice("all", *dice.sample(options, dice.randint(1, 3))),
    ]
    return dice.sample(answers, dice.randint(1, 5))


def recount(survey: pb.Survey, responses: object) -> Counter[tuple[str, str, str]]:
    """How many said what, counted from what was sent."""
    questions = {question.key: question for question in survey.questions}
    found: Counter[tuple[str, str, str]] = Counter()
    for answer in (answer for answers in responses for answer in answers):  # type: ignore[attr-defined]
        question = questions[answer.question]
        if answer.question == "all":
            for option in question.options:
                chosen = option.key in answer.choices.options
                found[question.id, option.key, str(int(chosen))] += 1
        elif answer.HasField("choices"):
            found[question.id, "", answer.choices.options[0]] += 1
        else:
            found[question.id, "", str(answer.score)] += 1
    return found
