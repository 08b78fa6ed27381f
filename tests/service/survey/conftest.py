"""Survey over gRPC, on real PostgreSQL and NATS, with a directory to ask."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import date
from typing import Protocol

import asyncpg
import grpc
import pytest
from nats.aio.client import Client

from cxm.profile.v1.profile_pb2_grpc import (
    DirectoryServiceStub,
    add_DirectoryServiceServicer_to_server,
)
from cxm.survey.v1.export_pb2_grpc import (
    ResponseExportServiceStub,
)
from cxm.survey.v1.import_pb2_grpc import (
    ResponseImportServiceStub,
)
from cxm.survey.v1.invitations_pb2_grpc import (
    InvitationServiceStub,
)
from cxm.survey.v1.reading_pb2_grpc import ResponseReadingServiceStub
from cxm.survey.v1.reconciliation_pb2_grpc import ReconciliationServiceStub
from cxm.survey.v1.responses_pb2_grpc import (
    ResponseServiceStub,
)
from cxm.survey.v1.surveys_pb2_grpc import (
    SurveyServiceStub,
)
from infra.local.postgres import Postgres
from services.kit.db.database import Connection
from services.kit.directory.copy import DirectoryCopy
from services.kit.events.outbox import Outbox
from services.kit.process import Process
from services.kit.service import Shared
from services.survey.main import wire_nouns
from tests.conftest import Identities, OpenDatabase, Serve
from tests.service.survey.support.exports import Exports
from tests.service.survey.support.running import Profile, SettableClock, SurveyService
from tests.support.builders import fill_directory, make_department, make_touchpoint

KEY = bytes(range(32))
DEPARTMENTS = [
    make_department("sales"),
    make_department("shop", "sales"),
    make_department("care"),
]
TOUCHPOINTS = [
    make_touchpoint(
        "invoice",
        "sales",
        stage="purchase",
        channel="EMAIL",
        owners=[(date(2026, 1, 1), "care")],
    ),
    make_touchpoint("till", "shop"),
]


class OpenSurvey(Protocol):
    async def __call__(
        self, time_zone: str = ..., replica_of: SurveyService | None = ...
    ) -> SurveyService: ...


@pytest.fixture
async def open_survey(
    new_database: OpenDatabase, nats_client: Client, serve: Serve, identities: Identities
) -> AsyncIterator[OpenSurvey]:
    """`await open_survey(time_zone=...)`: survey with three departments; again on the same database: a replica."""
    async with AsyncExitStack() as stack:

        async def start(
            time_zone: str = "Europe/Riga", replica_of: SurveyService | None = None
        ) -> SurveyService:
            database = replica_of.database if replica_of else await new_database("survey")
            if not replica_of:
                await fill_directory(database, DEPARTMENTS, TOUCHPOINTS, time_zone=time_zone)
            profile = Profile()  # type: ignore[abstract]  # it is asked nothing else
            channel = await serve("profile", add_DirectoryServiceServicer_to_server, profile)
            directory = DirectoryCopy(
                database, DirectoryServiceStub(channel), identities.service("survey")
            )
            await directory.start()
            outbox = Outbox(database.pool, nats_client.jetstream())
            clock = SettableClock()
            identity = identities.service("survey")
            shared = Shared(
                name="survey",
                database=database,
                client=nats_client,
                outbox=outbox,
                identity=identity,
                directory=directory,
            )
            intakes = []

            def wire(_: object, server: grpc.aio.Server) -> None:
                process = Process(server, stack)
                intakes.append(wire_nouns(process, shared, KEY, clock))
                for work in process.work:
                    stack.callback(asyncio.create_task(work()).cancel)

            channel = await serve("survey", wire, None)
            return SurveyService(
                SurveyServiceStub(channel),
                InvitationServiceStub(channel),
                ResponseServiceStub(channel),
                ResponseImportServiceStub(channel),
                ResponseReadingServiceStub(channel),
                ResponseExportServiceStub(channel),
                ReconciliationServiceStub(channel),
                database,
                outbox,
                directory,
                profile,
                intakes[0],
                clock,
                identities,
            )

        yield start


@pytest.fixture
async def survey(open_survey: OpenSurvey) -> SurveyService:
    """Survey, with one public survey `relationship` and one `internal` that is not."""
    service = await open_survey()
    await service.create("relationship", public=True)
    await service.create("internal")
    return service


class Breaking:
    """The database of a test, as somebody who may break it and mend it."""

    def __init__(self, connection: Connection, admin: Connection, name: str) -> None:
        self.connection = connection
        self.admin = admin
        self.name = name

    async def execute(self, statement: str) -> None:
        await self.connection.execute(statement)

    async def until_somebody_waits(self) -> None:
        """Return once a statement waits for a lock in this database; fails after 10 seconds."""
        waiting = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'"
        )
        async with asyncio.timeout(10):
            while not await self.admin.fetchval(waiting, self.name):
                pass

    async def shut(self) -> None:
        """Throw everybody out and let nobody in."""
        await self.admin.execute(f'ALTER DATABASE "{self.name}" CONNECTION LIMIT 0')
        await self.admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", self.name
        )

    async def open(self) -> None:
        await self.admin.execute(f'ALTER DATABASE "{self.name}" CONNECTION LIMIT -1')


@pytest.fixture
async def breaking(survey: SurveyService, postgres: Postgres) -> AsyncIterator[Breaking]:
    name = await survey.database.pool.fetchval("SELECT current_database()")
    connection = await asyncpg.connect(postgres.url(database=name))
    admin = await asyncpg.connect(postgres.url())
    yield Breaking(connection, admin, name)
    await connection.close()
    await admin.close()


@pytest.fixture
def exports(survey: SurveyService) -> Exports:
    return Exports(survey, survey.response_export)
