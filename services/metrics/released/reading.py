"""Reading what was released, as scores."""

from collections.abc import Collection, Mapping, Sequence

from services.kit.db.database import Sessions
from services.metrics.domain.periods import Period
from services.metrics.formulas.differences.comparison import Change, changes, difference, is_alike
from services.metrics.formulas.samples import Published
from services.metrics.formulas.scores import NOT_APPLICABLE, Score
from services.metrics.released import storage
from services.metrics.released.domain import ReleasedNumber, WaveFigure, sample_of, score_of

Wholes = Sequence[str]
"""Departments, each with all under it; "" for a part of one, of which nothing is released."""


class ReleasedScores:
    """The latest wave that closed in a period and asked the department, as it was on opening; never several at once."""

    def __init__(self, sessions: Sessions) -> None:
        self.sessions = sessions

    async def scores(
        self, statistics: Collection[str], wholes: Wholes, edges: Sequence[int]
    ) -> Mapping[str, list[list[Score]]]:
        """By statistic the scores by group and period, of one statement for all."""
        departments = set(wholes) - {""}
        latest: Mapping[storage.FigureOfPeriod, WaveFigure] = {}
        if departments:
            async with self.sessions() as session:
                latest = await storage.latest_figures(session, departments, edges, statistics)
        return {
            statistic: [
                [
                    score_of(latest.get((period, statistic, whole))) if whole else NOT_APPLICABLE
                    for period in range(len(edges) - 1)
                ]
                for whole in wholes
            ]
            for statistic in statistics
        }

    async def by_wave(
        self, statistic: str, department: str, period: Period
    ) -> list[tuple[int, int, Score]]:
        """(day opened, day after it closed, score) of each wave that asked a department and closed in a period, by day.

        Empty for "": a part of a department.
        """
        async with self.sessions() as session:
            waves = await storage.figures_closed_in(
                session, department, period.from_day, period.to_day, statistic
            )
        return [(wave.opened_day, wave.closed_day + 1, score_of(wave)) for wave in waves]

    async def changes(
        self, wave_id: str, other_id: str, departments: Collection[str]
    ) -> dict[str, dict[str, Change]]:
        """How departments differ between two waves, by statistic; those of a department are one family of tests."""
        async with self.sessions() as session:
            cells = await storage.compared_cells(session, {wave_id, other_id}, departments)
        return {
            department: _changes(
                _samples(cells.get((wave_id, department), [])),
                _samples(cells.get((other_id, department), [])),
            )
            for department in departments
        }


def _samples(cells: Sequence[ReleasedNumber]) -> dict[str, Published]:
    return {cell.statistic: found for cell in cells if (found := sample_of(cell)) is not None}


def _changes(this: Mapping[str, Published], other: Mapping[str, Published]) -> dict[str, Change]:
    return changes(
        {
            name: difference(sample, other[name])
            for name, sample in this.items()
            if name in other and is_alike(sample, other[name])
        }
    )
