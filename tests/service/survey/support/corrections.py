"""Correcting and withdrawing over gRPC, with answers of every kind and their plain count."""

import random
from collections import Counter
from collections.abc import Sequence

from cxm.survey.v1 import responses_pb2, surveys_pb2
from cxm.survey.v1.events_pb2 import RecordedResponse
from services.kit.rpc.servicing import Metadata
from tests.service.survey.support.kinds import choice
from tests.service.survey.support.running import SurveyService, score


async def receipt_of(survey: SurveyService, sent: responses_pb2.Submission) -> str:
    """Submit, and the receipt for it."""
    reply = await survey.responses.SubmitResponses(
        responses_pb2.SubmitResponsesRequest(submissions=[sent])
    )
    (receipt,) = reply.receipts
    return receipt


async def correct(
    survey: SurveyService,
    response: str,
    *answers: responses_pb2.Answer,
    receipt: str | None = None,
    metadata: Metadata | None = None,
) -> bool:
    request = responses_pb2.CorrectResponseRequest(id=response, receipt=receipt, answers=answers)
    return (await survey.responses.CorrectResponse(request, metadata=metadata)).changed


async def withdraw(
    survey: SurveyService,
    response: str,
    receipt: str | None = None,
    metadata: Metadata | None = None,
) -> bool:
    request = responses_pb2.WithdrawResponseRequest(id=response, receipt=receipt)
    return (await survey.responses.WithdrawResponse(request, metadata=metadata)).changed


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


def some_answers(dice: random.Random) -> list[responses_pb2.Answer]:
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


def recount(survey: surveys_pb2.Survey, responses: object) -> Counter[tuple[str, str, str]]:
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
