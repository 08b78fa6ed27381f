"""The upload door: a file passes through in pieces, progress comes back line by line."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import Any

import pytest

from cxm.batch.v1.batch_pb2 import ImportProgress, RefusedRow
from gateway.doors.files import upload
from gateway.doors.files.imports import imports_door
from services.kit.errors import Denied, Invalid, Unavailable
from services.kit.rights.access import Role
from tests.unit.gateway.support.running import Platform
from tests.unit.gateway.support.uploads import BOUNDARY, MAPPING, TYPE, body, error, lines, post

KINDS = {
    "departments": "ImportDepartments",
    "touchpoints": "ImportTouchpoints",
    "responses": "ImportResponses",
    "employees": "ImportEmployees",
    "wave": "ImportWave",
}


@pytest.mark.parametrize("kind", KINDS)
async def test_a_file_reaches_the_service_of_its_kind(platform: Platform, kind: str) -> None:
    data = bytes(range(256)) * 4_000
    refused = RefusedRow(row=3, reason="WHY", message="so")
    last = ImportProgress(
        rows=10,
        stored=4,
        already_stored=3,
        refused=2,
        left_out=1,
        corrected=5,
        joined=6,
        created_survey="s",
        created_departments=1,
    )
    last.remarks.add(reason="CONTROL_CHARACTERS", count=7, message="were dropped")
    last.created_department_names.append("One")
    last.done = True
    platform.services.imports = [ImportProgress(rows=10, stored=4, refusals=[refused]), last]
    form = body(("mapping", MAPPING.encode()), ("file", data))

    answer = await post(platform, form, kind, "name=a%20b.csv&dryRun=true&update=true")

    (header,) = platform.services.asked[KINDS[kind]]
    assert (header.mapping, header.file_name) == (MAPPING, "a b.csv")
    assert (header.dry_run, header.update) == (True, True)
    assert platform.services.files == [data]
    assert platform.services.viewers[-1].subject == "ann"
    counts = {
        "rows": 10,
        "stored": 4,
        "corrected": 5,
        "alreadyStored": 3,
        "refused": 2,
        "leftOut": 1,
        "joined": 6,
    }
    so_far = {
        "rows": 10,
        "stored": 4,
        "corrected": 0,
        "alreadyStored": 0,
        "refused": 0,
        "leftOut": 0,
        "joined": 0,
    }
    remark = {"reason": "CONTROL_CHARACTERS", "count": 7, "message": "were dropped"}
    assert lines(answer) == [
        {"refused": {"row": 3, "column": None, "reason": "WHY", "message": "so"}},
        {"progress": so_far},
        {
            "done": counts
            | {"created": {"survey": "s", "departments": {"count": 1, "names": ["One"]}}}
            | {"remarks": [remark]}
        },
    ]


async def test_a_file_may_replace_and_tells_what_changes(platform: Platform) -> None:
    told = ImportProgress(rows=1, stored=1)
    told.differences.add(id="w1", before=["b, from 2020-01-01"], after=[])
    platform.services.imports = [told, ImportProgress(rows=1, stored=1, done=True)]
    form = body(("mapping", MAPPING.encode()), ("file", b"a\n1\n"))

    answer = await post(platform, form, "employees", "name=a&replace=true")

    (header,) = platform.services.asked[KINDS["employees"]]
    assert (header.replace, header.dry_run) == (True, False)
    difference = {"id": "w1", "before": ["b, from 2020-01-01"], "after": []}
    assert lines(answer)[0] == {"difference": difference}


async def test_a_file_passes_in_pieces_of_any_cut(platform: Platform) -> None:
    data = b"\r\n--cut-her" * 3_000
    form = body(("mapping", MAPPING.encode()), ("file", data))

    async def trickle() -> AsyncIterator[bytes]:
        for start in range(0, len(form), 7):
            yield form[start : start + 7]

    await post(platform, trickle())

    assert platform.services.files == [data]


async def test_the_file_is_never_held_whole(platform: Platform) -> None:
    """No more is asked of the client than the service has taken."""
    waiting = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal waiting
        yield body(("mapping", MAPPING.encode()), end=False)
        yield f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"\r\n\r\n'.encode()
        for _ in range(10_000):
            waiting += 1
            yield b"x" * 65_536

    platform.services.failures["ImportResponses"] = Invalid("no", reason="MAPPING_INVALID")

    answer = await post(platform, endless())

    assert error(answer) == (400, "BAD_USER_INPUT", "no")
    assert waiting <= 1, "a file was read whose mapping is refused"


@pytest.mark.parametrize(
    ("failure", "shown"),
    [
        (Denied("not yours"), (403, "FORBIDDEN", "not yours")),
        (Unavailable("away"), (503, "UNAVAILABLE", "the survey service is away")),
        (
            Unavailable("the reader was ended by SIGSEGV", reason="CHILD_DIED"),
            (503, "UNAVAILABLE", "the reader was ended by SIGSEGV"),
        ),
        (Invalid("wrong", reason="MAPPING_INVALID"), (400, "BAD_USER_INPUT", "wrong")),
    ],
)
async def test_refusals_of_the_service_are_statuses(
    platform: Platform, failure: Exception, shown: tuple[int, str, str]
) -> None:
    platform.services.failures["ImportResponses"] = failure

    status, code, message = error(
        await post(platform, body(("mapping", b""), ("file", b"x" * 1_000_000)))
    )

    assert (status, code) == shown[:2]
    assert message.startswith(shown[2])


async def test_a_service_that_dies_on_the_way_is_the_last_line(platform: Platform) -> None:
    platform.services.imports = [ImportProgress(rows=9, stored=4)]
    platform.services.hold = asyncio.Event()

    posting = asyncio.create_task(post(platform, body(("mapping", b""), ("file", b"x"))))
    await platform.services.waiting.wait()
    await platform.servers["survey"].stop(0)
    shown = lines(await posting)

    assert shown[0]["progress"]["stored"] == 4
    assert shown[-1]["error"]["extensions"]["code"] in ("UNAVAILABLE", "DEADLINE_EXCEEDED")


async def test_a_client_that_leaves_cancels_the_import(platform: Platform) -> None:
    platform.services.imports = [ImportProgress(rows=9, stored=4)]
    platform.services.hold = asyncio.Event()
    asked = asyncio.Event()

    async def receive() -> dict[str, Any]:
        if not asked.is_set():
            asked.set()
            return {"type": "http.request", "body": body(("mapping", b""), ("file", b"x"))}
        await platform.services.waiting.wait()
        return {"type": "http.disconnect"}

    async def send(_: Any) -> None:
        return None

    headers = TYPE | {"authorization": platform.bearer(Role.INTEGRATION)}
    scope = {
        "type": "http",
        "method": "POST",
        "path_params": {"kind": "responses"},
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    await imports_door(platform.gateway)(scope, receive, send)

    await asyncio.wait_for(platform.services.cancelled.wait(), 5)


@pytest.mark.parametrize(
    ("form", "message"),
    [
        (body(("mapping", b""), ("file", b"x" * 500_000))[:-200_000], "the upload was cut"),
        (body(("mapping", b"")), "the upload was cut"),
        (body(("file", b"x"), ("mapping", b"")), "the body has the parts file, mapping"),
        (body(("mapping", b""), ("mapping", b""), ("file", b"")), "the parts mapping, mapping"),
        (body(("mapping", b""), ("file", b""), ("more", b"")), "the parts mapping, file, more"),
        (body(), "the upload has no part `mapping`"),
        (b"", "the upload has no part `mapping`"),
        (b"nothing of the kind", "the body is no multipart/form-data"),
        (body(("mapping", b"\xff"), ("file", b"")), "the mapping is not UTF-8"),
    ],
)
async def test_a_body_that_is_none_is_refused(
    platform: Platform, form: bytes, message: str
) -> None:
    status, code, shown = error(await post(platform, form))

    assert (status, code) == (400, "BAD_REQUEST")
    assert message in shown
    assert (
        "send multipart/form-data with" in shown or "not UTF-8" in shown or "no multipart" in shown
    )


async def test_limits_are_kept(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    large = body(("mapping", b"#" * 17_000), ("file", b""))
    assert error(await post(platform, large))[0] == 413
    monkeypatch.setattr(upload, "LARGEST_FILE_BYTES", 100_000)
    answer = await post(platform, body(("mapping", b""), ("file", b"x" * 100_001)))
    assert error(answer)[:2] == (413, "BAD_REQUEST")
    assert platform.services.files == []


def _wrong(platform: Platform) -> Iterable[tuple[dict[str, Any], int]]:
    form = body(("mapping", b""), ("file", b""))
    yield {"content": form, "kind": "nonsense"}, 404
    yield {"content": form, "query": "dryrun=true"}, 400
    yield {"content": form, "query": "dryRun=yes"}, 400
    yield {"content": form, "content-type": "text/csv"}, 415
    yield {"content": form, "content-type": "multipart/form-data"}, 415
    yield {"content": form, "authorization": "Bearer none"}, 401


async def test_other_requests_are_told_what_is_wrong(platform: Platform) -> None:
    for request, status in _wrong(platform):
        assert error(await post(platform, **request))[0] == status, request
    posted = await platform.http.get("/imports/responses")
    assert error(posted) == (405, "BAD_REQUEST", "send POST")
    assert posted.headers["allow"] == "POST"
    assert error(await post(platform, b"", "nonsense"))[:2] == (404, "NOT_FOUND")
    assert (await platform.http.post("/imports/responses", headers=TYPE)).status_code == 401
    assert platform.services.asked == {}
