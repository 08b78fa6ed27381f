"""What is sent: 200 departments in four levels, 30 touchpoints, three surveys, answers made from a seed."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import grpc
from uuid_utils import uuid7

from cxm.profile.v1 import profile_pb2
from cxm.profile.v1.profile_pb2_grpc import DirectoryServiceStub
from cxm.survey.v1 import responses_pb2, surveys_pb2
from cxm.survey.v1.surveys_pb2_grpc import SurveyServiceStub
from services.kit.rpc.servicing import Metadata, open_channel
from tests.bench.support.stack import Stack

DEPARTMENTS = 200
TOUCHPOINTS = 30
STAGES = ("awareness", "consideration", "purchase", "post-purchase", "loyalty")
CHANNELS = ("EMAIL", "SMS", "WEB", "APP", "CALL")
SEGMENTS = ("consumer", "business", "public", "young", "senior", "expat")
LANGUAGES = ("lv", "en", "ru", "de", "lt")
YEARS_DAYS = 3 * 365
MOST_CSAT = 8

# The survey of the bars (one score, one text), the same with more scored questions, and one of three scores.
PLAIN, LONG, THREE = "bench-plain", "bench-long", "bench-three"
CSAT_QUESTIONS = {PLAIN: 0, LONG: MOST_CSAT, THREE: 2}
TEXTS = ("Quick and friendly.", "I waited for a week and nobody called back.", "It works.")


def department_key(number: int) -> str:
    return f"d{number:03}"


def _parent(number: int) -> str | None:
    """4 divisions under the root, 16 regions under them, 180 branches under those."""
    if number < 4:
        return "root"
    return department_key(number % 4 if number < 20 else 4 + number % 16)


async def prepare(stack: Stack) -> None:
    """The organisation and the surveys."""
    async with open_channel(stack.deployment.address("profile")) as profile:
        await found_organisation(profile, stack.metadata("profile"))
    async with open_channel(stack.deployment.address("survey")) as survey:
        await create_surveys(survey, stack.metadata("survey"))


async def found_organisation(channel: grpc.aio.Channel, metadata: Metadata) -> None:
    """Departments, level by level, and touchpoints."""
    directory = DirectoryServiceStub(channel)
    for level in (range(4), range(4, 20), range(20, DEPARTMENTS)):
        items = [
            profile_pb2.DepartmentItem(
                key=department_key(n), name=department_key(n), parent=_parent(n)
            )
            for n in level
        ]
        request = profile_pb2.UpsertDepartmentsRequest(items=items)
        reply = await directory.UpsertDepartments(request, metadata=metadata)
        _all_stored(reply.results)
    touchpoints = [
        profile_pb2.TouchpointItem(
            key=f"t{n}", name=f"t{n}", department=department_key(n), stage=STAGES[n % len(STAGES)]
        )
        for n in range(TOUCHPOINTS)
    ]
    wanted = profile_pb2.UpsertTouchpointsRequest(items=touchpoints)
    _all_stored((await directory.UpsertTouchpoints(wanted, metadata=metadata)).results)


async def create_surveys(channel: grpc.aio.Channel, metadata: Metadata) -> None:
    """The surveys that answers are made for."""
    surveys = SurveyServiceStub(channel)
    for key, csat in CSAT_QUESTIONS.items():
        questions = [
            surveys_pb2.Question(key="nps", kind=surveys_pb2.QUESTION_KIND_NPS, text="Recommend?")
        ]
        questions += [
            surveys_pb2.Question(
                key=f"csat{n}", kind=surveys_pb2.QUESTION_KIND_CSAT, text=f"Satisfied with {n}?"
            )
            for n in range(csat)
        ]
        questions.append(
            surveys_pb2.Question(key="why", kind=surveys_pb2.QUESTION_KIND_TEXT, text="Why?")
        )
        survey = surveys_pb2.Survey(key=key, title=key, questions=questions, in_scorecard=True)
        await surveys.CreateSurvey(
            surveys_pb2.CreateSurveyRequest(survey=survey), metadata=metadata
        )


def _all_stored(results: object) -> None:
    refused = [result for result in results if result.refusals]  # type: ignore[attr-defined]
    assert not refused, refused[0]


class Respondents:
    """Makes submissions; the same seed makes the same answers."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.now = datetime.now(UTC)

    def calls(self, survey: str, responses: int, *, per_call: int, past: bool) -> Iterator[bytes]:
        """Requests of SubmitResponses, ready to be sent; `past`: spread over three years."""
        for start in range(0, responses, per_call):
            size = min(per_call, responses - start)
            submissions = [self._submission(survey, past) for _ in range(size)]
            yield responses_pb2.SubmitResponsesRequest(submissions=submissions).SerializeToString()

    def _submission(self, survey: str, past: bool) -> responses_pb2.Submission:
        pick, below = self.dice.choice, self.dice.randrange
        answers = [responses_pb2.Answer(question="nps", score=below(11))]
        answers += [
            responses_pb2.Answer(question=f"csat{n}", score=below(5) + 1)
            for n in range(CSAT_QUESTIONS[survey])
        ]
        if survey != THREE:
            answers.append(responses_pb2.Answer(question="why", text=pick(TEXTS)))
        return responses_pb2.Submission(
            id=str(uuid7()),
            survey=survey,
            answers=answers,
            touchpoint=f"t{below(TOUCHPOINTS)}",
            department=department_key(below(DEPARTMENTS)),
            channel=pick(CHANNELS),
            segment=pick(SEGMENTS),
            language=pick(LANGUAGES),
            occurred_at=self._instant() if past else None,
        )

    def _instant(self) -> str:
        at = self.now - timedelta(days=self.dice.randrange(YEARS_DAYS))
        return at.isoformat(timespec="seconds")
