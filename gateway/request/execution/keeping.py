"""Answers that are kept for the next one who asks the same (live/kept.py): looked up, and kept where they may be."""

from collections.abc import Awaitable

from gateway.live.kept import LARGEST_REQUEST, KeptAnswer, Key
from gateway.live.listeners import Listeners
from gateway.request.asked import Unparsed
from gateway.request.execution.operations import SECONDS
from gateway.request.outcome import Measure, Outcome
from services.kit.rights.access import ANONYMOUS, Viewer


class AnswerKeeping:
    """Keeps answers while it is heard what changes."""

    def __init__(self, listeners: Listeners) -> None:
        self.listeners = listeners
        self.kept = listeners.kept

    def key_of(self, sent: Unparsed, viewer: Viewer) -> Key | None:
        """By what an answer is kept; None where none is."""
        is_out = viewer is ANONYMOUS or len(sent.data) > LARGEST_REQUEST
        return None if is_out or not self.kept.seconds else (viewer.grants, sent.is_get, sent.data)

    async def find(self, sent: Unparsed, key: Key | None) -> KeptAnswer | None:
        """The answer that was kept."""
        if key is None or sent.wants_new or not self.listeners.live.is_set():
            return None
        return await self.kept.find_soon(key, SECONDS)

    async def keep(
        self, key: Key | None, answering: Awaitable[Outcome], measure: Measure
    ) -> Outcome:
        """An answer, kept where it may be and nothing it was made of changed meanwhile."""
        if key is None:
            return await answering
        is_heard = self.listeners.live.is_set()  # from before anything is read
        with self.kept.reading(key) as reading:
            outcome = await answering
            if outcome.departments is not None:
                self.listeners.hear_for_answers()
                if is_heard and reading.is_current(outcome.departments):
                    outcome.content = outcome.written()
                    operation, departments = measure.operation, outcome.departments
                    self.kept.keep(key, outcome.content, operation, outcome.cost, departments)
            return outcome
