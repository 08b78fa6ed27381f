"""Targets are set, replaced, read beside their scores, and removed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from cxm.metrics.v1 import scores_pb2
from cxm.metrics.v1 import targets_pb2 as pb
from cxm.metrics.v1.definitions_pb2 import STATISTIC_MEAN, ItemName
from cxm.metrics.v1.targets_pb2_grpc import TargetServiceStub, add_TargetServiceServicer_to_server
from services.kit import clock
from services.kit.clock import day_date
from services.metrics.domain.periods import Period, month_edges
from services.metrics.targets.editing import TargetEditing
from services.metrics.targets.reading import TargetReading
from services.metrics.targets.rpc import TargetRpc
from tests.conftest import Serve
from tests.service.metrics.conftest import Metrics
from tests.service.metrics.support.asking import make_draft, refused, register
from tests.service.metrics.support.releases import Releases, enps, release, released, withheld
from tests.service.metrics.support.standard_items import asking
from tests.support.audit import deeds, told
from tests.support.builders import id_of, make_department, make_response

if TYPE_CHECKING:
    from cxm.metrics.v1.targets_pb2_grpc import TargetServiceAsyncStub


@dataclass
class Targets:
    """The service as a test drives it; `announced` are departments and metrics."""

    metrics: Metrics
    stub: "TargetServiceAsyncStub"
    announced: list[tuple[str, str]]

    @property
    def today(self) -> int:
        return self.metrics.replica.directory.tree.today_number

    def draft(self, **fields: Any) -> pb.SetTargetRequest:
        """NPS 40 of d1 in a month."""
        given = {
            "department": "d1",
            "metric": "nps",
            "value": 40,
            "side": pb.TARGET_SIDE_CUSTOMER,
            "due_day": self.today + 30,
        }
        return pb.SetTargetRequest(**{**given, **fields})

    async def set_target(self, bearer: Any = None, **fields: Any) -> pb.Target:
        request, metadata = self.draft(**fields), bearer or self.metrics.bearer()
        return (await self.stub.SetTarget(request, metadata=metadata)).target

    async def remove(self, bearer: Any = None, **fields: Any) -> bool:
        request = pb.RemoveTargetRequest(**{"department": "d1", "metric": "nps", **fields})
        metadata = bearer or self.metrics.bearer()
        return (await self.stub.RemoveTarget(request, metadata=metadata)).removed

    async def listed(
        self, *keys: str, bearer: Any = None, days: tuple[int, int] | None = None
    ) -> list[pb.Target]:
        asked = None if days is None else scores_pb2.Days(from_day=days[0], to_day=days[1])
        request = pb.ListTargetsRequest(department_ids=map(id_of, keys), days=asked)
        reply = await self.stub.ListTargets(request, metadata=bearer or self.metrics.bearer())
        return list(reply.targets)

    async def answers(self, on: date, promoters: int, detractors: int, key: str = "d1") -> None:
        scores = [9] * promoters + [0] * detractors
        await self.metrics.record(*[make_response(key, on=on, nps=score) for score in scores])


@pytest.fixture
async def targets(metrics: Metrics, serve: Serve) -> Targets:
    await metrics.fill(
        [make_department("d1"), make_department("shop", "d1"), make_department("d2")]
    )
    replica, announced = metrics.replica, list[tuple[str, str]]()

    async def announce(department: str, metric: str) -> None:
        announced.append((department, metric))

    reader, database = replica.reader, replica.database
    editing = TargetEditing(database, reader.definitions, replica.surveys, announce)
    reading = TargetReading(database.read, replica.directory, reader)
    servicer = TargetRpc(replica.directory, editing, reading)
    channel = await serve("metrics", add_TargetServiceServicer_to_server, servicer)
    return Targets(metrics, TargetServiceStub(channel), announced)


async def test_a_target_replaces_the_one_there_is_and_the_same_again_changes_nothing(
    targets: Targets,
) -> None:
    first = await targets.set_target()
    assert await targets.set_target() == first
    second = await targets.set_target(value=50, side=pb.TARGET_SIDE_COMPANY, owner="oidc:7")
    (listed,) = await targets.listed("d1")

    assert (second.value, second.side, second.owner) == (50, pb.TARGET_SIDE_COMPANY, "oidc:7")
    listed.ClearField("progress")
    assert listed == second
    assert targets.announced == [(id_of("d1"), "nps")] * 2
    entries = map(told, await deeds(targets.metrics.replica.database))
    assert list(entries) == [(second.set_by, "admin", "target_set", ("d1", "nps"))] * 2


async def test_a_target_is_removed_once(targets: Targets) -> None:
    await targets.set_target()

    assert [await targets.remove(), await targets.remove()] == [True, False]
    assert await targets.listed("d1") == []
    assert len(targets.announced) == 2
    entries = await deeds(targets.metrics.replica.database)
    assert [entry.deed for entry in entries] == ["target_set", "target_removed"]


@pytest.mark.parametrize(
    ("fields", "reason", "field"),
    [
        ({"metric": "luck"}, "UNKNOWN_METRIC", "metric"),
        ({"metric": "nps@1"}, "UNKNOWN_METRIC", "metric"),
        ({"value": 101}, "VALUE_OUT_OF_RANGE", "value"),
        ({"metric": "ces", "value": 0.9}, "VALUE_OUT_OF_RANGE", "value"),
        ({"metric": "csat", "value": 1.1}, "VALUE_OUT_OF_RANGE", "value"),
        ({"due_day": 1}, "DUE_DAY_OUT_OF_RANGE", "due_day"),
        ({"side": pb.TARGET_SIDE_UNSPECIFIED}, "SIDE_MISSING", "side"),
        ({"department": "none"}, "NOT_FOUND", "department"),
    ],
)
async def test_what_makes_no_sense_is_refused(
    targets: Targets, fields: dict[str, Any], reason: str, field: str
) -> None:
    failure = await refused(targets.set_target(**fields))

    assert (failure.reason, failure.field) == (reason, (field,))
    assert await targets.listed("d1") == []


async def test_the_target_of_an_index_lies_on_the_scale_of_its_items(targets: Targets) -> None:
    await targets.metrics.fill(
        [make_department("d1")], surveys=[asking("visit", "fast", "personal")]
    )
    items = [ItemName(standard_item=item) for item in ("fast", "personal")]
    mean = {"statistic": STATISTIC_MEAN, "answers": [], "kind": None}
    await register(targets.metrics, make_draft(key="quality", items=items, **mean))

    failure = await refused(targets.set_target(metric="quality", value=5.1))

    assert failure.reason == "VALUE_OUT_OF_RANGE"
    assert (await targets.set_target(metric="quality", value=4.5)).value == 4.5


async def test_admins_and_analysts_write_in_their_departments_and_readers_of_scores_read(
    targets: Targets,
) -> None:
    bearer = targets.metrics.bearer
    await targets.set_target(bearer("analyst", "d1"))
    for role in ("department_head", "integration"):
        assert (await refused(targets.set_target(bearer(role, "d1")))).reason == "FORBIDDEN"
        assert (await refused(targets.remove(bearer(role, "d1")))).reason == "FORBIDDEN"

    hidden = await refused(targets.set_target(bearer("admin", "d2")))
    absent = await refused(targets.set_target(bearer("admin", "d2"), department="none"))
    assert (hidden.reason, hidden.message) == (absent.reason, absent.message)
    assert len(await targets.listed("d1", bearer=bearer("department_head", "d1"))) == 1
    assert await targets.listed("d1", bearer=bearer("admin", "d2")) == []
    request = pb.ListTargetsRequest(department_ids=[id_of("d1")])
    reply = await targets.stub.ListTargets(request, metadata=bearer("integration"))
    assert (list(reply.targets), list(reply.denied_ids)) == ([], [id_of("d1")])


async def test_progress_is_of_the_department_with_all_under_it(targets: Targets) -> None:
    await targets.set_target(value=40)
    await targets.set_target(department="d2", value=40)
    today = day_date(targets.today)
    await targets.answers(today, 90, 10, "shop")
    await targets.answers(today, 20, 0, "d2")

    of_d1, of_d2 = await targets.listed("d1", "d2")

    assert of_d1.progress.status == pb.TARGET_STATUS_REACHED
    assert (of_d1.progress.value, of_d1.progress.base) == (80, 100)
    assert of_d1.progress.interval.low > 40
    days = of_d1.progress.from_day, of_d1.progress.to_day
    assert days == (targets.today - 89, targets.today + 1)
    assert of_d2.progress.status == pb.TARGET_STATUS_NO_VALUE  # a base of 20
    before = await targets.listed("d1", days=(targets.today - 30, targets.today))
    assert before[0].progress.status == pb.TARGET_STATUS_NO_VALUE
    assert not before[0].progress.HasField("value")


async def test_a_chance_needs_four_months_with_a_value(targets: Targets) -> None:
    await targets.set_target(value=60)
    await targets.set_target(value=0.9, metric="csat")
    edges = month_edges(Period(targets.today - 340, targets.today + 1))
    months: Sequence[date] = [day_date(edge) for edge in edges[-5:-2]]
    for better, month in enumerate(months):
        await targets.answers(month, 50 + 10 * better, 50 - 10 * better)
    (csat, nps) = await targets.listed("d1")
    assert nps.progress.status != pb.TARGET_STATUS_NO_VALUE
    assert not nps.progress.HasField("chance")

    await targets.answers(day_date(edges[-2]), 80, 20)  # 0, 20, 40, 60: 20 points a month
    (csat, nps) = await targets.listed("d1")

    assert nps.progress.chance > 0.8
    assert not csat.progress.HasField("chance")
    await targets.answers(day_date(edges[-6]), 95, 5)
    (_, worse) = await targets.listed("d1")
    assert worse.progress.chance < nps.progress.chance


async def test_what_came_after_the_due_day_reaches_nothing(targets: Targets) -> None:
    """However the days are asked for that hold it."""
    start = targets.today
    await targets.set_target(value=40, due_day=start + 1)
    await targets.answers(day_date(start), 50, 50)
    directory, later = targets.metrics.replica.directory, clock.now() + timedelta(days=10)
    directory.now, directory.version = lambda: later, -1
    await directory.refresh()
    assert targets.today == start + 10
    await targets.answers(day_date(start + 9), 900, 0)

    (late,) = await targets.listed("d1", days=(start, start + 11))
    (only_late,) = await targets.listed("d1", days=(start + 5, start + 11))

    assert late.progress.status == only_late.progress.status == pb.TARGET_STATUS_MISSED
    assert (late.progress.to_day, late.progress.base) == (start + 2, 100)


async def test_where_nothing_may_be_said_no_chance_is_told(targets: Targets) -> None:
    """Answers of each month, but in the last 90 days fewer than 30."""
    await targets.set_target(value=60)
    edges = month_edges(Period(targets.today - 340, targets.today + 1))
    for edge in edges[1:6]:
        await targets.answers(day_date(edge), 60, 40)
    await targets.answers(day_date(targets.today), 20, 0)

    (nps,) = await targets.listed("d1")

    assert (nps.progress.status, nps.progress.base) == (pb.TARGET_STATUS_NO_VALUE, 20)
    assert not nps.progress.HasField("chance")


async def test_targets_of_staff_are_judged_by_the_latest_wave(targets: Targets) -> None:
    await targets.set_target(metric="enps", value=5, side=pb.TARGET_SIDE_COMPANY)
    await targets.set_target(metric="enps", value=5, department="d2")
    waves = Releases(targets.metrics)
    closed = {"opened_day": targets.today - 114, "closed_day": targets.today - 100}
    latest = release("spring", released("d1", enps(50, 30, 20)), withheld("d2", "Root"), **closed)
    await waves.hear(latest)

    of_d1, of_d2 = await targets.listed("d1", "d2")

    assert of_d1.progress.status == pb.TARGET_STATUS_REACHED
    assert (of_d1.progress.value, of_d1.progress.HasField("chance")) == (30, False)
    assert of_d2.progress.status == pb.TARGET_STATUS_NO_VALUE
