"""Departments: as a list of their own in any order, and as cells of other files."""

from pathlib import Path

import pytest

from infra.local.importing.departments import depths
from infra.local.problem import Problem
from tests.unit.local.importing import Importer
from tests.unit.local.organisation import Organisation

TREE = '[columns]\nkey = "key"\nname = "name"\nparent = "parent"\n'
HEAD = "key,name,parent\n"
TOUCHPOINTS = """
[columns]
name = "name"
department = "dept"
stage = "stage"
[create]
departments = true
"""


@pytest.fixture
def organisation() -> Organisation:
    return Organisation()


@pytest.fixture
def load(tmp_path: Path, organisation: Organisation) -> Importer:
    return Importer(tmp_path, organisation)


def test_rows_come_in_any_order(load: Importer, organisation: Organisation) -> None:
    outcome = load("departments", TREE, HEAD + "c,C,b\nb,B,a\na,A,\nd,D,b\n")

    assert (outcome.stored, outcome.refused) == (4, 0)
    assert {
        d["key"]: d["parent"] for d in organisation.departments.values() if d.get("parent")
    } == {
        "b": "a",
        "c": "b",
        "d": "b",
    }
    assert organisation.root == "a"


def test_a_deep_tree_of_many_batches_is_sent_from_the_top(
    load: Importer, organisation: Organisation
) -> None:
    rows = [f"d{n},D{n},{f'd{n - 1}' if n else ''}" for n in range(2_500)]

    outcome = load("departments", TREE, HEAD + "\n".join(reversed(rows)))

    assert (outcome.stored, outcome.refused) == (2_500, 0)
    assert organisation.batches == [1000, 1000, 500]


def test_a_second_run_stores_nothing(load: Importer) -> None:
    content = HEAD + "a,A,\nb,B,a\n"
    load("departments", TREE, content)

    outcome = load("departments", TREE, content)

    assert (outcome.stored, outcome.already) == (0, 2)


@pytest.mark.parametrize("dry_run", [False, True])
def test_circles_and_second_uses_of_a_key_are_refused(load: Importer, dry_run: bool) -> None:
    content = HEAD + "a,A,\nx,X,y\ny,Y,x\nunder,U,x\nme,Me,me\na,Another,\n,N,a\nk,,a\n"

    outcome = load("departments", TREE, content, dry_run=dry_run)

    assert (outcome.stored, outcome.refused) == (1, 7)
    assert [line[:3] for line in outcome.report] == [
        ["3", "parent", "CYCLE"],
        ["4", "parent", "CYCLE"],
        ["5", "parent", "CYCLE"],
        ["6", "parent", "CYCLE"],
        ["7", "key", "KEY_COLLISION"],
        ["8", "key", "CELL_EMPTY"],
        ["9", "name", "CELL_EMPTY"],
    ]


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_second_root_and_an_unknown_parent_are_refused(load: Importer, dry_run: bool) -> None:
    content = HEAD + "a,A,\nb,B,\nc,C,nowhere\n"

    outcome = load("departments", TREE, content, dry_run=dry_run)

    assert outcome.stored == 1
    assert [line[:3] for line in outcome.report] == [
        ["3", "parent", "SECOND_ROOT"],
        ["4", "parent", "UNKNOWN_PARENT"],
    ]


def test_keys_are_made_from_names_where_there_is_no_key_column(
    load: Importer, organisation: Organisation
) -> None:
    mapping = '[defaults]\nparent = "root"\n[columns]\nname = "name"\n'

    outcome = load("departments", mapping, "name\nHealth & Care\nhealth-care\n??\n")

    assert organisation.departments["health-care"]["name"] == "Health & Care"
    assert [line[:3] for line in outcome.report] == [
        ["3", "name", "KEY_COLLISION"],
        ["4", "name", "KEY_MISSING"],
    ]


def test_depths_find_circles() -> None:
    parents = {"a": None, "b": "a", "c": "outside", "x": "y", "y": "x", "z": "y"}

    assert depths(parents) == {"a": 0, "b": 1, "c": 0, "x": None, "y": None, "z": None}


