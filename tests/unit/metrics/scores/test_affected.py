"""Which departments a change of what scores are read by concerns."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from services.kit.directory import convert
from services.kit.rights.tree import Tree
from services.metrics.domain.above import ever_above
from services.metrics.scores.affected import Affected, ReadBy, affected_by_move
from tests.support.builders import id_of, make_department, make_touchpoint

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PAST, NEXT = date(2026, 3, 1), date(2027, 1, 1)
ABOVE = (("root", None), ("a", "root"), ("b", "root"), ("c", "root"))


def tree(*moves: tuple[date, str], owners: Sequence[tuple[date, str]] = ()) -> Tree:
    """a, b and c under the root; shop under a, with a counter below it and a till that a owns."""
    departments = [
        *(make_department(key, parent) for key, parent in ABOVE),
        make_department("shop", "a", moves),
        make_department("counter", "shop"),
    ]
    till = convert.touchpoint(make_touchpoint("till", "a", owners=owners))
    return Tree(
        ZoneInfo("UTC"),
        id_of("root"),
        {d.id: convert.department(d) for d in departments},
        {till.id: till},
        lambda: NOW,
    )


def keys(*names: str) -> frozenset[str]:
    return frozenset(map(id_of, names))


def read_by(tree: Tree, **changed: object) -> ReadBy:
    known = ReadBy(
        tree,
        20_000,
        {"pulse": (True, {})},
        {"nps": 1, "turnoverRate": 1},
        staff_metrics={"turnoverRate"},
        is_counting_staff=False,
    )
    return replace(known, **changed)  # type: ignore[arg-type]  # tests name the fields


def test_a_move_concerns_who_held_the_department_and_who_holds_it() -> None:
    assert affected_by_move(tree(), tree((PAST, "b"))) == keys("shop", "a", "b", "root")
    assert affected_by_move(tree((PAST, "b")), tree((PAST, "b"), (NEXT, "c"))) == keys(
        "shop", "a", "b", "c", "root"
    )


def test_a_new_department_concerns_all_above_it() -> None:
    """Its answers may have been counted before the directory told of it."""
    full = tree()
    some = {id_: d for id_, d in full.departments.items() if d.key != "counter"}

    assert affected_by_move(replace(full, departments=some), full) == keys(
        "counter", "shop", "a", "root"
    )


def test_a_touchpoint_concerns_its_owners() -> None:
    assert affected_by_move(tree(), tree(owners=[(PAST, "b")])) == keys("a", "b", "root")


def test_what_is_the_same_concerns_nobody() -> None:
    assert affected_by_move(tree(), tree()) == frozenset()
    assert read_by(tree()).affected_since(read_by(tree())) == []


def test_whoever_was_or_will_be_above_is_above() -> None:
    assert ever_above(tree((PAST, "b"), (NEXT, "c")), id_of("counter")) == keys(
        "counter", "shop", "a", "b", "c", "root"
    )
    assert ever_above(tree(), "elsewhere") == {"elsewhere"}


def test_a_new_day_or_a_survey_that_counts_otherwise_concerns_everybody_once() -> None:
    before, moved = read_by(tree()), tree((PAST, "b"))

    assert read_by(moved, today=20_001).affected_since(before) == [Affected(None)]
    assert read_by(moved, surveys={"pulse": (False, {})}).affected_since(before) == [Affected(None)]


def test_a_survey_without_answers_yet_concerns_nobody() -> None:
    more = read_by(tree(), surveys={"pulse": (True, {}), "new": (True, {})})

    assert more.affected_since(read_by(tree())) == []


def test_a_metric_concerns_everybody_by_its_key() -> None:
    more = read_by(tree(), versions={"nps": 1, "turnoverRate": 1, "effort": 2})

    assert more.affected_since(read_by(tree())) == [Affected(None, {"effort"})]
