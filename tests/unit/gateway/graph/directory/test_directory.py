"""Departments and touchpoints, as they are today."""

from datetime import UTC, date, datetime

from cxm.profile.v1 import profile_pb2 as pb
from gateway.calls.days import date_of, day_of
from tests.unit.gateway.support.running import Platform


async def test_parents_and_ancestors_as_far_as_they_may_be_seen(platform: Platform) -> None:
    answer = await platform.data(
        """{ team: department(key: "team") { parent { key } ancestors { key } }
             root: organization { parent { key } ancestors { key } } }"""
    )

    assert answer == {
        "team": {"parent": {"key": "d0"}, "ancestors": [{"key": "d0"}, {"key": "root"}]},
        "root": {"parent": None, "ancestors": []},
    }

    platform.services.departments = [
        item for item in platform.services.departments if item.key == "team"
    ]
    answer = await platform.data('{ department(key: "team") { parent { key } ancestors { key } } }')

    assert answer == {"department": {"parent": None, "ancestors": []}}


async def test_a_parent_is_that_of_the_organisations_local_day(platform: Platform) -> None:
    moved = day_of(date(2026, 3, 1))
    (team,) = (item for item in platform.services.departments if item.key == "team")
    del team.placements[:]
    team.placements.add(parent_id="id-d0", to_day=moved)
    team.placements.add(parent_id="id-d1", from_day=moved)
    query = '{ department(key: "team") { parent { key } } }'

    platform.gateway.cache.now = lambda: datetime(2026, 2, 28, 21, 59, tzinfo=UTC)
    before = await platform.data(query)
    platform.gateway.cache.now = lambda: datetime(
        2026, 2, 28, 22, 0, tzinfo=UTC
    )  # midnight in Riga
    after = await platform.data(query)

    assert [answer["department"]["parent"]["key"] for answer in (before, after)] == ["d0", "d1"]
    assert len(platform.services.asked["GetOrganization"]) == 1


async def test_a_touchpoint_has_todays_owner_and_stage(platform: Platform) -> None:
    (invoice,) = platform.services.touchpoints
    invoice.terms.add(department_id="id-d1", from_day=day_of(date(2020, 1, 1)))
    invoice.terms[0].to_day = day_of(date(2020, 1, 1))

    answer = await platform.data(
        '{ department(key: "d0") { touchpoints { edges { node { '
        "key name channel stage department { key } } } } } }"
    )

    (edge,) = answer["department"]["touchpoints"]["edges"]
    assert edge["node"] == {
        "key": "invoice",
        "name": "Invoice",
        "channel": "EMAIL",
        "stage": None,
        "department": {"key": "d1"},
    }


async def test_departments_of_one_request_are_one_call(platform: Platform) -> None:
    answer = await platform.data(
        '{ a: department(key: "d0") { key } b: department(key: "d1") { key }'
        ' c: department(key: "nothing") { key } organization { key } }'
    )

    assert answer == {
        "a": {"key": "d0"},
        "b": {"key": "d1"},
        "c": None,
        "organization": {"key": "root"},
    }
    (request,) = platform.services.asked["BatchGetDepartments"]
    assert list(request.keys) == ["d0", "d1", "nothing"]
    assert request.root


async def test_a_search_and_the_place_in_the_tree_reach_profile(platform: Platform) -> None:
    await platform.data(
        '{ departments(search: "bill", first: 7) { edges { node { key } } }'
        " organization { children { edges { node { key } } } } }"
    )

    everywhere, below = platform.services.asked["ListDepartments"]
    assert (everywhere.search, everywhere.first) == ("bill", 7)
    assert not everywhere.HasField("parent_id")
    assert (below.parent_id, below.first, below.search) == ("id-root", 50, "")


