"""A released wave as it is looked up: which departments see results, and where those of the others are counted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from services.employee_exp.releases import storage
from services.employee_exp.releases.domain.figures.statistics import BURNOUT, ENGAGEMENT, ENPS
from services.employee_exp.releases.storage import SnapshotPlace
from services.employee_exp.waves.domain.wave import Wave, WaveQuestionKind

INDICES = {
    WaveQuestionKind.ENPS: ENPS,
    WaveQuestionKind.AGREEMENT: ENGAGEMENT,
    WaveQuestionKind.BURNOUT: BURNOUT,
}
OWN_FIGURES = (WaveQuestionKind.AGREEMENT, WaveQuestionKind.SENSITIVE)


@dataclass(frozen=True, slots=True)
class ReleasedWave:
    """A wave and its departments by place; nothing of it changes any more."""

    wave: Wave
    places: Sequence[SnapshotPlace]
    measured: frozenset[str] | None = None
    """What was measured elsewhere; None: it was measured here."""
    place_of: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        found = {place.department_id: number for number, place in enumerate(self.places)}
        object.__setattr__(self, "place_of", found)

    @property
    def statistics(self) -> list[str]:
        """What may be told of a department besides participation, in the order of the results."""
        questions = self.wave.draft.questions
        own = [question.key for question in questions if question.kind in OWN_FIGURES]
        if self.measured is not None:
            return [one for one in (*INDICES.values(), *own) if one in self.measured]
        kinds = [question.kind for question in questions]
        return [*(index for kind, index in INDICES.items() if kind in kinds), *own]

    @property
    def items(self) -> Mapping[str, Sequence[str]]:
        """Keys of the questions that an index is made of; of what was measured elsewhere they are not known."""
        if self.measured is not None:
            return {}
        return {
            index: sorted(q.key for q in self.wave.draft.questions if q.kind == kind)
            for index, kind in (
                (ENGAGEMENT, WaveQuestionKind.AGREEMENT),
                (BURNOUT, WaveQuestionKind.BURNOUT),
            )
        }

    @property
    def texts(self) -> list[str]:
        """Keys of the questions that take comments."""
        return [q.key for q in self.wave.draft.questions if q.kind == WaveQuestionKind.TEXT]

    def is_released(self, department_id: str) -> bool:
        place = self.place_of[department_id]
        return self.places[place].counted_in == place

    def counted_in(self, department_id: str) -> SnapshotPlace | None:
        """The nearest released department above one that is withheld; None where there is none."""
        place = self.places[self.place_of[department_id]].counted_in
        return None if place is None else self.places[place]

    def nearest_with(self, department_id: str, those: Collection[str]) -> str:
        """The name of the nearest department above that is one of those; empty where none is."""
        place = self.places[self.place_of[department_id]].parent
        while place is not None and self.places[place].department_id not in those:
            place = self.places[place].parent
        return "" if place is None else self.places[place].name

    def subtree(self, department_id: str) -> set[int]:
        """Places of a department and all below it."""
        below: dict[int | None, list[int]] = {}
        for number, one in enumerate(self.places):
            below.setdefault(one.parent, []).append(number)
        found: set[int] = set()
        waiting = [self.place_of[department_id]]
        while waiting:
            found.add(place := waiting.pop())
            waiting += below.get(place, [])
        return found


async def find_released(session: AsyncSession, wave: Wave) -> ReleasedWave:
    """A released wave with its departments."""
    places = await storage.find_places(session, wave.id)
    measured = await storage.find_statistics(session, wave.id) if wave.imported else None
    return ReleasedWave(wave, places, measured)
