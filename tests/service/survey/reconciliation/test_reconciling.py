"""What others check their counts against: totals and facts as of a watermark; announced facts add up to the same."""

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from cxm.survey.v1 import reconciliation_pb2 as pb
from cxm.survey.v1 import responses_pb2, surveys_pb2
from cxm.survey.v1.events_pb2 import RecordedResponse, ScoredAnswer
from services.kit.clock import day_date
from services.kit.rights.access import Role
from services.kit.rpc.servicing import Metadata
from services.survey.reconciliation import fact_columns as columns
from services.survey.reconciliation import totals as sums
from tests.service.survey.support.calls import failure_of
from tests.service.survey.support.corrections import (
    correct,
    receipt_of,
    some_answers,
    standing,
    withdraw,
)
from tests.service.survey.support.kinds import QUESTIONS as ALL_KINDS
from tests.service.survey.support.running import (
    QUESTIONS,
    SurveyService,
    make_submission,
    score,
    words,
)

if TYPE_CHECKING:
    from cxm.survey.v1.reconciliation_pb2_grpc import ReconciliationServiceAsyncStub

Sums = dict[tuple[str, ...], int]


@pytest.fixture
def asked(survey: SurveyService) -> "ReconciliationServiceAsyncStub":
    return survey.reconciliation


@pytest.fixture
def metadata(survey: SurveyService) -> Metadata:
    """Of metrics, in its own name."""
    return survey.identities.service("metrics").metadata("survey")


def added_up(facts: list[RecordedResponse]) -> Sums:
    """The sums of facts that stand, as whoever counts them would find them."""
    found: Counter[tuple[str, ...]] = Counter()
    for fact in facts:
        date = day_date(fact.local_day)
        key = (fact.department_id, fact.survey_id, str(12 * date.year + date.month - 1))
        found[(*key, "responses")] += 1
        for answer in fact.answers:
            for option, value in values(answer):
                found[(*key, answer.question_id, option, "count")] += 1
                found[(*key, answer.question_id, option, "sum")] += value
    return dict(+found)


def values(answer: ScoredAnswer) -> list[tuple[str, int]]:
    match answer.WhichOneof("value"):
        case "score":
            return [("", answer.score)]
        case "dont_know":
            return [("", 0)]
        case "choice":
            return [(answer.choice, 1)]
        case _:
            chosen = [(key, 1) for key in answer.selection.chosen]
            return chosen + [(key, 0) for key in answer.selection.left]


def totals_of(messages: list[pb.StreamControlTotalsResponse]) -> Sums:
    found: Sums = {}
    for message in messages:
        for one in message.totals:
            key = (one.department_id, one.survey_id, str(one.month))
            assert (*key, "responses") not in found
            found[(*key, "responses")] = one.responses
            for answer in one.answers:
                found[(*key, answer.question_id, answer.option, "count")] = answer.count
                found[(*key, answer.question_id, answer.option, "sum")] = answer.sum
    return {key: value for key, value in found.items() if value}


def facts_of(message: pb.StreamFactsResponse) -> list[RecordedResponse]:
    """The responses of a message, one by one; it says no ids and no versions."""
    places = (message.department, message.survey, message.dimension_set, message.answer)
    return [
        RecordedResponse(
            department_id=message.department_ids[department],
            survey_id=message.survey_ids[survey],
            local_day=day,
            dimensions=message.dimensions[dimension_set],
            answers=message.answers[answer].answers,
            sign=1,
        )
        for department, survey, dimension_set, answer, day in zip(
            *places, message.local_day, strict=True
        )
    ]


def nameless(facts: list[RecordedResponse]) -> Counter[bytes]:
    found: Counter[bytes] = Counter()
    for fact in facts:
        fact.ClearField("response_id")
        fact.ClearField("survey_version_id")
        found[fact.SerializeToString(deterministic=True)] += 1
    return found


