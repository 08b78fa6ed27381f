"""Departments that are closed, merged and reopened, by a call or a file. 2026-05-04 is today."""

from collections.abc import Awaitable
from datetime import date

import grpc
import pytest

from cxm.profile.v1 import profile_pb2 as pb
from services.kit.clock import day_number
from services.kit.directory import convert
from services.kit.errors import Conflict, Denied, Failure, NotFound
from services.kit.rights.tree import Closing
from services.kit.rpc.status import from_rpc
from tests.service.profile.support.profile import DAY as TODAY
from tests.service.profile.support.profile import Profile
from tests.service.support.import_call import Outcome, load

DAY = day_number(date(2026, 2, 1))
THEN = DAY - TODAY  # as `places` counts
CHART = """
[columns]
name = "name"
parent = "parent"
closed_from = "closed"
merged_into = "into"
"""


@pytest.fixture
async def organisation(profile: Profile) -> Profile:
    """Old with a team and a desk, and New."""
    await profile.upsert(("old", "root"), ("new", "root"), ("team", "old"), ("last", "new"))
    desk = pb.TouchpointItem(key="desk", name="Desk", department="old")
    await profile.upsert_touchpoints(desk)
    return profile


async def close(
    profile: Profile,
    key: str,
    *,
    into: str | None = None,
    role: str = "admin",
    reopen: bool = False,
    dry_run: bool = False,
) -> pb.CloseDepartmentResponse:
    request = pb.CloseDepartmentRequest(
        department=key, from_day=DAY, merge_into=into, reopen=reopen, dry_run=dry_run
    )
    return await profile.stub.CloseDepartment(request, metadata=profile.bearer(role))


async def refusal(call: Awaitable[object]) -> Failure:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call
    return from_rpc(caught.value)


async def chart(profile: Profile, content: str, *, dry_run: bool = False) -> Outcome:
    method, request = profile.stub.ImportDepartments, pb.ImportDepartmentsRequest
    return await load(method, request, profile.bearer(), CHART, content, dry_run=dry_run)


async def deeds(profile: Profile) -> list[str]:
    rows = await profile.database.pool.fetch("SELECT deed FROM audit_entry ORDER BY id")
    return [row["deed"] for row in rows]


async def test_a_merged_department_hangs_under_the_other_which_takes_what_it_had(
    organisation: Profile,
) -> None:
    reply = await close(organisation, "old", into="new")

    assert list(reply.moved_departments) == ["team"]
    assert list(reply.moved_touchpoints) == ["desk"]
    assert await organisation.places("old") == [("root", None, THEN), ("new", THEN, None)]
    assert await organisation.places("team") == [("old", None, THEN), ("new", THEN, None)]
    old, new = await organisation.department("old"), await organisation.department("new")
    assert (old.closed_from_day, old.merged_into_id) == (DAY, new.id)
    assert convert.department(old).closing == Closing(
        DAY, new.id
    )  # as copies of the directory read it
    terms = (await organisation.touchpoint("desk")).terms
    assert [(t.department_id, t.to_day or None) for t in terms] == [(old.id, DAY), (new.id, None)]


async def test_the_same_closing_again_changes_nothing(organisation: Profile) -> None:
    await close(organisation, "old", into="new")
    before = (await organisation.department("old")).revision

    again = await close(organisation, "old", into="new")

    assert again.department.revision == before
    assert not again.moved_departments


async def test_a_dry_run_says_what_would_move_and_stores_nothing(organisation: Profile) -> None:
    reply = await close(organisation, "old", into="new", dry_run=True)

    assert list(reply.moved_departments) == ["team"]
    assert reply.department.closed_from_day == DAY
    assert not (await organisation.department("old")).HasField("closed_from_day")


async def test_what_still_has_something_is_not_closed_alone(organisation: Profile) -> None:
    failure = await refusal(close(organisation, "old"))

    assert isinstance(failure, Conflict)
    assert failure.reason == "DEPARTMENT_IN_USE"
    assert (await close(organisation, "last")).department.closed_from_day == DAY


