"""What of a wave is public for ever: results of departments, of categories, and words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

import strawberry

from cxm.employee_exp.v1 import releases_pb2, waves_pb2
from cxm.profile.v1 import profile_pb2
from gateway.graph.base.paging import After, First
from gateway.graph.directory.types import Department
from gateway.graph.waves.kinds import WaveResultStatus
from gateway.graph.waves.loaders import ChangesRef
from gateway.graph.waves.numbers import WITHHELD_IN, ScoreView, WaveScore, in_order
from gateway.graph.waves.verbatims import WaveVerbatimConnection, list_words, status_number
from gateway.request.context import Info
from gateway.request.prices import OWN_CALL


@dataclass(frozen=True, slots=True)
class ResultsView:
    """Results of one department, and with which wave they are compared."""

    wave: waves_pb2.Wave
    department: profile_pb2.Department
    message: releases_pb2.DepartmentResults
    compare_to: str = ""  # id of a wave; empty: none

    def scores(self) -> list[ScoreView]:
        """Released and withheld ones: metrics first, then questions in the order they were asked; no comments."""
        changes = None
        if self.compare_to:
            changes = ChangesRef(self.department.id, self.wave.id, self.compare_to)
        texts = {
            question.key
            for question in self.wave.draft.questions
            if question.kind == waves_pb2.WAVE_QUESTION_KIND_TEXT
        }
        shown = [ScoreView(self.wave, score, changes=changes) for score in self.message.scores]
        withheld = [
            ScoreView(self.wave, releases_pb2.ReleasedScore(statistic=name), name_of_place)
            for name, name_of_place in self.message.counted_in_by_statistic.items()
            if name not in texts
        ]
        return in_order(self.wave, [*shown, *withheld])


@dataclass(frozen=True, slots=True)
class CategoryView:
    """Results of one category."""

    wave: waves_pb2.Wave
    message: releases_pb2.ReleasedCategory

    @property
    def scores(self) -> list[ScoreView]:
        return in_order(self.wave, [ScoreView(self.wave, each) for each in self.message.scores])


@dataclass(frozen=True, slots=True)
class BreakdownView:
    """Results of one department by a dimension."""

    status: int
    categories: Sequence[CategoryView] = field(default_factory=tuple)


@strawberry.type(description="How many comments there are.")
class WaveVerbatimCount:
    question: str = strawberry.field(description="Key of the question.")
    count: int = strawberry.field(description="10 and up.")


Results = strawberry.Parent[ResultsView]


@strawberry.type(
    description="Results of one department with all under it, as the organisation was when the wave opened. They are "
    "the same for every reader, for ever."
)
class WaveResults:
    @strawberry.field(description="As it is today.", graphql_type=Department)
    @staticmethod
    def department(root: Results) -> profile_pb2.Department:
        return root.department

    @strawberry.field(description="Whether they are shown.", graphql_type=WaveResultStatus)
    @staticmethod
    def status(root: Results) -> int:
        return status_number(is_released=root.message.released)

    @strawberry.field(description=WITHHELD_IN)
    @staticmethod
    def counted_in(root: Results) -> str | None:
        return root.message.counted_in or None

    @strawberry.field(
        description="enps, engagement, burnout and participationRate, as far as they were asked, then questions in "
        "the order they were asked; empty when WITHHELD.",
        graphql_type=list[WaveScore],
    )
    @staticmethod
    def scores(root: Results) -> list[ScoreView]:
        return root.scores()

    @strawberry.field(
        description="Dimensions by which this department is cut, for `Wave.breakdown`; of those declared."
    )
    @staticmethod
    def dimensions(root: Results) -> list[str]:
        return list(root.message.dimensions)

    @strawberry.field(
        description="Of the questions whose comments are shown here.",
        graphql_type=list[WaveVerbatimCount],
    )
    @staticmethod
    def verbatim_counts(root: Results) -> list[releases_pb2.VerbatimCount]:
        return list(root.message.verbatims)

    @strawberry.field(
        description="What was written to a question, in an order that says nothing. Null when employee_exp is away.",
        graphql_type=WaveVerbatimConnection | None,
        metadata=OWN_CALL,
    )
    @staticmethod
    async def verbatims(
        root: Results,
        info: Info,
        question: Annotated[str, strawberry.argument(description="Key of a question of TEXT.")],
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        search: Annotated[
            str | None,
            strawberry.argument(
                description="Only those with this in them, in any case; send it in a variable."
            ),
        ] = None,
    ) -> Any:
        wanted = releases_pb2.ListWaveVerbatimsRequest(
            wave=root.wave.id,
            department_id=root.department.id,
            question=question,
            search=search or "",
        )
        return await list_words(info, wanted, first, after)


@strawberry.type(description="Results of one category of a dimension.")
class WaveCategory:
    @strawberry.field(description="Of the category; null: of those of whom it is not known.")
    @staticmethod
    def name(root: strawberry.Parent[CategoryView]) -> str | None:
        return root.message.category or None

    scores: list[WaveScore] = strawberry.field(description="In the order of `WaveResults.scores`.")


@strawberry.type(
    description="Results of one department by a dimension: all of its categories, or none."
)
class WaveBreakdown:
    status: WaveResultStatus = strawberry.field(description="Whether they are shown.")
    categories: list[WaveCategory] = strawberry.field(
        description="By name, those of whom it is not known last; empty when WITHHELD."
    )
