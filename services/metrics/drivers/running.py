"""Who works on analyses: one at a time for all replicas, in a process of its own that a cancellation ends.

An analysis whose process has died with its replica is taken up again by whoever is free; the same seed gives the same.
"""

import asyncio
import json
import os
import signal
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Final
from uuid import UUID

import structlog

from services.kit import clock
from services.kit.child_process import ChildDied, Ended, run_module
from services.kit.db.advisory_lock import try_lock, unlock
from services.kit.db.database import TROUBLE, Database
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import Broken, Failure
from services.metrics.answer_log.layout import Item
from services.metrics.cube.cube import Cube
from services.metrics.domain import scope as scopes
from services.metrics.domain.scope import Cut
from services.metrics.drivers import storage
from services.metrics.drivers.choosing import item_of
from services.metrics.drivers.domain import (
    CLEAR,
    FEWEST_DRIVERS,
    Analysis,
    AnalysisState,
    Asked,
    DriverFound,
    Found,
    WeightStatus,
    best_codes,
    better,
    smallest_base,
)
from services.metrics.drivers.joint import joint_parts, write_joint
from services.metrics.formulas.drivers.weights import Estimate
from services.metrics.formulas.scores import number

ANALYSING: Final = 3  # the advisory lock; no other lock of metrics has this number
LOOK_SECONDS: Final = 5.0
SHOW_SECONDS: Final = 0.25
MOST_TRIES: Final = 3
MODULE: Final = "services.metrics.drivers.weighing"
CPU_SECONDS: Final = 600  # that an analysis may take of one processor
ONE_THREAD: Final = {"OPENBLAS_NUM_THREADS": "1"}
MOST_TOLD: Final = 1 << 20  # bytes
FAILED: Final = "it could not be analysed: see the log of metrics"
TOO_LONG: Final = "its draws took more than 10 minutes of a processor: name fewer drivers, or fewer days of answers"
GIVEN_UP: Final = "each process that worked on it has ended: see the log of metrics"

AnnounceAnalysis = Callable[[str, str], Awaitable[None]]
"""Tells who looks at a department, by id, that there is news of a metric, by key."""
log = structlog.get_logger()


class DriverRunner:
    """Takes up what was asked for, here or in another replica."""

    def __init__(
        self, database: Database, cube: Cube, directory: DirectoryCopy, announce: AnnounceAnalysis
    ) -> None:
        self.database = database
        self.cube = cube
        self.directory = directory
        self.announce = announce
        self.asked = asyncio.Event()

    async def run(self) -> None:
        """Work on whatever waits until cancelled; looks at once when `asked` is set."""
        while True:
            try:
                await self.work()
            except TROUBLE as error:
                log.warning("drivers not analysed", error=type(error).__name__)
            with suppress(TimeoutError):  # then look whether another replica has left something
                await asyncio.wait_for(self.asked.wait(), LOOK_SECONDS)
            self.asked.clear()

    async def work(self) -> None:
        """Work until nothing waits, unless another replica does."""
        if await self._next() is None:
            return
        connection = await try_lock(self.database.pool, ANALYSING)
        if connection is None:
            return
        try:
            while (id_ := await self._next()) is not None:
                await self._take_up(id_)
        finally:
            await unlock(self.database.pool, ANALYSING, connection)

    async def _next(self) -> str | None:
        async with self.database.read() as session:
            return await storage.next_open(session)

    async def _take_up(self, id_: str) -> None:
        async with self.database.write.begin() as session:
            tries = await storage.begin(session, id_)
            analysis = await storage.find(session, id_)
        if tries is None or analysis is None:
            return  # cancelled meanwhile
        failure = ""
        try:
            found = await self._analyse(analysis) if tries <= MOST_TRIES else None
            failure = GIVEN_UP if tries > MOST_TRIES else ""
        except Failure as error:
            log.warning("drivers not analysed", reason=error.reason)
            found, failure = None, error.message
        except TROUBLE:
            raise  # nothing can be kept now: it is taken up again
        except Exception as error:  # whoever asked must hear of it, and others wait behind it
            log.error("drivers not analysed", exc_info=error)
            found, failure = None, FAILED
        if found is None and not failure:
            return  # cancelled meanwhile
        await self._keep(id_, found, failure)
        await self.announce(analysis.asked.department_id, analysis.asked.metric)

    async def _keep(self, id_: str, found: Found | None, failure: str) -> None:
        state = AnalysisState.FAILED if found is None else AnalysisState.DONE
        async with self.database.write.begin() as session:
            if await storage.end(session, id_, state, clock.now(), failure) and found is not None:
                await storage.put_found(session, id_, found)

    async def _analyse(self, analysis: Analysis) -> Found | None:
        """What was found; None if it was cancelled."""
        asked = analysis.asked
        with TemporaryFile() as rows, TemporaryFile() as told:
            await self._write(asked, rows)
            os.lseek(rows.fileno(), 0, os.SEEK_SET)  # the place the other process begins at
            work = asyncio.create_task(
                run_module(
                    MODULE,
                    [],
                    what="weighs drivers",
                    stdin=rows,
                    stdout=told,
                    environment=ONE_THREAD,
                )
            )
            try:
                if not await self._show_until_done(asked.id, work, told):
                    return None
            finally:
                work.cancel()
                await asyncio.wait([work])
            _check_end(work)
            return _found(asked, _read(told)["found"])

    async def _show_until_done(self, id_: str, work: "asyncio.Task[Ended]", told: BinaryIO) -> bool:
        """Show how far it is until it is done; False as soon as nobody wants it any more."""
        while True:
            done, _ = await asyncio.wait([work], timeout=SHOW_SECONDS)
            if done:
                return True
            async with self.database.write.begin() as session:
                if not await storage.show_progress(session, id_, _read(told)["done"]):
                    return False

    async def _write(self, asked: Asked, rows: BinaryIO) -> None:
        await self.cube.surveys.know([asked.survey_id])
        layout = self.cube.surveys.layouts[asked.survey_id]
        tree = self.directory.tree
        scope = scopes.whole(
            tree,
            asked.department_id,
            asked.period,
            as_it_was=asked.as_it_was,
            subtree=asked.subtree,
        )
        found = [item_of(layout, question) for question in (*asked.drivers, asked.outcome)]
        items = [item for item in found if item is not None]
        cut = Cut(dimensions=asked.filters).by_id(tree)
        parts, keep = await joint_parts(self.cube, scope, layout.survey, cut.dimensions)
        await asyncio.to_thread(write_joint, rows, _head(asked, items), parts, keep, items)


