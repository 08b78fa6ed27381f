"""Large bodies: from whom, how many at a time, and how slow."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.types import Message

from gateway.doors.body import Bodies
from gateway.request.asked import BODY_BYTES, NotARequest, too_large
from services.kit.places import MOST_OF_A_SUBJECT
from services.kit.rights.access import Role
from tests.unit.gateway.support.running import Platform, open_platform
from tests.unit.gateway.support.stub_services import StubServices

BEGIN = b'{"query": "mutation ($i: SubmitResponsesInput!) { submitResponses(input: $i) { userErrors { code } } }", '
LARGE = BEGIN + b'"variables": {"i": {"responses": []}}' + b" " * BODY_BYTES + b"}"


async def stalled() -> AsyncIterator[bytes]:
    """A large body whose end never comes."""
    yield LARGE[:-1]
    await asyncio.Event().wait()


async def post(
    platform: Platform, content: bytes | AsyncIterator[bytes], authorization: str
) -> httpx.Response:
    headers = {"content-type": "application/json", "authorization": authorization}
    return await platform.http.post("/graphql", content=content, headers=headers)


def error(answer: httpx.Response) -> dict[str, Any]:
    (shown,) = answer.json()["errors"]
    return {**shown["extensions"], "message": shown["message"]}


async def test_stalled_bodies_of_one_subject_leave_places_to_others(platform: Platform) -> None:
    mine = platform.bearer(Role.INTEGRATION, subject="mallory")
    stalling = [
        asyncio.create_task(post(platform, stalled(), mine)) for _ in range(MOST_OF_A_SUBJECT)
    ]
    await asyncio.sleep(0)

    async def is_refused() -> httpx.Response:
        while (answer := await post(platform, LARGE, mine)).status_code == 200:
            pass
        return answer

    refused = await asyncio.wait_for(is_refused(), 5)
    others = await post(platform, LARGE, platform.bearer(Role.INTEGRATION, subject="ann"))

    assert (refused.status_code, refused.headers["retry-after"]) == (429, "5")
    assert (error(refused)["reason"], error(refused)["retryAfter"]) == ("LARGE_BODIES_BUSY", 5)
    assert "2 large bodies of yours are under way" in error(refused)["message"]
    assert "data" in others.json()
    for task in stalling:
        task.cancel()
    await asyncio.gather(*stalling, return_exceptions=True)
    assert "data" in (await post(platform, LARGE, mine)).json()


@pytest.mark.parametrize("role", [Role.DEPARTMENT_HEAD, Role.OPERATOR, Role.PRIVACY_OFFICER])
async def test_who_may_not_submit_takes_no_place(platform: Platform, role: Role) -> None:
    asking = post(platform, stalled(), platform.bearer(role))

    refused = await asyncio.wait_for(asking, 5)

    assert refused.status_code == 413


async def test_a_body_that_stands_still_is_ended(tmp_path: Path) -> None:
    async with open_platform(tmp_path, StubServices(), file_still_seconds=0.05) as platform:
        refused = await post(platform, stalled(), platform.bearer())

    assert (refused.status_code, refused.headers["connection"]) == (408, "close")
    assert error(refused)["message"] == "the body did not arrive: nothing moved for 0 seconds"


@pytest.mark.parametrize("sizes", [(300,), (200, 100), (64, 64, 64, 100), (300, 0)])
async def test_the_last_piece_counts_too(platform: Platform, sizes: tuple[int, ...]) -> None:
    """Of a body without a length, from nobody."""

    def pieces() -> Iterator[Message]:
        for number, size in enumerate(sizes, 1):
            body = b"x" * size * 1024
            yield {"type": "http.request", "body": body, "more_body": number < len(sizes)}

    messages = pieces()

    async def receive() -> Message:
        return next(messages)

    async def nobody() -> str:
        raise too_large(BODY_BYTES)

    with pytest.raises(NotARequest, match="256 KiB"):
        await Bodies(platform.gateway.files).read(receive, 0, nobody)
