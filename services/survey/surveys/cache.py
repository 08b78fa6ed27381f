"""The surveys that responses are given to, remembered for a moment."""

import time
from collections.abc import Callable, Iterable, Sequence

from services.kit import clock
from services.kit.db.database import Sessions, reaching
from services.kit.groups.group_commit import GroupCommit
from services.survey.domain.text import can_be_a_key
from services.survey.surveys import storage as survey_storage
from services.survey.surveys.domain.lifecycle import UNOPENED
from services.survey.surveys.domain.surveys import Survey

REMEMBERED_SECONDS = 5.0
MOST_KEYS_AT_ONCE = 1_000


class SurveyCache:
    """Surveys by key. A missing one is looked up at once; a change made elsewhere is seen within seconds.

    Look-ups wait for each other and go out together, so unknown keys cost one query at a time. What is not open yet is
    not remembered: it may be edited until the instant it opens.
    """

    def __init__(self, sessions: Sessions, now: clock.Clock) -> None:
        self.sessions = sessions
        self.now = now
        self.known: dict[str, Survey] = {}
        self.read_at = 0.0
        self.lookups = GroupCommit(self._look_up, largest=MOST_KEYS_AT_ONCE)

    async def find(
        self, keys: Iterable[str], is_seen: Callable[[Survey], bool] | None = None
    ) -> dict[str, Survey]:
        """The surveys of these keys; what is absent, or not seen by whoever asks, is left out.

        One that is not seen is looked up each time, as one that is absent: the time tells neither.
        """
        wanted = set(keys)
        if time.monotonic() - self.read_at > REMEMBERED_SECONDS:
            self.known, self.read_at = {}, time.monotonic()
        found = {key: self.known[key] for key in wanted if key in self.known}
        if is_seen is not None:
            found = {key: survey for key, survey in found.items() if is_seen(survey)}
        missing = [key for key in wanted if key not in found and can_be_a_key(key)]
        if missing:
            surveys = await self.lookups.submit(missing)
            looked_up = zip(missing, surveys, strict=True)
            found |= {key: s for key, s in looked_up if s and (is_seen is None or is_seen(s))}
        return found

    def forget(self, key: str) -> None:
        """Look a survey up again when it is next named."""
        self.known.pop(key, None)

    async def _look_up(self, keys: Sequence[str]) -> Sequence[Survey | None]:
        with reaching("surveys"):
            async with self.sessions() as session:
                found = await survey_storage.surveys_by_key(session, set(keys))
        now = self.now()
        self.known |= {key: s for key, s in found.items() if s.life.at(now) not in UNOPENED}
        return [found.get(key) for key in keys]
