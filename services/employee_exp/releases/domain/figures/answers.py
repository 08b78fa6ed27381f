"""What everybody answered, as columns: a person is a row, and nothing says which."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.employee_exp.releases.domain.respondents import Respondents
from services.employee_exp.releases.domain.tree import Indices

Who = NDArray[np.bool_]
Figures = NDArray[np.float64]
NO_ANSWER = -1
AGREES, NEUTRAL = 4, 3
"""Of 1 to 5: answers from AGREES on are favourable, those below NEUTRAL unfavourable."""
PROMOTES, PASSIVE = 9, 7
BURNT_OUT = 50
"""Of 0 to 100, from which mean on a person counts as high."""


class Kind(Enum):
    """Kinds of questions whose answers are numbers."""

    ENPS = "0 to 10"
    AGREEMENT = "1 to 5"
    BURNOUT = "1 to 5, scored 0 to 100"
    SENSITIVE = "0 or 1"


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Those who gave an answer that is a number, and their answers by question, NO_ANSWER where there is none."""

    respondents: Respondents
    kinds: Mapping[str, Kind]
    """By question, in the order they are asked."""
    scores: Mapping[str, Indices]

    def of(self, kind: Kind) -> list[str]:
        """The questions of a kind."""
        return [question for question, other in self.kinds.items() if other is kind]

    def answered_by(self, least: int) -> "Answers":
        """With the questions alone that at least so many people answered."""
        kinds = {q: kind for q, kind in self.kinds.items() if self.who(q).sum() >= least}
        return Answers(self.respondents, kinds, {q: self.scores[q] for q in kinds})

    def who(self, question: str) -> Who:
        """Who answered one."""
        return self.scores[question] >= 0

    def engagement(self) -> tuple[Who, Figures]:
        """Who has an engagement index, and each one's: the share of the answers given that agree."""
        return self._index(Kind.AGREEMENT, lambda scores: (scores >= AGREES).astype(np.float64))

    def burnout(self) -> tuple[Who, Figures]:
        """The same of burnout: each one's mean answer, 0 to 100."""
        return self._index(Kind.BURNOUT, lambda scores: (scores - 1) * 25.0)

    def _index(self, kind: Kind, score: Callable[[Indices], Any]) -> tuple[Who, Figures]:
        """The mean of the answers given, for who answered two thirds of the items; nobody where there are none."""
        table = self.table(self.of(kind))
        given = table >= 0
        count = given.sum(axis=1)
        total = np.where(given, score(table), 0.0).sum(axis=1)
        who: Who = (3 * count >= 2 * table.shape[1]) & (count > 0)
        means: Figures = total / np.maximum(count, 1)
        return who, means

    def table(self, questions: Iterable[str]) -> Indices:
        """People by questions."""
        columns = [self.scores[question] for question in questions]
        empty = np.empty((len(self.respondents), 0), dtype=np.int64)
        return np.column_stack(columns) if columns else empty
