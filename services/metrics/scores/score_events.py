"""Announcing that scores changed: once per batch that was counted, before it is acknowledged.

The announcement goes over the connection that carries the acknowledgement, ahead of it. So what was
acknowledged was announced; what was counted and not announced is delivered again, and announced then.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence, Set

import structlog
from nats.aio.client import Client
from nats.errors import Error as NatsError

from services.kit import clock, telemetry
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import Unavailable
from services.kit.events.streams import SCORE_CHANGED
from services.kit.rights.tree import Tree
from services.metrics.answer_log.log import StandingChange
from services.metrics.scores import convert

Announce = Callable[[Sequence[StandingChange]], Awaitable[None]]
log = structlog.get_logger()


class Announcer:
    """Publishes what an apply returned. `metrics_of` gives the keys of the metrics that read a survey."""

    def __init__(
        self, client: Client, directory: DirectoryCopy, metrics_of: Callable[[str], Set[str]]
    ) -> None:
        self.client = client
        self.directory = directory
        self.metrics_of = metrics_of

    async def announce(self, changes: Sequence[StandingChange]) -> None:
        """Publish to everyone who listens now; nobody else hears of it."""
        departments = {change.department_id for change in changes}
        try:
            await self.directory.know_department_ids(departments)
        except Unavailable as error:
            # Whoever lacks a department in the copy cannot read its scores in an ancestor yet either.
            log.info("ancestors not known", error=str(error))
        metrics = affected(changes, self.directory.tree, self.metrics_of)
        trace = telemetry.current_traceparent()
        headers = {telemetry.TRACEPARENT: trace} if trace else None
        try:
            for message in convert.score_changed(changes, metrics, clock.now()):
                await self.client.publish(
                    SCORE_CHANGED, message.SerializeToString(), headers=headers
                )
        except (NatsError, OSError) as error:
            # The acknowledgement does not get through either, so the batch comes again.
            log.warning("scores not announced", error=type(error).__name__)


def affected(
    changes: Sequence[StandingChange], tree: Tree, metrics_of: Callable[[str], Set[str]]
) -> Mapping[str, set[str]]:
    """Metrics by department: those where answers were counted, and everything above them today."""
    by_department: defaultdict[str, set[str]] = defaultdict(set)
    for change in changes:
        metrics = metrics_of(change.survey_id)
        if metrics:
            for department in tree.line(change.department_id) or [change.department_id]:
                by_department[department] |= metrics
    return by_department
