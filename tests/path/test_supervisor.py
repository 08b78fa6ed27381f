"""The supervisor on small real processes."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from infra.local.children import ChildFailed, Program, SettingsRefused
from infra.local.supervising import orphans
from infra.local.supervising.supervisor import Part, Supervisor

WRITES_A_FILE_AND_WAITS = 'touch "$0"; exec sleep 60'
REFUSES_TO_END = "trap '' TERM; touch \"$0\"; while :; do sleep 0.1; done"


def part(directory: Path, name: str, script: str, **settings: float) -> Part:
    """A shell script that is ready once it has written a file."""
    sign = directory / name
    program = Program(name, ("sh", "-c", script, str(sign)), directory / f"{name}.log")

    async def is_ready(_pid: int) -> bool:
        return await asyncio.to_thread(sign.exists)

    return Part(program, is_ready, **settings)  # type: ignore[arg-type]


@asynccontextmanager
async def supervising(directory: Path) -> AsyncIterator[tuple[Supervisor, list[str]]]:
    notices: list[str] = []
    supervisor = Supervisor(notices.append, directory / "processes.json")
    try:
        yield supervisor, notices
    finally:
        await supervisor.stop()


async def eventually(claim: Callable[[], bool], *, seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not claim():  # noqa: ASYNC110 - the condition lies outside this process
            await asyncio.sleep(0.02)


def is_alive(pid: int) -> bool:
    return orphans.birth_of(pid) is not None


async def test_a_killed_process_comes_back_alone(tmp_path: Path) -> None:
    async with supervising(tmp_path) as (supervisor, notices):
        await supervisor.start(part(tmp_path, "one", WRITES_A_FILE_AND_WAITS))
        await supervisor.start(part(tmp_path, "two", WRITES_A_FILE_AND_WAITS))
        one, two = supervisor.pid("one"), supervisor.pid("two")

        os.kill(one, signal.SIGKILL)
        await eventually(lambda: supervisor.pid("one") != one)

        assert supervisor.pid("two") == two
        assert is_alive(two)
        assert "one ended with signal 9" in notices[0]


async def test_a_process_that_crashes_again_and_again_is_given_up_with_its_last_words(
    tmp_path: Path,
) -> None:
    async with supervising(tmp_path) as (supervisor, _):
        hopeless = part(tmp_path, "one", "echo no disk; exit 3", most_fast_crashes=2)

        with pytest.raises(ChildFailed, match=r"(?s)gave up on one after 2 .*status 3.*no disk"):
            await supervisor.start(hopeless)


async def test_a_process_that_waits_for_somebody_has_all_time_and_says_for_what(
    tmp_path: Path,
) -> None:
    """The control: once there is nothing to wait for it is killed when its time is over."""
    why = "ERASURES_MISSING"

    async def waits_for() -> str:
        return why

    async with supervising(tmp_path) as (supervisor, notices):
        patient = replace(
            part(tmp_path, "one", "exec sleep 60", start_seconds=0.2), waits_for=waits_for
        )
        starting = asyncio.create_task(supervisor.start(patient))
        await eventually(lambda: "one waits: ERASURES_MISSING" in notices)
        pid, began = supervisor.pid("one"), time.monotonic()
        await eventually(lambda: time.monotonic() > began + 1.0)
        assert (supervisor.pid("one"), len(notices)) == (pid, 1)

        why = ""
        await eventually(lambda: "one was not ready within 0 s" in notices)
        starting.cancel()


async def test_a_process_whose_settings_do_not_hold_is_not_started_again(tmp_path: Path) -> None:
    async with supervising(tmp_path) as (supervisor, notices):
        (tmp_path / "one.log").write_text("a line of yesterday\n")
        refused = part(tmp_path, "one", "echo CXM_ONE_PORT: no number; exit 78")

        with pytest.raises(SettingsRefused) as why:
            await supervisor.start(refused)

    assert str(why.value).splitlines()[1:] == ["CXM_ONE_PORT: no number"]
    assert why.value.status == os.EX_CONFIG
    assert notices == []


async def test_what_does_not_end_when_asked_is_killed(tmp_path: Path) -> None:
    async with supervising(tmp_path) as (supervisor, _):
        await supervisor.start(part(tmp_path, "deaf", REFUSES_TO_END, stop_seconds=0.3))
        pid = supervisor.pid("deaf")
        began = time.monotonic()

    assert not is_alive(pid)
    assert time.monotonic() - began < 3


async def test_stopping_during_the_start_leaves_nothing(tmp_path: Path) -> None:
    async with supervising(tmp_path) as (supervisor, _):
        starting = asyncio.create_task(supervisor.start(part(tmp_path, "slow", "exec sleep 60")))
        await eventually(lambda: "slow" in supervisor.running)
        pid = supervisor.pid("slow")
        starting.cancel()

    assert not is_alive(pid)


async def test_what_outlived_its_supervisor_is_ended_and_others_are_let_alone(
    tmp_path: Path,
) -> None:
    async with supervising(tmp_path) as (supervisor, _):
        await supervisor.start(part(tmp_path, "one", WRITES_A_FILE_AND_WAITS))
        await supervisor.start(part(tmp_path, "two", WRITES_A_FILE_AND_WAITS))
        one, two = supervisor.running["one"], supervisor.running["two"]
        records = tmp_path / "left.json"
        orphans.remember(records, [one])
        for task in supervisor.keepers.values():
            task.cancel()

        ending = asyncio.create_task(orphans.end(records))
        await eventually(lambda: one.process.poll() is not None)
        await ending

        assert is_alive(two.pid)
