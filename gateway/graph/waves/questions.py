"""What a wave asks."""

import strawberry

from cxm.employee_exp.v1 import waves_pb2 as pb
from gateway.graph.surveys.types import LocalizedText
from gateway.graph.waves.kinds import WaveQuestionKind


@strawberry.type(description="One question of a wave.")
class WaveQuestion:
    key: str = strawberry.field(
        description="Once in a wave; of one key and kind over waves: the same question."
    )
    kind: WaveQuestionKind = strawberry.field(description="What may be answered.")
    text: str = strawberry.field(description="As it is asked, in the wave's language.")

    @strawberry.field(
        description="The text in the other languages.", graphql_type=list[LocalizedText]
    )
    @staticmethod
    def texts(root: strawberry.Parent[pb.WaveQuestion]) -> list[pb.WaveText]:
        return list(root.texts)
