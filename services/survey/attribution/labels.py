"""Channels, segments and languages: at most 1,000 different ones each, and new ones only from known senders."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from services.kit.db.database import Pool, reaching
from services.kit.groups.group_commit import GroupCommit
from services.survey.attribution import storage
from services.survey.attribution.storage import Label
from services.survey.attribution.submission import LABELS, Submission
from services.survey.domain.refusal import Refusal

MOST_LABELS_AT_ONCE = 3_000


class Wish(NamedTuple):
    """A label to be looked up, or to be added if it is not there."""

    label: Label
    add: bool


class Labels:
    """The labels in use. Other replicas add some too, so a missing one is looked up before it is judged."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.known: set[Label] = set()
        self.wishes = GroupCommit(self._grant, largest=MOST_LABELS_AT_ONCE)

    def knows(self, sent: Submission) -> bool:
        """Whether all its labels are in use already."""
        known = self.known
        return (
            (sent.channel is None or ("channel", sent.channel) in known)
            and (sent.segment is None or ("segment", sent.segment) in known)
            and (sent.language is None or ("language", sent.language) in known)
        )

    async def learn(self, submissions: Iterable[Submission], *, add: bool) -> None:
        """Look up labels that are not known; `add`: the sender may introduce new ones."""
        missing = {label for sent in submissions for label in _labels(sent)} - self.known
        await self.wishes.submit([Wish(label, add) for label in sorted(missing)])

    def refusals(self, sent: Submission, *, add: bool) -> list[Refusal]:
        """Why labels that were not learnt are refused."""
        return [
            _limit(label.kind) if add else _unknown(label.kind)
            for label in _labels(sent)
            if label not in self.known
        ]

    async def _grant(self, wishes: Sequence[Wish]) -> Sequence[None]:
        new = {wish.label for wish in wishes if wish.add}
        with reaching("labels"):
            self.known = await storage.list_labels(self.pool)
            if new - self.known:
                async with self.pool.acquire() as connection, connection.transaction():
                    await storage.add_labels(connection, sorted(new - self.known))
                self.known = await storage.list_labels(self.pool)
        return [None] * len(wishes)


def _labels(sent: Submission) -> list[Label]:
    values = zip(LABELS, (sent.channel, sent.segment, sent.language), strict=True)
    return [Label(kind, value) for kind, value in values if value is not None]


def _limit(kind: str) -> Refusal:
    return Refusal(
        (kind,),
        "LABEL_LIMIT",
        f"{storage.MOST_LABELS:,} different values of {kind} are in use: send one of these",
    )


def _unknown(kind: str) -> Refusal:
    return Refusal(
        (kind,),
        f"UNKNOWN_{kind.upper()}",
        f"no such {kind} is in use: leave it out, or send it with a token first",
    )
