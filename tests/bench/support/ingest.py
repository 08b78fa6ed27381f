"""Calling survey over gRPC and waiting for metrics: CPU, rates and latencies of ingest."""

import asyncio
import gc
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import asyncpg
import grpc
import numpy as np

from cxm.batch.v1.batch_pb2 import ITEM_STATUS_STORED
from cxm.survey.v1 import responses_pb2 as pb
from tests.bench.support.stack import MEASURED, Stack

METHOD = "/cxm.survey.v1.ResponseService/SubmitResponses"
NOTHING = "/grpc.health.v1.Health/Check"
CALL_SECONDS = 60.0
POLL_SECONDS = 0.1
SAMPLE_SECONDS = 0.002
COUNTED = "SELECT coalesce(sum(responses), 0)::bigint FROM metrics_standing"


@dataclass(frozen=True)
class Cost:
    """CPU microseconds per response by part, and responses per second until they were in a score."""

    by_part: dict[str, float]
    per_s: float

    @property
    def cpu_us(self) -> float:
        return sum(self.by_part.values())


@dataclass(frozen=True)
class Latency:
    """Milliseconds of every response until it was acknowledged, and until it was in a score."""

    rate: float
    ack: list[float]
    visible: list[float]


class Ingest:
    """Sends requests to survey and watches metrics' standing rows."""

    def __init__(self, stack: Stack, channel: grpc.aio.Channel, metrics: Any) -> None:
        self.stack = stack
        self.metrics: asyncpg.Connection[asyncpg.Record] = metrics
        self.channel = channel
        self.metadata = stack.metadata("survey")
        # The bytes are made before: what the sender costs must not be taken from those it measures.
        self.submit: grpc.aio.UnaryUnaryMultiCallable[bytes, pb.SubmitResponsesResponse] = (
            channel.unary_unary(
                METHOD,
                request_serializer=None,
                response_deserializer=pb.SubmitResponsesResponse.FromString,
            )
        )

    async def counted(self) -> int:
        """Responses in scores so far."""
        found: int = await self.metrics.fetchval(COUNTED)
        return found

    async def send(self, calls: Iterable[bytes], *, in_flight: int) -> int:
        """Send requests, several at a time; returns how many responses were stored, all that were sent."""
        waiting: Iterator[bytes] = iter(calls)
        stored = await asyncio.gather(*(self._sender(waiting) for _ in range(in_flight)))
        return sum(stored)

    async def _sender(self, waiting: Iterator[bytes]) -> int:
        stored = 0
        for call in waiting:
            stored += await self._call(call)
        return stored

    async def _call(self, call: bytes) -> int:
        reply = await self.submit(call, metadata=self.metadata, timeout=CALL_SECONDS)
        refused = [r for r in reply.results if r.status != ITEM_STATUS_STORED]
        assert not refused, refused[0]
        return len(reply.results)

    async def until_counted(self, wanted: int) -> None:
        """Wait until so many responses are in scores."""
        while (found := await self.counted()) < wanted:  # noqa: ASYNC110 - of another process
            await asyncio.sleep(POLL_SECONDS)
        assert found == wanted, f"{found - wanted} responses were counted twice"

    async def cost(self, calls: list[bytes], *, in_flight: int) -> Cost:
        """What it costs to store and to count these."""
        clock = asyncio.get_running_loop().time
        counted, before, began = await self.counted(), self.stack.cpu_seconds(), clock()
        sent = await self.send(calls, in_flight=in_flight)
        await self.until_counted(counted + sent)
        seconds, after = clock() - began, self.stack.cpu_seconds()
        by_part = {name: (after[name] - before[name]) * 1e6 / sent for name in MEASURED}
        return Cost(by_part, sent / seconds)

    async def empty_call_us(self, calls: int, *, in_flight: int) -> float:
        """CPU microseconds of survey for a call that does nothing: what gRPC itself takes of every call."""
        check: grpc.aio.UnaryUnaryMultiCallable[bytes, bytes] = self.channel.unary_unary(NOTHING)
        waiting = iter(range(calls))

        async def send() -> None:
            for _ in waiting:
                await check(b"", metadata=self.metadata)

        before = self.stack.cpu_seconds()["survey"]
        await asyncio.gather(*(send() for _ in range(in_flight)))
        return (self.stack.cpu_seconds()["survey"] - before) * 1e6 / calls

    async def latency(self, calls: list[bytes], *, rate: float) -> Latency:
        """Send single responses at a steady rate, whatever becomes of those before.

        A response is visible when as many are counted as were sent up to it.
        """
        clock = asyncio.get_running_loop().time
        counted, began = await self.counted(), clock() + POLL_SECONDS
        done = asyncio.Event()
        sampling = asyncio.create_task(self._sample(counted + len(calls), done))
        due = [began + number / rate for number in range(len(calls))]
        acks = [asyncio.create_task(self._timed(*one)) for one in zip(calls, due, strict=True)]
        gc.freeze()  # the sender's own pauses are not what is measured
        ack = await asyncio.gather(*acks)
        await done.wait()
        times, counts = zip(*await sampling, strict=True)
        first_seen = [times[bisect_left(counts, counted + n + 1)] for n in range(len(calls))]
        visible = [1000 * (seen - at) for seen, at in zip(first_seen, due, strict=True)]
        return Latency(rate, list(ack), visible)

    async def _timed(self, call: bytes, due: float) -> float:
        clock = asyncio.get_running_loop().time
        await asyncio.sleep(due - clock())
        await self._call(call)
        return 1000 * (clock() - due)

    async def _sample(self, wanted: int, done: asyncio.Event) -> list[tuple[float, int]]:
        """(time, responses in scores), until all are."""
        clock = asyncio.get_running_loop().time
        samples: list[tuple[float, int]] = []
        while not samples or samples[-1][1] < wanted:
            samples.append((clock(), await self.counted()))
            await asyncio.sleep(SAMPLE_SECONDS)
        done.set()
        return samples


def percentile(values: list[float], share: float) -> float:
    """The value below which this share of the values lies."""
    return float(np.percentile(values, 100 * share))
