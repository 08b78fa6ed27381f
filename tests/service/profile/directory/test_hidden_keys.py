"""A key that the caller may not see is answered like one that is not there, by every door that leaves no trace."""

from collections.abc import Awaitable, Callable

import grpc
import pytest

from cxm.batch.v1.batch_pb2 import ItemResult
from cxm.profile.v1 import profile_pb2 as pb
from services.kit.rpc.servicing import Metadata
from services.kit.rpc.status import from_rpc
from tests.service.profile.support.profile import DAY, Profile
from tests.service.support.import_call import Outcome, load

HIDDEN, ABSENT = "theirs", "nobodys"
HIDDEN_TOUCHPOINT, ABSENT_TOUCHPOINT = "their-shop", "nobodys-shop"
FILE = '[columns]\nkey = "key"\nname = "name"\n'


@pytest.fixture
async def organisation(profile: Profile) -> Profile:
    """`mine` and `others` under the root, `theirs` under `others`; `their-shop` of `theirs`."""
    await profile.upsert(("mine", "root"), ("others", "root"), (HIDDEN, "others"))
    await profile.upsert_touchpoints(
        pb.TouchpointItem(key=HIDDEN_TOUCHPOINT, name="Shop", department=HIDDEN)
    )
    return profile


Probe = Callable[[Profile, str, Metadata], Awaitable[object]]


def departments(*items: tuple[str, str | None]) -> Probe:
    """An upsert; K stands for the key that is tried."""

    async def probe(organisation: Profile, key: str, bearer: Metadata) -> list[ItemResult]:
        named = [
            (name.replace("K", key), parent and parent.replace("K", key)) for name, parent in items
        ]
        return await organisation.upsert(*named, bearer=bearer)

    return probe


def touchpoint(key: str, owner: str) -> Probe:
    async def probe(organisation: Profile, tried: str, bearer: Metadata) -> list[ItemResult]:
        item = pb.TouchpointItem(
            key=key.replace("K", tried), name="T", department=owner.replace("K", tried)
        )
        return await organisation.upsert_touchpoints(item, bearer=bearer)

    return probe


def move(department: str, parent: str) -> Probe:
    async def probe(organisation: Profile, key: str, bearer: Metadata) -> object:
        request = pb.MoveDepartmentRequest(
            department=department.replace("K", key), parent=parent.replace("K", key), from_day=DAY
        )
        return await organisation.stub.MoveDepartment(request, metadata=bearer)

    return probe


async def read_department(organisation: Profile, key: str, bearer: Metadata) -> object:
    request = pb.BatchGetDepartmentsRequest(keys=[key, "mine"])
    reply = await organisation.stub.BatchGetDepartments(request, metadata=bearer)
    return [department.key for department in reply.departments]


async def read_touchpoint(organisation: Profile, key: str, bearer: Metadata) -> object:
    request = pb.BatchGetTouchpointsRequest(keys=[key])
    return await organisation.stub.BatchGetTouchpoints(request, metadata=bearer)


async def rehearse_departments(organisation: Profile, key: str, bearer: Metadata) -> object:
    method, request = organisation.stub.ImportDepartments, pb.ImportDepartmentsRequest
    mapping = f'{FILE}parent = "parent"\n'
    content = f"key,name,parent\n{key},A,mine\nown,B,{key}\n{key},A,mine\n"
    return await load(method, request, bearer, mapping, content, dry_run=True)


async def rehearse_touchpoints(organisation: Profile, key: str, bearer: Metadata) -> object:
    method, request = organisation.stub.ImportTouchpoints, pb.ImportTouchpointsRequest
    mapping = f'{FILE}department = "department"\n'
    content = f"key,name,department\n{key},A,mine\n"
    return await load(method, request, bearer, mapping, content, dry_run=True)


async def rehearse_owners(organisation: Profile, key: str, bearer: Metadata) -> object:
    method, request = organisation.stub.ImportTouchpoints, pb.ImportTouchpointsRequest
    mapping = f'{FILE}department = "department"\n'
    content = f"key,name,department\nown,A,{key}\n"
    return await load(method, request, bearer, mapping, content, dry_run=True)


