"""Files through the door of imports, and what it answers."""

from typing import Any

import httpx
import orjson

from services.kit.rights.access import Role
from tests.unit.gateway.support.running import Platform

MAPPING = '[columns]\nname = "a"\n'
BOUNDARY = "cut-here"
TYPE = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}


def body(*parts: tuple[str, bytes], end: bool = True) -> bytes:
    """A body with these parts, as browsers write it."""
    written = b"".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode()
        + content
        + b"\r\n"
        for name, content in parts
    )
    return written + f"--{BOUNDARY}--\r\n".encode() if end else written


async def post(
    platform: Platform, content: Any, kind: str = "responses", query: str = "", **headers: str
) -> httpx.Response:
    given = {"authorization": platform.bearer(Role.INTEGRATION)} | TYPE | headers
    return await platform.http.post(f"/imports/{kind}?{query}", content=content, headers=given)


def lines(answer: httpx.Response) -> list[dict[str, Any]]:
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [orjson.loads(line) for line in answer.content.splitlines()]


def error(answer: httpx.Response) -> tuple[int, str, str]:
    (shown,) = answer.json()["errors"]
    return answer.status_code, shown["extensions"]["code"], shown["message"]
