"""Files of departments in any order, and of touchpoints whose departments are cells."""

from collections.abc import Awaitable, Callable

import pytest

from cxm.profile.v1 import profile_pb2 as pb
from services.kit.errors import Denied
from services.profile.directory.chart import depths
from tests.service.profile.support.profile import Profile
from tests.service.support.import_call import Outcome, failure, load

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
STAGED = "name,dept,stage\n"

Load = Callable[..., Awaitable[Outcome]]


@pytest.fixture
def tree(profile: Profile) -> Load:
    """Import a list of departments."""

    def start(mapping: str, content: str, *, role: str = "admin", dry_run: bool = False) -> object:
        method, request = profile.stub.ImportDepartments, pb.ImportDepartmentsRequest
        return load(method, request, profile.bearer(role), mapping, content, dry_run=dry_run)

    return start  # type: ignore[return-value]


@pytest.fixture
def touchpoints(profile: Profile) -> Load:
    """Import a list of touchpoints."""

    def start(
        content: str, mapping: str = TOUCHPOINTS, *, role: str = "admin", dry_run: bool = False
    ) -> object:
        method, request = profile.stub.ImportTouchpoints, pb.ImportTouchpointsRequest
        return load(method, request, profile.bearer(role), mapping, content, dry_run=dry_run)

    return start  # type: ignore[return-value]


async def owners(profile: Profile) -> dict[str, str]:
    """Owners' keys by the touchpoints' keys."""
    found = {}
    for key in ("a", "b", "c"):
        touchpoint = await profile.touchpoint(key)
        request = pb.BatchGetDepartmentsRequest(ids=[touchpoint.terms[0].department_id])
        reply = await profile.stub.BatchGetDepartments(request, metadata=profile.bearer())
        found[key] = reply.departments[0].key
    return found


async def test_rows_come_in_any_order(tree: Load, profile: Profile) -> None:
    outcome = await tree(TREE, HEAD + "c,C,b\nb,B,a\na,A,\nd,D,b\n")

    assert (outcome.stored, outcome.refused) == (4, 0)
    assert await profile.places("c") == [("b", None, None)]
    assert await profile.places("b") == [("a", None, None)]
    assert (await tree(TREE, HEAD + "a,A,\nb,B,a\n")).already == 2


@pytest.mark.parametrize("dry_run", [True, False])
async def test_a_row_without_a_parent_does_not_take_over_the_root(
    tree: Load, profile: Profile, dry_run: bool
) -> None:
    await profile.upsert(("sales", "root"))

    outcome = await tree(TREE, HEAD + "quality,Quality,\ncare,Care,sales\n", dry_run=dry_run)

    assert (outcome.stored, outcome.refused) == (1, 1)
    assert "SECOND_ROOT" in str(outcome.report)
    assert (await profile.department("root")).name == "Organisation"


async def test_a_deep_tree_of_many_batches_is_stored_from_the_top(tree: Load) -> None:
    rows = [
        f"d{n}-{level},D,{f'd{n}-{level - 1}' if level else 'root'}"
        for n in range(28)
        for level in range(90)
    ]

    outcome = await tree(TREE, HEAD + "\n".join(reversed(rows)))

    assert (outcome.stored, outcome.refused) == (2_520, 0)


@pytest.mark.parametrize("dry_run", [False, True])
async def test_circles_and_second_uses_of_a_key_are_refused(tree: Load, dry_run: bool) -> None:
    content = HEAD + "a,A,\nx,X,y\ny,Y,x\nunder,U,x\nme,Me,me\na,Another,\n,N,a\nk,,a\n"

    outcome = await tree(TREE, content, dry_run=dry_run)

    assert (outcome.stored, outcome.refused) == (1, 7)
    assert sorted(line[:3] for line in outcome.report) == [
        ["3", "parent", "CYCLE"],
        ["4", "parent", "CYCLE"],
        ["5", "parent", "CYCLE"],
        ["6", "parent", "CYCLE"],
        ["7", "key", "KEY_COLLISION"],
        ["8", "key", "CELL_EMPTY"],
        ["9", "name", "CELL_EMPTY"],
    ]