def test_cells_are_matched_by_key_then_by_name_then_created(
    load: Importer, organisation: Organisation
) -> None:
    organisation.departments["tops"] = {"key": "tops", "name": "Upper Wear", "parent": "root"}

    load(
        "touchpoints", TOUCHPOINTS, "name,dept,stage\nA, tops ,\nB,Upper Wear,\nC,New One,loyalty\n"
    )

    assert {t["name"]: t["department"] for t in organisation.touchpoints.values()} == {
        "A": "tops",
        "B": "tops",
        "C": "new-one",
    }
    assert organisation.departments["new-one"] == {
        "key": "new-one",
        "name": "New One",
        "parent": "root",
    }
    assert organisation.touchpoints["c"]["stage"] == "loyalty"


def test_a_created_department_is_found_by_name_in_the_next_run(
    load: Importer, organisation: Organisation
) -> None:
    content = "name,dept,stage\nA,New One,\n"
    load("touchpoints", TOUCHPOINTS, content)

    outcome = load("touchpoints", TOUCHPOINTS, content)

    assert (outcome.stored, outcome.already) == (0, 1)
    assert set(organisation.departments) == {"root", "new-one"}


@pytest.mark.parametrize("dry_run", [False, True])
def test_keys_that_collide_are_errors_of_their_rows(load: Importer, dry_run: bool) -> None:
    content = "name,dept,stage\nA,New One,\nB,new one!,\nC,New One,\nD,ROOT,\nE,??,\n"
    content += f"F,{'long ' * 20},\n"

    outcome = load("touchpoints", TOUCHPOINTS, content, dry_run=dry_run)

    assert outcome.stored == 2
    assert [line[:3] for line in outcome.report] == [
        ["3", "dept", "KEY_COLLISION"],
        ["5", "dept", "KEY_COLLISION"],
        ["6", "dept", "KEY_MISSING"],
        ["7", "dept", "KEY_TOO_LONG"],
    ]
    assert 'would get the key "new-one", which "New One" has' in outcome.report[0][3]


def test_long_names_make_smaller_batches_and_too_long_ones_are_refused(
    load: Importer, organisation: Organisation
) -> None:
    rows = [f"d{n},{'n' * 490}{n},root" for n in range(600)]

    outcome = load("departments", TREE, HEAD + "\n".join([*rows, f"d,{'n' * 501},root"]))

    assert outcome.stored == 600
    assert max(map(len, organisation.bodies)) < 1024 * 1024
    assert len(organisation.batches) == 2
    assert [line[:3] for line in outcome.report] == [["602", "name", "TOO_LONG"]]


def test_a_name_that_several_departments_share_is_refused(
    load: Importer, organisation: Organisation
) -> None:
    for key in ("north", "south"):
        organisation.departments[key] = {"key": key, "name": "Sales", "parent": "root"}

    outcome = load("touchpoints", TOUCHPOINTS, "name,dept,stage\nA,Sales,\nB,north,\n")

    assert [line[:3] for line in outcome.report] == [["2", "dept", "DEPARTMENT_AMBIGUOUS"]]
    assert outcome.stored == 1


def test_without_create_an_unknown_department_is_an_error_of_its_row(load: Importer) -> None:
    mapping = TOUCHPOINTS.replace("true", "false")

    outcome = load("touchpoints", mapping, "name,dept,stage\nA,Nowhere,\nB,root,\nC,,\n")

    assert outcome.stored == 1
    assert [line[:3] for line in outcome.report] == [
        ["2", "dept", "UNKNOWN_DEPARTMENT"],
        ["4", "dept", "CELL_EMPTY"],
    ]


def test_many_departments_are_read_page_by_page_and_created_in_one_call(
    load: Importer, organisation: Organisation
) -> None:
    for number in range(250):
        key = f"d{number}"
        organisation.departments[key] = {"key": key, "name": f"D {number}", "parent": "root"}

    content = "name,dept,stage\n" + "".join(f"T{n},D {n},\n" for n in range(300))

    assert load("touchpoints", TOUCHPOINTS, content).stored == 300
    assert organisation.batches == [50, 300]


def test_a_token_that_may_not_create_departments_stops_the_import(
    load: Importer, organisation: Organisation
) -> None:
    organisation.forbidden.add("upsertDepartments")

    with pytest.raises(Problem, match="the token's role may not do this"):
        load("touchpoints", TOUCHPOINTS, "name,dept,stage\nA,New,\n")
