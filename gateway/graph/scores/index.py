"""Of what the score of an index is made."""

from enum import Enum
from typing import Final

import strawberry

from cxm.metrics.v1 import scores_pb2 as pb
from services.kit.rpc.fields import optional

RELIABLE: Final = 0.70
"""Nunnally, "Psychometric Theory" (1978)."""


@strawberry.enum(description="What to mind of an index.")
class IndexNote(Enum):
    ALPHA_BELOW_070 = strawberry.enum_value(
        "ALPHA_BELOW_070",
        description="Cronbach's alpha is below 0.70: the items hardly belong together, so look at each of them.",
    )


@strawberry.type(description="Of what the score of an index is made.")
class ScoreIndex:
    items: int = strawberry.field(description="How many items it has, 2 to 12.")
    complete: int = strawberry.field(
        description="Responses that answered every item; `alpha` is of these."
    )
    alpha: float | None = strawberry.field(
        description="Cronbach's alpha, at most 1: how much the items go together, as the index counts them: numbers, "
        "or 1 and 0 of a share. An estimate without an interval, of the `complete` responses. Null where fewer than "
        "`metric.minimumBase` answered every item, and where they all count alike."
    )
    note: IndexNote | None = strawberry.field(description="What to mind; null for nothing.")


def index_of(message: pb.Score) -> ScoreIndex | None:
    """None for the score of another metric, and without a value."""
    if not message.HasField("index"):
        return None
    alpha: float | None = optional(message.index, "alpha")
    return ScoreIndex(
        items=message.index.items,
        complete=message.index.complete,
        alpha=alpha,
        note=IndexNote.ALPHA_BELOW_070 if alpha is not None and alpha < RELIABLE else None,
    )
