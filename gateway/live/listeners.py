"""Who listens to which department's scores and alerts, and what is not yet sent to them."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from cxm.metrics.v1.events_pb2 import AlertRaised, ScoreChanged
from gateway.live.kept import KeptAnswers
from services.kit.errors import Failure, Unavailable
from services.kit.rights.access import Viewer

INTERVAL_SECONDS = 0.25
"""Between two events of one subscription: at most 4 a second."""
UPSTREAM_SECONDS = 5.0
HEARING_SECONDS = 120.0
"""After the last answer that could be kept."""

Metrics = frozenset[str] | None
"""Keys of metrics; None: any of them."""


@dataclass(frozen=True, slots=True)
class ChangedScores:
    """Scores of these metrics may differ from before."""

    metrics: Metrics
    at: datetime


class Subscriber:
    """One subscription to a department."""

    def __init__(self, viewer: Viewer, key: str, department_id: str) -> None:
        self.viewer = viewer
        self.key = key
        self.department_id = department_id
        self.failure: Failure | None = None
        self.news = asyncio.Event()

    def offer(self, change: ChangedScores) -> None:
        """Scores changed."""

    def wake(self) -> None:
        """An alert was raised, or may have been."""

    def end(self, failure: Failure) -> None:
        """Let the subscription fail with its next event."""
        self.failure = failure
        self.news.set()


class AlertListener(Subscriber):
    """A subscription to alerts: it is told that there may be new ones, and reads them."""

    def wake(self) -> None:
        self.news.set()

    async def raised(self) -> AsyncIterator[None]:
        """Once for all that were raised meanwhile, until the subscription is ended; raises what it is ended with."""
        while True:
            await self.news.wait()
            self.news.clear()
            if self.failure is not None:
                raise self.failure
            yield
            await asyncio.sleep(INTERVAL_SECONDS)


class Listener(Subscriber):
    """A subscription to scores. `wanted` are the metrics it is about.

    The first change is sent at once; those within a quarter of a second after it become one, sent at the end
    of it. So a slow client misses repeats, but never the last one.
    """

    def __init__(self, viewer: Viewer, key: str, department_id: str, wanted: Metrics) -> None:
        super().__init__(viewer, key, department_id)
        self.wanted = wanted
        self.pending: ChangedScores | None = None

    def offer(self, change: ChangedScores) -> None:
        """Send a change, together with what was not sent yet."""
        metrics = _both(change.metrics, self.wanted)
        if metrics is not None and not metrics:
            return
        waiting = self.pending
        if waiting is not None:
            metrics = (
                None if waiting.metrics is None or metrics is None else waiting.metrics | metrics
            )
        self.pending = ChangedScores(metrics, change.at)
        self.news.set()

    async def changes(self) -> AsyncIterator[ChangedScores]:
        """Changes until the subscription is ended; raises the failure it is ended with."""
        while True:
            await self.news.wait()
            self.news.clear()
            if self.failure is not None:
                raise self.failure
            if self.pending is not None:
                change, self.pending = self.pending, None
                yield change
                await asyncio.sleep(INTERVAL_SECONDS)


def _both(changed: Metrics, wanted: Metrics) -> Metrics:
    if changed is None or wanted is None:
        return wanted if changed is None else changed
    return changed & wanted


class Listeners:
    """All subscriptions of this process, and the answers it keeps. The upstream (upstream.py) hears for them while any
    are there."""

    def __init__(self, kept: KeptAnswers | None = None) -> None:
        self.kept = kept or KeptAnswers(0)
        self.hears_until = 0.0
        self.by_department: defaultdict[str, set[Subscriber]] = defaultdict(set)
        self.wanted = asyncio.Event()
        self.idle = asyncio.Event()
        self.live = asyncio.Event()
        self.idle.set()

    def __iter__(self) -> Iterator[Subscriber]:
        return (listener for group in self.by_department.values() for listener in group)

    async def listen(self, listener: Subscriber) -> None:
        """Let it hear every change from now on; Unavailable, and it does not, if nothing can be heard here."""
        self.by_department[listener.department_id].add(listener)
        self.idle.clear()
        self.wanted.set()
        try:
            async with asyncio.timeout(UPSTREAM_SECONDS):
                await self.live.wait()
        except TimeoutError as error:
            self.leave(listener)
            raise Unavailable("changes cannot be heard now: try again in a moment") from error
        except BaseException:
            self.leave(listener)
            raise

    def leave(self, listener: Subscriber) -> None:
        """Let it hear no more; it may have left before."""
        self.by_department[listener.department_id].discard(listener)
        if not self.by_department[listener.department_id]:
            del self.by_department[listener.department_id]
        self._rest()

    def hear_for_answers(self) -> None:
        """Hear for HEARING_SECONDS more, for the answers that are kept."""
        loop = asyncio.get_running_loop()
        if not self.hears_until:
            loop.call_later(HEARING_SECONDS, self._hear_no_more)
        self.hears_until = loop.time() + HEARING_SECONDS
        self.idle.clear()
        self.wanted.set()

    def _hear_no_more(self) -> None:
        loop = asyncio.get_running_loop()
        if loop.time() < self.hears_until:
            loop.call_at(self.hears_until, self._hear_no_more)
            return
        self.hears_until = 0.0
        self.kept.drop_all()
        self._rest()

    def _rest(self) -> None:
        if not self.by_department and not self.hears_until:
            self.wanted.clear()
            self.idle.set()

    def hear(self, announced: ScoreChanged) -> None:
        """Pass an announcement on to whom it concerns."""
        at = announced.at.ToDatetime(UTC)
        self.kept.drop([department.department_id for department in announced.departments])
        if announced.HasField("everywhere"):
            self.kept.drop_all()
        for department in announced.departments:
            change = ChangedScores(_metrics(department.metrics), at)
            for listener in self.by_department.get(department.department_id, ()):
                listener.offer(change)
        if announced.HasField("everywhere"):
            self._tell_all(ChangedScores(_metrics(announced.everywhere.metrics), at))

    def hear_alert(self, raised: AlertRaised) -> None:
        """Wake whom an alert concerns."""
        for department in raised.shown_in:
            for listener in self.by_department.get(department, ()):
                listener.wake()

    def hear_directory(self) -> None:
        """Departments or touchpoints changed."""
        self.kept.drop_all()

    def missed(self) -> None:
        """Announcements may have been lost: to everybody, anything may have changed."""
        self.kept.drop_all()
        self._tell_all(ChangedScores(None, datetime.now(UTC)))
        for listener in self:
            listener.wake()

    def _tell_all(self, change: ChangedScores) -> None:
        for listener in self:
            listener.offer(change)


def _metrics(keys: Collection[str]) -> Metrics:
    return frozenset(keys) or None
