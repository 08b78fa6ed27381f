"""Comparisons: one at a time however many ask, every hour, and shown to operators only."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cxm.metrics.v1 import reconciliation_pb2 as pb
from cxm.metrics.v1.reconciliation_pb2_grpc import (
    ReconciliationServiceStub,
    add_ReconciliationServiceServicer_to_server,
)
from cxm.survey.v1 import reconciliation_pb2_grpc as survey_grpc
from services.kit import clock
from services.kit.db.advisory_lock import try_lock, unlock
from services.kit.errors import Unavailable
from services.kit.rights.access import Role
from services.kit.rpc.servicing import open_channel
from services.metrics.domain.work import WorkState
from services.metrics.rebuild.runner import Rebuild
from services.metrics.reconciliation import runner as checks
from services.metrics.reconciliation.comparing import Comparison, Reconciler
from services.metrics.reconciliation.domain import ControlFigure, FigureDifference, Quantity
from services.metrics.reconciliation.report import NamedDifference, Report
from services.metrics.reconciliation.rpc import ReconciliationRpc
from services.metrics.reconciliation.runner import ReconciliationRunner
from tests.conftest import Serve
from tests.service.metrics.conftest import Metrics
from tests.service.survey.support.calls import failure_of
from tests.support.audit import deeds, told
from tests.support.builders import id_of, make_department, make_survey

if TYPE_CHECKING:
    from cxm.metrics.v1.reconciliation_pb2_grpc import ReconciliationServiceAsyncStub

MAY = 12 * 2026 + 4
SURVEY = make_survey("relationship")


class GivenReconciler(Reconciler):
    """Finds what a test gives it, when it is let go."""

    def __init__(self, metrics: Metrics) -> None:
        self.surveys = metrics.replica.surveys
        self.found: Comparison | Exception = Comparison(7)
        self.asked, self.go = asyncio.Event(), asyncio.Event()
        self.times = 0

    async def reconcile(self) -> Comparison:
        self.times += 1
        self.asked.set()
        await self.go.wait()
        if isinstance(self.found, Exception):
            raise self.found
        return self.found


class Shown:
    """The gauge."""

    def __init__(self) -> None:
        self.values: list[float] = []

    def set(self, value: float) -> None:
        self.values.append(value)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    shown = Shown()
    monkeypatch.setattr(checks, "_DIFFERENCES", shown)
    return shown


@pytest.fixture
def reconciler(metrics: Metrics) -> GivenReconciler:
    return GivenReconciler(metrics)


@pytest.fixture
def check(metrics: Metrics, reconciler: GivenReconciler, shown: Shown) -> ReconciliationRunner:
    return ReconciliationRunner(
        metrics.replica.database.pool, reconciler, metrics.replica.directory
    )


async def ended(check: ReconciliationRunner) -> Report:
    assert check.work is not None
    await check.work
    return await check.read()


def differing(count: int) -> Comparison:
    """So many differences in the responses of departments that nobody knows."""
    key = SURVEY.id
    places = [
        ControlFigure((f"d{n:04}", key, MAY), "", "", Quantity.RESPONSES)
        for n in reversed(range(count))
    ]
    return Comparison(count, dict.fromkeys(places, FigureDifference(2, 1)))


async def test_a_comparison_runs_and_ends(
    check: ReconciliationRunner, reconciler: GivenReconciler
) -> None:
    assert (await check.read()).state == WorkState.NEVER

    await check.start()
    running = await check.read()
    reconciler.go.set()

    assert running.state == WorkState.RUNNING
    assert running.started_at is not None
    done = await ended(check)
    assert done == Report(state=WorkState.DONE, started_at=running.started_at, compared=7)


async def test_however_many_start_it_one_runs(
    check: ReconciliationRunner, reconciler: GivenReconciler, metrics: Metrics
) -> None:
    other = ReconciliationRunner(
        metrics.replica.database.pool, reconciler, metrics.replica.directory
    )

    await check.start()
    await asyncio.gather(check.start(), other.start())
    reconciler.go.set()

    assert (await ended(check)).state == WorkState.DONE
    assert reconciler.times == 1
    await other.start()
    assert (await ended(other)).state == WorkState.DONE


async def test_who_asks_while_another_is_about_to_begin_is_told_of_that_run(
    check: ReconciliationRunner,
) -> None:
    """Not of the one before, which may have ended long ago."""
    holder = await try_lock(check.pool, checks.COMPARING)
    assert holder is not None
    asking = asyncio.create_task(check.start())

    assert not (await asyncio.wait({asking}, timeout=0.3))[0]
    await holder.execute(checks.START, clock.now())
    await asking

    assert (await check.read()).state is WorkState.RUNNING
    assert check.work is None
    await unlock(check.pool, checks.COMPARING, holder)


async def test_who_asks_while_another_is_about_to_end_starts_anew(
    check: ReconciliationRunner, reconciler: GivenReconciler
) -> None:
    holder = await try_lock(check.pool, checks.COMPARING)
    assert holder is not None
    asking = asyncio.create_task(check.start())
    assert not (await asyncio.wait({asking}, timeout=0.3))[0]

    await unlock(check.pool, checks.COMPARING, holder)
    await asking

    await reconciler.asked.wait()
    reconciler.go.set()
    assert check.work is not None
    await check.work
    assert (await check.read()).state is WorkState.DONE


async def test_differences_are_named_by_their_keys_shown_and_logged(
    check: ReconciliationRunner,
    reconciler: GivenReconciler,
    metrics: Metrics,
    shown: Shown,
    capfd: pytest.CaptureFixture[str],
) -> None:
    await metrics.fill([make_department("shop")], surveys=[SURVEY])
    await metrics.replica.surveys.refresh()
    nps, key = SURVEY.questions[0], (id_of("shop"), SURVEY.id, MAY)
    reconciler.found = Comparison(
        3, {ControlFigure(key, nps.id, "", Quantity.SUM): FigureDifference(90, 81)}
    )
    reconciler.go.set()

    await check.start()

    (difference,) = (await ended(check)).differences
    assert difference == NamedDifference(
        department="shop",
        survey="relationship",
        month="2026-05",
        quantity=Quantity.SUM,
        question=nps.key,
        option="",
        stored=90,
        counted=81,
    )
    assert shown.values == [1]
    logged = "".join(capfd.readouterr())
    assert "answer log differs" in logged
    assert "shop" not in logged


async def test_of_many_differences_the_first_100_are_reported(
    check: ReconciliationRunner, reconciler: GivenReconciler
) -> None:
    reconciler.found = differing(250)
    reconciler.go.set()

    await check.start()

    done = await ended(check)
    assert done.differing == 250
    assert [d.department for d in done.differences] == [f"d{n:04}" for n in range(100)]


@pytest.mark.parametrize(
    ("error", "said"),
    [(Unavailable("survey is away"), "survey is away"), (KeyError("a row"), "see the log")],
)
async def test_what_goes_wrong_is_reported(
    check: ReconciliationRunner, reconciler: GivenReconciler, error: Exception, said: str
) -> None:
    reconciler.found = error
    reconciler.go.set()

    await check.start()

    failed = await ended(check)
    assert failed.state == WorkState.FAILED
    assert said in failed.error


async def test_a_check_whose_process_ended_has_failed_and_can_be_started_again(
    check: ReconciliationRunner, reconciler: GivenReconciler, metrics: Metrics
) -> None:
    await check.start()
    assert check.work is not None
    await reconciler.asked.wait()
    check.work.cancel()
    await asyncio.gather(check.work, return_exceptions=True)

    assert (await check.read()).state == WorkState.FAILED
    reconciler.go.set()
    await check.start()
    assert (await ended(check)).state == WorkState.DONE


async def test_it_is_due_every_hour_for_all_replicas_together(
    check: ReconciliationRunner, reconciler: GivenReconciler, metrics: Metrics, shown: Shown
) -> None:
    other = ReconciliationRunner(
        metrics.replica.database.pool, reconciler, metrics.replica.directory
    )
    reconciler.found = differing(4)
    reconciler.go.set()

    await check.look()
    assert reconciler.times == 0
    check.since -= checks.EVERY
    await check.look()
    await ended(check)
    await other.look()
    assert reconciler.times == 1
    await metrics.replica.database.pool.execute(
        "UPDATE metrics_reconciliation SET started_at = started_at - $1::interval", checks.EVERY
    )
    reconciler.found = Comparison(7)
    await other.look()
    await ended(other)
    await check.look()

    assert reconciler.times == 2
    assert shown.values == [4, 4, 4, 0, 0]  # at the end, and at every look of whoever looks


@pytest.fixture
async def door(
    metrics: Metrics, check: ReconciliationRunner, serve: Serve, tmp_path: Path
) -> AsyncIterator["ReconciliationServiceAsyncStub"]:
    async with open_channel(f"unix:{tmp_path}/nobody.sock") as away:
        rebuild = Rebuild(
            metrics.replica.database.pool,
            metrics.replica.dictionary,
            metrics.replica.surveys,
            survey_grpc.ReconciliationServiceStub(away),
            metrics.identities.service("metrics"),
        )
        servicer = ReconciliationRpc(metrics.replica.directory, check, rebuild)
        add = add_ReconciliationServiceServicer_to_server
        yield ReconciliationServiceStub(await serve("metrics", add, servicer))


async def test_operators_start_it_and_read_it(
    door: "ReconciliationServiceAsyncStub",
    metrics: Metrics,
    reconciler: GivenReconciler,
    check: ReconciliationRunner,
) -> None:
    metadata = metrics.bearer(Role.OPERATOR)

    for _ in range(2):  # the second while the first one runs
        started = await door.StartReconciliation(pb.StartReconciliationRequest(), metadata=metadata)
    reconciler.go.set()
    await ended(check)
    read = await door.GetReconciliation(pb.GetReconciliationRequest(), metadata=metadata)

    assert started.reconciliation.state == pb.WORK_STATE_RUNNING
    assert started.reconciliation.started_at.endswith("Z")
    assert read.reconciliation.state == pb.WORK_STATE_DONE
    assert [told(entry) for entry in await deeds(metrics.replica.database)] == [
        ("test-operator", "operator", "reconciliation_started", ())
    ]


async def test_operators_start_a_rebuild_and_read_how_it_ended(
    door: "ReconciliationServiceAsyncStub", metrics: Metrics
) -> None:
    metadata = metrics.bearer(Role.OPERATOR)

    started = (await door.StartRebuild(pb.StartRebuildRequest(), metadata=metadata)).rebuild
    async with asyncio.timeout(10):
        last = started
        while last.state == pb.WORK_STATE_RUNNING:
            last = (await door.GetRebuild(pb.GetRebuildRequest(), metadata=metadata)).rebuild

    assert started.started_at == last.started_at != ""
    assert last.state == pb.WORK_STATE_FAILED
    assert last.error == "the survey service went away: start again"
    assert [entry.deed for entry in await deeds(metrics.replica.database)] == ["rebuild_started"]


@pytest.mark.parametrize("role", [Role.ANALYST, Role.DEPARTMENT_HEAD, Role.INTEGRATION])
async def test_nobody_else_does(
    door: "ReconciliationServiceAsyncStub", metrics: Metrics, role: Role
) -> None:
    metadata = metrics.bearer(role)

    calls: list[Any] = [
        door.StartReconciliation(pb.StartReconciliationRequest(), metadata=metadata),
        door.GetReconciliation(pb.GetReconciliationRequest(), metadata=metadata),
        door.StartRebuild(pb.StartRebuildRequest(), metadata=metadata),
        door.GetRebuild(pb.GetRebuildRequest(), metadata=metadata),
    ]

    assert [(await failure_of(call)).reason for call in calls] == ["FORBIDDEN"] * 4
