"""Waves in words: states, kinds, kinds of questions, and what may be shown."""

from enum import Enum

import strawberry


@strawberry.enum(description="Whether a wave takes answers. It never goes back.")
class WaveState(Enum):
    DRAFT = strawberry.enum_value(1, description="May change.")
    OPEN = strawberry.enum_value(2, description="Takes answers; nothing of it changes any more.")
    CLOSED = strawberry.enum_value(
        3, description="Takes no answers; its release is being computed."
    )
    RELEASED = strawberry.enum_value(4, description="Has results, the same for ever.")


@strawberry.enum(description="Who is asked, and how much.")
class WaveKind(Enum):
    CENSUS = strawberry.enum_value(1, description="Everybody of the audience, all questions.")
    PULSE = strawberry.enum_value(2, description="The same with few questions, repeated.")


@strawberry.enum(description="What employees can be asked.")
class WaveQuestionKind(Enum):
    ENPS = strawberry.enum_value(
        1, description="Likelihood to recommend working here, 0 to 10; at most one in a wave."
    )
    AGREEMENT = strawberry.enum_value(
        2, description="1 to 5; all of a wave make the engagement index."
    )
    BURNOUT = strawberry.enum_value(
        3,
        description="How often or how much, 1 to 5, scored 0, 25, 50, 75, 100 (Copenhagen Burnout Inventory).",
    )
    SENSITIVE = strawberry.enum_value(
        4,
        description="No or yes, 0 or 1: shown for groups of 20, and only where no fewer than 10 can be worked out.",
    )
    TEXT = strawberry.enum_value(5, description="At most 1,000 characters; at most 3 in a wave.")


@strawberry.enum(description="Whether results of a group are shown.")
class WaveResultStatus(Enum):
    RELEASED = strawberry.enum_value(1, description="They are.")
    WITHHELD = strawberry.enum_value(
        2,
        description="Not here, to protect those who answered: the group is small, or would tell of a small one beside "
        "others. Which of the two is not told.",
    )


@strawberry.enum(description="At which end a share lies that is told as a bound.")
class WaveBandEnd(Enum):
    AT_MOST = strawberry.enum_value(1, description="10 % or less; the share reads 0.1.")
    AT_LEAST = strawberry.enum_value(2, description="90 % or more; the share reads 0.9.")
