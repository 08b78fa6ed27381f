"""The rows of a file by wave: all are judged before one is stored, and a wave is whole or refused."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from services.employee_exp.releases.domain.figures.statistics import PARTICIPATION
from services.employee_exp.releases.domain.measured.items import Measure
from services.employee_exp.releases.domain.measured.judging import (
    INCOMPLETE,
    MeasuredCell,
    WaveTerms,
    check_cell,
    check_terms,
    find_measure,
    judge_wave,
)
from services.employee_exp.releases.domain.measured.overlapping import (
    ToldItem,
    ToldWave,
    check_apart,
)
from services.employee_exp.releases.domain.tree import NONE, Tree
from services.employee_exp.releases.measured.measured_rows import MeasuredReader, MeasuredRow
from services.employee_exp.waves.domain.overlaps import Name, name_of_item
from services.kit.errors import Conflict, Failure, Invalid
from services.kit.imports.batches import Batch, Draft, Refusal
from services.kit.imports.cells import CellRefused
from services.kit.imports.format.records import Row
from services.kit.letters import is_key

MOST_ROWS: Final = 200_000
"""Of a file of results; they are held in memory, some 500 bytes each."""
LONGEST_WAVE_KEY: Final = 64
LONGEST_WAVE_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Places:
    """The departments of today, by place. `of`: places by key, or by id; `ids`: by place."""

    tree: Tree
    of: Mapping[str, int]
    ids: Sequence[str]

    def inside(self, places: Iterable[int]) -> frozenset[str]:
        """Ids of departments with all under them."""
        nearest = self.tree.nearest(frozenset(places))
        return frozenset(id_ for id_, at in zip(self.ids, nearest, strict=True) if at != NONE)


@dataclass(frozen=True, slots=True)
class JudgedBy:
    """What a file is judged by. `questions`: those that an item may be, by key; `imported`: keys of waves.

    `names`: of the questions, by key.
    """

    places: Places
    questions: Mapping[str, Measure]
    today: int
    imported: frozenset[str] = frozenset()
    names: Mapping[str, frozenset[Name]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MeasuredWave:
    """A wave that may be released: all cells of it, in the order of the file."""

    key: str
    terms: WaveTerms
    cells: tuple[MeasuredCell, ...]


def told_by(wave: MeasuredWave, judged_by: JudgedBy) -> ToldWave:
    """What a wave tells. A rate of participation is told of each wave by itself and says nothing of answers."""
    shown: dict[str, set[int]] = {}
    for cell in wave.cells:
        if cell.item != PARTICIPATION:
            shown.setdefault(cell.item, set()).add(cell.department)
    places = judged_by.places
    items = [
        ToldItem(
            judged_by.names.get(item, name_of_item(item)),
            frozenset(places.ids[at] for at in found),
            places.inside(found),
        )
        for item, found in shown.items()
    ]
    return ToldWave(wave.key, wave.terms.opened_day, wave.terms.closed_day, items)


class WholeWaves:
    """Gathers the rows of a file."""

    def __init__(self, reader: MeasuredReader, known: JudgedBy) -> None:
        self.reader = reader
        self.known = known
        self.waves: dict[str, MeasuredWave] = {}
        """Those that may be released, once all rows were gathered."""
        self._rows: dict[str, list[Draft[MeasuredRow]]] = {}
        self._refused: dict[int, Refusal] = {}
        self._wave_of: dict[int, str] = {}

    def read(self, row: Row) -> MeasuredRow:
        """As the reader; whose row is refused is kept, as far as the row says it."""
        self._note(row.number, row)
        return self.reader.read(row)

    def _note(self, number: int, row: Row) -> None:
        try:
            self._wave_of[number] = self.reader.columns.cell(row, "wave") or ""
        except (CellRefused, IndexError):
            self._wave_of[number] = ""

    async def gather(
        self, resolved: AsyncIterator[Batch[MeasuredRow]]
    ) -> AsyncIterator[Batch[MeasuredRow]]:
        """Refusals first, once all rows were judged; then each wave that may be released, whole."""
        async for batch in resolved:
            self._refused |= {refusal.row: refusal for refusal in batch.refusals}
            for draft in batch.drafts:
                self._rows.setdefault(draft.item.wave, []).append(draft)
        for key, drafts in self._rows.items():
            self._judge(key, drafts)
        broken = {self._wave_of[row] for row in self._refused}
        for key in broken & self._rows.keys():
            for draft in self._rows.pop(key):
                if draft.row not in self._refused:
                    self._refuse(draft, INCOMPLETE)
        self._compare()
        if self._refused:
            yield Batch([], [self._refused[row] for row in sorted(self._refused)])
        for key in self.waves:
            yield Batch(list(self._rows[key]))

    def _compare(self) -> None:
        """Of two waves of the file that could be subtracted from one another the later one is refused."""
        told: list[ToldWave] = []
        for key, drafts in self._rows.items():
            cells = tuple(self._cell(draft.item) for draft in drafts)
            wave = MeasuredWave(key, drafts[0].item.terms, cells)
            if key not in self.known.imported:
                told_here = told_by(wave, self.known)
                try:
                    check_apart(told_here, told)
                except Conflict as refused:
                    for draft in drafts:
                        self._refuse(draft, refused)
                    continue
                told.append(told_here)
            self.waves[key] = wave

    def _judge(self, key: str, drafts: Sequence[Draft[MeasuredRow]]) -> None:
        """Refuse the rows of a wave that cannot be, then those that cannot be together."""
        terms = drafts[0].item.terms
        kept: list[Draft[MeasuredRow]] = []
        for draft in drafts:
            try:
                _check_wave(key, draft.item.terms, terms)
                check_terms(draft.item.terms, self.known.today)
                check_cell(
                    self._cell(draft.item), find_measure(draft.item.item, self.known.questions)
                )
            except Failure as failure:
                self._refuse(draft, failure)
            else:
                kept.append(draft)
        if key in self.known.imported:
            return  # it was judged in the tree of its day; now it is compared
        cells = [self._cell(draft.item) for draft in kept]
        found = judge_wave(self.known.places.tree, cells, self.known.questions)
        for draft in kept:
            if draft.row in found:
                self._refuse(draft, found[draft.row])

    def _cell(self, row: MeasuredRow) -> MeasuredCell:
        return MeasuredCell(row.row, self.known.places.of[row.department], row.item, row.measured)

    def _refuse(self, draft: Draft[MeasuredRow], failure: Failure) -> None:
        column = self.reader.column_of(failure.field, draft.item)
        self._refused[draft.row] = Refusal(draft.row, column, failure.reason, failure.message)


def _check_wave(key: str, terms: WaveTerms, first: WaveTerms) -> None:
    if not is_key(key) or len(key) > LONGEST_WAVE_KEY:
        raise Invalid(
            f"the key of a wave has at most {LONGEST_WAVE_KEY} letters, digits, dots, hyphens and underscores, like"
            " pulse-2024-03",
            reason="KEY_MALFORMED",
            field=["wave"],
        )
    if len(terms.name) > LONGEST_WAVE_NAME:
        raise Invalid(
            f"the name of a wave has at most {LONGEST_WAVE_NAME} characters",
            reason="NAME_TOO_LONG",
            field=["name"],
        )
    if terms != first:
        raise Conflict(
            "a row of this wave above has another name or other days: a wave has one of each",
            reason="WAVE_DIFFERS",
            field=["name"],
        )
