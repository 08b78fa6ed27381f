"""The matrix against one running platform, as it is and with a fault planted."""

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import asyncpg

from tests.security.support.asking import Asking
from tests.security.support.building import Built, build, look_up
from tests.security.support.cells import Cells
from tests.security.support.doors import customers, filing, inside, reading, segments, writing
from tests.security.support.doors.guarding import PROBE, guarded
from tests.security.support.doors.provider_tokens import try_provider
from tests.security.support.doors.reading import Door, Look
from tests.security.support.doors.tokens import try_all
from tests.security.support.model import Model, Viewer
from tests.security.support.mutants import Mutant
from tests.security.support.small_world import small_world, viewers
from tests.security.support.timing import shares
from tests.support.harm import kill
from tests.support.identity_provider import TestProvider
from tests.support.platform import Running, eventually

MUTATING = Path(__file__).with_name("mutating")
BACK_SECONDS = 60.0
AT_ONCE = 3
DOORS: tuple[Door, ...] = (
    *reading.DOORS,
    *filing.DOORS,
    *writing.DOORS,
    *inside.DOORS,
    *customers.DOORS,
    *segments.DOORS,
)


def environment(folder: Path, provider: TestProvider) -> dict[str, str]:
    """What makes a process of the platform look for a mutant at its start, one subject ask as much as it
    likes, and an identity provider be known."""
    return {
        "PYTHONPATH": str(MUTATING),
        "CXM_TEST_MUTANT": str(folder / "mutant.json"),
        "CXM_GATEWAY_SUBJECT_VALUES_RATE": "1000000",
        "CXM_GATEWAY_OIDC_ISSUER": provider.url,
    }


class Matrix:
    """One platform with the small world in it. `folder` is the one that `environment` named."""

    def __init__(self, platform: Running, folder: Path, provider: TestProvider) -> None:
        self.platform = platform
        self.provider = provider
        self.planted = folder / "mutant.json"
        self.today = datetime.now(UTC).date()
        self.everybody = viewers(self.today)
        self.built: Built | None = None
        self.changed: set[str] = set()  # processes that run with a mutant

    def named(self, names: Iterable[str]) -> list[Viewer]:
        wanted = set(names)
        return [viewer for viewer in self.everybody if viewer.name in wanted]

    def run(self, some: Sequence[Viewer], doors: Sequence[Door] = DOORS) -> Cells:
        """All doors for these viewers, and all tokens."""
        return asyncio.run(self._run(some, doors))

    async def _run(self, some: Sequence[Viewer], doors: Sequence[Door]) -> Cells:
        asking, cells = Asking(self.platform.url, self.platform.data_dir), Cells()
        try:
            if self.built is None:
                self.built = await build(asking, small_world(self.today))
            else:  # cursors are made anew, by the process as it is now
                self.built = await look_up(asking, self.built.world)
            waiting = list(some)
            work = (self._look(asking, cells, waiting, doors) for _ in range(AT_ONCE))
            await asyncio.gather(*work)
            await try_all(asking, cells)
            world = self.built.world
            await try_provider(asking, cells, self.provider, world, self.everybody)
            await writing.anonymous(asking, cells, self.built.world)
            await guarded(asking, cells, self.built)
        finally:
            await asking.close()
        return cells

    def time_shares(self, pairs: int) -> Mapping[str, float]:
        """How often what is hidden takes longer than what is absent, by door."""

        async def measure() -> Mapping[str, float]:
            asking = Asking(self.platform.url, self.platform.data_dir)
            viewers = {v.name: v for v in self.everybody}
            head, integration = viewers["department_head-own"], viewers["integration-own"]
            try:
                return await shares(asking, head, integration, pairs)
            finally:
                await asking.close()

        return asyncio.run(measure())

    async def _look(
        self, asking: Asking, cells: Cells, waiting: list[Viewer], doors: Sequence[Door]
    ) -> None:
        assert self.built is not None
        while waiting:
            model = Model(self.built.world, waiting.pop())
            for door in doors:
                look = Look(asking, self.built, model, cells)
                try:
                    await door(look)
                except (KeyError, TypeError, IndexError) as answer:  # not of the form it must have
                    look.check(door.__name__, "form of the answer", "", repr(answer))

    def run_with(self, mutant: Mutant, some: Sequence[Viewer], doors: Sequence[Door]) -> Cells:
        """The same while a fault is planted."""
        if mutant.sql is not None:
            self.heal()
            plant, undo = mutant.sql
            asyncio.run(self._execute(mutant.process, plant))
            try:
                return self.run(some, doors)
            finally:
                asyncio.run(self._execute(mutant.process, undo))
        planted = {"process": mutant.process, "changes": mutant.changes}
        self.planted.write_text(json.dumps(planted))
        try:
            if mutant.process == PROBE:
                return self.run(some, doors)
            self._restart({mutant.process} | self.changed)
            self.changed = {mutant.process}
        finally:
            self.planted.unlink()
        return self.run(some, doors)

    def heal(self) -> None:
        """Every process as it is without a mutant."""
        if self.changed:
            self._restart(self.changed)
            self.changed = set()

    def _restart(self, processes: set[str]) -> None:
        for process in sorted(processes):
            kill(self.platform, process)
        eventually(self.platform.is_ready, seconds=BACK_SECONDS)

    async def _execute(self, service: str, statement: str) -> None:
        url = Asking(self.platform.url, self.platform.data_dir).database_url(service, "owner")
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()
