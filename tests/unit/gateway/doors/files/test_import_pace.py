"""Uploads that stand still, and how many there may be at a time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.doors import pace
from services.kit.errors import RateLimited
from services.kit.places import MOST_OF_A_SUBJECT
from services.kit.rights.access import Role
from tests.unit.gateway.support.running import Platform, open_platform
from tests.unit.gateway.support.stub_services import StubServices
from tests.unit.gateway.support.uploads import BOUNDARY, body, error, post


async def stalled() -> AsyncIterator[bytes]:
    """An upload that stands still after its mapping began."""
    yield body(("mapping", b""), end=False)
    await asyncio.Event().wait()


async def trickling() -> AsyncIterator[bytes]:
    """An upload that never ends, some bytes at a time."""
    yield body(("mapping", b""), end=False)
    yield f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"\r\n\r\n'.encode()
    while True:
        await asyncio.sleep(0.001)
        yield b"x"


@pytest.mark.parametrize(
    ("limits", "upload_of", "words"),
    [
        ({"file_still_seconds": 0.05}, stalled, "nothing moved for 0 seconds"),
        ({"file_least_bytes_a_second": 1_024}, trickling, "it was slower than 1 KiB a second"),
        ({"upload_seconds": 0.05}, trickling, "it took more than 0 minutes"),
    ],
)
async def test_an_upload_that_is_too_slow_is_ended(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    limits: dict[str, Any],
    upload_of: Callable[[], AsyncIterator[bytes]],
    words: str,
) -> None:
    if "file_least_bytes_a_second" in limits:
        monkeypatch.setattr(pace, "GRACE_SECONDS", 0.05)

    async with open_platform(tmp_path, StubServices(), **limits) as platform:
        shown = error(await post(platform, upload_of()))

    assert shown == (408, "DEADLINE_EXCEEDED", f"the upload was ended: {words}")


async def test_an_operator_chooses_how_many_files_are_on_their_way(tmp_path: Path) -> None:
    form = body(("mapping", b""), ("file", b"x"))
    limits = {"imports_at_once": 1, "exports_at_once": 1, "files_per_subject": 1}

    async with open_platform(tmp_path, StubServices(), **limits) as platform:
        stalling = asyncio.create_task(post(platform, stalled()))
        await asyncio.sleep(0)
        answer = await post(platform, form)
        while answer.status_code == 200:
            answer = await post(platform, form)
        stalling.cancel()
        await asyncio.gather(stalling, return_exceptions=True)

    assert error(answer)[2].startswith("1 imports ")


async def test_stalled_uploads_of_one_subject_leave_places_to_others(platform: Platform) -> None:
    mine = {"authorization": platform.bearer(Role.INTEGRATION, subject="mallory")}
    stalling = [
        asyncio.create_task(post(platform, stalled(), **mine)) for _ in range(MOST_OF_A_SUBJECT)
    ]
    await asyncio.sleep(0)
    form = body(("mapping", b""), ("file", b"x"))

    async def is_refused() -> httpx.Response:
        while (answer := await post(platform, form, **mine)).status_code == 200:
            pass
        return answer

    refused = await asyncio.wait_for(is_refused(), 5)
    others = await post(platform, form)

    assert error(refused) == (
        429,
        "RATE_LIMITED",
        "2 imports of yours are under way: try again when one of them is done",
    )
    assert refused.json()["errors"][0]["extensions"]["reason"] == "IMPORTS_BUSY"
    assert others.status_code == 200
    for task in stalling:
        task.cancel()
    await asyncio.gather(*stalling, return_exceptions=True)
    assert (await post(platform, form, **mine)).status_code == 200


async def test_a_service_that_has_no_place_is_quoted_to_who_sends_a_large_file(
    platform: Platform,
) -> None:
    words = "4 imports are under way: try again when one of them is done"
    platform.services.failures["ImportResponses"] = RateLimited(words, reason="IMPORTS_BUSY")

    async def large() -> AsyncIterator[bytes]:
        yield body(("mapping", b""), end=False)
        yield f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"\r\n\r\n'.encode()
        for _ in range(100):
            yield b"x" * 100_000

    answer = await post(platform, large())

    assert error(answer) == (429, "RATE_LIMITED", words)
    assert answer.json()["errors"][0]["extensions"]["reason"] == "IMPORTS_BUSY"
    assert answer.headers["retry-after"]
