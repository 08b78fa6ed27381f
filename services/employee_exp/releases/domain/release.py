"""The cells of a release: every figure of every department, and of the categories of those that are cut."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from services.employee_exp.releases.domain.figures import statistics
from services.employee_exp.releases.domain.figures.answers import (
    AGREES,
    BURNT_OUT,
    NEUTRAL,
    PASSIVE,
    PROMOTES,
    Answers,
    Figures,
    Kind,
    Who,
)
from services.employee_exp.releases.domain.figures.statistics import (
    Agreement,
    CellScore,
    Sums,
    cronbach_alpha,
)
from services.employee_exp.releases.domain.groups import Groups
from services.employee_exp.releases.domain.respondents import Respondents
from services.employee_exp.releases.domain.tree import NONE, Tree
from services.employee_exp.releases.domain.wave_plan import WavePlan


@dataclass(frozen=True, slots=True)
class ReleasedCell:
    """What is published of one group: a department, or with a dimension one category of it."""

    department: int
    scores: tuple[CellScore, ...]
    dimension: int = NONE
    category: int = NONE


def compute_cells(
    tree: Tree, answers: Answers, invited: Respondents, wave_plan: WavePlan
) -> Iterator[ReleasedCell]:
    """All cells of a wave, in one order; `invited`: everybody who was, where they count."""
    answers = answers.answered_by(wave_plan.least)
    whole = _Figures(answers, Groups.by(tree, answers.respondents), wave_plan.least)
    asked = Groups.by(tree, invited).count(np.ones(len(invited), dtype=np.bool_))
    for department in sorted(wave_plan.figures.departments):
        yield ReleasedCell(
            department,
            tuple(whole.of_department(department, int(asked[department, 0]), wave_plan.sensitive)),
        )
    for dimension in sorted({cut.dimension for cut in wave_plan.figures.cuts}):
        parts = _Figures(answers, Groups.by(tree, answers.respondents, dimension), wave_plan.least)
        for cut in sorted(wave_plan.figures.cuts):
            if cut.dimension == dimension:
                yield from _categories(parts, cut.department, dimension)


def _categories(parts: "_Figures", department: int, dimension: int) -> Iterator[ReleasedCell]:
    """Sensitive questions are not cut, and who was invited is not told of a category."""
    for category in np.flatnonzero(parts.everybody[department]):
        scores = tuple(parts.of_category(department, int(category)))
        yield ReleasedCell(department, scores, dimension, int(category))


class _Figures:
    """Counts of every question over the groups, from which figures of one group are taken."""

    def __init__(self, answers: Answers, groups: Groups, least: int) -> None:
        self.answers = answers
        self.least = least
        self.groups = groups
        self.everybody = groups.count(np.ones(len(answers.respondents), dtype=np.bool_))
        self.of_question = {
            question: [groups.count(who) for who in _split(answers, question, kind)]
            for question, kind in answers.kinds.items()
        }
        self.engagement = _Means(groups, *answers.engagement())
        self.burnout = _Means(groups, *answers.burnout())
        who, mean = answers.burnout()
        self.burnt_out = groups.count(who & (mean >= BURNT_OUT))

    @cached_property
    def alpha(self) -> dict[int, float]:
        """Of the departments at the top, from those who answered every item."""
        tree, items = self.groups.tree, self.answers.table(self.answers.of(Kind.AGREEMENT))
        complete = (items >= 0).all(axis=1)
        tops = tree.nearest(frozenset(np.flatnonzero(tree.parents == NONE).tolist()))
        at = tops[self.answers.respondents.departments]
        found = {int(t): cronbach_alpha(items[complete & (at == t)]) for t in np.unique(at)}
        return {top: alpha for top, alpha in found.items() if alpha is not None}

    def of_department(
        self, department: int, invited: int, sensitive: Mapping[str, frozenset[int]]
    ) -> Iterator[CellScore]:
        """Participation and indices first, then the questions as they are asked."""
        place, answered = (department, 0), int(self.everybody[department, 0])
        invited = max(invited, answered)
        yield statistics.participation(answered, invited)
        yield from self._indices(place, is_whole=True)
        told = invited if statistics.is_rate_exact(answered, invited) else None
        yield from self._questions(place, told, sensitive)

    def of_category(self, department: int, category: int) -> Iterator[CellScore]:
        """The same without participation and sensitive questions."""
        yield from self._indices((department, category), is_whole=False)
        yield from self._questions((department, category), None, {})

    def _questions(
        self,
        place: tuple[int, int],
        invited: int | None,
        sensitive: Mapping[str, frozenset[int]],
    ) -> Iterator[CellScore]:
        """`invited`: None where it is not told."""
        for question, kind in self.answers.kinds.items():
            counts = [int(count[place]) for count in self.of_question[question]]
            if kind is Kind.ENPS:
                yield statistics.enps(*counts)
            elif kind is Kind.AGREEMENT:
                yield statistics.favourable(question, *counts, invited=invited)
            elif kind is Kind.SENSITIVE and place[0] in sensitive.get(question, ()):
                yield statistics.sensitive(question, counts[0], sum(counts), invited=invited)

    def _indices(self, place: tuple[int, int], *, is_whole: bool) -> Iterator[CellScore]:
        sums = self.engagement.at(place)
        if sums.people >= self.least:  # 0 where the whole wave has fewer
            score = statistics.engagement(sums, list(self._agreement(place)))
            # Else alpha would tell that all were alike.
            is_varied = score.spread is not None and abs(score.spread - sums.spread) < 0.01
            alpha = self.alpha.get(place[0]) if is_whole and is_varied else None
            yield replace(score, alpha=alpha)
        sums = self.burnout.at(place)
        if sums.people >= self.least:
            items = len(self.answers.of(Kind.BURNOUT))
            yield statistics.burnout(sums, int(self.burnt_out[place]), items)

    def _agreement(self, place: tuple[int, int]) -> Iterator[Agreement]:
        for question in self.answers.of(Kind.AGREEMENT):
            agree, neutral, disagree = (int(count[place]) for count in self.of_question[question])
            yield Agreement(agree, agree + neutral + disagree)


class _Means:
    """Sums of one figure of each person, over the groups."""

    def __init__(self, groups: Groups, who: Who, values: Figures) -> None:
        self.people = groups.count(who)
        self.total = groups.total(values, who)
        self.squares = groups.total(values * values, who)

    def at(self, place: tuple[int, int]) -> Sums:
        people, total, squares = self.people[place], self.total[place], self.squares[place]
        return Sums(int(people), float(total), float(squares))


def _split(answers: Answers, question: str, kind: Kind) -> tuple[Who, ...]:
    """Who gave which answer, in the groups that the figure of the kind counts."""
    scores = answers.scores[question]
    given = scores >= 0
    if kind is Kind.SENSITIVE:
        return scores == 1, scores == 0
    high, low = (PROMOTES, PASSIVE) if kind is Kind.ENPS else (AGREES, NEUTRAL)
    return scores >= high, given & (scores >= low) & (scores < high), given & (scores < low)