@pytest.mark.parametrize("dry_run", [False, True])
async def test_a_second_root_and_an_unknown_parent_are_refused(tree: Load, dry_run: bool) -> None:
    outcome = await tree(TREE, HEAD + "a,A,\nb,B,\nc,C,nowhere\n", dry_run=dry_run)

    assert outcome.stored == 1
    assert sorted(line[:3] for line in outcome.report) == [
        ["3", "parent", "SECOND_ROOT"],
        ["4", "parent", "UNKNOWN_PARENT"],
    ]


async def test_a_chart_of_names_alone_finds_parents_by_name(tree: Load, profile: Profile) -> None:
    mapping = '[columns]\nname = "name"\nparent = "parent"\n'
    content = "name,parent\nDepot 2,Depots\nDepots,Organisation\nYard,Nowhere\n"

    outcome = await tree(mapping, content)
    again = await tree(mapping, content)

    assert await profile.places("depot-2") == [("depots", None, None)]
    assert await profile.places("depots") == [("root", None, None)]
    assert (outcome.stored, again.already) == (2, 2)
    assert [line[:3] for line in outcome.report] == [["4", "parent", "UNKNOWN_PARENT"]]


async def test_a_parent_is_a_key_before_it_is_a_name(tree: Load, profile: Profile) -> None:
    content = (
        HEAD + "a,Sales,root\nSales,Trade,root\nx,X,Sales\nb,Twin,root\nc,Twin,root\ny,Y,Twin\n"
    )

    outcome = await tree(TREE, content)

    assert await profile.places("x") == [("Sales", None, None)]
    assert [line[:3] for line in outcome.report] == [["7", "parent", "DEPARTMENT_AMBIGUOUS"]]


async def test_a_file_of_names_means_the_department_that_has_the_name_or_had_it(
    tree: Load, touchpoints: Load, profile: Profile
) -> None:
    """A second department would split its scores."""
    for name in ("Kasse", "Checkout", "Tills"):
        await tree(TREE, HEAD + f"k1,{name},root\n")

    names = '[columns]\nname = "name"\nparent = "parent"\n'
    chart = await tree(
        names, "name,parent\nKasse,Organisation\nTills,Organisation\nSelf,Checkout\n"
    )
    desks = await touchpoints(STAGED + "A,Kasse,\nB,Tills,\nC,Fresh,\n")

    assert list((await profile.department("k1")).former_names) == ["Kasse", "Checkout"]
    assert (chart.already, chart.stored, chart.refused) == (2, 1, 0)
    assert await profile.places("self") == [("k1", None, None)]
    assert await owners(profile) == {"a": "k1", "b": "k1", "c": "fresh"}
    assert desks.departments == ["Fresh"]


async def test_the_name_it_has_again_is_no_former_one(tree: Load, profile: Profile) -> None:
    for name in ("Kasse", "Tills", "Kasse"):
        await tree(TREE, HEAD + f"k1,{name},root\n")

    assert list((await profile.department("k1")).former_names) == ["Tills"]


@pytest.mark.parametrize("dry_run", [True, False])
async def test_a_file_that_names_the_root_gives_it_no_other_key(
    tree: Load, profile: Profile, dry_run: bool
) -> None:
    """However far apart the rows stand."""
    rows = "".join(f"d{n},D{n},a\n" for n in range(1_100))

    outcome = await tree(TREE, HEAD + f"hq,Headquarters,\na,A,root\n{rows}", dry_run=dry_run)

    assert (outcome.stored, outcome.refused) == (1_101, 1)
    assert outcome.report[0][:3] == ["2", "parent", "SECOND_ROOT"]
    assert 'parent = "root"' in outcome.report[0][3]
    assert (await profile.department("root")).name == "Organisation"


