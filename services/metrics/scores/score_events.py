"""Announcing that scores changed: once per batch that was counted, before it is acknowledged.

The announcement goes over the connection that carries the acknowledgement, ahead of it. So what was
acknowledged was announced; what was counted and not announced is delivered again, and announced then.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence, Set

import structlog
from nats.aio.client import Client
from nats.errors import Error as NatsError

from services.kit import clock, telemetry
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import Unavailable
from services.kit.events.streams import SCORE_CHANGED
from services.kit.rights.tree import Tree
from services.metrics.answer_log.log import StandingChange
from services.metrics.domain.above import ever_above
from services.metrics.scores import convert
from services.metrics.scores.affected import Affected, affected_by_answers

Announce = Callable[[Sequence[StandingChange]], Awaitable[None]]
log = structlog.get_logger()


class Announcer:
    """Publishes to everyone who listens now; nobody else hears of it.

    `metrics_of` gives the keys of the metrics that read a survey, `metrics_of_staff` of those that read employment,
    `metrics_of_releases` of those of employee surveys, `metrics_of_purchases` of those of customers and purchases.
    """

    def __init__(
        self,
        client: Client,
        directory: DirectoryCopy,
        metrics_of: Callable[[str], Set[str]],
        metrics_of_staff: Callable[[], Set[str]],
        metrics_of_releases: Callable[[], Set[str]],
        metrics_of_purchases: Callable[[], Set[str]],
    ) -> None:
        self.client = client
        self.directory = directory
        self.metrics_of = metrics_of
        self.metrics_of_staff = metrics_of_staff
        self.metrics_of_releases = metrics_of_releases
        self.metrics_of_purchases = metrics_of_purchases
        self.above_in: tuple[Tree, dict[str, frozenset[str]]] = (directory.tree, {})

    async def announce(self, changes: Sequence[StandingChange]) -> None:
        """Answers were counted here."""
        await self._know({change.department_id for change in changes})
        affected = affected_by_answers(changes, self.metrics_of, self._above)
        await self._try(convert.score_changed(changes, affected, clock.now()))

    async def announce_staff(self, departments: Set[str] | None) -> None:
        """Employment in these departments was counted; None: any of them."""
        await self._announce_counted(self.metrics_of_staff(), departments)

    async def announce_purchases(self, departments: Set[str] | None) -> None:
        """Purchases of these departments were counted; None: any of them, for persons are others."""
        await self._announce_counted(self.metrics_of_purchases(), departments)

    async def _announce_counted(self, metrics: Set[str], departments: Set[str] | None) -> None:
        if departments is None:
            await self._try([convert.score_changed_everywhere(metrics, clock.now())])
            return
        await self._know(departments)
        affected = {above: metrics for id_ in departments for above in self._above(id_)}
        await self._try(convert.score_changed([], affected, clock.now()))

    async def announce_released(self, departments: Set[str]) -> None:
        """Something of these departments was released or withheld; those above are among them, or did not change."""
        affected = dict.fromkeys(departments, self.metrics_of_releases())
        await self._try(convert.score_changed([], affected, clock.now()))

    async def announce_target(self, department: str, metric: str) -> None:
        """The target of a department in a metric is another, or gone."""
        await self._try(convert.score_changed([], {department: {metric}}, clock.now()))

    async def announce_alert(self, departments: Collection[str], metric: str) -> None:
        """An alert of a metric, of a department and those above it, was raised, acknowledged or is over."""
        affected = {department: {metric} for department in departments}
        await self._try(convert.score_changed([], affected, clock.now()))

    async def announce_drivers(self, department: str, metric: str) -> None:
        """An analysis of drivers of a department has ended; "" for an outcome that no metric names."""
        affected = {department: {metric} if metric else None}
        await self._try(convert.score_changed([], affected, clock.now()))

    async def announce_everywhere(self) -> None:
        """Any score of any department may be another."""
        await self._try([convert.score_changed_everywhere(None, clock.now())])

    async def publish(self, affected: Affected) -> None:
        """As above, for whoever tries again: NatsError or OSError if the connection is lost."""
        if affected.departments is None:
            await self._publish([convert.score_changed_everywhere(affected.metrics, clock.now())])
        else:
            by_department = dict.fromkeys(affected.departments, affected.metrics)
            await self._publish(convert.score_changed([], by_department, clock.now()))

    def _above(self, department_id: str) -> frozenset[str]:
        tree, known = self.above_in
        if tree is not self.directory.tree:
            tree, known = self.above_in = (self.directory.tree, {})
        found = known.get(department_id)
        if found is None:
            found = known[department_id] = ever_above(tree, department_id)
        return found

    async def _know(self, departments: Set[str]) -> None:
        try:
            await self.directory.know_department_ids(departments)
        except Unavailable as error:
            # Whoever lacks a department in the copy cannot read its scores in an ancestor yet either.
            log.info("ancestors not known", error=str(error))

    async def _try(self, messages: Iterable[convert.ScoreChanged]) -> None:
        try:
            await self._publish(messages)
        except (NatsError, OSError) as error:
            # The acknowledgement does not get through either, so the batch comes again.
            log.warning("scores not announced", error=type(error).__name__)

    async def _publish(self, messages: Iterable[convert.ScoreChanged]) -> None:
        trace = telemetry.current_traceparent()
        headers = {telemetry.TRACEPARENT: trace} if trace else None
        for message in messages:
            await self.client.publish(SCORE_CHANGED, message.SerializeToString(), headers=headers)
