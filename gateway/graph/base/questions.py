"""What may be answered: the kinds of questions, which surveys, answers and filters share."""

from enum import Enum

import strawberry


@strawberry.enum(description="What may be answered.")
class QuestionKind(Enum):
    NPS = strawberry.enum_value(1, description="Likelihood to recommend, 0 to 10.")
    CSAT = strawberry.enum_value(2, description="Satisfaction, 1 to 5.")
    TEXT = strawberry.enum_value(3, description="A verbatim, at most 10,000 characters.")
    CES = strawberry.enum_value(
        4, description='Customer effort 2.0: "made it easy", 1 to 7, higher is better.'
    )
    RATING = strawberry.enum_value(5, description="A score on the question's own scale.")
    SINGLE_CHOICE = strawberry.enum_value(6, description="Exactly one of the options.")
    MULTIPLE_CHOICE = strawberry.enum_value(7, description="One or more of the options.")
    CES1 = strawberry.enum_value(
        8,
        description="Customer effort 1.0: effort, 1 to 5, lower is better. Never mixed with CES.",
    )
