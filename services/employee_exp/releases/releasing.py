"""A closed wave is released: ballots opened, planned, audited, counted and published, all of it or nothing.

What is released is decided by the ballots, the snapshot and the draft of the wave alone, all frozen: whoever does it
again after a crash gets the same to the last byte.
"""

import asyncio
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import numpy as np
import structlog

from services.employee_exp.ballots.domain.body import Ballot
from services.employee_exp.ballots.flushing import BallotFlusher
from services.employee_exp.ballots.sealed_ballots import BallotSeal
from services.employee_exp.releases import storage
from services.employee_exp.releases.announcing import ReleaseAnnouncer
from services.employee_exp.releases.domain.columns import Comment, answer_columns, comments
from services.employee_exp.releases.domain.figures.answers import Kind
from services.employee_exp.releases.domain.release import compute_cells
from services.employee_exp.releases.domain.respondents import Respondents
from services.employee_exp.releases.domain.tree import NONE, Tree
from services.employee_exp.releases.domain.wave_plan import WavePlan, decide_wave
from services.employee_exp.releases.rows import cell_rows, comment_count_rows, tree_of
from services.employee_exp.sealing.wave_keys import KeyLost, Purpose, WaveKeys
from services.employee_exp.waves.domain.snapshot import Snapshot
from services.employee_exp.waves.domain.wave import ReleaseReport, Wave, WaveQuestionKind
from services.employee_exp.waves.storage import find_snapshot
from services.kit.clock import Clock, now
from services.kit.db.database import Database
from services.kit.sealing.seal import Unopened

BALLOTS_KEPT: Final = timedelta(days=90)
KINDS: Final = {
    WaveQuestionKind.ENPS: Kind.ENPS,
    WaveQuestionKind.AGREEMENT: Kind.AGREEMENT,
    WaveQuestionKind.BURNOUT: Kind.BURNOUT,
    WaveQuestionKind.SENSITIVE: Kind.SENSITIVE,
}
UUID4_VERSION: Final = 4

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class OpenedWave:
    """All that a release is computed from."""

    wave: Wave
    snapshot: Snapshot
    invited: list[tuple[int, tuple[int, ...]]]
    ballots: Mapping[UUID, Ballot] = field(repr=False)
    order_key: bytes = field(repr=False)
    """By which comments are put into an order that says nothing."""
    lost: int
    lost_because: str


@dataclass(frozen=True, slots=True)
class ComputedRelease:
    """Rows to be stored."""

    cells: list[dict[str, Any]]
    verbatims: list[dict[str, Any]] = field(repr=False)
    counted_in: list[int | None]
    report: ReleaseReport


class WaveReleaser:
    """Releases waves. `release` is the database as the role that alone may read ballots."""

    def __init__(
        self,
        release: Database,
        keys: WaveKeys,
        flusher: BallotFlusher,
        announcer: ReleaseAnnouncer,
        clock: Clock = now,
    ) -> None:
        self.database = release
        self.keys = keys
        self.flusher = flusher
        self.announcer = announcer
        self.clock = clock

    async def release(self, wave: Wave) -> None:
        """Release a closed wave, unless somebody did meanwhile. NotReleasable where the audit fails.

        Unavailable where PostgreSQL or the keys are away: then nothing was published.
        """
        await self.flusher.finish(wave)
        opened = await self._open(wave)
        computed = await asyncio.to_thread(compute_release, opened)
        async with self.database.write.begin() as session:
            if not await storage.set_released(session, wave.id, self.clock(), computed.report):
                return
            await storage.put_release(
                session, wave.id, computed.cells, computed.verbatims, computed.counted_in
            )
            await self.announcer.announce(session, wave)
        if not opened.ballots and not opened.lost:
            self.keys.destroy(wave.id, Purpose.BALLOTS)  # nothing is left to be opened later
        log.info("wave released", wave=wave.id, lost=computed.report.lost)

    async def expire(self) -> None:
        """Destroy key and ballots of released waves that closed 90 days ago: the key first, in case of a crash."""
        async with self.database.write.begin() as session:
            expired = await storage.find_expired(session, self.clock() - BALLOTS_KEPT)
        for wave_id in expired:
            self.keys.destroy(wave_id, Purpose.BALLOTS)
            async with self.database.write.begin() as session:
                await storage.delete_ballots(session, wave_id)
            log.info("ballots destroyed", wave=wave_id)

    async def _open(self, wave: Wave) -> OpenedWave:
        """Read in one transaction what nobody changes any more."""
        seal, key = self._seal(wave)
        found: dict[UUID, Ballot] = {}
        unopened = 0
        async with self.database.write.begin() as session:
            snapshot = await find_snapshot(session, wave.id, wave.draft.dimensions)
            invited = await storage.list_invited(session, wave.id)
            left = await storage.count_left(session, wave.id)
            async for rows in storage.read_ballots(session, wave.id):
                opened = await asyncio.to_thread(_open, seal, rows)
                found |= opened
                unopened += len(rows) - len(opened)
        because = [f"{Purpose.SPOOL} key"] * (left > 0) + [f"{Purpose.BALLOTS} key"] * (
            unopened > 0
        )
        lost = left + unopened
        return OpenedWave(wave, snapshot, invited, found, key, lost, ", ".join(because))

    def _seal(self, wave: Wave) -> tuple[BallotSeal | None, bytes]:
        try:
            key = self.keys.read(wave.id, Purpose.BALLOTS)
            return BallotSeal.of(self.keys, wave, Purpose.BALLOTS), key
        except KeyLost:
            log.error("ballots key lost", wave=wave.id)
            return None, b""


