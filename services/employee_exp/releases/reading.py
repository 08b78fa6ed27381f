"""Released results looked up: the same for every reader, whose rights only take departments away."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.employee_exp.releases import storage
from services.employee_exp.releases.results import ReleasedWave, find_released
from services.employee_exp.releases.tables import ReleaseCellRow
from services.employee_exp.waves.domain.wave import WaveState, unknown_wave
from services.employee_exp.waves.storage import find_waves
from services.kit.db.database import Database, reaching
from services.kit.errors import Invalid

LONGEST_SEARCH = 200
REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class FoundResults:
    """Cells and dimensions by department, and which departments see each statistic."""

    released: ReleasedWave
    cells: dict[str, list[ReleaseCellRow]]
    dimensions: dict[str, list[str]]
    seen: dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class FoundVerbatims:
    """`counted_in`: None where the comments are shown here."""

    verbatims: Sequence[str] = ()
    total: int = 0
    counted_in: str | None = None


class ResultsReader:
    """Reads releases; a snapshot is kept in memory, for it never changes."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.remembered: dict[str, ReleasedWave] = {}

    async def find(self, wave_id: str) -> ReleasedWave | None:
        """A wave that is released; None where it is not yet. NotFound where there is none."""
        if wave_id in self.remembered:
            return self.remembered[wave_id]
        with reaching("results"):
            async with self.database.read() as session:
                waves = await find_waves(session, [_uuid(wave_id)])
                if not waves or waves[0].state is WaveState.DRAFT:
                    raise unknown_wave()
                if waves[0].state is not WaveState.RELEASED:
                    return None
                found = await find_released(session, waves[0])
        while len(self.remembered) >= REMEMBERED:
            del self.remembered[next(iter(self.remembered))]
        self.remembered[wave_id] = found
        return found

    async def results(self, released: ReleasedWave, department_ids: Sequence[str]) -> FoundResults:
        """What is said of departments of the snapshot."""
        wave_id = released.wave.id
        with reaching("results"):
            async with self.database.read() as session:
                cells = await storage.find_cells(session, wave_id, department_ids)
                dimensions = await storage.find_dimensions(session, wave_id, department_ids)
                seen = await storage.find_departments_with(
                    session, wave_id, [*released.statistics, *released.texts]
                )
        by_department: dict[str, list[ReleaseCellRow]] = {}
        for cell in cells:
            by_department.setdefault(str(cell.department_id), []).append(cell)
        return FoundResults(released, by_department, dimensions, seen)

    async def breakdown(
        self, released: ReleasedWave, department_id: str, dimension: str
    ) -> list[ReleaseCellRow]:
        """Cells of a declared dimension; none where the department is not cut by it."""
        with reaching("results"):
            async with self.database.read() as session:
                return await storage.find_cells(
                    session, released.wave.id, [department_id], dimension
                )

    async def verbatims(
        self,
        released: ReleasedWave,
        department_id: str,
        question: str,
        search: str,
        first: int,
        offset: int,
    ) -> FoundVerbatims:
        """A page of comments with a text in them, in any case. Invalid for a question that takes none."""
        if question not in released.texts:
            message = "this wave has no such question that takes comments"
            raise Invalid(message, reason="UNKNOWN_QUESTION", field=["question"])
        if len(search) > LONGEST_SEARCH:
            message = f"look for at most {LONGEST_SEARCH} characters"
            raise Invalid(message, reason="TOO_LONG", field=["search"])
        if offset < 0:
            raise Invalid("offset must be 0 or more", reason="BAD_CURSOR", field=["offset"])
        wave_id = released.wave.id
        with reaching("results"):
            async with self.database.write.begin() as session:
                seen = await storage.find_departments_with(session, wave_id, [question])
                if department_id not in seen[question]:
                    name = released.nearest_with(department_id, seen[question])
                    return FoundVerbatims(counted_in=name)
                if "\0" in search:
                    return FoundVerbatims()
                places = released.subtree(department_id)
                found = await storage.list_verbatims(
                    session, wave_id, question, places, search, first, offset
                )
        return FoundVerbatims(*found)


def check_reportable(declared: Sequence[str], dimension: str) -> None:
    """Invalid for a dimension that was not declared before the wave opened."""
    if dimension not in declared:
        message = (
            "results of this wave are not reported by this: "
            f"{', '.join(declared) or 'it declared no dimension'}"
        )
        raise Invalid(message, reason="FILTER_NOT_REPORTABLE", field=["dimension"])


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise unknown_wave() from error
