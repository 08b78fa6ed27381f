"""Answers leave the order in which they came: a large batch at a time, chosen and shuffled by chance, sealed anew.

The spool keeps some back until the wave is closed, so that no batch is small, the last one neither. Which answers are a
batch can be seen in the database; within it nothing joins a row of the spool to one of the ballots.
"""

import asyncio
import secrets
from collections.abc import Sequence
from uuid import UUID, uuid4

import structlog

from services.employee_exp.ballots import storage
from services.employee_exp.ballots.domain.body import Ballot
from services.employee_exp.ballots.sealed_ballots import BallotSeal
from services.employee_exp.ballots.storage import Sealed
from services.employee_exp.sealing.wave_keys import KeyLost, Purpose, WaveKeys
from services.employee_exp.waves.domain.wave import Wave, WaveState
from services.employee_exp.waves.storage import find_in_state
from services.kit.db.advisory_lock import try_lock, unlock
from services.kit.db.database import TROUBLE_OF_SESSIONS, Database
from services.kit.errors import Unavailable
from services.kit.sealing.seal import Unopened

FLUSH_SECONDS = 5.0
FLUSH_LOCK = 0x666C7573
KEPT_BACK, FLUSHED_FROM = 2, 4
"""In k: so many stay, and from so many on a batch is taken. A batch has as many as stay, or more."""
LARGEST_BATCH = 5_000
PASSES: tuple[type[Exception], ...] = (Unavailable, *TROUBLE_OF_SESSIONS)

dice = secrets.SystemRandom()
log = structlog.get_logger()


class BallotFlusher:
    """Moves answers from the spool to the ballots."""

    def __init__(self, database: Database, keys: WaveKeys) -> None:
        self.database = database
        self.keys = keys

    async def run(self) -> None:
        """Flush what has grown large, until cancelled; one replica at a time."""
        while True:
            try:
                await self.look()
            except PASSES as error:
                log.warning("ballots not flushed", error=type(error).__name__)
            await asyncio.sleep(FLUSH_SECONDS)

    async def look(self) -> None:
        """Flush every open wave whose spool is large enough."""
        lock = await try_lock(self.database.pool, FLUSH_LOCK)
        if lock is None:
            return
        try:
            async with self.database.write() as session:
                waves = await find_in_state(session, WaveState.OPEN)
            for wave in waves:
                try:
                    await self.flush(wave)
                except KeyLost as error:
                    log.error("ballots not flushed", wave=wave.id, error=error.message)
        finally:
            await unlock(self.database.pool, FLUSH_LOCK, lock)

    async def flush(self, wave: Wave) -> None:
        """Move a batch by chance, where there is one. KeyLost where a key is gone: all stays as it is."""
        waiting = await self._list(wave)
        if len(waiting) >= FLUSHED_FROM * wave.draft.k:
            leaving = dice.sample(waiting, len(waiting) - KEPT_BACK * wave.draft.k)
            await self._move(wave, leaving)

    async def finish(self, wave: Wave) -> int:
        """Move all that a closed wave has, forget what was kept, and destroy the spool key; how many stay, for they
        cannot be opened.

        Repeated after a crash it goes on where it was.
        """
        waiting = await self._list(wave)
        if waiting:
            self.keys.make(
                wave.id, Purpose.BALLOTS
            )  # where it was lost: these at least can be kept
            try:
                await self._move(wave, waiting)
            except KeyLost:
                log.error("spool key lost", wave=wave.id, ballots=len(waiting))
        async with self.database.write.begin() as session:
            await storage.forget_kept(session, wave.id)
        left = await self._list(wave)
        self.keys.destroy(wave.id, Purpose.SPOOL)
        return len(left)

    async def _list(self, wave: Wave) -> list[UUID]:
        async with self.database.write.begin() as session:
            return await storage.list_spool(session, wave.id)

    async def _move(self, wave: Wave, ids: Sequence[UUID]) -> None:
        """In batches of one size, each in a transaction."""
        spool = BallotSeal.of(self.keys, wave, Purpose.SPOOL)
        ballots = BallotSeal.of(self.keys, wave, Purpose.BALLOTS)
        shuffled = dice.sample(list(ids), len(ids))
        batches = -(-len(ids) // LARGEST_BATCH)
        for number in range(batches):
            await self._move_batch(spool, ballots, shuffled[number::batches])

    async def _move_batch(self, spool: BallotSeal, ballots: BallotSeal, ids: list[UUID]) -> None:
        wave_id = spool.wave.id
        async with self.database.write.begin() as session:
            rows = await storage.find_spool(session, wave_id, ids)
            opened = await asyncio.to_thread(_open, spool, rows)
            taken = await storage.take_spool(session, opened)
            leaving = [ballot for id_, ballot in opened.items() if id_ in taken]
            sealed = await asyncio.to_thread(_seal, ballots, leaving)
            await storage.put_ballots(session, wave_id, sealed)


def _open(seal: BallotSeal, rows: Sequence[Sealed]) -> dict[UUID, Ballot]:
    """Those that can be opened."""
    found = {}
    for id_, sealed in rows:
        try:
            found[id_] = seal.open(sealed, id_)
        except Unopened:
            continue
    if len(found) < len(rows):
        log.error("ballots cannot be opened", wave=seal.wave.id, ballots=len(rows) - len(found))
    return found


def _seal(seal: BallotSeal, ballots: Sequence[Ballot]) -> list[Sealed]:
    """Under new ids, in a new order."""
    shuffled = dice.sample(list(ballots), len(ballots))
    ids = [uuid4() for _ in shuffled]
    return [(id_, seal.seal(ballot, id_)) for id_, ballot in zip(ids, shuffled, strict=True)]
