"""What a stolen password of one process can do at the broker: a real server with the users of `cxm up`."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import nats
import pytest
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js import JetStreamContext

from infra.local.nats import PROCESSES, Nats, prepare
from services.kit.events.fetching import Fetcher
from services.kit.events.permissions import inbox_prefix, permissions
from services.kit.events.streams import (
    DURABLES,
    METRICS_RECORDS_RESPONSES,
    RESPONSES_RECORDED,
    SCORE_CHANGED,
    STREAMS,
    consumer_config,
    declare,
    stream_config,
)

NOT_OWNERS = ("gateway", "metrics", "employee_exp", "profile")
SECONDS = 0.2  # a refused request is not answered


@dataclass
class Intruder:
    """A connection with the password of a process, and what the server refused it."""

    client: Client
    refused: list[str] = field(default_factory=list)

    async def count_refusals(self, expected: int) -> int:
        """How many the server has said; it is waited for, since the client hands each over in a task of its own."""
        await self.client.flush()
        async with asyncio.timeout(10):
            while len(self.refused) < expected:  # noqa: ASYNC110 - the client has no event for it
                await asyncio.sleep(0)
        return len(self.refused)

    @property
    def stream(self) -> JetStreamContext:
        return self.client.jetstream(timeout=SECONDS)


@asynccontextmanager
async def as_process(broker: Nats, process: str) -> AsyncIterator[Intruder]:
    """Connected as a process; refusals are collected."""
    refused: list[str] = []

    async def note(error: Exception) -> None:
        refused.append(str(error))

    url, prefix = broker.url_of(process), inbox_prefix(process)
    client = await nats.connect(url, inbox_prefix=prefix, error_cb=note)
    try:
        yield Intruder(client, refused)
    finally:
        await client.close()


@pytest.fixture
def facts(nats_client: Client) -> Callable[[], "asyncio.Future[int]"]:
    """How many facts the stream of survey holds."""

    async def count() -> int:
        return (await nats_client.jetstream().stream_info("SURVEY")).state.messages

    return lambda: asyncio.ensure_future(count())


@pytest.mark.parametrize("process", NOT_OWNERS)
async def test_only_its_owner_publishes_a_fact(
    process: str, nats_broker: Nats, facts: Callable[[], "asyncio.Future[int]"]
) -> None:
    async with as_process(nats_broker, process) as intruder:
        with pytest.raises(NatsError):
            await intruder.stream.publish(RESPONSES_RECORDED, b"forged", timeout=SECONDS)
        await intruder.client.publish(RESPONSES_RECORDED, b"forged")
        await intruder.count_refusals(2)
    assert any("ermissions" in refusal for refusal in intruder.refused)
    assert await facts() == 0

    async with as_process(nats_broker, "survey") as owner:
        await owner.stream.publish(RESPONSES_RECORDED, b"fact", timeout=5)
    assert await facts() == 1
    assert not owner.refused


@pytest.mark.parametrize("process", PROCESSES)
async def test_no_process_deletes_or_purges_a_stream_or_a_place_in_it(
    process: str, nats_broker: Nats, nats_client: Client
) -> None:
    async with as_process(nats_broker, process) as intruder:
        for verb in ("STREAM.DELETE.SURVEY", "STREAM.PURGE.SURVEY", "STREAM.MSG.DELETE.SURVEY"):
            await intruder.client.publish(f"$JS.API.{verb}", b"{}")
        for durable in DURABLES:
            place = f"$JS.API.CONSUMER.DELETE.{durable.stream}.{durable.name}"
            await intruder.client.publish(place, b"")
        assert await intruder.count_refusals(3 + len(DURABLES)) == 3 + len(DURABLES)

    stream = nats_client.jetstream()
    assert {str(info.config.name) for info in await stream.streams_info()} == set(STREAMS)
    assert await stream.delete_stream("SURVEY")  # as the supervisor may


@pytest.mark.parametrize("process", [name for name in PROCESSES if name != "metrics"])
async def test_no_other_process_reads_what_survey_announces(
    process: str, nats_broker: Nats, nats_client: Client
) -> None:
    await nats_client.jetstream().publish(RESPONSES_RECORDED, b"fact")
    place = "$JS.API.CONSUMER.MSG.NEXT.SURVEY.metrics-record-responses"

    async with as_process(nats_broker, process) as intruder:
        for subject in ("cxm.survey.>", "_INBOX.>", "_INBOX.metrics.>", "$JS.>", ">"):
            await intruder.client.subscribe(subject)
        assert await intruder.count_refusals(5) == 5
        await intruder.client.publish(place, b"", reply=intruder.client.new_inbox())
        assert await intruder.count_refusals(6) == 6

    async with as_process(nats_broker, "metrics") as reader:
        fetcher = Fetcher(reader.client, METRICS_RECORDS_RESPONSES, 1)
        await fetcher.start()
        assert [message.data for message in await fetcher.batch()] == [b"fact"]


async def test_the_gateway_says_nothing_and_hears_changes_of_scores(
    nats_broker: Nats, nats_client: Client
) -> None:
    assert permissions("gateway").publish == ()
    async with as_process(nats_broker, "gateway") as gateway:
        subscription = await gateway.client.subscribe(SCORE_CHANGED)
        await gateway.client.flush()
        async with as_process(nats_broker, "metrics") as metrics:
            await metrics.client.publish(SCORE_CHANGED, b"news")
            await metrics.client.flush()
        assert (await subscription.next_msg(timeout=5)).data == b"news"
        await gateway.client.publish(SCORE_CHANGED, b"forged")
        assert await gateway.count_refusals(1) == 1


@pytest.mark.parametrize("stream", STREAMS)
async def test_an_owner_declares_its_stream_and_no_other(
    stream: str, nats_broker: Nats, nats_client: Client
) -> None:
    for name in STREAMS:
        await nats_client.jetstream().delete_stream(name)

    async with as_process(nats_broker, stream.lower()) as owner:
        other = next(name for name in STREAMS if name != stream)
        with pytest.raises(NatsError):
            await owner.stream.add_stream(stream_config(other, replicas=1))
        await declare(owner.client.jetstream(), names=[stream])
        assert await owner.count_refusals(1) == 1


async def test_every_process_fetches_and_acknowledges_at_its_own_places(
    nats_broker: Nats, nats_client: Client
) -> None:
    for durable in DURABLES:
        subject = durable.subjects[0].replace(">", "joined.v1")
        await nats_client.jetstream().publish(subject, b"fact")
        async with as_process(nats_broker, durable.name.split("-")[0]) as reader:
            fetcher = Fetcher(reader.client, durable, 1)
            await fetcher.start()
            (message,) = await fetcher.batch()
            await message.in_progress()
            await message.ack_sync()
            info = await reader.client.jetstream().consumer_info(durable.stream, durable.name)
        assert info.ack_floor is not None
        assert info.ack_floor.stream_seq > 0
        assert not reader.refused
    assert consumer_config(DURABLES[0]).durable_name  # declared by its durable name, as permitted


async def test_an_older_data_dir_gets_the_users_that_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "nats.json").write_text(
        json.dumps({"cxm": "former-word", "survey": "kept"})
    )

    server = prepare(tmp_path, durable=False)

    written = (server.run / "nats.conf").read_text()
    assert server.passwords["survey"] == "kept"
    assert "former-word" not in written
    assert "http" not in written
    assert len(set(server.passwords.values())) == len(server.passwords)
