"""Ballots into the columns that figures are computed from, and the comments of those who wrote some."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

import numpy as np

from services.employee_exp.releases.domain.figures.answers import NO_ANSWER, Answers, Kind
from services.employee_exp.releases.domain.respondents import Respondents
from services.employee_exp.releases.domain.tree import Indices


class OneBallot(Protocol):
    """Where answers count, in which categories, and what they say by question."""

    @property
    def place(self) -> int: ...
    @property
    def categories(self) -> tuple[int, ...]: ...
    @property
    def answers(self) -> Mapping[str, int | str]: ...


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote to a question, with the ballot it is of, which is told to nobody."""

    ballot: UUID
    place: int
    text: str


def answer_columns(
    ballots: Sequence[OneBallot], kinds: Mapping[str, Kind], dimensions: int
) -> Answers:
    """Those with an answer that is a number, in their order."""
    scored = [ballot for ballot in ballots if any(q in ballot.answers for q in kinds)]
    categories = [_column([b.categories[d] for b in scored]) for d in range(dimensions)]
    scores = {q: _column([_score(ballot, q) for ballot in scored]) for q in kinds}
    places = _column([ballot.place for ballot in scored])
    return Answers(Respondents(places, tuple(categories)), kinds, scores)


def comments(
    ballots: Mapping[UUID, OneBallot], questions: Sequence[str]
) -> dict[str, list[Comment]]:
    """By text question."""
    return {
        question: [
            Comment(id_, ballot.place, text)
            for id_, ballot in ballots.items()
            if isinstance(text := ballot.answers.get(question), str)
        ]
        for question in questions
    }


def _score(ballot: OneBallot, question: str) -> int:
    score = ballot.answers.get(question, NO_ANSWER)
    return score if isinstance(score, int) else NO_ANSWER


def _column(values: Sequence[int]) -> Indices:
    return np.array(values, dtype=np.int64)
