"""From the answer log and employment to scores: which answers a definition reads, and in which cut."""

from collections.abc import Callable, Mapping, Sequence

from services.kit.database import Sessions
from services.kit.errors import NotFound
from services.metrics import storage
from services.metrics.catalog import Catalog
from services.metrics.cube import Counts, Cube
from services.metrics.domain.definitions import Definition, score_answers
from services.metrics.domain.scope import Scope
from services.metrics.domain.scores import NOT_APPLICABLE, Score
from services.metrics.domain.turnover import EmploymentCounts, turnover_rate
from services.metrics.standing import current, standing_days

Scores = list[list[Score]]
"""Scores by group and period."""


class Reading:
    """Reads scores. `definitions` are the newest versions; `today` gives the organisation's local day."""

    def __init__(
        self,
        sessions: Sessions,
        cube: Cube,
        catalog: Catalog,
        definitions: Mapping[str, Definition],
        today: Callable[[], int],
    ) -> None:
        self.sessions = sessions
        self.cube = cube
        self.catalog = catalog
        self.definitions = definitions
        self.today = today

    def definition(self, key: str) -> Definition:
        """A definition by key; NotFound, naming what there is."""
        found = self.definitions.get(key)
        if found is None:
            known = ", ".join(sorted(self.definitions))
            raise NotFound(
                f"no such metric; there are: {known}", reason="UNKNOWN_METRIC", field=["metric"]
            )
        return found

    async def scores(
        self, metrics: Sequence[Definition], scope: Scope, edges: Sequence[int]
    ) -> list[Scores]:
        """Each metric's scores by group and period, from one look at the log."""
        reads_answers = any(metric.question_kind is not None for metric in metrics)
        reads_employment = any(metric.question_kind is None for metric in metrics)
        groups = max(len(scope.groups), 1)
        tally = await self._tally(scope, edges) if reads_answers else {}
        staff = await self._employment(scope, edges) if reads_employment else {}
        shape = [(group, period) for group in range(groups) for period in range(len(edges) - 1)]
        found: list[Scores] = []
        for metric in metrics:
            cells = {
                cell: self._answered(metric, tally, cell)
                if metric.question_kind
                else turnover_rate(
                    staff.get(cell, EmploymentCounts()), minimum_base=metric.minimum_base
                )
                for cell in shape
            }
            found.append(
                [[cells[group, p] for p in range(len(edges) - 1)] for group in range(groups)]
            )
        return found

    async def by_touchpoint(
        self, metric: Definition, scope: Scope, edges: Sequence[int]
    ) -> list[tuple[str, Score]]:
        """(touchpoint id or "" for none, score) of one period; employment has no touchpoints."""
        if metric.question_kind is None:
            return [("", NOT_APPLICABLE)]
        await self.cube.fresh(span.department_id for span in scope.spans)
        values, tally = self.cube.tally_by("touchpoint", scope.spans, edges)
        return [
            (value, self._answered(metric, tally, (group, 0))) for group, value in enumerate(values)
        ]

    async def _tally(self, scope: Scope, edges: Sequence[int]) -> dict[int, Counts]:
        standing = standing_days(self.today())
        if list(edges) == standing and all([s.from_day, s.to_day] == standing for s in scope.spans):
            groups, cube = max(len(scope.groups), 1), self.cube
            found = await current(
                cube.pool, cube.names, self.catalog, scope.spans, groups, self.today()
            )
            if found is not None:
                return found
        await self.cube.fresh({span.department_id for span in scope.spans})
        return self.cube.tally(scope.spans, edges, max(len(scope.groups), 1))

    async def _employment(
        self, scope: Scope, edges: Sequence[int]
    ) -> dict[tuple[int, int], EmploymentCounts]:
        async with self.sessions() as session:
            return await storage.employment_counts(
                session, scope.spans, edges, until=self.today() + 1
            )

    def _answered(
        self, metric: Definition, tally: Mapping[int, Counts], cell: tuple[int, int]
    ) -> Score:
        """The score of the answers in a cell, pooled over the surveys that count for the scorecard."""
        answers: dict[str, int] = {}
        for survey, counts in tally.items():
            layout = self.catalog.by_number[survey]
            item = layout.first_of_kind.get(metric.question_kind or "")
            if item is None or not layout.in_scorecard:
                continue
            values = counts[cell][item.offset : item.offset + len(item.codes)]
            for code, count in zip(item.codes, values.tolist(), strict=True):
                answers[code] = answers.get(code, 0) + count
        return score_answers(metric, answers)
