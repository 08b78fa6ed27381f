"""Releases what is closed and destroys what is over, in the background; one replica at a time."""

import asyncio

import structlog

from services.employee_exp.releases.releasing import WaveReleaser
from services.employee_exp.waves.domain.wave import Wave, WaveState
from services.employee_exp.waves.storage import find_in_state
from services.kit.db.advisory_lock import try_lock, unlock
from services.kit.db.database import TROUBLE_OF_SESSIONS, Database
from services.kit.errors import Unavailable
from services.kit.numbers import metering

LOOK_SECONDS = 5.0
RELEASE_LOCK = 0x72656C65
PASSES: tuple[type[Exception], ...] = (Unavailable, *TROUBLE_OF_SESSIONS)

log = structlog.get_logger()
_GIVEN_UP = metering.gauge(
    "cxm.releases.given_up",
    unit="{wave}",
    meaning="Closed waves that this process does not try to release again: a defect is the cause.",
)


class ReleaseRunner:
    """Looks for closed waves: what a crash interrupted is found again. `closed` makes it look at once."""

    def __init__(self, database: Database, releaser: WaveReleaser) -> None:
        self.database = database
        self.releaser = releaser
        self.waking = asyncio.Event()
        self.given_up: set[str] = set()

    def closed(self) -> None:
        """A wave was closed."""
        self.waking.set()

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.look()
            except PASSES as error:
                log.warning("waves not released", error=type(error).__name__)
            try:
                async with asyncio.timeout(LOOK_SECONDS):
                    await self.waking.wait()
            except TimeoutError:
                continue
            finally:
                self.waking.clear()

    async def look(self) -> None:
        """Release every closed wave, and destroy the ballots of those that closed 90 days ago."""
        lock = await try_lock(self.database.pool, RELEASE_LOCK)
        if lock is None:
            return
        _GIVEN_UP.set(len(self.given_up))
        try:
            async with self.database.write() as session:
                waves = await find_in_state(session, WaveState.CLOSED)
            for wave in waves:
                if wave.id not in self.given_up:
                    await self._release(wave)
            await self.releaser.expire()
        finally:
            await unlock(self.database.pool, RELEASE_LOCK, lock)

    async def _release(self, wave: Wave) -> None:
        """Give a wave up until this process starts anew where only a defect can be the cause: nothing is published."""
        try:
            await self.releaser.release(wave)
        except PASSES:
            raise
        except Exception as error:  # noqa: BLE001 - one wave must not end the process; NotReleasable too
            # Not what it says: that may quote what people wrote.
            log.error("wave not releasable", wave=wave.id, error=type(error).__name__)
            self.given_up.add(wave.id)
            _GIVEN_UP.set(len(self.given_up))
