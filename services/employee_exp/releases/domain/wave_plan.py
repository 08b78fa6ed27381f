"""What of a whole wave is released: figures, sensitive questions and comments, each by its own rule."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from services.employee_exp.releases.domain.audit import find_leaks
from services.employee_exp.releases.domain.figures.answers import Answers, Kind, Who
from services.employee_exp.releases.domain.planning import plan
from services.employee_exp.releases.domain.release_plan import NotReleasable, ReleasePlan, decide
from services.employee_exp.releases.domain.tree import Counts, Indices, Tree

SENSITIVE_LEAST, SENSITIVE_RESIDUAL = 20, 10
COMMENTS_LEAST = COMMENTS_RESIDUAL = 10


@dataclass(frozen=True, slots=True)
class WavePlan:
    """The departments and cuts for all figures; by question, the departments that see a sensitive one, and comments."""

    figures: ReleasePlan
    sensitive: Mapping[str, frozenset[int]]
    comments: Mapping[str, frozenset[int]]

    least: int

    def digest(self) -> str:
        """SHA-256 of the plan in one written form, hex: who has the plan can check that it is the one."""
        figures = self.figures
        content = {
            "k": self.least,
            "departments": sorted(figures.departments),
            "cuts": sorted(figures.cuts),
            "dropped": sorted(figures.dropped),
            "sensitive": {key: sorted(places) for key, places in self.sensitive.items()},
            "comments": {key: sorted(places) for key, places in self.comments.items()},
        }
        return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def decide_wave(
    tree: Tree, answers: Answers, writers: Mapping[str, Indices], *, least: int
) -> WavePlan:
    """The plan of a wave; `writers`: by text question, where each one counts who wrote something."""
    answers = answers.answered_by(least)
    figures = decide(tree, answers.respondents, populations(answers, least), least=least)
    among = figures.departments
    sensitive = {q: _sensitive(tree, answers, q, among, least) for q in answers.of(Kind.SENSITIVE)}
    comments = {
        question: plan(
            tree,
            _count(tree, places),
            least=max(COMMENTS_LEAST, least),
            residual=max(COMMENTS_RESIDUAL, least),
            among=among,
        )
        for question, places in writers.items()
    }
    return WavePlan(figures, sensitive, comments, least)


def populations(answers: Answers, least: int) -> dict[str, Who]:
    """Who is behind each figure that one plan holds for: questions and the two indices.

    What fewer than `least` people answered in the whole wave is published nowhere, and holds up nothing else.
    """
    kinds = (Kind.ENPS, Kind.AGREEMENT, Kind.BURNOUT)
    found = {f"question {q}": answers.who(q) for kind in kinds for q in answers.of(kind)}
    found |= {"engagement": answers.engagement()[0], "burnout": answers.burnout()[0]}
    return {name: who for name, who in found.items() if np.count_nonzero(who) >= least}


def _sensitive(
    tree: Tree, answers: Answers, question: str, among: frozenset[int], least: int
) -> frozenset[int]:
    people = answers.respondents.only(answers.who(question))
    least, residual = max(SENSITIVE_LEAST, least), max(SENSITIVE_RESIDUAL, least)
    found = plan(
        tree, people.count(tree), least=least, residual=residual, among=among, top_first=True
    )
    for _ in find_leaks(tree, people, found, frozenset(), least=residual):
        raise NotReleasable
    return found


def _count(tree: Tree, places: Indices) -> Counts:
    return np.bincount(places, minlength=len(tree))
