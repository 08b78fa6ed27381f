"""How a release came about, and what a draft would show: counts, never answers."""

import strawberry

from cxm.employee_exp.v1 import waves_pb2 as pb
from gateway.graph.base.scalars import DateTime
from gateway.graph.waves.instants import instant_of


@strawberry.type(
    description="How a release came about. Before anything is published, an exact audit looks for groups that could be "
    "worked out by subtracting, over all questions and cuts of this wave. Each release is audited by itself: "
    "waves that could be subtracted from one another are refused when they open."
)
class WaveReport:
    answered: int = strawberry.field(description="Ballots with a scored answer, 0 and up.")
    departments: int = strawberry.field(description="Departments of the wave, 1 and up.")
    released: int = strawberry.field(description="Departments that see results.")
    cuts: int = strawberry.field(
        description="Cuts of departments by a dimension that are released."
    )
    dropped: int = strawberry.field(description="Cuts that the audit dropped, 0 and up.")
    cells: int = strawberry.field(description="Numbers audited, over all questions.")
    plan_hash: str = strawberry.field(
        description="SHA-256 of the plan, 64 hexadecimal digits: what was to be published before any answer was read."
    )
    lost: int = strawberry.field(
        description="Ballots that could not be opened, because a key was lost; 0 and up."
    )

    @strawberry.field(description="Which key was lost; null: none.")
    @staticmethod
    def lost_because(root: strawberry.Parent[pb.ReleaseReport]) -> str | None:
        return root.lost_because or None

    @strawberry.field(
        description="When the single ballots and their key are destroyed. Null while that is not known."
    )
    @staticmethod
    def ballots_end_at(root: strawberry.Parent[pb.ReleaseReport]) -> DateTime | None:
        return instant_of(root, "ballots_end_at")


@strawberry.type(description="A declared dimension among those who would be asked.")
class WavePreviewDimension:
    name: str = strawberry.field(description="Of the attribute.")
    categories: int = strawberry.field(description="How many; those who have none are one of them.")
    cuts: int = strawberry.field(
        description="Departments that would be cut by it if 75 % answered."
    )
    cuts_if_given: int = strawberry.field(
        description="The same without those who have none. Where it is more than `cuts`, they are too few to be shown, "
        "and could be worked out beside the others: record it for them before the wave opens."
    )
    unknown: bool = strawberry.field(
        description="Nobody who would be asked has it: look how it is spelt, or record it before the wave opens."
    )


@strawberry.type(description="What another smallest group would show.")
class WavePreviewK:
    k: int = strawberry.field(description="The smallest group, 5 to 100.")
    shown: int = strawberry.field(description="Departments that would see results with it.")


@strawberry.type(
    description="Who would be asked today, and what would be shown if 75 % answered everywhere alike."
)
class WavePreview:
    people: int = strawberry.field(description="Who would be asked, 0 and up.")
    reachable: int = strawberry.field(description="Of them those with an e-mail address.")
    departments: int = strawberry.field(description="Departments of the wave.")
    shown: int = strawberry.field(
        description="Departments that would see results: groups of k people. Answers to a single question, eNPS, "
        "burnout and comments take 10 people where k is smaller, sensitive questions 20."
    )
    dimensions: list[WavePreviewDimension] = strawberry.field(
        description="As they are declared; none where fewer than k people would be asked."
    )

    @strawberry.field(name="withOtherK", description="The same with other values of k, ascending.")
    @staticmethod
    def with_other_k(root: strawberry.Parent[pb.PreviewWaveResponse]) -> list[WavePreviewK]:
        pairs = zip(root.other_k, root.other_shown, strict=False)
        return [WavePreviewK(k=k, shown=shown) for k, shown in pairs]