@pytest.mark.parametrize(
    ("key", "into", "reason"),
    [
        ("root", "new", "ROOT_CLOSED"),
        ("old", "old", "SELF_PARENT"),
        ("old", "team", "CYCLE"),
        ("old", "nowhere", "UNKNOWN_MERGE_INTO"),
        ("old", "last", "DEPARTMENT_CLOSED"),
    ],
)
async def test_what_cannot_be_merged(
    organisation: Profile, key: str, into: str, reason: str
) -> None:
    await close(organisation, "last")

    failure = await refusal(close(organisation, key, into=into))

    assert failure.reason == reason


async def test_only_admins_close(organisation: Profile) -> None:
    assert isinstance(await refusal(close(organisation, "last", role="analyst")), Denied)
    assert isinstance(await refusal(close(organisation, "nowhere")), NotFound)


async def test_what_is_new_goes_to_the_successor_or_is_refused(organisation: Profile) -> None:
    await close(organisation, "last")
    await close(organisation, "old", into="new")

    results = await organisation.upsert(
        ("a", "old"), ("b", "last"), ("team", "old"), ("old", "root")
    )
    desks = await organisation.upsert_touchpoints(
        pb.TouchpointItem(key="desk", name="Desk", department="old"),
        pb.TouchpointItem(key="till", name="Till", department="last"),
    )

    assert [r.refusals[0].reason if r.refusals else "" for r in results] == [
        "",
        "DEPARTMENT_CLOSED",
        "",
        "DEPARTMENT_CLOSED",
    ]
    assert await organisation.places("a") == [("new", None, None)]
    assert [r.refusals[0].reason if r.refusals else "" for r in desks] == ["", "DEPARTMENT_CLOSED"]
    assert (await organisation.touchpoint("desk")).terms[-1].from_day == DAY
    assert (await refusal(organisation.move("a", "last"))).reason == "DEPARTMENT_CLOSED"


async def test_a_reopened_department_takes_new_things_where_it_hangs(organisation: Profile) -> None:
    await close(organisation, "old", into="new")

    await close(organisation, "old", reopen=True)
    await organisation.upsert(("a", "old"))

    assert await organisation.places("a") == [("old", None, None)]
    assert (await organisation.places("old"))[-1] == ("new", THEN, None)
    assert (await deeds(organisation))[-3:] == [
        "touchpoint_changed",
        "department_reopened",
        "department_created",
    ]


@pytest.mark.parametrize("dry_run", [True, False])
async def test_a_file_closes_and_merges_as_often_as_it_is_read(
    organisation: Profile, dry_run: bool
) -> None:
    content = "name,parent,closed,into\nOld,Organisation,2026-02-01,New\nNew,Organisation,,\n"
    content += "Gone,Old,2026-02-01,\nTeam,Old,,\nRoot In Use,Organisation,,New\nOrganisation,,2026-02-01,New\n"

    outcome = await chart(organisation, content, dry_run=dry_run)
    again = await chart(organisation, content, dry_run=dry_run)

    refused = [["6", "closed", "CELL_EMPTY"], ["7", "closed", "ROOT_CLOSED"]]
    assert sorted(line[:3] for line in outcome.report) == refused
    assert (outcome.stored, outcome.already) == (2, 2)
    assert (again.stored, again.already) == ((2, 2) if dry_run else (0, 4))
    old = await organisation.department("old")
    assert old.HasField("closed_from_day") is not dry_run
    if not dry_run:
        assert await organisation.places("team") == [("old", None, THEN), ("new", THEN, None)]


async def test_closed_departments_are_listed_apart(organisation: Profile) -> None:
    await close(organisation, "last")

    async def keys(closed: bool | None = None) -> list[str]:
        request = pb.ListDepartmentsRequest(first=10, closed=closed)
        reply = await organisation.stub.ListDepartments(request, metadata=organisation.bearer())
        return [department.key for department in reply.departments]

    assert await keys(closed=True) == ["last"]
    assert await keys(closed=False) == ["new", "old", "root", "team"]
    assert len(await keys()) == 5
