"""Waves that were measured elsewhere become released waves: snapshot, cells, announcement, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
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
from services.employee_exp.releases.domain.measured.overlapping import (
    NOT_OVER,
    ToldItem,
    ToldWave,
    check_apart,
)
from services.employee_exp.releases.domain.release import ReleasedCell
from services.employee_exp.releases.domain.tree import NONE
from services.employee_exp.releases.domain.tree import Tree as PlacedTree
from services.employee_exp.releases.measured.whole_waves import (
    JudgedBy,
    MeasuredWave,
    Places,
    told_by,
)
from services.employee_exp.releases.rows import cell_rows, tree_of
from services.employee_exp.waves.domain.overlaps import (
    name_of_item,
    names_of,
    names_told,
)
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
    find_department_ids,
    find_in_state,
    find_wave,
    lock_waves,
    put_snapshot,
)
from services.kit.clock import day_date, day_number, new_id
from services.kit.db.database import Database, reaching
from services.kit.directory.copy import DirectoryCopy
from services.kit.errors import Conflict
from services.kit.rights.access import Action, Viewer
from services.kit.rights.audit.entries import AuditEntry, Deed, actor_of
from services.kit.rights.audit.storage import write_entries
from services.kit.rights.tree import Tree

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

    tree: Tree
    snapshot: Snapshot
    """Of all departments."""

    places: Places
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
        names = {key: names_of(question) for key, question in self.questions.items()}
        return JudgedBy(self.places, self.measures, self.day, self.imported, names)


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
        found = places_of(tree, day := tree.today_number)
        of = {place.key: number for number, place in enumerate(found)}
        with reaching("waves"):
            async with self.database.write() as session:
                waves = [w for state in WaveState for w in await find_in_state(session, state)]
        asked = (question for wave in waves for question in wave.draft.questions)
        questions = {q.key: q for q in (*asked, *standard_questions()) if q.kind in MEASURES}
        imported = frozenset(wave.key for wave in waves if wave.imported)
        places = Places(tree_of(found), of, [place.department_id for place in found])
        return Today(tree, Snapshot(found), places, questions, imported, day)

    async def publish(
        self, who: Viewer, today: Today, measured: MeasuredWave, *, dry_run: bool
    ) -> bool:
        """Release a wave, True; False where it was released so already. Conflict where another one has its key, or
        could be subtracted from it."""
        wave = self._wave(today, measured)
        cells = list(_cells(today, measured))
        with reaching("waves"):
            async with self.database.write.begin() as session:
                await lock_waves(session)
                known = await find_wave(session, wave.key)
                if known is not None:
                    rows = list(cell_rows(known, today.snapshot, cells))
                    await _check_same(session, known, wave, rows)
                    return False
                await _check_apart(session, today, measured)
                if not dry_run:
                    await self._release(session, who, today, wave, cells)
                return True

    async def _release(
        self,
        session: AsyncSession,
        who: Viewer,
        today: Today,
        wave: Wave,
        cells: Sequence[ReleasedCell],
    ) -> None:
        part, counted_in = _part(today, {cell.department for cell in cells})
        rows = list(cell_rows(wave, today.snapshot, cells))
        await add_released(session, wave)
        await put_snapshot(session, wave.id, part)
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
            opened_at=_at(terms.opened_day, time.min, today.tree.zone),
            closed_at=_at(terms.closed_day, time(23, 59, 59), today.tree.zone),
            released_at=self.directory.now(),
            imported=True,
        )


async def _check_apart(session: AsyncSession, today: Today, measured: MeasuredWave) -> None:
    """Conflict where a wave that was opened could be subtracted from one that was measured elsewhere."""
    wave, zone = told_by(measured, today.judged_by), today.tree.zone
    for state in (WaveState.OPEN, WaveState.CLOSED, WaveState.RELEASED):
        for other in await find_in_state(session, state):
            opened_day, closed_day = (_day(at, zone) for at in (other.opened_at, other.closed_at))
            told = ToldWave(other.key, opened_day, closed_day, ())
            if told.is_near(wave.opened_day, wave.closed_day):
                check_apart(wave, [replace(told, items=await _told_items(session, other))])


def _day(at: datetime | None, zone: ZoneInfo) -> int:
    return NOT_OVER if at is None else day_number(at.astimezone(zone).date())


async def _told_items(session: AsyncSession, wave: Wave) -> list[ToldItem]:
    """What a wave tells by its released cells, or will tell of all that it asks."""
    if wave.state is not WaveState.RELEASED:
        asked = (await find_department_ids(session, [wave.id]))[wave.id]
        return [ToldItem(names_told(wave.draft), None, asked)]
    names = {question.key: names_of(question) for question in wave.draft.questions}
    shown: dict[str, set[str]] = {}
    for cell in await storage.find_cells(session, wave.id):
        if cell.statistic != PARTICIPATION:
            shown.setdefault(cell.statistic, set()).add(str(cell.department_id))
    found = await storage.find_places(session, wave.id)
    ids = [place.department_id for place in found]
    tree = PlacedTree([NONE if place.parent is None else place.parent for place in found])
    places = Places(tree, {id_: number for number, id_ in enumerate(ids)}, ids)
    return [
        ToldItem(
            names.get(item, name_of_item(item)),
            frozenset(departments),
            places.inside(places.of[id_] for id_ in departments),
        )
        for item, departments in shown.items()
    ]


def _part(today: Today, released: Set[int]) -> tuple[Snapshot, list[int | None]]:
    """The departments that a file says something of, with all under them, and where each of them is counted."""
    ids = {today.snapshot.places[place].department_id for place in released}
    part = places_of(today.tree, today.day, ids)
    shown = frozenset(place for place, each in enumerate(part) if each.department_id in ids)
    nearest = tree_of(part).nearest(shown)
    return Snapshot(part), [None if place == NONE else int(place) for place in nearest]


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
