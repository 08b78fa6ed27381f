"""Announcing changes of scores where nobody listens."""

from collections.abc import Sequence

from services.metrics.answer_log.log import StandingChange


async def announce_nothing(changes: Sequence[StandingChange]) -> None:
    """Nobody listens to changes of scores here."""
