"""The hot path: submissions in, each checked and attributed on its own, all that hold stored in the next group."""

import asyncio
from collections.abc import Sequence

from services.kit import telemetry
from services.kit.db.store_room import StoreRoom
from services.kit.groups.group_commit import GroupCommit
from services.kit.rights.access import ANONYMOUS, Viewer
from services.survey.attribution.labels import Labels
from services.survey.attribution.submission import Submission
from services.survey.responses.domain.judgement import Accepted, Judged, LateResponse
from services.survey.responses.domain.outcome import SubmissionOutcome, outcomes_of
from services.survey.responses.judging import CHECKED_AT_ONCE, Judging
from services.survey.responses.writer import Entry, ResponseWriter, entry_of

LARGEST_GROUP = 1_000
GATHER_SECONDS = 0.005  # a commit takes some milliseconds; so long more fill its envelope


class Intake:
    """Takes submissions in. What a response needs to be judged is awaited per call, never per response."""

    def __init__(
        self, judging: Judging, labels: Labels, writer: ResponseWriter, room: StoreRoom
    ) -> None:
        self.judging = judging
        self.labels = labels
        self.writer = writer
        self.room = room
        self.group = GroupCommit(writer.store, largest=LARGEST_GROUP, gather_seconds=GATHER_SECONDS)

    async def accept(
        self, viewer: Viewer, submissions: Sequence[Submission]
    ) -> list[SubmissionOutcome]:
        """What became of 1 to 1,000 submissions, in order; returns after the commit.

        Unavailable if PostgreSQL, or profile when it must be asked, is away, or the disk is almost full: the same ids
        may come again.
        """
        self.room.check(has_token=viewer is not ANONYMOUS)
        as_invited, judged = await self.judging.judge(viewer, submissions)
        await self._check_labels(viewer, as_invited, judged)
        entries = await _entries(judged)
        fates = await self.group.submit(entries) if entries else ()
        late = [item.response.id for item in judged if isinstance(item, LateResponse)]
        stored = await self.writer.known(late, self.judging.sees(viewer)) if late else {}
        return outcomes_of(submissions, judged, fates, stored)

    async def _check_labels(
        self, viewer: Viewer, submissions: Sequence[Submission], judged: list[Judged]
    ) -> None:
        """Replace, in place, what names labels that are not to be had."""
        strange = [
            index
            for index, item in enumerate(judged)
            if isinstance(item, Accepted) and not self.labels.knows(submissions[index])
        ]
        if not strange:
            return
        add = viewer is not ANONYMOUS
        await self._offer_languages(submissions, judged, strange)
        await self.labels.learn([submissions[index] for index in strange], add=add)
        for index in strange:
            if refusals := self.labels.refusals(submissions[index], add=add):
                judged[index] = refusals

    async def _offer_languages(
        self, submissions: Sequence[Submission], judged: Sequence[Judged], strange: Sequence[int]
    ) -> None:
        """A survey may be answered in its own languages, by who has no token too: its author chose them."""
        offered = [
            Submission("", "", (), language=submissions[index].language)
            for index in strange
            if isinstance(item := judged[index], Accepted)
            and submissions[index].language in item.survey.languages
        ]
        if offered:
            await self.labels.learn(offered, add=True)


async def _entries(judged: Sequence[Judged]) -> list[Entry]:
    """What is accepted, ready to be stored."""
    traceparent = telemetry.current_traceparent()
    entries: list[Entry] = []
    for item in judged:
        if isinstance(item, Accepted):
            entries.append(entry_of(item, traceparent))
            if len(entries) % CHECKED_AT_ONCE == 0:
                await asyncio.sleep(0)
    return entries
