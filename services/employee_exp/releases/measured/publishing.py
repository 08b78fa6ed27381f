"""Waves that were measured elsewhere become released waves: snapshot, cells, announcement, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import groupby
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.employee_exp.releases import storage
from services.employee_exp.releases.announcing import ReleaseAnnouncer
from services.employee_exp.releases.domain.figures.statistics import ENPS, PARTICIPATION
from services.employee_exp.releases.domain.measured.items import (
    LEAST,
    SENSITIVE,
    SHARE,
    Measure,
    score,
)
from services.employee_exp.releases.domain.measured.judging import MeasuredCell, find_measure
from services.employee_exp.releases.domain.release import ReleasedCell
from services.employee_exp.releases.domain.tree import NONE, Tree
from services.employee_exp.releases.measured.whole_waves import JudgedBy, MeasuredWave, Places
from services.employee_exp.releases.rows import cell_rows
from services.employee_exp.waves.domain.snapshot import Snapshot, places_of
from services.employee_exp.waves.domain.standard import standard_questions
from services.employee_exp.waves.domain.wave import (
    LANGUAGES,
    Wave,
    WaveDraft,
    WaveKind,
    WaveQuestion,
    WaveQuestionKind,
    WaveState,
)
from services.employee_exp.waves.storage import (
    add_released,
    find_in_state,
    find_wave,
    lock_waves,
    put_snapshot,
)
from services.kit.clock import day_date, new_id
from services.kit.db.database import Database, reaching
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import Conflict
from services.kit.rights.access import Action, Viewer
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_entries

MEASURES: Final = {WaveQuestionKind.AGREEMENT: SHARE, WaveQuestionKind.SENSITIVE: SENSITIVE}
"""Of questions whose own answers are told."""
COMPARED: Final = ("n", "value", "low", "high", "method", "sd")
RELEASED: Final = Conflict(
    "a wave of this key was released with other results, days or another name: what was released never changes",
    reason="WAVE_RELEASED",
    field=["wave"],
)
EXISTS: Final = Conflict(
    "there is a wave of this key that is not imported: give the wave of the file another key",
    reason="WAVE_EXISTS",
    field=["wave"],
)


@dataclass(frozen=True, slots=True)
class Today:
    """What a file is judged by from its first row to its last: the departments, and the questions that are known."""

    snapshot: Snapshot
    places: Places
    zone: ZoneInfo
    questions: Mapping[str, WaveQuestion]
    imported: frozenset[str]
    """Keys of waves that were imported: whether a file says the same of one is all that is asked."""

    day: int

    @property
    def measures(self) -> dict[str, Measure]:
        """How the answers to each question are told."""
        return {key: MEASURES[WaveQuestionKind(q.kind)] for key, q in self.questions.items()}

    @property
    def judged_by(self) -> JudgedBy:
        """What the rows of a file are judged by."""
        return JudgedBy(self.places, self.measures, self.day, self.imported)


class MeasuredPublisher:
    """`release` is the database as the role that alone writes releases. Unavailable where PostgreSQL is away."""

    def __init__(
        self, release: Database, directory: DirectoryCopy, announcer: ReleaseAnnouncer
    ) -> None:
        self.database = release
        self.directory = directory
        self.announcer = announcer

    async def look(self) -> Today:
        """The departments and questions as they are now."""
        await self.directory.catch_up()
        tree = self.directory.tree
        found = places_of(tree)
        parents = [NONE if place.parent_place is None else place.parent_place for place in found]
        of = {place.key: number for number, place in enumerate(found)}
        with reaching("waves"):
            async with self.database.write() as session:
                waves = [w for state in WaveState for w in await find_in_state(session, state)]
        asked = (question for wave in waves for question in wave.draft.questions)
        questions = {q.key: q for q in (*asked, *standard_questions()) if q.kind in MEASURES}
        imported = frozenset(wave.key for wave in waves if wave.imported)
        places, day = Places(Tree(parents), of), tree.today_number
        return Today(Snapshot(found), places, tree.zone, questions, imported, day)

    async def publish(
        self, who: Viewer, today: Today, measured: MeasuredWave, *, dry_run: bool
    ) -> bool:
        """Release a wave, True; False where it was released so already. Conflict where another one has its key."""
        wave = self._wave(today, measured)
        cells = list(_cells(today, measured))
        with reaching("waves"):
            async with self.database.write.begin() as session:
                await lock_waves(session)
                known = await find_wave(session, wave.key)
                if known is not None:
                    rows = list(cell_rows(known, today.snapshot, cells))
                    await _check_same(session, known, wave, rows)
                elif not dry_run:
                    await self._release(session, who, today, wave, cells)
                return known is None

    async def _release(
        self,
        session: AsyncSession,
        who: Viewer,
        today: Today,
        wave: Wave,
        cells: Sequence[ReleasedCell],
    ) -> None:
        released = frozenset(
            cell.department
            for cell in cells
            if any(each.statistic != PARTICIPATION for each in cell.scores)
        )
        nearest = today.places.tree.nearest(released)
        counted_in = [None if place == NONE else int(place) for place in nearest]
        rows = list(cell_rows(wave, today.snapshot, cells))
        await add_released(session, wave)
        await put_snapshot(session, wave.id, today.snapshot)
        await storage.put_release(session, wave.id, rows, (), counted_in)
        await self.announcer.announce(session, wave)
        tree = self.directory.tree
        actor = actor_of(who, Action.WRITE_WAVES, tree)
        entry = AuditEntry(self.directory.now(), actor, Deed.WAVE_IMPORTED, (wave.id,), (wave.key,))
        await write_entries(session, [entry])

    def _wave(self, today: Today, measured: MeasuredWave) -> Wave:
        """It was open from the begin of its first day to the end of its last one."""
        terms = measured.terms
        items = {cell.item for cell in measured.cells}
        asked = tuple(
            q for q in standard_questions() if ENPS in items and q.kind == WaveQuestionKind.ENPS
        )
        own = tuple(question for key, question in today.questions.items() if key in items)
        draft = WaveDraft(
            kind=WaveKind.CENSUS,
            language=LANGUAGES[0],
            languages=LANGUAGES[:1],
            name=terms.name,
            questions=(*asked, *own),
            k=LEAST,
        )
        return Wave(
            id=new_id(),
            key=measured.key,
            state=WaveState.RELEASED,
            draft=draft,
            revision=1,
            opened_at=_at(terms.opened_day, time.min, today.zone),
            closed_at=_at(terms.closed_day, time(23, 59, 59), today.zone),
            released_at=self.directory.now(),
            imported=True,
        )


def _at(day: int, clock_time: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day_date(day), clock_time, zone)


def _cells(today: Today, wave: MeasuredWave) -> Iterable[ReleasedCell]:
    """Of each department all figures, by place."""
    measures = today.measures

    def place(cell: MeasuredCell) -> int:
        return cell.department

    for department, cells in groupby(sorted(wave.cells, key=place), key=place):
        scores = (score(c.item, find_measure(c.item, measures), c.measured) for c in cells)
        yield ReleasedCell(department, tuple(scores))


async def _check_same(
    session: AsyncSession, known: Wave, wave: Wave, rows: Iterable[Mapping[str, Any]]
) -> None:
    """Conflict unless the wave that is there says what the file says, to the last digit."""
    if not known.imported:
        raise EXISTS
    stored = await storage.find_cells(session, known.id)
    before = {(c.department_id, c.statistic): [getattr(c, n) for n in COMPARED] for c in stored}
    after = {(r["department_id"], r["statistic"]): [r[n] for n in COMPARED] for r in rows}
    said = [(w.draft.name, w.opened_at, w.closed_at) for w in (known, wave)]
    if before != after or said[0] != said[1]:
        raise RELEASED
