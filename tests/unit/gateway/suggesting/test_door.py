"""The door of suggestions: the first part of a file in, a mapping with columns and doubts out."""

import asyncio
import io
import tomllib
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, BinaryIO

import httpx
import pytest

from gateway.suggesting import suggestion
from gateway.suggesting.door import LARGEST_BYTES
from gateway.suggesting.suggestion import doubts_in
from infra.cli.importing.suggesting import suggested
from services.kit.imports.suggesting.toml import WIDTH, remark
from services.kit.imports.workbooks.archive import SMALL
from services.kit.rights.access import Role
from tests.unit.gateway.support.running import Platform

FILE = (
    "Timestamp;Store;How likely are you to recommend us?;Why?\n"
    + "2026-05-04 09:00;Rīga;9;ātri\n" * 7
).encode()


async def post(
    platform: Platform, content: Any = FILE, query: str = "name=told.csv", **headers: str
) -> httpx.Response:
    given = {"authorization": platform.bearer(Role.INTEGRATION)} | headers
    return await platform.http.post(f"/imports/suggestion?{query}", content=content, headers=given)


def reason(answer: httpx.Response) -> tuple[int, str]:
    (error,) = answer.json()["errors"]
    return answer.status_code, error["extensions"].get("reason", "")


async def test_a_file_gets_the_mapping_of_the_command_line(
    platform: Platform, tmp_path: Path
) -> None:
    told = tmp_path / "told.csv"
    told.write_bytes(FILE)
    answer = await post(platform)

    found = answer.json()
    assert answer.status_code == 200
    assert found["mapping"] == await asyncio.to_thread(suggested, told, None)
    assert found["kind"] == "responses"
    assert tomllib.loads(found["mapping"])["format"]["delimiter"] == ";"
    assert found["columns"][1] == {"title": "Store", "rows": ["Rīga"] * 5}
    assert len(found["columns"]) == 4
    assert found["doubts"] == doubts_in(found["mapping"]) != []
    assert not platform.services.asked


def filled() -> BinaryIO:
    """A file of a disk that takes nothing."""
    return Path("/dev/full").open("r+b")


async def test_a_disk_that_is_full_is_told_as_what_it_is(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestion, "TemporaryFile", filled)

    assert reason(await post(platform)) == (503, "DISK_FULL")


async def test_a_kind_that_is_named_is_not_guessed(platform: Platform) -> None:
    found = (await post(platform, query="name=a.csv&kind=departments")).json()

    assert found["kind"] == "departments"
    assert "[answers" not in found["mapping"]


async def test_the_last_row_of_a_part_is_left_out(platform: Platform) -> None:
    row = b"1,%s\n" % (b"x" * 100_000)
    part = (b"id,text\n" + row * 11)[:LARGEST_BYTES]

    found = (await post(platform, part)).json()

    assert len(part) == LARGEST_BYTES
    assert [len(cell) for cell in found["columns"][1]["rows"]] == [200] * 5


@pytest.mark.parametrize(
    ("content", "query", "expected"),
    [
        (b"", "", (400, "FILE_UNREADABLE")),
        (b"PAR1 and more", "", (400, "FILE_UNREADABLE")),
        (b"PK\x03\x04 no workbook", "", (400, "FILE_UNREADABLE")),
        ((b"PK\x03\x04" + bytes(LARGEST_BYTES))[:LARGEST_BYTES], "", (400, "FILE_UNREADABLE")),
        (FILE, "kind=nothing", (400, "UNKNOWN_KIND")),
        (FILE, "dryRun=true", (400, "")),
        (bytes(LARGEST_BYTES + 1), "", (413, "")),
    ],
)
async def test_what_is_refused(
    platform: Platform, content: bytes, query: str, expected: tuple[int, str]
) -> None:
    assert reason(await post(platform, content, query)) == expected


async def test_a_body_that_does_not_say_its_length_is_cut_off(platform: Platform) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield bytes(65_536)

    assert reason(await post(platform, endless())) == (413, "")


async def test_a_workbook_that_unpacks_to_too_much_is_refused(platform: Platform) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", bytes(SMALL + 1))

    refused = await post(platform, packed.getvalue())

    assert reason(refused) == (400, "FILE_UNREADABLE")
    assert "as no honest workbook does" in refused.text


@pytest.mark.parametrize("role", [Role.DEPARTMENT_HEAD, Role.OPERATOR, Role.PRIVACY_OFFICER])
async def test_who_imports_nothing_gets_none(platform: Platform, role: Role) -> None:
    answer = await post(platform, authorization=platform.bearer(role))

    assert answer.status_code == 403
    assert (await platform.http.post("/imports/suggestion", content=FILE)).status_code == 401


async def test_one_subject_has_few_at_a_time(platform: Platform) -> None:
    held, reading = asyncio.Event(), asyncio.Semaphore(0)

    async def slow() -> AsyncIterator[bytes]:
        yield FILE
        reading.release()  # the door asks for more, so it has given a place
        await held.wait()

    tasks = [asyncio.create_task(post(platform, slow())) for _ in range(2)]
    for _ in tasks:
        await reading.acquire()
    answer = await post(platform)
    held.set()

    assert reason(answer) == (429, "SUGGESTIONS_BUSY")
    assert [(await task).status_code for task in tasks] == [200, 200]
    assert (await post(platform)).status_code == 200


def test_a_doubt_of_several_lines_is_one_sentence() -> None:
    """And the commented keys under it are none of it."""
    long = "? " + "a word " * 40 + "end"
    lines = [*remark(long), '# department = "root"', "[columns]", "# ? short", "# open = 1"]

    assert max(map(len, lines)) <= WIDTH + 2
    assert doubts_in("\n".join(lines)) == [long.removeprefix("? "), "short"]
