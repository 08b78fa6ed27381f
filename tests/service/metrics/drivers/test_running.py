"""Analyses of drivers: worked on in a process of their own, which may be cancelled, fail, or be left."""

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from cxm.metrics.v1 import drivers_pb2 as pb
from services.metrics.drivers import running
from services.metrics.drivers.running import DriverRunner
from services.metrics.formulas.drivers.weights import shapley
from tests.support.audit import deeds

if TYPE_CHECKING:
    pass

from tests.service.metrics.drivers.support.driving import Drivers, raw, table, weights_of


async def test_a_cancelled_analysis_ends_its_process(
    drivers: Drivers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The module that would weigh reads on for ever."""
    monkeypatch.setattr(running, "MODULE", "tests.service.metrics.support.endless")
    monkeypatch.setattr(running, "SHOW_SECONDS", 0.01)
    started = await drivers.start()
    work = asyncio.create_task(drivers.runner.work())
    await drivers.until(started.id, lambda analysis: analysis.progress == 0.5)

    cancelled = await drivers.cancel(started.id)
    async with asyncio.timeout(60):
        await work

    assert cancelled.state == pb.ANALYSIS_STATE_CANCELLED
    assert await drivers.cancel(started.id) == cancelled
    assert await drivers.read(started.id) == cancelled
    entries = await deeds(drivers.metrics.replica.database)
    assert [entry.deed for entry in entries] == ["drivers_started", "drivers_cancelled"]


async def test_what_a_replica_left_is_taken_up_by_another(
    drivers: Drivers, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = table(150)
    await drivers.record(rows)
    started = await drivers.start()
    with monkeypatch.context() as patch:
        patch.setattr(running, "MODULE", "tests.service.metrics.support.endless")
        work = asyncio.create_task(drivers.runner.work())
        await drivers.until(started.id, lambda each: each.state == pb.ANALYSIS_STATE_RUNNING)
        replica = await drivers.metrics.new_replica()
        other = DriverRunner(
            replica.database, replica.cube, replica.directory, drivers.runner.announce
        )
        await other.work()  # the first holds the lock
        assert (await drivers.read(started.id)).state == pb.ANALYSIS_STATE_RUNNING
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work

    await other.work()

    found = await drivers.read(started.id)
    assert weights_of(found) == pytest.approx(shapley(raw(rows))[0], abs=1e-9)


async def test_an_analysis_whose_process_fails_says_so_and_the_next_is_worked_on(
    drivers: Drivers, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(running, "MODULE", "tests.unit.kit.support.dying")  # ends with 3
        failed = await drivers.analysed()
    following = await drivers.analysed()

    assert failed.state == pb.ANALYSIS_STATE_FAILED
    assert failed.failure == "it could not be analysed: see the log of metrics"
    assert following.state == pb.ANALYSIS_STATE_DONE


async def test_an_analysis_that_needs_too_long_says_so_and_the_next_is_worked_on(
    drivers: Drivers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real process, with drivers that are weighed for ever and a second for it."""
    with monkeypatch.context() as patch:
        patch.setattr(running, "MODULE", "tests.service.metrics.support.weighs_for_ever")
        patch.setattr(running, "CPU_SECONDS", 1)
        async with asyncio.timeout(60):
            failed = await drivers.analysed()
    following = await drivers.analysed()

    assert (failed.state, failed.failure) == (pb.ANALYSIS_STATE_FAILED, running.TOO_LONG)
    assert following.state == pb.ANALYSIS_STATE_DONE


async def test_an_analysis_that_meets_a_defect_says_so_and_the_next_is_worked_on(
    drivers: Drivers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(running, "write_joint", broken)
        failed = await drivers.analysed()
    following = await drivers.analysed()

    assert (failed.state, failed.failure) == (pb.ANALYSIS_STATE_FAILED, running.FAILED)
    assert following.state == pb.ANALYSIS_STATE_DONE


async def test_an_analysis_that_took_its_replicas_down_is_given_up(drivers: Drivers) -> None:
    started = await drivers.start()
    await drivers.metrics.replica.database.pool.execute(
        "UPDATE metrics_driver_analysis SET state = 'RUNNING', tries = $1", running.MOST_TRIES
    )

    await drivers.runner.work()

    found = await drivers.read(started.id)
    assert (found.state, found.failure) == (pb.ANALYSIS_STATE_FAILED, running.GIVEN_UP)
