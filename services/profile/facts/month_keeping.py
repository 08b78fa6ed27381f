"""Months of facts that are over: sorted by person, bared of what is kept for a shorter time, dropped when old."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from services.kit.clock import Clock
from services.kit.db.advisory_lock import try_lock, unlock
from services.kit.db.database import TROUBLE, Pool
from services.profile.facts import storage
from services.profile.facts.months import Month, month_named, month_of

KEEPER_LOCK: Final = 0x6D6F6E74
LOOK_SECONDS: Final = 600.0
SORTED_AFTER: Final = timedelta(days=7)
"""After the end of a month: facts come late, and land behind the sorted ones."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class MonthRules:
    """Of one table: for how many months beside the present one it is kept, and after how many `bare` takes away what is
    kept for a shorter time."""

    table: str
    keep: int
    bare_after: int | None = None
    bare: Callable[[Pool, str], Awaitable[None]] | None = None


class MonthKeeper:
    """Several replicas may look; one at a time acts."""

    def __init__(
        self, pool: Pool, zone: ZoneInfo, rules: Sequence[MonthRules], clock: Clock
    ) -> None:
        self.pool = pool
        self.zone = zone
        self.rules = rules
        self.clock = clock

    async def run(self) -> None:
        """Look every ten minutes, until cancelled."""
        while True:
            try:
                await self._alone()
            except TROUBLE as error:
                log.warning("months of facts are looked at later", error=type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)

    async def _alone(self) -> None:
        connection = await try_lock(self.pool, KEEPER_LOCK)
        if connection is None:
            return
        try:
            await self.look()
        finally:
            await unlock(self.pool, KEEPER_LOCK, connection)

    async def look(self) -> None:
        """Do what is due; each step is a transaction, and may be repeated."""
        for rules in self.rules:
            known = await storage.find_months(self.pool, rules.table)
            for name in await storage.list_months(self.pool, rules.table):
                await self._keep(rules, month_named(name), known.get(name, (False, False)))

    async def _keep(self, rules: MonthRules, month: Month, done: tuple[bool, bool]) -> None:
        is_sorted, is_bare = done
        now, today = self.clock(), month_of(self.clock(), self.zone)
        if month < today.plus(-rules.keep):
            await storage.drop_month(self.pool, rules.table, month.name)
            log.info("a month of facts was dropped", table=rules.table, month=month.name)
            return
        begins, ends = month.begins(self.zone), month.plus(1).begins(self.zone)
        if now < ends + SORTED_AFTER:
            return
        is_due = rules.bare_after is not None and month < today.plus(-rules.bare_after)
        if is_due and not is_bare and rules.bare is not None:
            await rules.bare(self.pool, month.name)
            is_sorted, is_bare = False, True
        if not is_sorted:
            await storage.sort_month(self.pool, rules.table, month.name, begins, ends)
        if (True, is_bare) != done:
            await storage.put_month(self.pool, rules.table, month.name, is_bare=is_bare)
