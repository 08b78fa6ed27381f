"""What a group of a breakdown is called for one viewer."""

from typing import cast

from services.kit.rights.access import Grant, Role, Viewer
from services.metrics.answer_log.surveys import SurveyCopy
from services.metrics.formulas.differences.ranking import Places
from services.metrics.formulas.scores import Score, Status
from services.metrics.scores.breakdown import CHILD, NO_LONGER_HERE, Group, Groups, GroupScore
from tests.unit.support.trees import make_chain

# `moved` hung under `a` once: read as it was, its answers are among those of `a`.
TREE = make_chain({"root": None, "a": "root", "b": "root", "child": "a", "moved": "b"})
SCORE = Score(Status.OK, base=12, value=1.0)
PLACES = Places(1, 2, 2)
STORED = [GroupScore("child", SCORE, places=PLACES), GroupScore("moved", SCORE, places=PLACES)]


def names(viewer: Viewer) -> dict[str, Group]:
    groups = Groups(TREE, cast("SurveyCopy", None), viewer, CHILD)
    return {found.label: found for found in groups.named(STORED)}


def test_a_child_that_left_the_subtree_has_neither_name_nor_key() -> None:
    found = names(Viewer("head", (Grant(Role.DEPARTMENT_HEAD, "a"),)))

    assert found.keys() == {"Child", NO_LONGER_HERE}
    assert found[NO_LONGER_HERE] == Group(SCORE, id="", key="", label=NO_LONGER_HERE)
    assert found["Child"].places == PLACES


def test_who_sees_where_it_is_now_sees_its_name() -> None:
    found = names(Viewer("admin", (Grant(Role.ADMIN),)))

    assert found["Moved"] == Group(SCORE, "moved", "moved", "Moved", places=PLACES)
