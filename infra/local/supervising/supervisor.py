"""Keeps processes running: each starts when those before it are ready, and comes back alone."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from infra.local import children
from infra.local.children import Child, ChildFailed, Program, SettingsRefused
from infra.local.supervising import orphans

FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 5.0
READY_POLL_SECONDS = 0.1
WAITING_POLL_SECONDS = 0.5
STEADY_SECONDS = 1.0  # a process that lives so long after it was ready is no fast crash
STOP_SECONDS = 14.0


async def nothing() -> str:
    """What a part waits for that tells nobody."""
    return ""


@dataclass(frozen=True)
class Part:
    """A process of the platform. `waits_for`: what somebody has to do before it is ready, "" where there is nothing."""

    program: Program
    is_ready: Callable[[int], Awaitable[bool]]  # takes the pid
    waits_for: Callable[[], Awaitable[str]] = nothing
    start_seconds: float = 60.0
    stop_seconds: float = 4.0
    most_fast_crashes: int = 6

    @property
    def name(self) -> str:
        return self.program.name


class Supervisor:
    """Starts parts, starts them again when they crash, and ends them in reverse order."""

    def __init__(self, notify: Callable[[str], None], records: Path) -> None:
        self.notify = notify
        self.records = records
        self.phases: list[list[Part]] = []
        self.running: dict[str, Child] = {}
        self.keepers: dict[str, asyncio.Task[None]] = {}
        self.ready: dict[str, asyncio.Event] = {}
        self.given_up: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def start(self, *parts: Part) -> None:
        """Start these together and wait until every one is ready, or raise why one is not."""
        self.phases.append(list(parts))
        for part in parts:
            self.ready[part.name] = asyncio.Event()
            self.keepers[part.name] = asyncio.create_task(self._keep(part))
        for part in parts:
            await self._first(self.ready[part.name])

    async def watch(self) -> None:
        """Return never; raise when a part is given up."""
        await asyncio.shield(self.given_up)

    def pid(self, name: str) -> int:
        """The pid of a running part."""
        return self.running[name].pid

    async def restart(self, name: str) -> None:
        """End a running part in good order; it is started again as after a crash."""
        (part,) = (part for phase in self.phases for part in phase if part.name == name)
        await self._end(part, part.stop_seconds)

    async def stop(self) -> None:
        """End everything, the last started first; what takes too long is killed."""
        deadline = time.monotonic() + STOP_SECONDS
        for task in self.keepers.values():
            task.cancel()
        await asyncio.gather(*self.keepers.values(), return_exceptions=True)
        for phase in reversed(self.phases):
            left = max(0.0, deadline - time.monotonic())
            ending = (self._end(part, min(part.stop_seconds, left)) for part in phase)
            await asyncio.gather(*ending)
        self.records.unlink(missing_ok=True)

    def kill(self) -> None:
        """End everything at once; nothing that was acknowledged is lost by it."""
        for child in self.running.values():
            children.kill(child)

    async def _end(self, part: Part, grace_seconds: float) -> None:
        child = self.running.get(part.name)
        if child is not None:
            await children.stop(child, grace_seconds=grace_seconds)

    async def _first(self, ready: asyncio.Event) -> None:
        """Wait for readiness unless a part is given up before."""
        waiting = asyncio.create_task(ready.wait())
        given_up = asyncio.create_task(self.watch())
        try:
            await asyncio.wait({waiting, given_up}, return_when=asyncio.FIRST_COMPLETED)
            if self.given_up.done():
                self.given_up.result()
        finally:
            waiting.cancel()
            given_up.cancel()

    async def _keep(self, part: Part) -> None:
        fast_crashes = 0
        while True:
            child = self._spawn(part)
            lasted = await self._live(part, child)
            fast_crashes = 0 if lasted else fast_crashes + 1
            why = children.failure_of(child)
            if isinstance(why, SettingsRefused):
                self._give_up(why)
                return
            if fast_crashes >= part.most_fast_crashes:
                times = f"gave up on {part.name} after {fast_crashes} crashes in a row"
                self._give_up(ChildFailed(f"{times}: {why}"))
                return
            pause = min(FIRST_PAUSE_SECONDS * 2**fast_crashes, LONGEST_PAUSE_SECONDS)
            self.notify(f"{children.describe_end(child)}; starting it again in {pause:.1f} s")
            await asyncio.sleep(pause)

    def _spawn(self, part: Part) -> Child:
        child = children.start(part.program)
        self.running[part.name] = child
        try:
            orphans.remember(self.records, list(self.running.values()))
        except OSError as error:  # to run is worth more than to be known after a kill
            self.notify(f"{self.records} cannot be written: {error.strerror}")
        return child

    async def _live(self, part: Part, child: Child) -> bool:
        """Wait until the process is gone; whether it was ready and steady before."""
        dying = asyncio.create_task(children.exited(child))
        watching = asyncio.create_task(self._until_ready(part, child))
        try:
            await asyncio.wait({dying, watching}, return_when=asyncio.FIRST_COMPLETED)
            if watching.done() and not watching.result():
                self.notify(f"{part.name} was not ready within {part.start_seconds:.0f} s")
                children.kill(child)
            since = time.monotonic()
            await dying
            children.kill(child)  # what it may have left in its session
            return watching.done() and time.monotonic() - since > STEADY_SECONDS
        finally:
            dying.cancel()
            watching.cancel()

    async def _until_ready(self, part: Part, child: Child) -> bool:
        """Whether the process became ready in its time; while it waits for somebody it has all time."""
        said = ""
        while True:
            deadline = time.monotonic() + part.start_seconds
            while time.monotonic() < deadline:
                if await part.is_ready(child.pid):
                    self.ready[part.name].set()
                    return True
                why = await part.waits_for()
                if why and why != said:
                    self.notify(f"{part.name} waits: {why}")
                    said = why
                await asyncio.sleep(WAITING_POLL_SECONDS if why else READY_POLL_SECONDS)
            if not why:
                return False

    def _give_up(self, why: ChildFailed) -> None:
        if not self.given_up.done():
            self.given_up.set_exception(why)
