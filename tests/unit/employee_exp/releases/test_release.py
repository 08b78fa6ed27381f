"""All cells of a wave, against a recomputation person by person."""

import random
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest

from services.employee_exp.releases.domain.figures.answers import NO_ANSWER, Answers, Kind
from services.employee_exp.releases.domain.figures.disclosure import End
from services.employee_exp.releases.domain.figures.statistics import CellScore
from services.employee_exp.releases.domain.release import ReleasedCell, compute_cells
from services.employee_exp.releases.domain.respondents import Respondents
from services.employee_exp.releases.domain.tree import NONE, Tree
from services.employee_exp.releases.domain.wave_plan import WavePlan, decide_wave
from tests.support import plain_release as plain
from tests.support.plain_release import Person

PARENTS = (NONE, 0, 0, 1, 1, 2)
AGREE = [f"a{number}" for number in range(6)]
BURNT = ["b0", "b1", "b2"]
KINDS = {
    "recommend": Kind.ENPS,
    **dict.fromkeys(AGREE, Kind.AGREEMENT),
    **dict.fromkeys(BURNT, Kind.BURNOUT),
    "moved": Kind.SENSITIVE,
}
SCALES = {
    Kind.ENPS: range(11),
    Kind.AGREEMENT: range(1, 6),
    Kind.BURNOUT: range(1, 6),
    Kind.SENSITIVE: range(2),
}


def make_people(count: int, *, seed: int = 1, answers: float = 0.95) -> list[Person]:
    dice = random.Random(seed)
    return [
        Person(
            dice.randrange(len(PARENTS)),
            (dice.randrange(2), dice.randrange(3)),
            {q: dice.choice(SCALES[k]) for q, k in KINDS.items() if dice.random() < answers}
            or {"a0": 3},
        )
        for _ in range(count)
    ]


def respondents(people: Sequence[Person]) -> Respondents:
    categories = tuple(np.array([p.categories[d] for p in people]) for d in range(2))
    return Respondents(np.array([p.place for p in people]), categories)


def answers(people: Sequence[Person]) -> Answers:
    scores = {q: np.array([p.scores.get(q, NO_ANSWER) for p in people]) for q in KINDS}
    return Answers(respondents(people), KINDS, scores)


def release(
    people: Sequence[Person], invited: Sequence[Person], *, least: int = 5
) -> tuple[WavePlan, list[ReleasedCell]]:
    tree = Tree(PARENTS)
    found = decide_wave(tree, answers(people), {}, least=least)
    return found, list(compute_cells(tree, answers(people), respondents(invited), found))


def inside(cell: ReleasedCell, people: Sequence[Person]) -> list[Person]:
    return [
        p
        for p in people
        if plain.is_in(p.place, cell.department, PARENTS)
        and (cell.dimension == NONE or p.categories[cell.dimension] == cell.category)
    ]


def given(people: Sequence[Person], question: str) -> list[int]:
    return [p.scores[question] for p in people if question in p.scores]


def by_name(cell: ReleasedCell) -> dict[str, CellScore]:
    return {score.statistic: score for score in cell.scores}


@pytest.fixture(scope="module")
def everybody() -> list[Person]:
    return make_people(400)


@pytest.fixture(scope="module")
def released(everybody: list[Person]) -> tuple[WavePlan, list[ReleasedCell]]:
    return release(everybody[:300], everybody)


def test_every_department_and_cut_of_the_plan_has_its_cells(
    released: tuple[WavePlan, list[ReleasedCell]],
) -> None:
    plan, cells = released

    whole = [cell.department for cell in cells if cell.dimension == NONE]
    assert whole == sorted(plan.figures.departments) == list(range(6))
    cut = {(cell.department, cell.dimension) for cell in cells if cell.dimension != NONE}
    assert cut == plan.figures.cuts
    assert len(cut) > 2
    assert plan.sensitive["moved"] == frozenset(range(6))


