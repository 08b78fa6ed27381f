"""What a response of two answers costs every process that has a part in it, from the gateway to the scores."""

import random
import time
from collections.abc import Sequence
from typing import Any

import asyncpg
import numpy as np
import orjson
from uuid_utils import uuid7

from services.kit.rpc.servicing import open_channel
from tests.bench.gateway.organisation import BRANCHES, SURVEY, branch_key
from tests.bench.gateway.servers import Server
from tests.bench.support.cpu import tree_seconds
from tests.bench.support.ingest import Ingest
from tests.bench.support.stack import Stack

CALLERS = (8, 32)
WARM_UP = 500
PARTS = ("gateway", "survey", "postgres", "nats", "metrics")
SUBMIT = """mutation ($input: SubmitResponseInput!) {
  submitResponse(input: $input) { response { id } userErrors { code message } } }"""
STORED = b'"userErrors":[]'


async def submitting(stack: Stack, server: Server, responses: int) -> dict[str, Any]:
    """CPU microseconds of a response by part, and how long callers wait, by how many there are at once."""
    dice = random.Random(2)
    metrics = await asyncpg.connect(stack.deployment.postgres.url(database="cxm_metrics"))
    figures = {}
    async with open_channel(stack.deployment.address("survey")) as survey:
        ingest = Ingest(stack, survey, metrics)
        await _cost(ingest, server, [_body(dice) for _ in range(WARM_UP)], max(CALLERS))
        for callers in CALLERS:
            bodies = [_body(dice) for _ in range(responses)]
            figures[f"at_{callers}"] = await _cost(ingest, server, bodies, callers)
    await metrics.close()
    return figures


async def _cost(
    ingest: Ingest, server: Server, bodies: Sequence[bytes], callers: int
) -> dict[str, float]:
    counted, before, began = await ingest.counted(), _used(ingest.stack), time.perf_counter()
    answers, took = await server.client.send(bodies, callers)
    seconds = time.perf_counter() - began
    await ingest.until_counted(counted + len(bodies))
    after = _used(ingest.stack)
    refused = [answer for answer in answers if STORED not in answer]
    assert not refused, refused[0]
    by_part = {part: round((after[part] - before[part]) * 1e6 / len(bodies)) for part in PARTS}
    return {
        "cpu_us": sum(by_part.values()),
        **by_part,
        "p50_ms": round(1_000 * float(np.percentile(took, 50)), 2),
        "p99_ms": round(1_000 * float(np.percentile(took, 99)), 2),
        "per_s": round(len(bodies) / seconds, 1),
    }


def _used(stack: Stack) -> dict[str, float]:
    return {part: tree_seconds(stack.supervisor.pid(part)) for part in PARTS}


def _body(dice: random.Random) -> bytes:
    given = {
        "id": str(uuid7()),
        "survey": SURVEY,
        "department": branch_key(dice.randrange(BRANCHES)),
        "channel": "EMAIL",
        "answers": [
            {"question": "recommend", "score": dice.randrange(11)},
            {"question": "why", "text": "I waited for a week and nobody called back."},
        ],
    }
    return orjson.dumps({"query": SUBMIT, "variables": {"input": given}})