def _open(seal: BallotSeal | None, rows: list[storage.Sealed]) -> dict[UUID, Ballot]:
    """Those that can be opened."""
    found: dict[UUID, Ballot] = {}
    if seal is None:
        return found
    for id_, sealed in rows:
        try:
            found[id_] = seal.open(sealed, id_)
        except Unopened:
            continue  # counted as lost
    return found


def compute_release(opened: OpenedWave) -> ComputedRelease:
    """Plan, audit and count; takes seconds for thousands of people. NotReleasable where the audit fails."""
    draft = opened.wave.draft
    tree = tree_of(opened.snapshot.places)
    kinds = {
        q.key: KINDS[WaveQuestionKind(q.kind)]
        for q in draft.questions
        if q.kind != WaveQuestionKind.TEXT
    }
    texts = [q.key for q in draft.questions if q.kind == WaveQuestionKind.TEXT]
    answers = answer_columns(list(opened.ballots.values()), kinds, len(draft.dimensions))
    written = comments(opened.ballots, texts)
    writers = {q: np.array([c.place for c in each], np.int64) for q, each in written.items()}
    wave_plan = decide_wave(tree, answers, writers, least=draft.k)
    cells = list(compute_cells(tree, answers, _invited(opened), wave_plan))
    nearest = tree.nearest(wave_plan.figures.departments)
    return ComputedRelease(
        cells=[
            *cell_rows(opened.wave, opened.snapshot, cells),
            *comment_count_rows(opened.wave, opened.snapshot, tree, writers, wave_plan.comments),
        ],
        verbatims=_verbatims(opened, tree, written, wave_plan),
        counted_in=[None if place == NONE else int(place) for place in nearest],
        report=_report(opened, len(answers.respondents), len(tree), wave_plan),
    )


def _invited(opened: OpenedWave) -> Respondents:
    dimensions = range(len(opened.wave.draft.dimensions))
    places = np.array([place for place, _ in opened.invited], dtype=np.int64)
    return Respondents(
        places,
        tuple(np.array([c[d] for _, c in opened.invited], dtype=np.int64) for d in dimensions),
    )


def _verbatims(
    opened: OpenedWave, tree: Tree, written: Mapping[str, list[Comment]], wave_plan: WavePlan
) -> list[dict[str, Any]]:
    """Each comment at the nearest department that shows comments on its question, in the order of its key."""
    rows = []
    for question, each in written.items():
        nearest = tree.nearest(wave_plan.comments[question])
        for comment in each:
            if (place := int(nearest[comment.place])) != NONE:
                id_ = _order(opened.order_key, question, comment.ballot)
                rows.append(
                    {
                        "id": id_,
                        "wave_id": UUID(opened.wave.id),
                        "question": question,
                        "place": place,
                        "text": comment.text,
                    }
                )
    return sorted(rows, key=lambda row: row["id"])


def _order(key: bytes, question: str, ballot: UUID) -> UUID:
    """The same for one ballot and question each time; for who has not the key it joins nothing, and the key goes."""
    digest = hmac.digest(key, b"order" + ballot.bytes + question.encode(), sha256)
    return UUID(bytes=digest[:16], version=UUID4_VERSION)


def _report(
    opened: OpenedWave, answered: int, departments: int, wave_plan: WavePlan
) -> ReleaseReport:
    figures, closed_at = wave_plan.figures, opened.wave.closed_at
    return ReleaseReport(
        answered=answered,
        departments=departments,
        released=len(figures.departments),
        cuts=len(figures.cuts),
        dropped=len(figures.dropped),
        cells=figures.cells,
        plan_hash=wave_plan.digest(),
        lost=opened.lost,
        lost_because=opened.lost_because,
        ballots_end_at=None if closed_at is None else closed_at + BALLOTS_KEPT,
    )