async def test_departments_and_touchpoints_are_upserted_one_result_each(platform: Platform) -> None:
    answer = await platform.data(
        """mutation ($d: UpsertDepartmentsInput!, $t: UpsertTouchpointsInput!) {
            upsertDepartments(input: $d) { results { index key status userErrors { field code } } userErrors { code } }
            upsertTouchpoints(input: $t) { results { index key status } userErrors { code } } }""",
        d={
            "departments": [
                {"key": "a", "name": "A", "parent": "root"},
                {"key": "b", "name": "refuse"},
            ]
        },
        t={"touchpoints": [{"key": "t", "name": "T", "department": "a", "from": "2026-01-01"}]},
    )

    refused = {"field": ["dontKnow", "0"], "code": "REFUSED_BY_TEST"}
    assert answer["upsertDepartments"] == {
        "results": [
            {"index": 0, "key": "a", "status": "STORED", "userErrors": []},
            {"index": 1, "key": None, "status": "REFUSED", "userErrors": [refused]},
        ],
        "userErrors": [],
    }
    assert answer["upsertTouchpoints"]["results"] == [{"index": 0, "key": "t", "status": "STORED"}]
    (departments,) = platform.services.asked["UpsertDepartments"]
    assert [item.HasField("parent") for item in departments.items] == [True, False]
    (touchpoints,) = platform.services.asked["UpsertTouchpoints"]
    assert touchpoints.items[0] == pb.TouchpointItem(
        key="t", name="T", department="a", from_day=day_of(date(2026, 1, 1))
    )


async def test_a_department_is_closed_and_merged_from_a_day_on(platform: Platform) -> None:
    answer = await platform.data(
        """mutation { closeDepartment(input: {department: "team", mergeInto: "d1", from: "2026-03-01", dryRun: true}) {
            department { key closedFrom } movedDepartments movedTouchpoints userErrors { code } }
          reopenDepartment(input: {department: "team"}) { department { closedFrom } userErrors { code } } }"""
    )

    assert answer["closeDepartment"] == {
        "department": {"key": "team", "closedFrom": "2026-03-01"},
        "movedDepartments": ["c"],
        "movedTouchpoints": [],
        "userErrors": [],
    }
    assert answer["reopenDepartment"]["department"] == {"closedFrom": None}
    closing, reopening = platform.services.asked["CloseDepartment"]
    assert (closing.merge_into, closing.dry_run, closing.reopen) == ("d1", True, False)
    assert date_of(closing.from_day) == date(2026, 3, 1)
    assert reopening.reopen


async def test_open_departments_are_listed_alone(platform: Platform) -> None:
    await platform.data("{ departments(first: 1, closed: false) { edges { node { key } } } }")
    await platform.data(
        "{ departments(first: 1) { edges { node { key formerNames mergedInto { key } } } } }"
    )

    open_ones, all_ones = platform.services.asked["ListDepartments"]
    assert open_ones.HasField("closed")
    assert not open_ones.closed
    assert not all_ones.HasField("closed")


async def test_a_department_is_moved_from_a_day_on(platform: Platform) -> None:
    answer = await platform.data(
        """mutation { moveDepartment(input: {department: "team", parent: "d1", from: "2026-03-01"}) {
            department { key parent { key } } userErrors { code } } }"""
    )

    assert answer["moveDepartment"] == {
        "department": {"key": "team", "parent": {"key": "d1"}},
        "userErrors": [],
    }
    (request,) = platform.services.asked["MoveDepartment"]
    assert date_of(request.from_day) == date(2026, 3, 1)


async def test_a_page_with_parents_is_one_call(platform: Platform) -> None:
    query = "{ departments { edges { node { key parent { key } } } } }"
    await platform.data(query)  # the time zone is read once a minute
    platform.services.asked.clear()

    answer = await platform.data(query)

    parents = {
        edge["node"]["key"]: edge["node"]["parent"] for edge in answer["departments"]["edges"]
    }
    assert parents["root"] is None
    assert parents["d0"] == {"key": "root"}
    assert list(platform.services.asked) == ["ListDepartments"]
