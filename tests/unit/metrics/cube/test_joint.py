"""Sums of items side by side, of more responses than are added up at once."""

import numpy as np
import pytest

from services.metrics.answer_log.kinds import QuestionKind
from services.metrics.answer_log.layout import (
    Layout,
    QuestionAsked,
    SurveyAsked,
    layout_of,
    missing_places,
)
from services.metrics.answer_log.packing import NOT_ANSWERED, Tuples
from services.metrics.cube import joint
from services.metrics.cube.joint import JointItems
from services.metrics.cube.series import Keep

ITEMS = 3
NUMBERS = {str(value): value for value in range(1, 6)}


def make_layout() -> Layout:
    questions = tuple(
        QuestionAsked(key, key, QuestionKind.RATING, scale=range(1, 6), item=key) for key in "abc"
    )
    places = [place for question in questions for place in missing_places(question, [])]
    return layout_of(SurveyAsked("s", "s", "S", True, questions), 1, places)


def make_part(many: int) -> Tuples:
    source = np.random.default_rng(5)
    codes = source.integers(0, 6, (ITEMS, many)).astype(np.uint8)
    codes[codes == 5] = NOT_ANSWERED
    return Tuples(
        np.sort(source.integers(20_000, 20_050, many)).astype(np.uint16),
        source.integers(0, 10, many).astype(np.uint32),
        np.where(source.random(many) < 0.1, -1, 1).astype(np.int8),
        codes,
    )


@pytest.fixture
def side_by_side() -> JointItems:
    layout = make_layout()
    return JointItems("i@1", tuple(layout.by_item[key] for key in "abc"), NUMBERS)


@pytest.mark.parametrize("many", [0, 1, joint.AT_ONCE, 2 * joint.AT_ONCE + 5])
def test_running_sums_are_those_of_all_responses_before_a_day(
    side_by_side: JointItems, many: int
) -> None:
    part = make_part(many)
    columns = side_by_side.columns(part)

    series = side_by_side.series(part, None)

    edges = np.array([19_999, 20_000, 20_013, 20_049, 20_050, 21_000], np.uint16)
    expected = [columns[:, part.day < edge].sum(axis=1) for edge in edges.tolist()]
    assert series.before(edges).tolist() == [sums.tolist() for sums in expected]


def test_a_filter_and_groups_are_of_dimension_sets(side_by_side: JointItems) -> None:
    part = make_part(2 * joint.AT_ONCE + 5)
    columns = side_by_side.columns(part)
    sets = np.arange(10) % 3 != 1
    groups = np.where(sets, np.arange(10) % 3 // 2, 2).astype(np.int32)
    edges = np.array([0, 65_535], np.uint16)

    kept = side_by_side.series(part, Keep((1,), sets)).before(edges)
    by_group = side_by_side.by_group(part, groups, 2)

    assert kept[1].tolist() == columns[:, sets[part.dimension_set]].sum(axis=1).tolist()
    assert by_group.tolist() == [
        columns[:, groups[part.dimension_set] == group].sum(axis=1).tolist() for group in (0, 1)
    ]


def test_who_answered_less_than_two_thirds_is_not_counted(side_by_side: JointItems) -> None:
    """Answers 5 4, 5 alone, 5 4 3 and one that is taken back; scores in sixths of the scale's steps."""
    codes = [[4, 4, 4, 4], [3, NOT_ANSWERED, 3, 3], [NOT_ANSWERED, NOT_ANSWERED, 2, 2]]
    day = np.full(4, 20_000, np.uint16)
    sign = np.array([1, 1, 1, -1], np.int8)
    part = Tuples(day, np.zeros(4, np.uint32), sign, np.array(codes, np.uint8))

    found = side_by_side.columns(part).T.tolist()

    assert found == [
        [1, 27, 729, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 0, 0],
        [1, 24, 576, 1, 5, 4, 3, 50, 144],
        [-1, -24, -576, -1, -5, -4, -3, -50, -144],
    ]