async def fill(survey: SurveyService, dice: random.Random) -> list[RecordedResponse]:
    """Responses of all kinds to several versions over half a year, corrected and withdrawn; the facts that stand."""
    await survey.create("reasons", public=True, questions=ALL_KINDS)
    receipts: dict[str, str] = {}
    for number in range(60):
        asks = "reasons" if number % 3 else "relationship"
        answers = some_answers(dice) if asks == "reasons" else relationship(dice)
        sent = make_submission(
            *answers,
            survey=asks,
            department=dice.choice(("sales", "shop", "care")),
            touchpoint=dice.choice((None, "till", "invoice")),
            occurred_at=f"2026-0{dice.randrange(1, 7)}-1{dice.randrange(10)}T10:00:00Z",
        )
        receipts[sent.id] = await receipt_of(survey, sent)
        if asks == "reasons" and number % 4 == 0:
            await correct(survey, sent.id, *some_answers(dice), receipt=receipts[sent.id])
        if number % 7 == 0:
            await withdraw(survey, sent.id, receipts[sent.id])
        if number == 30:
            await ask_more(survey)
    left = standing(await survey.facts())
    found = [RecordedResponse.FromString(image) for image in left.elements()]
    for fact in found:
        fact.sign = 1
    return found


def relationship(dice: random.Random) -> list[responses_pb2.Answer]:
    unknown = responses_pb2.Answer(question="overall", dont_know=True)
    overall = unknown if dice.random() < 0.3 else score(dice.randrange(1, 6), "overall")
    answers = [score(dice.randrange(11)), overall, words("as I said")]
    return dice.sample(answers, dice.randrange(1, 4))


async def ask_more(survey: SurveyService) -> None:
    """A version in which the answers stand elsewhere."""
    more = surveys_pb2.Question(key="first", kind=surveys_pb2.QUESTION_KIND_CES, text="Easy?")
    questions = surveys_pb2.QuestionList(questions=[more, *reversed(QUESTIONS)])
    request = surveys_pb2.UpdateSurveyRequest(key="relationship", questions=questions)
    await survey.surveys.UpdateSurvey(request, metadata=survey.bearer(Role.ADMIN))


async def test_sums_and_facts_are_those_of_the_responses_that_stand(
    survey: SurveyService,
    asked: "ReconciliationServiceAsyncStub",
    metadata: Metadata,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sums, "ROWS_AT_ONCE", 7)
    monkeypatch.setattr(columns, "ROWS_AT_ONCE", 9)
    facts = await fill(survey, random.Random(7))

    summed = [
        m
        async for m in asked.StreamControlTotals(pb.StreamControlTotalsRequest(), metadata=metadata)
    ]
    streamed = [m async for m in asked.StreamFacts(pb.StreamFactsRequest(), metadata=metadata)]

    last = (await survey.envelopes())[-1].envelope
    assert {message.watermark for message in summed} == {last}
    assert {message.watermark for message in streamed} == {last}
    assert totals_of(summed) == added_up(facts)
    assert streamed[0].responses == len(facts)
    found = [fact for message in streamed for fact in facts_of(message)]
    assert nameless(found) == nameless(facts)


async def test_what_comes_later_is_not_seen(
    survey: SurveyService, asked: "ReconciliationServiceAsyncStub", metadata: Metadata
) -> None:
    sent = make_submission()
    receipt = await receipt_of(survey, sent)

    call = asked.StreamFacts(pb.StreamFactsRequest(), metadata=metadata)
    head = await call.read()
    await survey.submit(make_submission())
    await withdraw(survey, sent.id, receipt)
    rest = await call.read()

    given, late, gone = await survey.envelopes()
    assert isinstance(head, pb.StreamFactsResponse)
    assert isinstance(rest, pb.StreamFactsResponse)
    assert head.watermark == given.envelope < late.envelope < gone.envelope
    assert len(rest.local_day) == 1


async def test_nothing_is_told_of_no_responses(
    survey: SurveyService, asked: "ReconciliationServiceAsyncStub", metadata: Metadata
) -> None:
    summed = [
        m
        async for m in asked.StreamControlTotals(pb.StreamControlTotalsRequest(), metadata=metadata)
    ]
    streamed = [m async for m in asked.StreamFacts(pb.StreamFactsRequest(), metadata=metadata)]

    assert totals_of(summed) == {}
    assert [message.responses for message in streamed] == [0]


@pytest.mark.parametrize("role", [Role.ADMIN, Role.ANALYST, Role.OPERATOR])
async def test_only_services_are_told(
    survey: SurveyService, asked: "ReconciliationServiceAsyncStub", role: Role
) -> None:
    metadata = survey.bearer(role)

    calls = (
        asked.GetWatermark(pb.GetWatermarkRequest(), metadata=metadata),
        asked.StreamControlTotals(pb.StreamControlTotalsRequest(), metadata=metadata).read(),
        asked.StreamFacts(pb.StreamFactsRequest(), metadata=metadata).read(),
    )

    assert [(await failure_of(call)).reason for call in calls] == ["FORBIDDEN"] * 3
