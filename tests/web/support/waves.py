"""Waves of staff as an analyst plans and opens them, by the API; and the links that employees get."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import httpx

from tests.support.platform import Running, eventually

UPSERT = """mutation ($input: UpsertWaveInput!) {
  upsertWave(input: $input) { wave { key } userErrors { message } } }"""
OPEN = """mutation ($input: OpenWaveInput!) {
  openWave(input: $input) { wave { key } userErrors { message } } }"""
STANDARD = "{ standardWaveQuestions { key kind text texts { language text } } }"
LINK = re.compile(r"/w/[A-Za-z0-9_-]+")
MAIL_SECONDS = 30
OPEN_FOR = timedelta(days=30)


async def draft(demo: Running, key: str, **more: Any) -> None:
    """A draft of one question for everybody."""
    wave = {
        "key": key,
        "kind": "PULSE",
        "name": "Walked through",
        "language": "en",
        "questions": [{"key": "recommend", "kind": "ENPS", "text": "Would you recommend us?"}],
        **more,
    }
    await _do(demo, UPSERT, wave)


async def open_wave(demo: Running, key: str, department: str) -> str:
    """Ask a department the standard questions; the path of one of the links that were sent."""
    known = set(_mails(demo))
    questions = (await _ask(demo, STANDARD, {}))["standardWaveQuestions"]
    languages = ["en", "lv", "lt", "sl", "mk"]
    names = [{"language": tag, "text": f"Pulse {tag}"} for tag in languages[1:]]
    await draft(
        demo,
        key,
        departments=[department],
        questions=questions,
        languages=languages,
        names=names,
        closesAt=(datetime.now(UTC) + OPEN_FOR).isoformat(),
    )
    await _do(demo, OPEN, {"key": key})
    await asyncio.to_thread(
        eventually, lambda: bool(set(_mails(demo)) - known), seconds=MAIL_SECONDS
    )
    sent = (set(_mails(demo)) - known).pop()
    mail = BytesParser(policy=policy.default).parsebytes(sent.read_bytes())
    body = mail.get_body(("plain",))
    link = LINK.search(body.get_content() if body else "")
    assert link is not None
    return link[0]


def _mails(demo: Running) -> list[Path]:
    return list((demo.data_dir / "mail").glob("*.eml"))


async def _do(demo: Running, mutation: str, given: dict[str, Any]) -> None:
    ((payload),) = (await _ask(demo, mutation, {"input": given})).values()
    assert payload["userErrors"] == [], payload


async def _ask(demo: Running, query: str, variables: dict[str, Any]) -> dict[str, Any]:
    async with httpx.AsyncClient() as client:
        reply = await client.post(
            f"{demo.url}/graphql",
            json={"query": query, "variables": variables},
            headers={"Authorization": f"Bearer {demo.token('analyst')}"},
        )
    data: dict[str, Any] = reply.json()["data"]
    return data