def test_values_are_those_of_a_plain_recomputation(
    everybody: list[Person], released: tuple[WavePlan, list[ReleasedCell]]
) -> None:
    for cell in released[1]:
        people, scores = inside(cell, everybody[:300]), by_name(cell)
        assert scores["enps"].value == pytest.approx(plain.plain_enps(given(people, "recommend")))
        for question in AGREE:
            answered = given(people, question)
            assert scores[question].people == len(answered)
            assert scores[question].value == pytest.approx(plain.plain_favourable(answered))
        indices = [i for p in people if (i := plain.index_of(p, AGREE, plain.AGREES)) is not None]
        told = plain.plain_engagement(people, AGREE)
        assert scores["engagement"].people == len(indices)
        assert (scores["engagement"].value, scores["engagement"].spread) == pytest.approx(told)
        burnt = [i for p in people if (i := plain.index_of(p, BURNT, plain.BURNOUT)) is not None]
        told = plain.plain_mean(burnt, 100, Fraction(25, 3))
        if len(burnt) >= 10:
            assert (scores["burnout"].value, scores["burnout"].spread) == pytest.approx(told)
            [high] = scores["burnout"].bands
            share = sum(b >= 50 for b in burnt) / len(burnt)
            assert high.share == pytest.approx(min(max(share, 0.1), 0.9))
            assert (high.end is End.NEITHER) == (0.1 < share < 0.9)


def test_departments_tell_participation_and_sensitive_answers_and_categories_do_not(
    everybody: list[Person], released: tuple[WavePlan, list[ReleasedCell]]
) -> None:
    for cell in released[1]:
        scores = by_name(cell)
        if cell.dimension != NONE:
            assert not {"participationRate", "moved"} & set(scores)
            continue
        people, invited = inside(cell, everybody[:300]), inside(cell, everybody)
        rate = plain.plain_participation(len(people), len(invited))
        assert scores["participationRate"].value == pytest.approx(rate)
        assert scores["moved"].value == pytest.approx(plain.plain_yes(given(people, "moved")))


def test_where_the_rate_is_not_told_exactly_no_interval_tells_who_was_invited(
    everybody: list[Person],
) -> None:
    methods = []
    for answered in (everybody[:300], everybody[:396]):
        top = next(cell for cell in release(answered, everybody)[1] if cell.department == 0)
        methods.append({score.interval.method for score in top.scores if score.interval})

    assert "Wilson, finite population" in methods[0]  # the control
    assert "Wilson, finite population" not in methods[1]


def test_alpha_is_told_of_the_top_department_alone(
    everybody: list[Person], released: tuple[WavePlan, list[ReleasedCell]]
) -> None:
    alphas = {
        (cell.department, cell.dimension): by_name(cell)["engagement"].alpha
        for cell in released[1]
        if by_name(cell)["engagement"].alpha is not None
    }

    assert alphas == {(0, NONE): plain.plain_alpha(everybody[:300], AGREE)}


def test_what_fewer_than_k_people_answered_is_nowhere_and_holds_up_nothing() -> None:
    few = [
        Person(p.place, p.categories, {q: s for q, s in p.scores.items() if q != "a5" or n < 4})
        for n, p in enumerate(make_people(120, answers=1))
    ]

    plan, cells = release(few, few)

    assert plan.figures.departments == frozenset(range(6))
    assert not any("a5" in by_name(cell) for cell in cells)
    assert by_name(cells[0])["engagement"].people == 120


def test_a_sensitive_question_needs_twenty_people_and_more_where_k_is_more() -> None:
    people = [
        Person(place, (0, 0), {"moved": n % 2, "a0": 4})
        for place, count in enumerate((40, 0, 0, 20, 19, 45))
        for n in range(count)
    ]

    assert release(people, people)[0].sensitive["moved"] == {0, 1, 2, 3, 5}
    assert release(people, people, least=41)[0].sensitive["moved"] == {0, 2, 5}


def test_comments_need_ten_writers_and_ten_outside() -> None:
    people = make_people(300, answers=1)
    writers = np.repeat(np.arange(6), (0, 0, 9, 12, 4, 10))

    found = decide_wave(Tree(PARENTS), answers(people), {"better": writers}, least=5)

    assert found.comments["better"] == {0, 3, 5}
    larger = decide_wave(Tree(PARENTS), answers(people), {"better": writers}, least=12)
    assert larger.comments["better"] == {0, 1, 2}


def test_the_order_of_people_changes_nothing_and_one_answer_changes_no_plan(
    everybody: list[Person], released: tuple[WavePlan, list[ReleasedCell]]
) -> None:
    backwards = release(everybody[:300][::-1], everybody[::-1])

    assert backwards == released
    turned = [Person(p.place, p.categories, dict.fromkeys(p.scores, 1)) for p in everybody]
    assert release(turned[:300], turned)[0] == released[0]
    assert released[0].digest() == release(turned[:300], turned)[0].digest()
    assert released[0].digest() != release(turned[:299], turned)[0].digest() or (
        release(turned[:299], turned)[0] == released[0]
    )