async def test_a_call_that_names_the_root_gives_it_no_other_key(profile: Profile) -> None:
    items = [
        pb.DepartmentItem(key="hq", name="Headquarters"),
        pb.DepartmentItem(key="a", name="A", parent="root"),
    ]
    request = pb.UpsertDepartmentsRequest(items=items)

    reply = await profile.stub.UpsertDepartments(request, metadata=profile.bearer())

    assert reply.results[0].refusals[0].reason == "SECOND_ROOT"
    assert await profile.places("a") == [("root", None, None)]


async def test_keys_are_made_from_what_stands_where_a_key_is_asked(
    tree: Load, touchpoints: Load, profile: Profile
) -> None:
    content = (
        HEAD
        + "North West,North-western region,root\nnw 1,Depot,North West\nnorth-west,Other,root\n??,Q,root\n"
    )
    desks = """
[columns]
key = "name"
name = "name"
department = "dept"
stage = "stage"
"""

    outcome = await tree(TREE, content)
    await touchpoints(STAGED + "Self Checkout 3,nw-1,Post Purchase\n", desks)

    assert await profile.places("nw-1") == [("north-west", None, None)]
    assert sorted(line[:3] for line in outcome.report) == [
        ["4", "key", "KEY_COLLISION"],
        ["5", "key", "KEY_MISSING"],
    ]
    assert (await profile.touchpoint("self-checkout-3")).terms[0].stage == "post-purchase"


async def test_keys_are_made_from_names_where_there_is_no_key_column(
    tree: Load, profile: Profile
) -> None:
    mapping = '[defaults]\nparent = "root"\n[columns]\nname = "name"\n'

    outcome = await tree(mapping, "name\nHealth & Care\nhealth-care\n??\n")

    assert (await profile.department("health-care")).name == "Health & Care"
    assert sorted(line[:3] for line in outcome.report) == [
        ["3", "name", "KEY_COLLISION"],
        ["4", "name", "KEY_MISSING"],
    ]


def test_depths_find_circles() -> None:
    parents = {"a": None, "b": "a", "c": "outside", "x": "y", "y": "x", "z": "y"}

    assert depths(parents) == {"a": 0, "b": 1, "c": 0, "x": None, "y": None, "z": None}


async def test_cells_are_matched_by_key_then_by_name_then_created(
    touchpoints: Load, profile: Profile
) -> None:
    await profile.upsert(("tops", "root"))
    content = STAGED + "A, tops ,\nB,Tops,\nC,New One,loyalty\n"

    outcome = await touchpoints(content)
    again = await touchpoints(content)

    assert await owners(profile) == {"a": "tops", "b": "tops", "c": "new-one"}
    assert (await profile.touchpoint("c")).terms[0].stage == "loyalty"
    assert (outcome.stored, outcome.departments) == (3, ["New One"])
    assert (again.already, again.departments) == (3, [])


@pytest.mark.parametrize("dry_run", [False, True])
async def test_keys_that_collide_are_errors_of_their_rows(touchpoints: Load, dry_run: bool) -> None:
    content = STAGED + "A,New One,\nB,new one!,\nC,New One,\nD,Root!,\nE,??,\n"
    content += f"F,{'long ' * 20},\n"

    outcome = await touchpoints(content, dry_run=dry_run)

    assert outcome.stored == 2
    assert [line[:3] for line in outcome.report] == [
        ["3", "dept", "KEY_COLLISION"],
        ["5", "dept", "KEY_COLLISION"],
        ["6", "dept", "KEY_MISSING"],
        ["7", "dept", "KEY_TOO_LONG"],
    ]
    assert 'would get the key "new-one", which "New One" has' in outcome.report[0][3]


async def test_a_name_that_several_departments_share_is_refused(
    touchpoints: Load, profile: Profile
) -> None:
    items = [pb.DepartmentItem(key=key, name="Sales", parent="root") for key in ("north", "south")]
    request = pb.UpsertDepartmentsRequest(items=items)
    await profile.stub.UpsertDepartments(request, metadata=profile.bearer())

    outcome = await touchpoints(STAGED + "A,Sales,\nB,north,\n")

    ((*where, message),) = outcome.report
    assert where == ["2", "dept", "DEPARTMENT_AMBIGUOUS"]
    assert message.endswith("use a key: north, south")
    assert outcome.stored == 1


