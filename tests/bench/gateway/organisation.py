"""What is read: 200 departments under four divisions, a year of answers to one survey of three scores and a text."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import asyncpg
from uuid_utils import uuid7

from cxm.profile.v1 import profile_pb2
from cxm.profile.v1.profile_pb2_grpc import DirectoryServiceStub
from cxm.survey.v1 import responses_pb2, surveys_pb2
from cxm.survey.v1.surveys_pb2_grpc import SurveyServiceStub
from services.kit.rpc.servicing import open_channel
from tests.bench.support.ingest import Ingest
from tests.bench.support.stack import Stack

DIVISIONS = 4
BRANCHES = 196
WEEKS = 52
SURVEY = "bench"
PER_CALL = 500
KINDS = {
    "recommend": (surveys_pb2.QUESTION_KIND_NPS, range(11)),
    "satisfied": (surveys_pb2.QUESTION_KIND_CSAT, range(1, 6)),
    "easy": (surveys_pb2.QUESTION_KIND_CES, range(1, 8)),
}


def division_key(number: int) -> str:
    return f"division-{number}"


def branch_key(number: int) -> str:
    return f"branch-{number:03}"


def period() -> tuple[date, date]:
    """52 whole weeks; the last one holds today."""
    today = datetime.now(UTC).date()
    end = today + timedelta(7 - today.weekday())
    return end - timedelta(weeks=WEEKS), end


async def fill(stack: Stack, responses: int) -> None:
    """Found the organisation, and wait until so many responses are in its scores."""
    deployment = stack.deployment
    await _found(stack)
    metrics = await asyncpg.connect(deployment.postgres.url(database="cxm_metrics"))
    async with open_channel(deployment.address("survey")) as survey:
        questions = [
            surveys_pb2.Question(key=key, kind=kind, text=f"How {key}?")
            for key, (kind, _) in KINDS.items()
        ]
        questions.append(
            surveys_pb2.Question(key="why", kind=surveys_pb2.QUESTION_KIND_TEXT, text="Why?")
        )
        made = surveys_pb2.Survey(key=SURVEY, title=SURVEY, questions=questions, in_scorecard=True)
        await SurveyServiceStub(survey).CreateSurvey(
            surveys_pb2.CreateSurveyRequest(survey=made), metadata=stack.metadata("survey")
        )
        ingest = Ingest(stack, survey, metrics)
        await ingest.until_counted(await ingest.send(_calls(responses), in_flight=4))
    await metrics.close()


async def _found(stack: Stack) -> None:
    """One level after the other."""
    divisions = [(division_key(n), "root") for n in range(DIVISIONS)]
    branches = [(branch_key(n), division_key(n % DIVISIONS)) for n in range(BRANCHES)]
    async with open_channel(stack.deployment.address("profile")) as profile:
        for level in (divisions, branches):
            items = [
                profile_pb2.DepartmentItem(key=key, name=key.capitalize(), parent=parent)
                for key, parent in level
            ]
            reply = await DirectoryServiceStub(profile).UpsertDepartments(
                profile_pb2.UpsertDepartmentsRequest(items=items),
                metadata=stack.metadata("profile"),
            )
            assert not any(result.refusals for result in reply.results), reply.results


def _calls(responses: int) -> Iterator[bytes]:
    dice = random.Random(1)
    for start in range(0, responses, PER_CALL):
        size = min(PER_CALL, responses - start)
        submissions = [_submission(dice) for _ in range(size)]
        yield responses_pb2.SubmitResponsesRequest(submissions=submissions).SerializeToString()


def _submission(dice: random.Random) -> responses_pb2.Submission:
    at = datetime.now(UTC) - timedelta(days=dice.randrange(7 * (WEEKS - 1)))
    return responses_pb2.Submission(
        id=str(uuid7()),
        survey=SURVEY,
        answers=[
            responses_pb2.Answer(question=key, score=dice.choice(scores))
            for key, (_, scores) in KINDS.items()
        ],
        department=branch_key(dice.randrange(BRANCHES)),
        occurred_at=at.isoformat(timespec="seconds"),
    )
