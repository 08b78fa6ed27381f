"""The metrics service over gRPC, with its owners' answers already copied."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import grpc
import pytest

from cxm.metrics.v1 import scores_pb2 as pb
from cxm.metrics.v1.definitions_pb2_grpc import (
    DefinitionServiceStub,
    add_DefinitionServiceServicer_to_server,
)
from cxm.metrics.v1.scores_pb2_grpc import ScoreServiceStub, add_ScoreServiceServicer_to_server
from cxm.profile.v1 import profile_pb2
from cxm.profile.v1.profile_pb2_grpc import (
    DirectoryServiceServicer,
    DirectoryServiceStub,
    add_DirectoryServiceServicer_to_server,
)
from cxm.survey.v1 import surveys_pb2
from cxm.survey.v1.events_pb2 import RecordedResponse, ResponsesRecorded, SurveyChanged
from cxm.survey.v1.surveys_pb2_grpc import SurveyServiceStub
from services.kit.clock import day_number
from services.kit.db.database import Database
from services.kit.directory.copy import DirectoryCopy
from services.kit.rpc.servicing import Context, open_channel
from services.metrics import events
from services.metrics.answer_log.dictionary import Dictionary
from services.metrics.answer_log.log import AnswerLog
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.cube.cube import Cube
from services.metrics.customers.cube import PurchaseCube
from services.metrics.customers.reading import PurchaseScores
from services.metrics.definitions.registry import Definitions
from services.metrics.definitions.rpc import DefinitionRpc
from services.metrics.scores.reader import ScoreReader
from services.metrics.scores.rpc import ScoreRpc
from tests.conftest import Identities, OpenDatabase, Serve
from tests.service.survey.conftest import open_survey as open_survey
from tests.support.builders import fill_directory, id_of, make_responses_recorded, make_survey

if TYPE_CHECKING:
    from cxm.metrics.v1.definitions_pb2_grpc import DefinitionServiceAsyncStub
    from cxm.metrics.v1.scores_pb2_grpc import ScoreServiceAsyncStub


@dataclass
class Replica:
    """One process's view of the log."""

    database: Database
    directory: DirectoryCopy
    dictionary: Dictionary
    surveys: SurveyCopy
    cube: Cube
    log: AnswerLog
    reader: ScoreReader


@dataclass
class Metrics:
    """The service as a test drives it: `admin` metadata, facts in, scores out."""

    replica: Replica
    scores: "ScoreServiceAsyncStub"
    definitions: "DefinitionServiceAsyncStub"
    identities: Identities
    new_replica: Callable[[], Any]
    today: list[int] = field(default_factory=list)

    async def fill(
        self,
        departments: Sequence[profile_pb2.Department] = (),
        touchpoints: Sequence[profile_pb2.Touchpoint] = (),
        surveys: Sequence[surveys_pb2.Survey] = (),
    ) -> None:
        """Copy the directory and surveys."""
        await fill_directory(self.replica.database, departments, touchpoints)
        await self.replica.directory.refresh()
        for survey in surveys or [make_survey()]:
            handler = next(iter(events.survey_handlers(self.replica.surveys).values()))
            async with self.replica.database.write.begin() as session:
                await handler.handle(session, SurveyChanged(survey=survey))

    async def record(self, *responses: RecordedResponse) -> ResponsesRecorded:
        """Apply one envelope; returns it, to be delivered again."""
        envelope = make_responses_recorded(responses)
        await self.replica.log.apply([envelope])
        return envelope

    def bearer(self, role: str = "admin", department: str | None = None) -> Any:
        return self.identities.bearer("metrics", role, department)

    async def scorecard(
        self, department: str, start: date, end: date, **scope: Any
    ) -> dict[str, pb.Score]:
        """Scores by metric, as an admin sees them."""
        reply = await self.scores.GetScorecards(
            pb.GetScorecardsRequest(
                department_ids=[id_of(department)], scope=make_scope(start, end, **scope)
            ),
            metadata=self.bearer(),
        )
        return {score.metric: score for score in reply.scorecards[0].scores}

    async def bases(self, department: str, start: date, end: date, **scope: Any) -> list[int]:
        """The base of nps, month by month."""
        reply = await self.scores.GetTrend(
            pb.GetTrendRequest(
                department_id=id_of(department),
                scope=make_scope(start, end, **scope),
                metric="nps",
                interval=pb.CALENDAR_INTERVAL_MONTH,
            ),
            metadata=self.bearer(),
        )
        return [point.score.base for point in reply.points]


def make_scope(
    start: date, end: date, *, as_it_was: bool = False, subtree: bool = True
) -> pb.Scope:
    """A period with subtree, read as of today."""
    return pb.Scope(
        from_day=day_number(start),
        to_day=day_number(end),
        include_subtree=subtree,
        tree=pb.TREE_READING_AS_IT_WAS if as_it_was else pb.TREE_READING_TODAY,
    )


@pytest.fixture
async def metrics(
    new_database: OpenDatabase, serve: Serve, identities: Identities, tmp_path: Path
) -> AsyncIterator[Metrics]:
    database = await new_database("metrics")
    profile = KnowsNothing()  # type: ignore[abstract]  # it is asked nothing else
    directory = await serve("profile", add_DirectoryServiceServicer_to_server, profile)
    # Nobody listens here: a survey that is not in the copy has an owner who is away.
    async with open_channel(f"unix:{tmp_path}/nobody.sock") as away:
        await fill_directory(database)
        today: list[int] = []

        async def new_replica() -> Replica:
            return await _replica(database, identities, directory, away, today)

        replica = await new_replica()
        scores, definitions = await stubs(replica, serve)
        yield Metrics(replica, scores, definitions, identities, new_replica, today)


async def stubs(
    replica: Replica, serve: Serve
) -> "tuple[ScoreServiceAsyncStub, DefinitionServiceAsyncStub]":
    """Clients of a replica's own gRPC services."""
    scores = ScoreRpc(replica.directory, replica.reader)
    definitions = DefinitionRpc(replica.directory, replica.surveys, replica.reader.definitions)
    return (
        ScoreServiceStub(await serve("metrics", add_ScoreServiceServicer_to_server, scores)),
        DefinitionServiceStub(
            await serve("metrics", add_DefinitionServiceServicer_to_server, definitions)
        ),
    )


class KnowsNothing(DirectoryServiceServicer):
    """Profile of an organisation whose departments are all in the copy."""

    async def BatchGetDepartments(
        self, request: profile_pb2.BatchGetDepartmentsRequest, context: Context
    ) -> profile_pb2.BatchGetDepartmentsResponse:
        return profile_pb2.BatchGetDepartmentsResponse()


async def _replica(
    database: Database,
    identities: Identities,
    profile: grpc.aio.Channel,
    away: grpc.aio.Channel,
    today: list[int],
) -> Replica:
    identity = identities.service("metrics")
    directory = DirectoryCopy(database, DirectoryServiceStub(profile), identity)
    await directory.start()
    dictionary = Dictionary(database.pool)
    surveys = SurveyCopy(database, dictionary, SurveyServiceStub(away), identity)
    cube = Cube(database.pool, dictionary, surveys)

    def day() -> int:
        return today[-1] if today else directory.tree.today_number

    log = AnswerLog(database.pool, dictionary, surveys, day)
    definitions = Definitions(database)
    await definitions.open()
    await dictionary.load()
    await surveys.refresh()
    await cube.load()
    purchases = PurchaseScores(PurchaseCube(database.pool, dictionary), day)
    reader = ScoreReader(database.read, cube, surveys, definitions, day, purchases)
    return Replica(database, directory, dictionary, surveys, cube, log, reader)
