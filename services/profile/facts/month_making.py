"""The tables of months that facts go into are made before the facts come."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from services.kit.clock import Clock
from services.kit.db.database import Pool
from services.kit.errors import Invalid
from services.profile.facts import storage
from services.profile.facts.months import Month, month_of


class MonthMaker:
    """Of one table of facts, which keeps so many months beside the present one, and details of facts for `bare_after`.
    Other replicas may make months too.
    """

    def __init__(
        self, pool: Pool, table: str, zone: ZoneInfo, keep: int, bare_after: int, clock: Clock
    ) -> None:
        self.pool = pool
        self.table = table
        self.zone = zone
        self.keep = keep
        self.bare_after = bare_after
        self.clock = clock
        self.made: set[Month] = set()

    @property
    def oldest(self) -> Month:
        """Facts of months before are dropped."""
        return month_of(self.clock(), self.zone).plus(-self.keep)

    def check(self, at: datetime) -> None:
        """Invalid (TOO_OLD) for a fact that would be dropped at once."""
        if at < self.oldest.begins(self.zone):
            message = f"it is older than {self.keep} months, and would be dropped: leave it out"
            raise Invalid(message, reason="TOO_OLD", field=["at"])

    def is_bare(self, at: datetime) -> bool:
        """Whether a fact of this time has lost its details, also when it comes only now."""
        return month_of(at, self.zone) < month_of(self.clock(), self.zone).plus(-self.bare_after)

    async def make(self, instants: Iterable[datetime]) -> None:
        """Let there be a table for the month of each; one that is there stays."""
        for month in {month_of(at, self.zone) for at in instants} - self.made:
            begins, ends = month.begins(self.zone), month.plus(1).begins(self.zone)
            await storage.make_month(self.pool, self.table, month.name, begins, ends)
            self.made.add(month)
