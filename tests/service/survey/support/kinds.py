"""A question of every kind beside those of `running`, and answers to choices."""

from cxm.survey.v1 import responses_pb2, surveys_pb2

OPTIONS = [surveys_pb2.Option(key=key, text=key.title()) for key in ("price", "time", "staff")]
QUESTIONS = [
    surveys_pb2.Question(key="easy", kind=surveys_pb2.QUESTION_KIND_CES, text="Easy?"),
    surveys_pb2.Question(
        key="effort", kind=surveys_pb2.QUESTION_KIND_CES1, text="How much effort?"
    ),
    surveys_pb2.Question(
        key="stars",
        kind=surveys_pb2.QUESTION_KIND_RATING,
        text="Stars?",
        scale=surveys_pb2.Scale(low=1, high=4),
    ),
    surveys_pb2.Question(
        key="main",
        kind=surveys_pb2.QUESTION_KIND_SINGLE_CHOICE,
        text="Main reason?",
        options=OPTIONS,
    ),
    surveys_pb2.Question(
        key="all",
        kind=surveys_pb2.QUESTION_KIND_MULTIPLE_CHOICE,
        text="All reasons?",
        options=OPTIONS,
    ),
]


def choice(question: str, *keys: str) -> responses_pb2.Answer:
    return responses_pb2.Answer(question=question, choices=responses_pb2.Choices(options=keys))
