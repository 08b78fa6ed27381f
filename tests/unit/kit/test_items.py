"""Many items in one call: each has its own outcome, in the order they were sent."""

import pytest

from services.kit.errors import Denied, Failure, Invalid, NotFound
from services.kit.items import ItemOutcome, check_right, conclude, distinct
from services.kit.rights.access import Action, Grant, Role, Viewer
from tests.unit.support.trees import make_chain

REPEATED = Invalid("sent twice")
Pair = tuple[str, int]


def name_of(pair: Pair) -> str:
    return pair[0]


def check(pair: Pair) -> None:
    if pair[1] < 0:
        raise Invalid("negative")


def test_the_first_of_several_with_one_name_counts_and_only_another_content_is_refused() -> None:
    pairs = [("a", 1), ("b", -1), ("a", 2), ("a", 1)]

    by_name, refused = distinct(pairs, name_of, check, REPEATED)

    assert by_name == {"a": ("a", 1)}
    assert {position: failure.message for position, failure in refused.items()} == {
        1: "negative",
        2: "sent twice",
    }


def test_an_outcome_per_item_and_a_change_is_reported_once() -> None:
    malformed: dict[int, Failure] = {1: REPEATED}
    denied = Denied("no")

    outcomes = conclude(
        ["a", "a", "b", "c", "a"], malformed, {"b": denied}, {"a": "1", "c": "3"}, {"a", "b"}
    )

    assert outcomes == (
        ItemOutcome("1", is_changed=True),
        ItemOutcome(refusal=REPEATED),
        ItemOutcome(refusal=denied),
        ItemOutcome("3"),
        ItemOutcome("1"),
    )


def test_a_department_out_of_sight_is_the_callers_own_refusal() -> None:
    tree = make_chain({"root": None, "a": "root", "b": "root"})
    unseen = NotFound("no such thing", field=["key"])
    head = Viewer("head", (Grant(Role.DEPARTMENT_HEAD, "a"),))

    with pytest.raises(NotFound, match="no such thing"):
        check_right(head, Action.WRITE_DEPARTMENTS, tree.id_of("b") or "", tree, unseen)
    with pytest.raises(Denied) as denied:
        check_right(head, Action.WRITE_DEPARTMENTS, tree.id_of("a") or "", tree, unseen)
    check_right(head, Action.READ_DIRECTORY, tree.id_of("a") or "", tree, unseen)  # the control

    assert denied.value.field == ("key",)
