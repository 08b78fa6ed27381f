"""Waves: what is asked of employees, of whom and until when."""

from typing import Annotated, Any

import strawberry

from cxm.employee_exp.v1 import waves_pb2 as pb
from gateway.graph.base.node import Node, node_id
from gateway.graph.base.scalars import DateTime
from gateway.graph.surveys.types import LocalizedText
from gateway.graph.waves.instants import instant_of
from gateway.graph.waves.kinds import WaveKind, WaveState
from gateway.graph.waves.questions import WaveQuestion
from gateway.graph.waves.reading import read_breakdown, read_results
from gateway.graph.waves.report import WavePreview, WaveReport
from gateway.graph.waves.results import WaveBreakdown, WaveResults
from gateway.request.context import Info
from gateway.request.prices import OWN_CALL
from services.kit.rpc.fields import optional

Parent = strawberry.Parent[pb.Wave]
DepartmentKey = Annotated[str, strawberry.argument(description="Key of the department.")]
COUNTS = "for who may write waves"


@strawberry.type(
    description="One round of an employee survey. From its opening on, departments, people, questions and k stay as "
    "they are; its results are made once, after it closed, and never again."
)
class Wave(Node):
    id: strawberry.ID = strawberry.field(resolver=node_id, description="Opaque global id.")
    key: str = strawberry.field(description="The organisation's own code; does not change.")
    state: WaveState = strawberry.field(description="Whether it takes answers.")
    imported: bool = strawberry.field(
        description="It was measured elsewhere; its results came as a file."
    )

    @classmethod
    def is_type_of(cls, obj: object, _info: object) -> bool:
        return isinstance(obj, pb.Wave)

    @strawberry.field(description="Who is asked, and how much.", graphql_type=WaveKind)
    @staticmethod
    def kind(root: Parent) -> int:
        return root.draft.kind

    @strawberry.field(description="For people, in the wave's language.")
    @staticmethod
    def name(root: Parent) -> str:
        return root.draft.name

    @strawberry.field(
        description="The name in the other languages.", graphql_type=list[LocalizedText]
    )
    @staticmethod
    def names(root: Parent) -> list[pb.WaveText]:
        return list(root.draft.names)

    @strawberry.field(description="BCP 47 tag of the plain name and texts.")
    @staticmethod
    def language(root: Parent) -> str:
        return root.draft.language

    @strawberry.field(description="BCP 47 tags of the languages in which it can be answered.")
    @staticmethod
    def languages(root: Parent) -> list[str]:
        return list(root.draft.languages)

    @strawberry.field(description="In the order they are asked.", graphql_type=list[WaveQuestion])
    @staticmethod
    def questions(root: Parent) -> list[pb.WaveQuestion]:
        return list(root.draft.questions)

    @strawberry.field(
        description="Keys of the departments that are asked, each with all under it, for who may write waves; empty: "
        "the whole organisation, and for others."
    )
    @staticmethod
    def departments(root: Parent) -> list[str]:
        return list(root.draft.departments)

    @strawberry.field(description="The smallest group that is shown, 5 to 100 people.")
    @staticmethod
    def k(root: Parent) -> int:
        return root.draft.k

    @strawberry.field(
        description="Attributes of employees by which results may be cut, one at a time; at most 5."
    )
    @staticmethod
    def dimensions(root: Parent) -> list[str]:
        return list(root.draft.dimensions)

    @strawberry.field(description="When it opens by itself; null: by hand.")
    @staticmethod
    def opens_at(root: Parent) -> DateTime | None:
        return instant_of(root.draft, "opens_at")

    @strawberry.field(
        description="When it closes by itself; the instant itself is too late. Null: of a draft not said yet, and of "
        "one that was imported."
    )
    @staticmethod
    def closes_at(root: Parent) -> DateTime | None:
        return instant_of(root.draft, "closes_at")

    @strawberry.field(
        description="Days after its opening on which those are reminded who have not answered, ascending, for who may "
        "write waves; empty for others. The system does it, unseen by anybody."
    )
    @staticmethod
    def reminders(root: Parent) -> list[int]:
        return list(root.draft.reminders)

    @strawberry.field(
        description="When it opens, the next draft is made, so many months later; for who may write waves. Null: it is "
        "not repeated, and for others."
    )
    @staticmethod
    def repeat_months(root: Parent) -> int | None:
        return root.draft.repeat_months or None

    @strawberry.field(description="When it opened; null: not yet.")
    @staticmethod
    def opened_at(root: Parent) -> DateTime | None:
        return instant_of(root, "opened_at")

    @strawberry.field(description="When it closed; null: not yet.")
    @staticmethod
    def closed_at(root: Parent) -> DateTime | None:
        return instant_of(root, "closed_at")

    @strawberry.field(description="When its results were released; null: not yet.")
    @staticmethod
    def released_at(root: Parent) -> DateTime | None:
        return instant_of(root, "released_at")

    @strawberry.field(
        description="Why it was closed before its time, for who may write waves; null: it was not, and for others."
    )
    @staticmethod
    def closed_early_because(root: Parent) -> str | None:
        return root.closed_early_because or None

    @strawberry.field(
        description=f"People who were asked, {COUNTS}; null for others, for a draft and for one that was imported."
    )
    @staticmethod
    def invited(root: Parent) -> int | None:
        return root.invited or None

    @strawberry.field(description=f"Links that were sent, {COUNTS}; null where `invited` is.")
    @staticmethod
    def links_sent(root: Parent) -> int | None:
        return root.links_sent if root.invited else None

    @strawberry.field(
        description=f"Links that were used in the whole organisation, {COUNTS}. While the wave is open as of the start "
        "of the day, in steps of ten, from 100 sent on; once it closed the number itself. Null before, and where "
        "`invited` is."
    )
    @staticmethod
    def links_spent(root: Parent) -> int | None:
        spent: int | None = optional(root, "links_spent")
        return spent

    @strawberry.field(
        description="How its release came about, for who may write waves; null for others, until it is released, and "
        "for one that was imported.",
        graphql_type=WaveReport | None,
    )
    @staticmethod
    def report(root: Parent) -> pb.ReleaseReport | None:
        return root.report if root.HasField("report") else None

    @strawberry.field(
        description="Who would be asked today, and what would be shown. Null unless it is a draft, and when "
        "employee_exp is away.",
        graphql_type=WavePreview | None,
        metadata=OWN_CALL,
    )
    @staticmethod
    async def preview(root: Parent, info: Info) -> pb.PreviewWaveResponse | None:
        if root.state != pb.WAVE_STATE_DRAFT:
            return None
        request = pb.PreviewWaveRequest(key=root.key)
        return await info.context.call(
            "employee_exp", info.context.clients.waves.PreviewWave, request
        )

    @strawberry.field(
        description="Results of a department. Null until the wave is released, for a department that is absent, not "
        "among those of the wave, or not the viewer's to see (they look the same), and when a service is away.",
        graphql_type=WaveResults | None,
        metadata=OWN_CALL,
    )
    @staticmethod
    async def results(
        root: Parent,
        info: Info,
        department: DepartmentKey,
        compare_to: Annotated[
            str | None,
            strawberry.argument(
                description="Key of another released wave, with which `WaveScore.change` compares."
            ),
        ] = None,
    ) -> Any:
        return await read_results(info, root, department, compare_to)

    @strawberry.field(
        description="Results of a department by a declared dimension; for any other the error has the reason "
        "FILTER_NOT_REPORTABLE. Null as `results` is.",
        graphql_type=WaveBreakdown | None,
        metadata=OWN_CALL,
    )
    @staticmethod
    async def breakdown(
        root: Parent,
        info: Info,
        department: DepartmentKey,
        dimension: Annotated[
            str, strawberry.argument(description="One of `Wave.dimensions`; never two at once.")
        ],
    ) -> Any:
        return await read_breakdown(info, root, department, dimension)