async def test_without_create_an_unknown_department_is_an_error_of_its_row(
    touchpoints: Load,
) -> None:
    mapping = TOUCHPOINTS.replace("true", "false")

    outcome = await touchpoints(STAGED + "A,Nowhere,\nB,root,\nC,,\n", mapping)

    assert outcome.stored == 1
    assert sorted(line[:3] for line in outcome.report) == [
        ["2", "dept", "UNKNOWN_DEPARTMENT"],
        ["4", "dept", "CELL_EMPTY"],
    ]


@pytest.mark.parametrize("dry_run", [True, False])
async def test_what_the_directory_would_refuse_is_refused_in_a_rehearsal_too(
    tree: Load, touchpoints: Load, profile: Profile, dry_run: bool
) -> None:
    rows = ["d0,D0,", *(f"d{n},D{n},{f'd{n - 1}' if n % 50 else 'd0'}" for n in range(1, 1_100))]
    long = f"z,{'n' * 201},d0\n"

    departments = await tree(TREE, HEAD + "\n".join(rows) + f"\n{long}", dry_run=dry_run)
    desks = await touchpoints(STAGED + "A,New,loyalty\nB,New,nostage\n", dry_run=dry_run)

    assert (departments.stored, departments.refused) == (1_100, 1)
    assert departments.report[0][:3] == ["1102", "name", "NAME_TOO_LONG"]
    assert (desks.stored, desks.departments) == (1, ["New"])
    assert desks.report[0][:3] == ["3", "stage", "UNKNOWN_STAGE"]
    request = pb.ListDepartmentsRequest(first=10)
    listed = await profile.stub.ListDepartments(request, metadata=profile.bearer())
    assert (len(listed.departments) == 1) is dry_run


async def test_names_and_cells_have_their_limits(tree: Load) -> None:
    outcome = await tree(TREE, HEAD + f"d,{'n' * 501},root\ne,{'n' * 201},root\n")

    assert [line[:3] for line in outcome.report] == [
        ["2", "name", "TOO_LONG"],
        ["3", "name", "NAME_TOO_LONG"],
    ]


async def test_a_head_of_department_imports_nothing(tree: Load, touchpoints: Load) -> None:
    for loading in (
        tree(TREE, HEAD + "a,A,\n", role="department_head"),
        touchpoints(STAGED + "A,New,\n", role="department_head"),
    ):
        assert isinstance(await failure(loading), Denied)


async def test_every_row_that_is_forbidden_is_in_the_report(tree: Load) -> None:
    rows = [f"d{n},Department {n},root\n" for n in range(1_100)]
    await tree(TREE, HEAD + "".join(rows))
    renamed = "".join(row.replace("Department", "Renamed") for row in rows)

    outcome = await tree(TREE, HEAD + renamed + "new,New,root\n", role="integration")

    assert (outcome.stored, outcome.refused) == (1, 1_100)
    assert {line[2] for line in outcome.report} == {"FORBIDDEN"}
    assert [line[0] for line in outcome.report] == [str(2 + n) for n in range(1_100)]


async def test_of_a_name_that_many_share_few_keys_are_told(tree: Load) -> None:
    """Each row has the name of all others for its parent: what is told must not grow with their number."""
    rows = [f"k{number},Shop,Shop\n" for number in range(1_000)]

    outcome = await tree(TREE, HEAD + "".join(rows))

    assert outcome.refused == len(rows) == len(outcome.report)
    assert {line[2] for line in outcome.report} == {"DEPARTMENT_AMBIGUOUS"}
    assert max(len(line[3]) for line in outcome.report) < 200
    assert "use a key: k1, k10, k100, k101, k102 ..." in outcome.report[0][3]