def _head(asked: Asked, items: Sequence[Item]) -> dict[str, Any]:
    """What is asked of the process; `items` are those of the drivers, the outcome's last."""
    best = [
        [at for at, code in enumerate(item.codes) if code in best_codes(item.kind, item.codes)]
        for item in items[:-1]
    ]
    return {
        "method": asked.method.value,
        "seed": UUID(asked.id).int,
        "cpu_seconds": CPU_SECONDS,
        "smallest_base": smallest_base(len(asked.drivers)),
        "fewest_drivers": FEWEST_DRIVERS,
        "clear": CLEAR,
        "scales": [[better(item.kind, number(code)) for code in item.codes] for item in items],
        "best": best,
    }


def _check_end(work: "asyncio.Task[Ended]") -> None:
    """Broken, with words for people, if the process did not come to its end."""
    try:
        ended = work.result()
    except ChildDied as error:
        log.error("drivers not weighed", signal=error.signal.name)
        is_time = error.signal is signal.SIGXCPU
        raise Broken(TOO_LONG if is_time else FAILED) from error
    if ended.status != 0:
        log.error("drivers not weighed", status=ended.status, told=ended.told)
        raise Broken(FAILED)


def _read(told: BinaryIO) -> dict[str, Any]:
    """What the process has told so far, by whole lines: how far it is, and at the end what was found."""
    text = os.pread(told.fileno(), MOST_TOLD, 0).decode()
    found: dict[str, Any] = {"done": 0.0}
    for line in text.splitlines(keepends=True):
        if line.endswith("\n"):
            found |= json.loads(line)
    return found


def _found(asked: Asked, told: dict[str, Any]) -> Found:
    drivers = tuple(
        DriverFound(
            question,
            each["best"],
            _estimate(each.get("weight")),
            _estimate(each.get("share")),
            _estimate(each.get("correlation")),
        )
        for question, each in zip(asked.drivers, told["drivers"], strict=True)
    )
    return Found(
        WeightStatus(told["status"]),
        told["answered"],
        told["base"],
        drivers,
        _estimate(told.get("explained")),
        told.get("chance"),
        told.get("r_squared"),
    )


def _estimate(told: dict[str, float] | None) -> Estimate | None:
    return None if told is None else Estimate(**told)
