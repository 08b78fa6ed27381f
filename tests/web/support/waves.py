"""Waves of staff as an analyst plans them, by the API."""

from typing import Any

import httpx

from tests.support.platform import Running

UPSERT = """mutation ($input: UpsertWaveInput!) {
  upsertWave(input: $input) { wave { key } userErrors { message } } }"""


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
    async with httpx.AsyncClient() as client:
        reply = await client.post(
            f"{demo.url}/graphql",
            json={"query": UPSERT, "variables": {"input": wave}},
            headers={"Authorization": f"Bearer {demo.token('analyst')}"},
        )
    assert reply.json()["data"]["upsertWave"]["userErrors"] == [], reply.text
