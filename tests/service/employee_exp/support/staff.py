"""Waves that are open, answered and released: ballots and releases behind their real gRPC servers."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from nats.aio.client import Client

from cxm.employee_exp.v1 import ballots_pb2, releases_pb2
from cxm.employee_exp.v1.ballots_pb2_grpc import (
    BallotServiceStub,
    add_BallotServiceServicer_to_server,
)
from cxm.employee_exp.v1.events_pb2 import ReleasePublished
from cxm.employee_exp.v1.releases_pb2_grpc import (
    ReleaseServiceStub,
    add_ReleaseServiceServicer_to_server,
)
from cxm.profile.v1 import profile_pb2
from infra.local.postgres import Postgres
from services.employee_exp.ballots.answering import BallotTaker
from services.employee_exp.ballots.flushing import BallotFlusher
from services.employee_exp.ballots.rpc import BallotRpc
from services.employee_exp.employment.details.sealed_details import SealedDetails
from services.employee_exp.releases.announcing import ReleaseAnnouncer
from services.employee_exp.releases.measured.publishing import MeasuredPublisher
from services.employee_exp.releases.reading import ResultsReader
from services.employee_exp.releases.releasing import WaveReleaser
from services.employee_exp.releases.rpc import ReleaseRpc
from services.employee_exp.releases.runner import ReleaseRunner
from services.employee_exp.sealing.wave_keys import WaveKeys
from services.employee_exp.waves.domain.wave import (
    Wave,
)
from services.employee_exp.waves.people import PeopleFinder
from services.employee_exp.waves.storage import find_waves
from services.kit.db.database import Database, open_database
from services.kit.events.outbox import Outbox
from services.kit.events.streams import RELEASE_PUBLISHED
from services.kit.rpc.servicing import Metadata
from tests.conftest import Serve
from tests.service.employee_exp.support.employees import Employees, noon
from tests.support.open_wave import OpenWave, WaveStore

if TYPE_CHECKING:
    from cxm.employee_exp.v1.ballots_pb2_grpc import BallotServiceAsyncStub
    from cxm.employee_exp.v1.releases_pb2_grpc import ReleaseServiceAsyncStub

SEAL_KEY = bytes(range(32))  # of the fixture `employees`

Answers = Mapping[str, int | str]


@dataclass
class MovableClock:
    """A clock that a test moves."""

    at: datetime = field(default_factory=noon)

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Staff:
    """What takes ballots and releases waves, step by step, and the doors of both."""

    employees: Employees
    release: Database
    keys: WaveKeys
    clock: MovableClock
    ballots: "BallotServiceAsyncStub"
    results: "ReleaseServiceAsyncStub"
    flusher: BallotFlusher
    releaser: WaveReleaser
    runner: ReleaseRunner
    announcer: ReleaseAnnouncer

    @property
    def database(self) -> Any:
        return self.employees.database

    async def chart(self, parents: Sequence[int], *, names: Iterable[str] = ()) -> list[str]:
        """Ids of departments d1, d2 ... of the directory below the root, which is the first; each under its parent."""
        names = list(names) or [f"d{number}" for number in range(len(parents))]
        keys = ["root", *names[1:]]
        items = [
            profile_pb2.DepartmentItem(key=keys[n], name=keys[n].title(), parent=keys[parents[n]])
            for n in range(1, len(parents))
        ]
        await self.employees.profile.UpsertDepartments(
            profile_pb2.UpsertDepartmentsRequest(items=items),
            metadata=self.employees.identities.bearer("profile", "admin"),
        )
        await self.employees.directory.catch_up()
        tree = self.employees.directory.tree
        found = [tree.id_of(key) for key in keys]
        assert all(found)
        return [str(id_) for id_ in found]

    async def open(
        self,
        departments: Sequence[str],
        parents: Sequence[int],
        people: Iterable[tuple[int, tuple[int, ...]]],
        **draft: Any,
    ) -> OpenWave:
        """An open wave, as in support/open_wave.py."""
        store = WaveStore(self.database.superuser_url, self.keys)
        return await store.open(departments, parents, people, at=self.clock(), **draft)

    async def send(self, token: str, answers: Answers) -> ballots_pb2.SendBallotResponse:
        request = ballots_pb2.SendBallotRequest(token=token, answers=messages(answers))
        return await self.ballots.SendBallot(request)

    async def wave(self, opened: OpenWave) -> Wave:
        async with self.database.write() as session:
            [wave] = await find_waves(session, [UUID(opened.id)])
        return wave

    async def close(self, opened: OpenWave) -> Wave:
        """As closing leaves it: nothing is kept, and nothing tells who was asked and who answered."""
        await self.database.fetch(
            "UPDATE employee_exp_wave SET state = 'closed', closed_at = $2 WHERE id = $1",
            UUID(opened.id),
            self.clock(),
        )
        await self.database.fetch(
            "UPDATE employee_exp_invitation SET employee_id = NULL, kept = NULL, spent = false WHERE wave_id = $1",
            UUID(opened.id),
        )
        return await self.wave(opened)

    async def count(self, table: str) -> int:
        found: int = await self.database.fetchval(f"SELECT count(*) FROM employee_exp_{table}")
        return found

    async def published(self) -> list[ReleasePublished]:
        """What waits in the outbox, which is emptied."""
        rows = await self.database.fetch(
            "DELETE FROM outbox WHERE subject = $1 RETURNING id, payload", RELEASE_PUBLISHED
        )
        rows.sort(key=lambda row: row["id"])
        return [ReleasePublished.FromString(row["payload"]) for row in rows]

    async def stored(self, opened: OpenWave) -> list[list[tuple[Any, ...]]]:
        """Every byte that is public of a wave."""
        queries = (
            "SELECT * FROM employee_exp_release_cell WHERE wave_id = $1"
            " ORDER BY department_id, dimension, category, statistic",
            "SELECT * FROM employee_exp_release_verbatim WHERE wave_id = $1 ORDER BY id",
            "SELECT place, counted_in_place FROM employee_exp_wave_department WHERE wave_id = $1 ORDER BY place",
            "SELECT report FROM employee_exp_wave WHERE id = $1",
        )
        return [
            [tuple(row) for row in await self.database.fetch(query, UUID(opened.id))]
            for query in queries
        ]

    def bearer(self, role: str = "admin", department: str | None = None) -> Metadata:
        return self.employees.bearer(role, department)

    async def look_up(
        self, opened: OpenWave, *department_ids: str, bearer: Metadata | None = None
    ) -> releases_pb2.GetResultsResponse:
        return await self.results_of(opened.id, department_ids or opened.departments, bearer)

    async def results_of(
        self, wave_id: str, department_ids: Sequence[str], bearer: Metadata | None = None
    ) -> releases_pb2.GetResultsResponse:
        request = releases_pb2.GetResultsRequest(wave=wave_id, department_ids=department_ids)
        return await self.results.GetResults(request, metadata=bearer or self.bearer())


def messages(answers: Answers) -> list[ballots_pb2.BallotAnswer]:
    return [
        ballots_pb2.BallotAnswer(question=question, text=value)
        if isinstance(value, str)
        else ballots_pb2.BallotAnswer(question=question, score=value)
        for question, value in answers.items()
    ]


@pytest.fixture
async def staff(
    employees: Employees,
    postgres: Postgres,
    serve: Serve,
    nats_client: Client,
    tmp_path: Path,
) -> AsyncIterator[Staff]:
    """Without background work: a test says when something is flushed, released or destroyed."""
    database, clock, keys = employees.database, MovableClock(), WaveKeys(tmp_path / "wave-keys")
    keys.prepare(is_new=True)
    name = await database.fetchval("SELECT current_database()")
    url = postgres.url("cxm_employee_exp_release", None, name)
    async with open_database(url, url, pool_size=1) as release:
        people = PeopleFinder(SealedDetails(SEAL_KEY))
        flusher = BallotFlusher(database, keys)
        outbox = Outbox(database.pool, nats_client.jetstream())
        announcer = ReleaseAnnouncer(outbox, lambda: employees.directory.tree.zone)
        releaser = WaveReleaser(release, keys, flusher, announcer, clock)
        taker = BallotTaker(database, keys, people.find_language, clock)
        ballots = await serve(
            "employee_exp",
            add_BallotServiceServicer_to_server,
            BallotRpc(employees.directory, taker),
        )
        results = await serve(
            "employee_exp",
            add_ReleaseServiceServicer_to_server,
            ReleaseRpc(
                employees.directory,
                ResultsReader(database),
                MeasuredPublisher(release, employees.directory, announcer),
            ),
        )
        yield Staff(
            employees,
            release,
            keys,
            clock,
            BallotServiceStub(ballots),
            ReleaseServiceStub(results),
            flusher,
            releaser,
            ReleaseRunner(database, releaser),
            announcer,
        )
