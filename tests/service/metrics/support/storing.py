"""Survey as it stores, metrics as it hears of it, and the rebuilds of two replicas."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import pytest

from cxm.survey.v1.events_pb2 import RecordedResponse, ResponsesRecorded
from cxm.survey.v1.reconciliation_pb2_grpc import (
    ReconciliationServiceStub,
    add_ReconciliationServiceServicer_to_server,
)
from services.kit.db.database import Pool
from services.metrics.answer_log.compaction import Compactor
from services.metrics.answer_log.convert import key_of
from services.metrics.answer_log.dictionary import DEPARTMENT
from services.metrics.answer_log.packing import NOT_ANSWERED
from services.metrics.cube.cube import read_partition
from services.metrics.rebuild.runner import Rebuild, RebuildProgress
from services.metrics.rebuild.snapshot import answer_bytes
from tests.conftest import Serve
from tests.service.metrics.conftest import Metrics, Replica
from tests.service.metrics.support.owner import Owner
from tests.support.builders import make_department, make_response, make_responses_recorded

START, TO = date(2025, 1, 1), date(2025, 6, 1)
NAMES = ("root", "d1", "d2")


@dataclass
class Site:
    """Survey as it stores, and metrics as it hears of it, sometimes late."""

    metrics: Metrics
    owner: Owner
    rebuild: Rebuild
    other: Rebuild
    on_their_way: list[ResponsesRecorded] = field(default_factory=list)

    @property
    def replica(self) -> Replica:
        return self.metrics.replica

    @property
    def pool(self) -> Pool:
        return self.replica.database.pool

    async def store(
        self, *given: RecordedResponse, back: tuple[RecordedResponse, ...] = ()
    ) -> ResponsesRecorded:
        """Give and take back, in one envelope; it is published and not yet heard."""
        self.owner.stored = [one for one in self.owner.stored if one not in back] + list(given)
        envelope = make_responses_recorded([*given, *map(minus, back)])
        self.owner.watermark = envelope.envelope
        self.on_their_way.append(envelope)
        return envelope

    async def hear(self) -> None:
        """Everything that is on its way arrives, as one batch."""
        await self.replica.log.apply(self.on_their_way)
        self.on_their_way.clear()

    async def run(self) -> RebuildProgress:
        await self.rebuild.start()
        return await ended(self.rebuild)

    def expected(self) -> Counter[tuple[object, ...]]:
        return Counter(self._tuple(response) for response in self.owner.stored)

    def _tuple(self, response: RecordedResponse) -> tuple[object, ...]:
        layout = self.replica.surveys.layouts[response.survey_id]
        number = self.replica.dictionary.known(DEPARTMENT)[response.department_id]
        dimension_set = self.replica.dictionary.sets[key_of(response.dimensions)]
        codes = answer_bytes(layout, response.answers)
        return (number, layout.survey, response.local_day, dimension_set, codes)

    async def held(self) -> Counter[tuple[object, ...]]:
        """What the log holds, by its tables; a minus takes out a plus."""
        found: Counter[tuple[object, ...]] = Counter()
        for department, survey in await self.partitions():
            async with self.pool.acquire() as connection:
                partition = await read_partition(connection, department, survey)
            table = partition.base
            widths = len(self.replica.surveys.by_number[survey].widths)
            for row in range(len(table)):
                codes = table.codes[:, row].tobytes().ljust(widths, bytes([NOT_ANSWERED]))
                day, dimension_set = int(table.day[row]), int(table.dimension_set[row])
                found[department, survey, day, dimension_set, codes] += int(table.sign[row])
        return Counter({one: many for one, many in found.items() if many})

    async def partitions(self) -> list[tuple[int, int]]:
        rows = await self.pool.fetch("SELECT department_id, survey_id FROM metrics_standing")
        return [(department, survey) for department, survey in rows]

    async def compact(self) -> None:
        compactor = Compactor(self.pool)
        for _ in range(2):
            await compactor.sweep()

    async def journal(self) -> list[int | None]:
        rows = await self.pool.fetch("SELECT envelope FROM metrics_journal ORDER BY envelope")
        return [row["envelope"] for row in rows]


async def ended(rebuild: Rebuild) -> RebuildProgress:
    assert rebuild.work is not None
    await rebuild.work
    return await rebuild.read()


def minus(response: RecordedResponse) -> RecordedResponse:
    taken_back = RecordedResponse()
    taken_back.CopyFrom(response)
    taken_back.sign = -1
    return taken_back


def promoters(many: int, department: str = "d1") -> list[RecordedResponse]:
    return [make_response(department, on=START, nps=9) for _ in range(many)]


@pytest.fixture
async def site(metrics: Metrics, serve: Serve) -> Site:
    await metrics.fill([make_department("d1"), make_department("d2", "d1")])
    owner = Owner()
    channel = await serve("survey", add_ReconciliationServiceServicer_to_server, owner)

    def rebuild_of(replica: Replica) -> Rebuild:
        return Rebuild(
            replica.database.pool,
            replica.dictionary,
            replica.surveys,
            ReconciliationServiceStub(channel),
            metrics.identities.service("metrics"),
        )

    other = await metrics.new_replica()
    return Site(metrics, owner, rebuild_of(metrics.replica), rebuild_of(other))