DEPARTMENT_DOORS = {
    "upsert under nothing": departments(("K", "nowhere")),
    "upsert in a circle": departments(("K", "new"), ("new", "K")),
    "upsert without a parent": departments(("K", None)),
    "upsert beside itself": departments(("K", "nowhere"), ("K", "mine")),
    "upsert as parent": departments(("new", "K")),
    "touchpoint's owner": touchpoint("new", "K"),
    "move": move("K", "mine"),
    "move under": move("mine", "K"),
    "read department": read_department,
    "dry run of departments": rehearse_departments,
    "dry run of owners": rehearse_owners,
}
TOUCHPOINT_DOORS = {
    "upsert of nobody's": touchpoint("K", "nowhere"),
    "read touchpoint": read_touchpoint,
    "dry run of touchpoints": rehearse_touchpoints,
}
DOORS = [
    *((door, probe, HIDDEN, ABSENT) for door, probe in DEPARTMENT_DOORS.items()),
    *(
        (door, probe, HIDDEN_TOUCHPOINT, ABSENT_TOUCHPOINT)
        for door, probe in TOUCHPOINT_DOORS.items()
    ),
]
TOLD_TO_WHO_SEES = {
    "move",
    "move under",
    "read",
    "dry run",
    "upsert in a circle",
    "dry run of owners",
}


async def answer(call: Awaitable[object], key: str) -> str:
    """What a door says, the key that was tried left out."""
    try:
        said = str(await call)
    except grpc.aio.AioRpcError as error:
        failure = from_rpc(error)
        said = f"{error.code()} {failure.reason} {failure.message} {failure.field}"
    return said.replace(key, "K")


@pytest.mark.parametrize(("door", "probe", "hidden", "absent"), DOORS, ids=[d[0] for d in DOORS])
async def test_what_is_hidden_is_answered_like_what_is_absent(
    organisation: Profile, door: str, probe: Probe, hidden: str, absent: str
) -> None:
    bearer = organisation.bearer("admin", "mine")

    said = [await answer(probe(organisation, key, bearer), key) for key in (hidden, absent)]

    assert said[0] == said[1]
    if door in TOLD_TO_WHO_SEES:  # the control: who sees it is answered otherwise
        everything = organisation.bearer("admin" if door.startswith("move") else "integration")
        told = [await answer(probe(organisation, key, everything), key) for key in (hidden, absent)]
        assert told[0] != told[1]


async def test_a_dry_run_says_that_it_does_not_know_of_keys_out_of_sight(
    organisation: Profile,
) -> None:
    """Whichever keys there are; the control is who sees everything. The run tells of no department that is there."""
    stub = organisation.stub
    content = f"key,name,parent\n{HIDDEN},A,mine\n"
    mapping = f'{FILE}parent = "parent"\n'

    async def bring(role: str, *scope: str, dry_run: bool) -> Outcome:
        bearer = organisation.bearer(role, *scope)
        return await load(
            stub.ImportDepartments,
            pb.ImportDepartmentsRequest,
            bearer,
            mapping,
            content,
            dry_run=dry_run,
        )

    foreseen = await bring("admin", "mine", dry_run=True)
    outcome = await bring("admin", "mine", dry_run=False)
    everything = await bring("admin", dry_run=True)

    assert (foreseen.stored, foreseen.remarks) == (1, {"AS_FAR_AS_SEEN": 1})
    assert [line[2:] for line in outcome.report] == [
        ["NOT_FOUND", "this key cannot be used: choose another one"]
    ]
    assert everything.remarks == {}


async def test_a_key_that_is_taken_is_refused_where_nothing_else_is_wrong(
    organisation: Profile,
) -> None:
    """By then the caller has made what was absent, and the audit log says so."""
    bearer = organisation.bearer("admin", "mine")

    [taken, below] = await organisation.upsert((HIDDEN, "mine"), ("new", HIDDEN), bearer=bearer)
    [made] = await organisation.upsert((ABSENT, "mine"), bearer=bearer)

    assert [r.reason for r in taken.refusals] == ["NOT_FOUND"]
    assert [r.reason for r in below.refusals] == ["UNKNOWN_PARENT"]
    assert not made.refusals
