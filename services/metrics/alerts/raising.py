"""Looking at departments: an alert is raised where a score fell, and ended where it is over."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from services.kit import clock
from services.kit.db.database import Database
from services.kit.directory.copy import DirectoryCopy
from services.kit.events.outbox import Outbox
from services.kit.events.streams import ALERT_RAISED
from services.kit.numbers import metering
from services.metrics.alerts import convert, storage
from services.metrics.alerts.domain import (
    BACK_WEEKS,
    EWMA,
    Alert,
    AlertEnd,
    Past,
    interval_of,
    judge,
    week_of,
    weeks_before,
)
from services.metrics.alerts.seats import Seats
from services.metrics.alerts.week_store import WeekStore
from services.metrics.definitions.domain.definitions import Definition
from services.metrics.domain.periods import WEEK_DAYS
from services.metrics.formulas.scores import Interval
from services.metrics.formulas.shifts.weeks import LATEST_WEEKS, NOTHING, Shift, usual_weeks
from services.metrics.scores.reader import ScoreReader

Cell = tuple[str, str]
"""A department by id and a metric by key."""
AnnounceAlerts = Callable[[Collection[str], str], Awaitable[None]]
"""Tells who looks at these departments, by id, that their score of a metric, by key, shows something else."""
TOUCHPOINT, SEGMENT = "touchpoint", "segment"

_CHANGED = metering.counter(
    "cxm.alerts.changed",
    unit="{alert}",
    meaning="Alerts that this process raised or ended, by how.",
    labels=("how",),
)


NO_PAST = Past()


class AlertRaising:
    """Judges the weeks of departments.

    Replicas may judge the same one: of two that raise an alert, or end it, one does, and announces it.
    """

    def __init__(
        self,
        database: Database,
        directory: DirectoryCopy,
        reader: ScoreReader,
        store: WeekStore,
        outbox: Outbox,
        announce: AnnounceAlerts,
    ) -> None:
        self.database = database
        self.directory = directory
        self.reader = reader
        self.store = store
        self.seats = Seats(directory, reader)
        self.outbox = outbox
        self.announce = announce

    async def past(self, departments: Sequence[str]) -> Mapping[Cell, Past]:
        """The alerts that the next judgement of these departments looks at."""
        async with self.database.read() as session:
            since = week_of(self.reader.today()) - 2 * BACK_WEEKS * WEEK_DAYS
            alerts = await storage.known_alerts(session, departments, since)
        open_ones = {(a.department_id, a.metric): a for a in alerts if a.end is None}
        fallen: dict[Cell, set[int]] = {}
        for alert in alerts:
            if alert.ended_at is not None:
                last = self.directory.tree.local_day(alert.ended_at)
                mondays = range(week_of(alert.since_day), last + 1, WEEK_DAYS)
                fallen.setdefault((alert.department_id, alert.metric), set()).update(mondays)
        return {
            cell: Past(open_ones.get(cell), frozenset(fallen.get(cell, ())))
            for cell in open_ones.keys() | fallen.keys()
        }

    async def judge(self, departments: Sequence[str], past: Mapping[Cell, Past]) -> None:
        """Judge every metric of answers of these departments, each with all under it, and store what comes of it."""
        today = self.store.today
        raised: list[Alert] = []
        ended: list[tuple[Alert, AlertEnd]] = []
        for department in departments:
            # The first metric last, so that a list, the newest first, begins with it.
            for key, metric in reversed(self.store.metrics.items()):
                known, weeks = (
                    past.get((department, key), NO_PAST),
                    self.store.weeks(department, key),
                )
                found = judge(metric, weeks.sums, weeks.ends, today, known)
                if found.end is not None and known.open is not None:
                    ended.append((known.open, found.end))
                elif found.fall is not None:
                    usual = usual_weeks(weeks_before(weeks.sums, today, known))
                    usual_interval = interval_of(metric, sum(usual, NOTHING))
                    raised.append(
                        await self._alert(department, metric, found.fall, usual_interval, today)
                    )
        if raised or ended:
            await self._store(raised, ended)

    async def announce_all(self, session: AsyncSession) -> None:
        """Announce every open alert; who knows one already changes nothing."""
        for alert in await storage.all_open(session):
            await self._tell(session, alert)

    async def _alert(
        self,
        department: str,
        metric: Definition,
        fall: Shift,
        usual_interval: Interval,
        today: int,
    ) -> Alert:
        week = week_of(today)
        since_day = week - (LATEST_WEEKS - 1 - fall.since) * WEEK_DAYS
        touchpoint, segment = [
            await self.seats.find(department, metric, dimension, since_day)
            for dimension in (TOUCHPOINT, SEGMENT)
        ]
        return Alert(
            id=clock.new_id(),
            department_id=department,
            metric=metric.key,
            version=metric.version,
            rule=EWMA,
            week=week,
            since_day=since_day,
            value=fall.latest.value,
            value_interval=interval_of(metric, fall.latest),
            base=fall.latest.base,
            usual=fall.usual,
            usual_interval=usual_interval,
            deviation=fall.deviation,
            touchpoint=touchpoint,
            segment=segment,
            raised_at=clock.now(),
        )

    async def _store(
        self, raised: Sequence[Alert], ended: Sequence[tuple[Alert, AlertEnd]]
    ) -> None:
        stored: list[tuple[Alert, str]] = []
        async with self.database.write.begin() as session:
            for alert, end in ended:
                if await storage.end_alert(session, alert.id, end, clock.now()):
                    stored.append((alert, end.value))
            for alert in raised:
                if await storage.add_alert(session, alert):
                    await self._tell(session, alert)
                    stored.append((alert, "RAISED"))
        for alert, how in stored:
            _CHANGED.add(1, how)
            await self.announce(self._line(alert), alert.metric)

    async def _tell(self, session: AsyncSession, alert: Alert) -> None:
        await self.outbox.announce(
            session, ALERT_RAISED, convert.alert_raised(alert, self._line(alert))
        )

    def _line(self, alert: Alert) -> list[str]:
        """Whose pages show it: the department and those above it."""
        return self.directory.tree.line(alert.department_id) or [alert.department_id]
