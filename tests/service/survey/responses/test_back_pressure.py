"""The broker away or full: responses are accepted, the outbox grows, and all of it arrives afterwards."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from pathlib import Path

from nats.aio.client import Client
from nats.js import JetStreamContext
from structlog.testing import capture_logs

from cxm.survey.v1.events_pb2 import ResponsesRecorded
from infra.local.nats import nats as nats_server
from services.kit.events.nats import connect
from services.kit.events.outbox import Outbox
from services.kit.events.streams import METRICS_RECORDS_RESPONSES, declare, stream_config
from tests.service.survey.support.running import STORED, SurveyService, make_submission

MANY, SMALL_BYTES = 40, 4_096


async def eventually(claim: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(30):
        while not await claim():  # noqa: ASYNC110 - other processes
            await asyncio.sleep(0.02)


async def submit(survey: SurveyService, count: int) -> set[str]:
    """Ids of responses, sent one per call and stored."""
    found = set()
    for _ in range(count):
        (result,) = await survey.submit(make_submission())
        assert result.status == STORED
        found.add(result.id)
    return found


async def arrived(stream: JetStreamContext, count: int) -> set[str]:
    """Ids of so many responses as metrics is given them."""
    durable = METRICS_RECORDS_RESPONSES
    subscription = await stream.pull_subscribe_bind(durable.name, durable.stream)
    found: set[str] = set()
    async with asyncio.timeout(30):
        while len(found) < count:
            for message in await subscription.fetch(10, timeout=20):
                envelope = ResponsesRecorded.FromString(message.data)
                found |= {response.response_id for response in envelope.responses}
                await message.ack()
    return found


async def waiting(survey: SurveyService) -> int:
    count: int = await survey.database.pool.fetchval("SELECT count(*) FROM outbox")
    return count


async def is_published(survey: SurveyService) -> bool:
    return await waiting(survey) == 0


async def end(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_while_the_broker_is_away_responses_are_accepted_and_arrive_later(
    survey: SurveyService, tmp_path: Path
) -> None:
    async with AsyncExitStack() as stack:
        async with nats_server(tmp_path, durable=False) as server:
            client = await stack.enter_async_context(connect(server.url, "survey"))
            stream = client.jetstream()
            await declare(stream)
        outbox = Outbox(survey.database.pool, stream)
        with capture_logs() as logs:
            relaying = asyncio.create_task(outbox.run())
            sent = await submit(survey, MANY)
            await eventually(lambda: _logged(logs, "outbox lags"))
        assert await waiting(survey) >= MANY

        async with nats_server(tmp_path, durable=False):
            await eventually(lambda: _is_connected(client))
            assert await arrived(stream, MANY) == sent
            await eventually(lambda: is_published(survey))
            await end(relaying)
            await client.close()


async def test_while_the_stream_is_full_responses_are_accepted_and_arrive_once_it_has_room(
    survey: SurveyService, tmp_path: Path
) -> None:
    async with (
        nats_server(tmp_path, durable=False) as server,
        connect(server.url, "survey") as client,
    ):
        stream = client.jetstream()
        await declare(stream)
        small = replace(stream_config("SURVEY", replicas=1), max_bytes=SMALL_BYTES)
        await stream.update_stream(small)
        outbox = Outbox(survey.database.pool, stream)
        sent = await submit(survey, MANY)
        with capture_logs() as logs:
            relaying = asyncio.create_task(outbox.run())
            await eventually(lambda: _logged(logs, "outbox lags"))
        assert await waiting(survey) > 0
        sent |= await submit(survey, 1)

        assert await arrived(stream, MANY + 1) == sent
        await eventually(lambda: is_published(survey))
        await end(relaying)


async def _is_connected(client: Client) -> bool:
    return client.is_connected


async def _logged(logs: Sequence[Mapping[str, object]], event: str) -> bool:
    return any(entry["event"] == event for entry in logs)
