"""Connections, cursors and global ids."""

import pytest

from gateway.graph.base.ids import global_id, parse_global_id
from services.kit.errors import Invalid
from services.kit.rights.access import Role
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.stub_services import department

PAGE = """query ($first: Int, $after: String) { departments(first: $first, after: $after) {
    edges { cursor node { key } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""


async def test_pages_follow_one_another_by_cursor(platform: Platform) -> None:
    keys: list[str] = []
    after = None
    for _ in range(3):
        page = (await platform.data(PAGE, first=2, after=after))["departments"]
        keys += [edge["node"]["key"] for edge in page["edges"]]
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        assert page["pageInfo"]["startCursor"] == page["edges"][0]["cursor"]
        after = page["pageInfo"]["endCursor"]

    assert keys == ["d0", "d1", "d2", "root", "team"]
    assert page["pageInfo"]["hasNextPage"] is False


async def test_an_empty_page_has_no_cursors(platform: Platform) -> None:
    last = (await platform.data(PAGE, first=100))["departments"]["pageInfo"]["endCursor"]

    page = (await platform.data(PAGE, after=last))["departments"]

    assert page["edges"] == []
    assert page["pageInfo"]["endCursor"] is None


async def test_a_cursor_cannot_be_carried_to_another_viewer_or_list(platform: Platform) -> None:
    cursor = (await platform.data(PAGE, first=1))["departments"]["pageInfo"]["endCursor"]
    other = platform.bearer(Role.ADMIN, subject="bob")
    surveys = "query ($after: String) { surveys(after: $after) { edges { cursor } } }"

    assert await platform.codes(PAGE, platform.bearer(), after=cursor) == []
    assert await platform.codes(PAGE, other, after=cursor) == ["BAD_USER_INPUT"]
    assert await platform.codes(surveys, platform.bearer(), after=cursor) == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("cursor", ["x", "!", "ä", "YXJyYXljb25uZWN0aW9uOjE=", "a" * 5_000, "\0"])
async def test_garbage_is_no_cursor(platform: Platform, cursor: str) -> None:
    answer = await platform.ask(PAGE, after=cursor)

    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["extensions"]["reason"] == "BAD_CURSOR"
    assert "endCursor" in error["message"]


@pytest.mark.parametrize("first", [0, -1, 101, 2**31 - 1])
async def test_a_page_has_1_to_100_items(platform: Platform, first: int) -> None:
    assert await platform.codes(PAGE, platform.bearer(), first=first) == ["BAD_USER_INPUT"]
    assert platform.services.asked["ListDepartments"] == []


async def test_a_page_has_50_items_unless_asked_otherwise(platform: Platform) -> None:
    platform.services.departments += [department(f"e{number:03}") for number in range(60)]

    assert len((await platform.data(PAGE))["departments"]["edges"]) == 50


@pytest.mark.parametrize(
    ("selection", "counted"),
    [
        ("edges { node { key } }", False),
        ("totalCount", True),
        ("...counted", True),
        ("... on DepartmentConnection { totalCount }", True),
    ],
)
async def test_a_list_is_counted_only_when_its_total_is_selected(
    platform: Platform, selection: str, counted: bool
) -> None:
    query = f"{{ departments {{ {selection} }} }}"
    if selection == "...counted":
        query += " fragment counted on DepartmentConnection { ... { totalCount } }"

    page = (await platform.data(query))["departments"]

    assert [request.count for request in platform.services.asked["ListDepartments"]] == [counted]
    assert page.get("totalCount", 5) == 5


async def test_any_object_is_read_again_by_its_global_id(platform: Platform) -> None:
    given = await platform.data(
        '{ department(key: "d0") { id touchpoints { edges { node { id } } } }'
        ' survey(key: "relationship") { id } }'
    )
    ids = [
        given["department"]["id"],
        given["department"]["touchpoints"]["edges"][0]["node"]["id"],
        given["survey"]["id"],
    ]
    query = """query ($id: ID!) { node(id: $id) { __typename id
        ... on Department { key } ... on Touchpoint { key } ... on Survey { key } } }"""

    found = [(await platform.data(query, id=id_))["node"] for id_ in ids]

    assert [(node["__typename"], node["key"]) for node in found] == [
        ("Department", "d0"),
        ("Touchpoint", "invoice"),
        ("Survey", "relationship"),
    ]
    assert [node["id"] for node in found] == ids


async def test_an_id_of_nothing_is_null_and_garbage_an_error(platform: Platform) -> None:
    query = "query ($id: ID!) { node(id: $id) { id } }"

    for absent in (
        global_id("Department", "nothing"),
        global_id("Score", "1"),
        global_id("X", "1"),
    ):
        assert await platform.data(query, id=absent) == {"node": None}
    for garbage in ("", "d0", "!", "RGVwYXJ0bWVudA==", "ä"):
        assert await platform.codes(query, platform.bearer(), id=garbage) == ["BAD_USER_INPUT"]


def test_global_ids_hold_colons_and_every_script() -> None:
    assert parse_global_id(global_id("Score", "a:b:ā")) == ("Score", "a:b:ā")
    with pytest.raises(Invalid):
        parse_global_id(":")
