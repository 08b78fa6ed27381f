"""Surveys that ask standard items, and responses to them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cxm.survey.v1 import surveys_pb2 as pb
from cxm.survey.v1.events_pb2 import DimensionSet, RecordedResponse, ScoredAnswer
from services.kit.clock import day_number, new_id
from tests.support.builders import id_of, make_survey

YES, PARTLY, NO, DONT_KNOW = "yes", "partly", "no", "DONT_KNOW"


def asking(key: str, *items: str, also: tuple[pb.Question, ...] = (), **fields: Any) -> pb.Survey:
    """A survey that asks these standard items, each under a key of its own."""
    survey = make_survey(key, (), **fields)
    survey.questions.extend([*(question(key, item) for item in items), *also])
    return survey


def question(survey: str, item: str) -> pb.Question:
    """One that asks an item, as survey sends it."""
    found = pb.Question(id=id_of(f"{survey} {item}"), key=f"q-{item}", text=item, item=item)
    if item == "informationThere":
        found.kind = pb.QUESTION_KIND_SINGLE_CHOICE
        found.options.extend([pb.Option(key=key, text=key) for key in (YES, PARTLY, NO, DONT_KNOW)])
    else:
        found.kind = pb.QUESTION_KIND_RATING
        low, high = (0, 4) if item == "feeling" else (1, 5)
        found.scale.low, found.scale.high = low, high
    return found


def rating(survey: str, key: str, low: int, high: int) -> pb.Question:
    """One of the survey's own."""
    return pb.Question(
        id=id_of(f"{survey} {key}"),
        key=key,
        text=key,
        kind=pb.QUESTION_KIND_RATING,
        scale=pb.Scale(low=low, high=high),
    )


def answering(
    department: str,
    survey: str,
    on: date,
    answers: Mapping[str, int | str],
    *,
    sign: int = 1,
    **dimensions: str,
) -> RecordedResponse:
    """A response by item, or by key of a question of the survey's own: scores, and options."""
    return RecordedResponse(
        response_id=new_id(),
        survey_id=id_of(f"survey {survey}"),
        survey_version_id=id_of(f"version {survey}"),
        department_id=id_of(department),
        local_day=day_number(on),
        dimensions=DimensionSet(**dimensions),
        answers=[
            ScoredAnswer(question_id=id_of(f"{survey} {item}"), choice=value)
            if isinstance(value, str)
            else ScoredAnswer(question_id=id_of(f"{survey} {item}"), score=value)
            for item, value in answers.items()
        ],
        sign=sign,
    )
